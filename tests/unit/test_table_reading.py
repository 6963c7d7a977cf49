"""Real files with real mistakes: what a table's readers hand on, and what they say of it."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types

from tests.unit.staged_plan import rows_of, source
from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.readers.staged import Reading, SourceFile, StagedLink, StagedRow
from tminus.runbook.readers.table.columns_guess import ColumnGuess
from tminus.runbook.readers.table.csv import read_csv
from tminus.runbook.readers.table.excel import read_workbook


def of_csv(
    text: str | bytes, mapping: dict[str, str | None] | None = None
) -> tuple[list[StagedRow], list[Finding]]:
    return split(read_csv(source(text if isinstance(text, bytes) else text.encode()), mapping))


def split(reading: Reading) -> tuple[list[StagedRow], list[Finding]]:
    staged = list(reading)
    rows = [one for one in staged if isinstance(one, StagedRow)]
    return rows, [one for one in staged if isinstance(one, Finding)]


def codes(findings: list[Finding]) -> list[tuple[str, int | None]]:
    return [(one.code, one.row) for one in findings]


def sheet(fill: Callable[[Any, Any], None], **options: Any) -> bytes:
    made = io.BytesIO()
    workbook = Workbook(made, options)
    fill(workbook, workbook.add_worksheet("Sheet1"))
    workbook.close()
    return made.getvalue()


def table(*rows: list[Any]) -> bytes:
    def fill(workbook: Any, page: Any) -> None:
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)

    return sheet(fill, strings_to_formulas=False)


def test_a_plain_sheet_of_steps() -> None:
    rows, findings = of_csv(
        "Code,Name,Duration,Team,Predecessors\nA-1,Stop,20m,DBA,\nA-2,Copy,1h,,A-1SS+5m\n"
    )
    assert findings == []
    stop, copy = rows
    assert (stop.kind, stop.row, stop.code, stop.name, stop.duration_seconds, stop.team) == (
        "step",
        2,
        "A-1",
        "Stop",
        1_200,
        "DBA",
    )
    assert stop.given == copy.given == ("name", "duration_seconds", "team", "after")
    assert (copy.row, copy.team, copy.links) == (
        3,
        None,
        [StagedLink("A-1", LinkKind.SS, 300, column="Predecessors")],
    )


def test_an_absent_column_is_not_given_and_an_empty_cell_is() -> None:
    rows, _ = of_csv("Code,Name,Team\nA-1,,\n")
    assert rows == [StagedRow("step", "A-1", 2, given=("team",))]


@pytest.mark.parametrize("divider", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_dividers_encodings_and_line_ends(divider: str, encoding: str, end: str) -> None:
    lines = [
        "Code Name Duration".replace(" ", divider),
        divider.join(["A-1", '"Stop, ""it""; now|\tyes"', "20m"]),
    ]
    (row,) = rows_of(read_csv(source((end.join(lines) + end).encode(encoding))))
    assert (row.code, row.name, row.duration_seconds) == ("A-1", 'Stop, "it"; now|\tyes', 1_200)


def test_windows_1252_is_read_and_said() -> None:
    rows, findings = of_csv("Code;Name\nA-1;Prüfen\n".encode("cp1252"))
    assert rows[0].name == "Prüfen"
    assert codes(findings) == [("encoding_guessed", 2)]


def test_titles_above_and_blank_rows_between_keep_the_numbers_a_spreadsheet_shows() -> None:
    rows, findings = of_csv(
        'Our night,,\n\n,"two\nlines",\nCode,Name,Duration\nA-1,Stop,5m\n,,\nA-2,Copy,5m\n'
    )
    assert [(row.row, row.code) for row in rows] == [(5, "A-1"), (7, "A-2")]
    assert codes(findings) == [("heading_found", 4)]


def test_the_first_line_of_excel_that_names_the_divider() -> None:
    assert [row.code for row in rows_of(read_csv(source(b"sep=;\nCode;Name\nA-1;Stop\n")))] == ["A-1"]


def test_rows_of_every_kind_and_tasks_below_their_step() -> None:
    rows, findings = of_csv(
        "Kind,Code,Name,Macro-phase,Chapter,Step,Required,Email\n"
        "Macro-phase,A,All,,,,,\nchapter,A1,One,A,,,,\n,S-1,Do,A,A1,,,\nTASK,S-1-1,Look,,,,no,\n"
        "task,S-1-2,See,,,S-1,,\nstep,S-2,Then,A,A1,,,\ntask,S-1-3,Late,,,S-1,yes,\nteam,T,Team,,,,,t@example.org\n"
        "Schritt,S-3,Drei,A,A1,,,\n"
    )
    assert findings == []
    assert [(row.kind, row.code, row.parent, row.of) for row in rows] == [
        ("macroPhase", "A", None, None),
        ("chapter", "A1", "A", None),
        ("step", "S-1", "A1", None),
        ("task", "S-1-1", None, 4),
        ("task", "S-1-2", "S-1", 4),
        ("step", "S-2", "A1", None),
        ("task", "S-1-3", "S-1", None),
        ("team", "T", None, None),
        ("step", "S-3", "A1", None),
    ]
    assert [row.required for row in rows if row.kind == "task"] == [False, None, True]
    assert rows[3].given == ("name", "required")
    assert rows[7].given == ("name", "email")


def test_a_task_under_nothing_and_an_unknown_kind_are_errors_of_their_rows() -> None:
    rows, findings = of_csv("Kind,Code,Name\ntask,T-1,Look\nstpe,S-1,Do\nstep,S-2,Do\n")
    assert [row.code for row in rows] == ["S-2"]
    assert codes(findings) == [("task_without_step", 2), ("unknown_kind", 3)]
    assert findings[1].suggestion == "Did you mean “step”?"


def test_a_bad_cell_is_one_finding_and_its_value_is_not_given() -> None:
    rows, findings = of_csv(
        "Code,Name,Duration,Auto-activate,Not before,Predecessors\nA-1,Stop,soon,maybe,06:00,A-0FS+x\n"
    )
    assert [(one.code, one.subject.field if one.subject else "") for one in findings] == [
        ("bad_duration", "Duration"),
        ("bad_flag", "Auto-activate"),
        ("bad_date", "Not before"),
        ("bad_link", "Predecessors"),
    ]
    assert all(
        one.file == "runsheet" and one.is_error and one.row == 2 and one.suggestion for one in findings
    )
    assert rows[0].given == ("name",)
    assert rows[0].links == []


def test_dates_in_three_conventions_are_warnings() -> None:
    rows, findings = of_csv("Name,Fixed start\nA,2026-03-04 06:00\nB,04.03.2026\nC,03/04/2026\nD,Sun 06:00\n")
    assert [(one.code, one.severity.value) for one in findings] == [("absolute_time", "warning")] * 3
    assert [row.fixed_start for row in rows] == [None, None, None, "Sun 06:00"]


def test_formulas_in_csv_stay_text_and_are_said_once_errors_each_time() -> None:
    rows, findings = of_csv("Name,Team\n=A1+1,#REF!\n=SUM(B1),#N/A\n'=kept,'tis\n")
    assert [row.name for row in rows] == ["=A1+1", "=SUM(B1)", "=kept"]
    assert rows[2].team == "'tis"
    assert sorted(codes(findings)) == [("cell_error", 2), ("cell_error", 3), ("formula_text", 2)]


def test_uneven_rows_are_warned_of_and_what_is_missing_stays_unchanged() -> None:
    rows, findings = of_csv("Code,Name,Team\nA-1,Stop\nA-2,Copy,DBA,more\nA-3,Go,DBA,,\n")
    assert codes(findings) == [("uneven_row", 2), ("uneven_row", 3)]
    assert [row.given for row in rows] == [("name",), ("name", "team"), ("name", "team")]


def test_a_quote_that_is_never_closed_is_said_with_where_it_opened() -> None:
    _, findings = of_csv('Code,Name\nA-1,Stop\nA-2,"Copy\nA-3,Go\n')
    assert codes(findings) == [("bad_quotes", None)]
    assert "row 3, which begins on line 3" in findings[0].message


def test_numbers_of_the_sheet_are_rows_where_codes_are_something_else() -> None:
    rows, findings = of_csv(
        "#,Code,Name,Predecessors\n10,A-1,Stop,#30\n20,A-2,Copy,10\n\n30,A-3,Go,#10;20SS+5m\n40,A-4,End,#99\n"
    )
    assert [[(link.code, link.row) for link in row.links] for row in rows] == [
        [("#30", 5)],
        [("10", 2)],
        [("#10", 2), ("20", 3)],
        [],
    ]
    assert codes(findings) == [("bad_link", 6)]


def test_numbers_are_codes_where_nothing_else_is() -> None:
    rows, _ = of_csv("Task ID,Title,Predecessor IDs\n1.0,Stop,\n2,Copy,1\n")
    assert [(row.code, [(link.code, link.row) for link in row.links]) for row in rows] == [
        ("1", []),
        ("2", [("1", None)]),
    ]


def test_successors_are_hints() -> None:
    rows, _ = of_csv("Code,Name,Successors\nA-1,Stop,A-2\n")
    assert rows[0].links == [StagedLink("A-2", suggested=True, column="Successors")]
    assert "after" not in rows[0].given


def test_a_mapping_goes_before_the_guess_and_what_was_taken_for_what_is_told() -> None:
    told: list[list[ColumnGuess]] = []
    said: dict[str, str | None] = {"Mood": "team", "Team": None}
    data = b"Name,Mood,Team,Colour\nStop,DBA,NET,red\n"
    rows, findings = split(read_csv(source(data), said, told.append))
    assert rows[0].team == "DBA"
    assert [[one.field for one in columns] for columns in told] == [["name", "team", None, None]]
    assert [(one.code, one.subject.field if one.subject else "") for one in findings] == [
        ("unknown_column", "Colour")
    ]


def test_a_blank_group_is_said_once() -> None:
    rows, findings = of_csv("Name,Chapter\nA,One\nB,\nC,\nD,Two\nE,\n")
    assert codes(findings) == [("blank_group", 3)]
    assert [row.parent for row in rows] == ["One", None, None, "Two", None]


BROKEN = {
    "empty": (b"", "empty"),
    "one byte order mark": (b"\xef\xbb\xbf", "no_heading"),
    "prose": (b"Dear all,\nplease find attached.\n", "no_heading"),
    "zero bytes": (b"Code,Name\n\x00\x00,A\n", "not_text"),
    "only numbers": (b"1,2,3\n4,5,6\n", "no_heading"),
    "10,000 columns": (b"Name," + b",".join(b"c%d" % n for n in range(10_000)) + b"\n", "too_many_columns"),
    "a row of 10,000 columns": (b"Code,Name\n" + b"x," * 10_000 + b"\n", "too_many_columns"),
    "a quote that swallows it": (b'Code,Name\nA-1,"' + b"x\n" * 200_000, "bad_quotes"),
    "text behind a quote": (b'Code,Name\nA-1,"Stop" it\n', "bad_quotes"),
    "a mark half way": (b"Code,Name\nA-1,x\x1bx\n", "not_text"),
    "nothing but headings": (b"Code,Name,Team\n", None),
    "a heading twice": (b"Name,Name,Team\nA,B,C\n", "column_twice"),
}


@pytest.mark.parametrize("data, code", BROKEN.values(), ids=BROKEN)
def test_broken_tables_are_said_to_be_so(data: bytes, code: str | None) -> None:
    _, findings = of_csv(data)
    assert [one.code for one in findings] == ([code] if code else [])


class Endless(io.RawIOBase):
    """A file of one line of 200 MB, made as it is read."""

    def __init__(self) -> None:
        self.at = 0

    def read(self, size: int = -1) -> bytes:
        block = min(size if size >= 0 else 1 << 20, 200 * 1024 * 1024 - self.at)
        self.at += block
        return b"x" * block

    def seek(self, offset: int, whence: int = 0) -> int:
        self.at = offset
        return offset


def test_a_line_of_200_mb_is_refused_before_it_is_held() -> None:
    tracemalloc.start()
    try:
        _, findings = split(read_csv(SourceFile(0, "x", Endless(), 200 << 20)))  # type: ignore[arg-type]  # it reads and seeks
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [one.code for one in findings] == ["long_line"]
    assert peak < 32 << 20


def test_memory_does_not_grow_with_the_rows() -> None:
    def peak(count: int) -> int:
        lines = (
            f"S-{n},Step {n},{n % 90}m,T{n % 50},S-{n - 1}FS+{n % 7}m,{'how ' * 20}{n}\n"
            for n in range(count)
        )
        data = "Code,Name,Duration,Team,Predecessors,Instructions\n" + "".join(lines)
        file = source(data.encode())
        tracemalloc.start()
        try:
            seen = sum(1 for _ in read_csv(file))
            assert seen == count
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(18_000) < 1.2 * peak(6_000)


def test_a_workbook_of_steps_with_cells_of_every_type() -> None:
    def fill(workbook: Any, page: Any) -> None:
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        page.write_row(2, 1, ["Code", "Name", "Duration", "Auto-activate", "Not before", "Team"])
        page.write_row(3, 1, [2842, "=not a formula", 90, True])
        page.write_datetime(3, 5, datetime(2026, 3, 1, 6, 0, tzinfo=UTC).replace(tzinfo=None), moment)
        page.write_row(4, 1, ["TRT-1", "two\nlines"])
        page.write_datetime(4, 3, time(1, 30), workbook.add_format({"num_format": "hh:mm"}))
        page.write_row(5, 1, ["TRT-2", "x"])
        page.write_datetime(5, 3, timedelta(hours=30), workbook.add_format({"num_format": "[h]:mm"}))
        page.write_formula(5, 6, "=1/0", None, "#DIV/0!")
        page.write_row(6, 1, ["TRT-3", "y", 0.0625])
        page.write_formula(6, 6, "=A1", None, "DBA")

    data = sheet(fill, strings_to_formulas=False, remove_timezone=True)
    rows, findings = split(read_workbook(source(data)))
    assert [(row.row, row.code, row.name, row.duration_seconds) for row in rows] == [
        (4, "2842", "=not a formula", 5_400),
        (5, "TRT-1", "two lines", 5_400),
        (6, "TRT-2", "x", 108_000),
        (7, "TRT-3", "y", None),
    ]
    assert rows[0].auto_activate is True
    assert rows[3].team == "DBA"
    assert codes(findings) == [
        ("heading_found", 3),
        ("absolute_time", 4),
        ("cell_error", 6),
        ("unclear_duration", 7),
    ]
    assert "#DIV/0!" in findings[2].message


def test_merged_cells_count_for_every_row_in_group_columns_only() -> None:
    def fill(workbook: Any, page: Any) -> None:
        page.write_row(0, 0, ["Chapter", "Name", "Team"])
        page.merge_range(1, 0, 3, 0, "One")
        page.merge_range(1, 2, 3, 2, "DBA")
        for row, name in enumerate("ABCD", 1):
            page.write(row, 1, name)

    rows, findings = split(read_workbook(source(sheet(fill))))
    assert [(row.name, row.parent, row.team) for row in rows] == [
        ("A", "One", "DBA"),
        ("B", "One", None),
        ("C", "One", None),
        ("D", None, None),
    ]
    assert codes(findings) == [("blank_group", 5)]


def test_the_sheet_that_looks_like_a_runsheet_is_read_and_the_others_named() -> None:
    def fill(workbook: Any, page: Any) -> None:
        page.write(0, 0, "Nothing of the kind")
        workbook.add_worksheet("About").write_row(0, 0, ["Code", "Name"])
        hidden = workbook.add_worksheet("Steps")
        hidden.write_row(0, 0, ["Code", "Name"])
        hidden.hide()
        workbook.add_worksheet("Night").write_row(0, 0, ["Code", "Name"])
        tasks = workbook.add_worksheet("Tasks")
        tasks.write_row(0, 0, ["Code", "Name"])
        tasks.write_row(1, 0, ["A-1", "Stop"])

    rows, findings = split(read_workbook(source(sheet(fill))))
    assert [row.code for row in rows] == ["A-1"]
    assert [one.message for one in findings] == [
        "Only the sheet “Tasks” was read; left aside: “Sheet1”, “Night”."
    ]


def test_numbers_of_a_workbook_are_its_own() -> None:
    data = table(
        ["No", "Code", "Name", "After"], [10, "A-1", "x", ""], [20, "A-2", "y", 10], [30, "A-3", "z", "#20"]
    )
    rows = rows_of(read_workbook(source(data)))
    assert [[link.row for link in row.links] for row in rows] == [[], [2], [3]]


def test_what_cannot_be_printed_is_refused_wherever_it_stands() -> None:
    data = table(
        ["Kind", "Code", "Na\x00me", "After", "Labels", "Du\nration", "Co\x00lour"],
        ["st\x00ep", "A-1", "x", "", "", ""],
        ["step", "A-2", "x\x00", "A\x00-1", "a, b\x01", "5m"],
        ["step", "A\u202e-3", "x", "A-2\u202e", "", 5],
    )
    rows, findings = split(read_workbook(source(data)))
    assert codes(findings) == [
        ("unknown_column", 1),
        ("unknown_kind", 2),
        *[("not_text", 3)] * 3,
        *[("not_text", 4)] * 2,
    ]
    assert [(row.code, row.duration_seconds) for row in rows] == [("A-2", 300), (None, 300)]
    assert not any(UNPRINTABLE.search(str(one)) for one in (*rows, *findings))


def changed(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            new.writestr(part.filename, change(content) if part.filename == name else content)
    return made.getvalue()


SHEET1 = "xl/worksheets/sheet1.xml"
PLAIN = table(["Code", "Name"], ["A-1", "Stop"])


def lying(data: bytes) -> bytes:
    """The sheet's size as the archive tells it, made small."""
    made = bytearray(data)
    at = made.rindex(b"PK\x01\x02", 0, made.rindex(SHEET1.encode()))
    made[at + 24 : at + 28] = (100).to_bytes(4, "little")
    return bytes(made)


def broken_workbooks() -> Iterator[tuple[str, bytes, str]]:
    yield "cut off", PLAIN[: len(PLAIN) // 2], "truncated"
    yield "nothing in it", b"PK\x05\x06" + b"\0" * 18, "bad_workbook"
    yield "no workbook", b"PK\x03\x04" + b"\0" * 100, "truncated"
    yield "noise", bytes(range(256)) * 40, "bad_workbook"
    yield "empty", b"", "bad_workbook"
    yield "no headings", table(["a", "b"], [1, 2]), "no_heading"
    yield (
        "far corner",
        changed(PLAIN, SHEET1, lambda xml: xml.replace(b'r="B2"', b'r="XFD1048576"')),
        "too_large",
    )
    bomb = changed(
        PLAIN, SHEET1, lambda xml: xml.replace(b"</sheetData>", b" " * (120 << 20) + b"</sheetData>")
    )
    yield "bomb", bomb, "zip_bomb"
    yield "bomb that lies", lying(bomb), "zip_bomb"
    long = table(["Code", "Name"], *([f"A-{n}", "x" * 32_000] for n in range(40_000)))
    yield "one long text again and again", long, "too_large"
    unplaced = b"<row>" + b"<c><v>1</v></c>" * 990 + b"</row>" + b"<row></row>" * 8_200
    many = changed(PLAIN, SHEET1, lambda xml: xml.replace(b"</sheetData>", unplaced + b"</sheetData>"))
    yield "cells without a place", many, "too_large"
    yield "macros", with_macros(), "macros"
    laughs = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 500 + b'">]>'
    yield (
        "entities",
        changed(PLAIN, SHEET1, lambda xml: xml.replace(b"<v>0</v>", laughs + b"<v>&a;</v>")),
        "unsafe_xml",
    )
    wide = table(["Code", "Name", *(f"c{n}" for n in range(1_200))])
    yield "1,200 columns", wide, "too_many_columns"


def with_macros() -> bytes:
    made = io.BytesIO(PLAIN)
    with zipfile.ZipFile(made, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    return made.getvalue()


@pytest.mark.parametrize(
    "data, code",
    [(data, code) for _, data, code in broken_workbooks()],
    ids=[name for name, _, _ in broken_workbooks()],
)
def test_broken_workbooks_are_said_to_be_so(data: bytes, code: str) -> None:
    _, findings = split(read_workbook(source(data)))
    assert [(one.code, one.is_error) for one in findings] == [(code, True)]
