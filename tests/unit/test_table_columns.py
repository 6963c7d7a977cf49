"""Headings of foreign runsheets find their columns; what is guessed says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.unit.staged_plan import plan_of, rows_of, source
from tminus.runbook.domain.plan import Dependency, LinkKind
from tminus.runbook.readers.staged import StagedRow
from tminus.runbook.readers.table.columns import COLUMNS, WRITTEN
from tminus.runbook.readers.table.columns_guess import ColumnGuess, fold, guess_columns
from tminus.runbook.readers.table.columns_reference import example, page
from tminus.runbook.readers.table.csv import read_csv
from tminus.runbook.readers.table.heading import find_heading, likely_headings

DOCS = Path(__file__).parents[2] / "docs"


def fields(*headings: str, mapping: dict[str, str | None] | None = None) -> list[str | None]:
    return [one.field for one in guess_columns(headings, mapping)]


def test_the_page_in_the_docs_is_the_table_the_reader_follows() -> None:
    assert (DOCS / "reference/runsheet-table.md").read_text() == page(), (
        "write it anew: python -m tminus.runbook.readers.table.columns_reference docs/reference/runsheet-table.md"
    )


def test_the_example_in_the_docs_can_be_imported() -> None:
    plan = plan_of(rows_of(read_csv(source(example().encode()))))
    one, two = plan.steps()
    assert [task.code for task in one.tasks] == ["TRT-1010-1"]
    assert two.after == (Dependency("TRT-1010", LinkKind.FS, 300),)
    assert two.duration_seconds == 6_300


def test_every_column_has_words_of_its_own_and_is_a_field_of_a_row() -> None:
    words = [fold(word) for one in COLUMNS for word in (one.heading, *one.aliases.split(";")) if fold(word)]
    assert sorted(word for word in set(words) if words.count(word) > 1) == []
    there = set(StagedRow.__dataclass_fields__) | {"after", "step"}
    assert {column.field for column in WRITTEN} <= there


def test_every_heading_of_an_export_is_itself() -> None:
    found = guess_columns([column.heading for column in WRITTEN])
    assert [one.field for one in found] == [column.field for column in WRITTEN]
    assert {one.confidence for one in found} == {1.0}


FOREIGN = {
    "cutover": (
        ["Task ID", "Title", "Predecessor IDs", "Description", "Stream", "Sub Stream", "Task Type", "Planned Duration",
         "Task Level", "Assigned Team (Name)", "Planned Fixed Time (Timezone code)", "Planned due date"],
        ["code", "name", "after", "instructions", "phase", "parent", "type", "duration_seconds",
         None, "team", "fixed_start", None],
    ),
    "ms project": (
        ["ID", "Name", "Duration", "Start", "Finish", "Predecessors", "Resource Names", "Notes", "% Complete"],
        ["code", "name", "duration_seconds", None, None, "after", "team", "instructions", None],
    ),
    "smartsheet": (
        ["Task Name", "Duration", "Start Date", "End Date", "Predecessors", "Assigned To", "% Complete", "Comments"],
        ["name", "duration_seconds", None, None, "after", "team", None, "instructions"],
    ),
    "german": (
        ["Nr.", "Vorgang", "Dauer (Std)", "Vorgänger", "Zuständig", "Phase", "Kapitel", "Fester Beginn"],
        ["code", "name", "duration_seconds", "after", "team", "phase", "parent", "fixed_start"],
    ),
    "french": (
        ["N°", "Étape", "Durée", "Prédécesseurs", "Équipe", "Chapitre"],
        ["code", "name", "duration_seconds", "after", "team", "parent"],
    ),
    "by hand": (
        ["#", "Code", "STEP_NAME ", "Duration [min]", "Predecesors", "Owner", "Colour"],
        ["number", "code", "name", "duration_seconds", "after", "team", None],
    ),
    "short": (["No", "Activity", "Dur. (min)", "Pred."], ["code", "name", "duration_seconds", "after"]),
    "only steps": (["Step", "Description", "Owner"], ["name", "instructions", "team"]),
}  # fmt: skip


@pytest.mark.parametrize("headings, expected", FOREIGN.values(), ids=FOREIGN)
def test_headings_of_other_programs_are_understood(headings: list[str], expected: list[str | None]) -> None:
    assert fields(*headings) == expected


def test_a_misspelt_heading_is_guessed_with_less_confidence_and_the_reason_says_why() -> None:
    (one,) = guess_columns(["Predecesors"])
    assert one.field == "after"
    assert 0.85 <= one.confidence < 0.95
    assert one.reason == "is like “predecessors” (Predecessors)"


def test_what_is_not_alike_enough_is_not_guessed() -> None:
    assert guess_columns(["Score"]) == [ColumnGuess("Score", None, 0.0, "is like no column of a plan")]


def test_of_two_headings_for_one_column_the_better_one_has_it() -> None:
    first, second = guess_columns(["Task Name", "Name"])
    assert (first.field, second.field) == (None, "name")
    assert first.reason == "“Name” is the column “Name” already"


def test_what_a_person_says_goes_before_every_guess() -> None:
    said: dict[str, str | None] = {"Colour": "team", "Owner": None, "Mood": "nonsense"}
    found = guess_columns(["Name", "Colour", "Owner", "Mood"], said)
    assert [one.field for one in found] == ["name", "team", None, None]
    assert [one.reason for one in found[1:]] == [
        "as you said",
        "left aside, as you said",
        "was said to be “nonsense”, which is no column of a plan",
    ]


def test_columns_of_an_iteration_are_known_and_left_aside() -> None:
    found = guess_columns(["Name", "State", "Planned start (Europe/Paris)", "Actual end (UTC)"])
    assert [one.field for one in found[1:]] == [None, None, None]
    assert {one.reason for one in found[1:]} == {
        "says what happened or is reckoned, which is not of the plan"
    }


def test_headings_that_nobody_knows_are_named_so_that_a_person_can_say_what_they_are() -> None:
    rows = [(1, ["Plan of the night", ""]), (2, ["Ref", "What happens", "Who"]), (3, ["A-1", "Stop", "DBA"])]
    assert find_heading(rows, None) is None
    assert [one.heading for one in likely_headings(rows, None)] == ["Ref", "What happens", "Who"]
    said = find_heading(rows, {"What happens": "name"})
    assert said is not None
    assert (said.row, [one.field for one in said.columns]) == (2, ["code", "name", None])
    assert likely_headings([(1, ["Dear all", ""])], None) == []
