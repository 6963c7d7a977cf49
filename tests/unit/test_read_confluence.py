"""What a Confluence export says is what the reader hands on, as written, and each page's oddities are told."""

from __future__ import annotations

import io
import json
import re
import tracemalloc
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.broken.kit import MEGABYTE, Repeated, json_of, page, zip_of
from tests.confluence_export import TYPES, Export, confluence_export
from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.archive.members import folder_members
from tminus.runbook.readers.confluence.reader import (
    read_confluence_file,
    read_confluence_members,
    read_confluence_zip,
)
from tminus.runbook.readers.staged import NewMember, SourceFile, Staged, StagedLink, StagedRow


def read(*values: Any) -> list[Staged]:
    data = json_of(values[0] if len(values) == 1 else list(values))
    return list(read_confluence_file(source_of(data)))


def source_of(data: bytes) -> SourceFile:
    return SourceFile(0, "pages", io.BytesIO(data), len(data))


def rows(staged: list[Staged], kind: str) -> list[StagedRow]:
    return [row for row in staged if isinstance(row, StagedRow) and row.kind == kind]


def counted(staged: list[Staged]) -> dict[str, int]:
    """Count the rows as the generator counts its pages: what it broke has to be there, unmended."""
    steps, tasks = rows(staged, "step"), rows(staged, "task")
    codes = Counter(step.code for step in steps if step.code)
    under: dict[int, list[str]] = {step.row or 0: [] for step in steps}
    for task in tasks:
        under[task.of or 0].append(task.code or "")
    own = [(step.code, [link.code for link in step.links if not link.suggested]) for step in steps]
    return {
        "pages": len(steps),
        "tasks": len(tasks),
        "distinct_codes": len(codes),
        "null_number": sum(step.code is None for step in steps),
        "unknown_type": sum(step.type not in TYPES for step in steps),
        "pages_sharing_a_code": sum(n for n in codes.values() if n > 1),
        "self_predecessor": sum(code in links for code, links in own),
        "unknown_predecessor": sum(bool(links) and links[0] not in codes for _, links in own),
        "macro_phase_empty": sum(step.phase in (None, "-") for step in steps),
        "html_entity": sum("&amp;" in (step.phase or "") for step in steps),
        "task_not_under_its_step": sum(
            not code.startswith(f"{step.code}-") for step in steps for code in under[step.row or 0]
        ),
        "steps_with_duplicate_task_id": sum(len(set(of)) < len(of) for of in under.values()),
        "task_without_team": sum(task.team is None for task in tasks),
        "team_spellings": len({step.team for step in steps}),
        "control_codes": len(
            {c for t in tasks for text in t.controls or () for c in re.findall(r"C\d{4}", text)}
        ),
    }


@pytest.mark.parametrize(("seed", "size"), [(1, 1_174), (2, 300), (3, 60)])
def test_everything_that_is_broken_in_an_export_is_handed_on_as_written(seed: int, size: int) -> None:
    export = confluence_export(size, seed)
    staged = list(read_confluence_zip(source_of(zip_of(export.files()))))
    assert counted(staged) == export.truth()
    assert not [found for found in staged if isinstance(found, Finding)]


def test_folder_zip_list_and_pages_in_a_row_say_the_same(tmp_path: Path) -> None:
    export = confluence_export(80, 5)
    export.write(tmp_path)
    files = [data for _, data in sorted(export.files().items())]
    folder = list(read_confluence_members(folder_members(tmp_path)))
    bare = [staged for staged in folder if not isinstance(staged, NewMember)]
    assert list(read_confluence_zip(source_of(zip_of(export.files())))) == folder
    assert list(read_confluence_file(source_of(b"[" + b",\n".join(files) + b"]"))) == bare
    assert list(read_confluence_file(source_of(b"\n".join(files)))) == bare
    assert [staged.name for staged in folder if isinstance(staged, NewMember)] == sorted(export.files())


def test_a_clean_export_is_there_whole() -> None:
    export = confluence_export(200, 4, clean=True)
    staged = list(read_confluence_zip(source_of(zip_of(export.files()))))
    said = {f"{page['step_type']}-{page['step_number']}": page for _, page in export.pages}
    for step in rows(staged, "step"):
        of = said[step.code or ""]
        assert (step.type, step.name, step.team) == (of["step_type"], of["title"], of["primary_team"])
        assert (step.phase, step.parent) == (of["macro_time_sequence"], of["time_sequence"])
        assert [link.code for link in step.links] == [c for c in (of["predecessor"], of["successor"]) if c]
    tasks = {task["instruction_id"]: task for page in said.values() for task in page["task_list"]}
    for task in rows(staged, "task"):
        of = tasks.pop(task.code or "")
        assert "\n".join(part for part in (task.name, task.instructions) if part) == of["instruction_title"]
        assert (task.team, task.nominee or "") == (of["instruction_assigned_team"], of["nominated_user"])
    assert not tasks


def test_given_is_what_the_page_has_and_empty_is_not_absent() -> None:
    whole, bare = rows(read(page(primary_team="")), "step")[0], rows(read({"step_type": "TRT"}), "step")[0]
    assert set(whole.given) == {"type", "name", "team", "phase", "parent", "impacted_teams", "after"}
    assert whole.team is None
    assert bare.given == ("type",)


def test_several_predecessors_are_split_and_a_successor_is_a_hint() -> None:
    step = rows(read(page(predecessor="TRT-1, [ TRT-2 ](#);\nTRT-3", successor=["BUS-9", "-"])), "step")[0]
    assert [link.code for link in step.links if not link.suggested] == ["TRT-1", "[ TRT-2 ](#)", "TRT-3"]
    assert [link for link in step.links if link.suggested] == [
        StagedLink("BUS-9", suggested=True, column="successor"),
        StagedLink("-", suggested=True, column="successor"),
    ]


def test_a_page_with_hints_alone_does_not_say_that_it_waits_for_nothing() -> None:
    said = page(successor="BUS-9")
    del said["predecessor"]
    assert "after" not in rows(read(said), "step")[0].given


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (12, "TRT-12"),
        ("12b", "TRT-12b"),
        (12.0, "TRT-12"),
        (" 7 ", "TRT-7"),
        (None, None),
        ("", None),
        (True, None),
    ],
)
def test_the_code_is_type_and_number(number: object, code: str | None) -> None:
    assert rows(read(page(step_number=number)), "step")[0].code == code


def test_a_bad_field_is_told_and_not_given_and_the_rest_of_the_page_stays() -> None:
    staged = read(page(title=["A"]), page(step_number=13))
    (found,) = [staged for staged in staged if isinstance(staged, Finding)]
    assert (found.code, found.row) == ("wrong_type", 1)
    assert found.subject and (found.subject.code, found.subject.field) == ("TRT-12", "title")
    first, second = rows(staged, "step")
    assert "name" not in first.given
    assert first.team == "CORE"
    assert second.row == 2


def test_a_field_nobody_knows_is_told_once() -> None:
    staged = read(page(owner=1), page(owner=2, extra=[]), page(extra=0))
    found = [(found.row, found.code) for found in staged if isinstance(found, Finding)]
    assert found == [(1, "unknown_field"), (2, "unknown_field")]


def test_a_broken_member_names_itself_and_the_others_are_read() -> None:
    good = json_of(page())
    data = zip_of({"TRT-1.json": b'{"step_type": ', "TRT-2.json": good, "TRT-3.json": b"", "notes.txt": b"x"})
    staged = list(read_confluence_zip(source_of(data)))
    assert len(rows(staged, "step")) == 1
    found = {found.file: found.code for found in staged if isinstance(found, Finding)}
    assert found == {"TRT-1.json": "syntax", "TRT-3.json": "empty", "notes.txt": "not_a_page"}


def test_a_syntax_error_far_down_a_list_has_its_line() -> None:
    good = json_of(page())
    before = b",\n".join([good] * 2_000)
    data = b"[" + before + b",\n{\n" + b'"step_type": TRT}]'
    found = list(read_confluence_file(source_of(data)))[-1]
    assert isinstance(found, Finding)
    assert (found.code, found.line) == ("syntax", data.count(b"\n") + 1)


def test_a_list_of_pages_larger_than_a_page_may_be_is_read_without_holding_it() -> None:
    good = json.dumps(page(title="x" * 5_000)).encode()
    content = io.BufferedReader(Repeated(b"[" + good, b", " + good, 2_000, b"]"))
    steps = 0
    tracemalloc.start()
    for staged in read_confluence_file(SourceFile(0, "all.json", content, 0)):
        steps += isinstance(staged, StagedRow) and staged.kind == "step"
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert steps == 2_001
    assert peak < 8 * MEGABYTE


def test_the_same_seed_makes_the_same_export() -> None:
    one, other = confluence_export(50, 9), confluence_export(50, 9)
    assert isinstance(one, Export)
    assert one.files() == other.files()
