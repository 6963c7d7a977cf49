"""What is written as a table is read back without loss, whatever the plan."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

import tminus.entry.demo
from tests.unit.plan_strategies import plans
from tests.unit.staged_plan import plan_of, rows_of, source
from tminus.entry.demo.bank import bank_plan
from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.plan import Chapter, Dependency, LinkKind, MacroPhase, Plan, Step
from tminus.runbook.domain.plan_canonical import normal
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.readers.plan_format import CODE_PATTERN
from tminus.runbook.readers.plan_writer import plan_as_json
from tminus.runbook.readers.table.cells import list_text, read_list
from tminus.runbook.readers.table.cells_links import link_text, split_link
from tminus.runbook.readers.table.csv import guarded, read_csv, unguarded
from tminus.runbook.readers.table.excel import read_workbook
from tminus.runbook.readers.table.progress import StepProgress
from tminus.runbook.readers.table.writer import plan_as_csv
from tminus.runbook.readers.table.xlsx_writer import plan_as_xlsx

PLANS = Path(tminus.entry.demo.__file__).parent / "plans"


def examples() -> list[Plan]:
    files = [read_plan_file(path.name, path.read_bytes()) for path in sorted(PLANS.glob("*.yaml"))]
    return [merge(None, file.patch).plan for file in files if file.patch] + [bank_plan()]


def through_csv(plan: Plan) -> Plan:
    data = "".join(plan_as_csv(plan)).encode()
    return plan_of(rows_of(read_csv(source(data))))


def through_xlsx(plan: Plan) -> Plan:
    return plan_of(rows_of(read_workbook(source(plan_as_xlsx(plan)))))


def writable(plan: Plan) -> bool:
    """No character that no reader takes: direction marks, and what Unicode says is none."""
    text = plan_as_json(plan)
    return not UNPRINTABLE.search(text.replace("\n", "")) and not any(one in text for one in "\ufffe\uffff")


@given(plans())
@settings(max_examples=150)
def test_csv_read_back_is_the_same_plan(plan: Plan) -> None:
    assume(writable(plan))
    assert through_csv(plan) == plan


@given(plans())
@settings(max_examples=60)
def test_xlsx_read_back_is_the_same_plan(plan: Plan) -> None:
    assume(writable(plan))
    assert through_xlsx(plan) == plan


@pytest.mark.parametrize("plan", examples(), ids=lambda plan: plan.name)
def test_the_example_plans_survive_csv_and_xlsx(plan: Plan) -> None:
    assert through_csv(plan) == normal(plan)
    assert through_xlsx(plan) == normal(plan)


TRICKY = (
    "=1+1", "+49 30", "-1", "@x", "'=1", "''-2", "'tis", "1.0", "2842.00", "#12", "a,b", 'a "b" c', '"whole"',
    "a;b|c", "TRUE", "01:30", "＝x", "sep=;", "' x", "_x0041_", "&amp;", "#REF!", "'#N/A",
)  # fmt: skip


def tricky_plan() -> Plan:
    steps = tuple(
        Step(f"S-{place}", text, instructions=f"{text}\n  {text}\n\nend", labels=tuple(sorted({text, "z"})))
        for place, text in enumerate(TRICKY)
    )
    return Plan("=Night", macro_phases=(MacroPhase("A", "@All", (Chapter("A1", "-One", steps=steps),)),))


def test_texts_that_spreadsheets_would_change_come_back_as_they_were() -> None:
    assert through_csv(tricky_plan()) == tricky_plan()
    assert through_xlsx(tricky_plan()) == tricky_plan()


def test_no_cell_of_the_csv_begins_as_a_formula_does() -> None:
    text = "".join(plan_as_csv(tricky_plan()))
    assert text.startswith("\ufeffKind,Code,Name,Type,Macro-phase")
    cells = [cell for record in csv.reader(io.StringIO(text[1:], newline="")) for cell in record]
    assert len(cells) > 500
    assert [cell for cell in cells if cell[:1] in tuple("=+-@\t＝＋－＠")] == []


def test_no_cell_of_the_workbook_is_a_formula_or_a_link() -> None:
    archive = zipfile.ZipFile(io.BytesIO(plan_as_xlsx(tricky_plan())))
    sheet = archive.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet and b"hyperlink" not in sheet


@given(st.text())
def test_the_guard_against_formulas_is_taken_off_again(text: str) -> None:
    assert unguarded(guarded(text)) == text


codes = st.from_regex(rf"{CODE_PATTERN}", fullmatch=True).filter(str.isascii)
endings = st.sampled_from(
    ["", "SS", "FS", "aFF", "1SS", "-15m", "2SS-15m", "+", ".0", "1.0", "12", "EA", "12EA"]
)


@given(codes, endings, st.sampled_from(LinkKind), st.integers(-9_000, 9_000))
@settings(max_examples=500)
def test_a_link_reads_back_whatever_its_code_looks_like(
    code: str, end: str, kind: LinkKind, lag: int
) -> None:
    link = Dependency((code + end.replace("+", ""))[:60], kind, lag)
    assert split_link(link_text(link), lambda _: None) == (link.code, link.kind, link.lag_seconds)


@given(
    st.lists(
        st.text(st.sampled_from('ab ,;|"\n'), min_size=1).map(lambda t: " ".join(t.split())).filter(bool),
        unique=True,
    )
)
def test_a_list_reads_back_whatever_its_words_hold(words: list[str]) -> None:
    assert read_list(list_text(words)) == (tuple(words) or None)


def test_the_same_plan_is_the_same_bytes() -> None:
    plan = bank_plan()
    assert plan_as_xlsx(plan) == plan_as_xlsx(plan)
    assert list(plan_as_csv(plan)) == list(plan_as_csv(plan))


def test_a_workbook_with_states_and_times_says_them_in_the_zone_and_is_read_as_the_plan_it_is() -> None:
    plan = replace(tricky_plan(), name="Night")
    at = datetime(2026, 7, 4, 22, 30, tzinfo=UTC)
    made = plan_as_xlsx(
        plan, {"S-0": StepProgress("in_progress", planned_start=at, actual_start=at)}, "Europe/Paris"
    )
    rows = CalamineWorkbook.from_filelike(io.BytesIO(made)).get_sheet_by_name("Runsheet").to_python()
    heading = rows[0]
    step = next(row for row in rows if row[heading.index("Code")] == "S-0")
    assert step[heading.index("State")] == "in_progress"
    assert step[heading.index("Planned start (Europe/Paris)")] == at.replace(day=5, hour=0, tzinfo=None)
    assert "Forecast end (Europe/Paris)" not in heading  # nothing was forecast
    assert plan_of(rows_of(read_workbook(source(made)))) == plan


def test_csv_with_states_and_times_says_the_same_and_is_read_as_the_plan_it_is() -> None:
    plan = replace(tricky_plan(), name="Night")
    at = datetime(2026, 7, 4, 22, 30, tzinfo=UTC)
    progress = {"S-0": StepProgress("complete", planned_start=at, forecast_end=at)}
    made = "".join(plan_as_csv(plan, progress, "Europe/Paris"))
    heading, *rows = csv.reader(io.StringIO(made.removeprefix("\ufeff"), newline=""))
    step = next(row for row in rows if row[heading.index("Code")] == "S-0")
    assert {len(row) for row in rows} == {len(heading)}
    told = (
        "State",
        "Planned start (Europe/Paris)",
        "Forecast end (Europe/Paris)",
        "Actual end (Europe/Paris)",
    )
    assert [step[heading.index(one)] for one in told] == [
        "complete",
        "2026-07-05 00:30",
        "2026-07-05 00:30",
        "",
    ]
    assert plan_of(rows_of(read_csv(source(made.encode())))) == plan


def test_columns_may_stand_in_any_order() -> None:
    plan = bank_plan()
    records = list(csv.reader(io.StringIO("".join(plan_as_csv(plan)).removeprefix("\ufeff"), newline="")))
    places = list(range(len(records[0])))
    random.Random(5).shuffle(places)
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";").writerows([record[place] for place in places] for record in records)
    assert plan_of(rows_of(read_csv(source(text.getvalue().encode("utf-16"))))) == normal(plan)
