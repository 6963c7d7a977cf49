"""Reads a runsheet table from a workbook, xlsx or xls: values, never formulas or macros.

The sheet that is read is the first whose name says so, else the first that has headings. The workbook is held as a
whole, as its library must; `table_excel_check` bounds it first.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from tminus.runbook.domain.findings import Finding, Severity
from tminus.runbook.readers.file_text import Unreadable, refuse
from tminus.runbook.readers.staged import Reading, SourceFile
from tminus.runbook.readers.table.cells_links import RowOf, numbering
from tminus.runbook.readers.table.columns_guess import fold
from tminus.runbook.readers.table.excel_check import check_workbook
from tminus.runbook.readers.table.heading import ROWS_LOOKED_AT, Row, find_heading
from tminus.runbook.readers.table.rows import Mapped, OnColumns, TableReader, named, no_columns

SHEET = "Runsheet"
ABOUT = "About"
"""Sheets of an export; the second one is for people and never read."""

_LIKELY = ("runsheet", "runbook", "tasks", "steps", "plan", "schedule")
_GROUPS = frozenset({"phase", "parent"})
Filled = dict[tuple[int, int], str]
"""What stands in a cell (row from 1, column from 0) that the sheet itself leaves empty."""


def read_workbook(
    source: SourceFile, mapping: Mapped | None = None, on_columns: OnColumns = no_columns
) -> Reading:
    """Yield what the runsheet of a workbook says. Nothing is raised for what is in it."""
    return named(_sheet(source, mapping, on_columns), source.name)


def _sheet(source: SourceFile, mapping: Mapped | None, on_columns: OnColumns) -> Reading:
    with WorkbookErrors():
        errors = check_workbook(source.content)
        workbook = open_workbook(source.content)
        sheet, others = _chosen(workbook, mapping)
        if others:
            yield _left_aside(sheet.name, others)
        yield from _read(sheet, errors.get(sheet.name, {}), mapping, on_columns)


class WorkbookErrors:
    """Turns what the library that reads workbooks raises into `Unreadable` (`bad_workbook`).

    A class, for `contextlib` writes into exceptions that pass through it, and `Unreadable` is frozen.
    """

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Raise the error in words."""
        if isinstance(error, CalamineError):
            raise _unreadable(str(error)) from None
        # The library is Rust: where it panics, the exception is no `Exception`, and only its name tells.
        if type(error).__name__ == "PanicException":
            raise _unreadable("its contents contradict each other") from None


def open_workbook(content: BinaryIO) -> CalamineWorkbook:
    """Return a workbook that was checked before; within `WorkbookErrors`."""
    content.seek(0)
    try:
        return CalamineWorkbook.from_filelike(content)
    except PasswordError:
        raise refuse(
            "encrypted",
            "The workbook is protected by a password. Nothing was read.",
            suggestion="Save it without a password and import that.",
        ) from None


def _chosen(workbook: CalamineWorkbook, mapping: Mapped | None) -> tuple[CalamineSheet, list[str]]:
    """Return the sheet with the runsheet, and the names of the others that people see."""
    shown = [
        one.name
        for one in workbook.sheets_metadata
        if one.visible is SheetVisibleEnum.Visible and one.name != ABOUT
    ]
    ranked = sorted(
        shown, key=lambda name: _LIKELY.index(fold(name)) if fold(name) in _LIKELY else len(_LIKELY)
    )
    first: CalamineSheet | None = None
    for name in ranked:
        sheet = workbook.get_sheet_by_name(name)
        if find_heading(list(_first_rows(sheet)), mapping):
            return sheet, [other for other in shown if other != name]
        first = first or sheet
    if first is None:
        raise refuse("empty", "The workbook has no sheet that is shown. Nothing was read.")
    return first, []


def _read(sheet: CalamineSheet, errors: Filled, mapping: Mapped | None, on_columns: OnColumns) -> Reading:
    heading = find_heading(list(_first_rows(sheet)), mapping)
    groups = (
        {place for place, one in enumerate(heading.columns) if one.field in _GROUPS} if heading else set()
    )
    filled = {**errors, **_merged(sheet, groups)} if heading else errors

    def numbers(heading_row: int, place: int) -> RowOf:
        found: dict[int, int] = {}
        for row, record in sheet_rows(sheet, {}):
            text = record[place].strip() if row > heading_row and len(record) > place else ""
            if text.isdecimal() and len(text) < 10:
                found.setdefault(int(text), row)
        return numbering(found)

    reader = TableReader(f"The sheet “{sheet.name[:60]}”", mapping, on_columns, numbers)
    yield from reader.read(sheet_rows(sheet, filled))


def _first_rows(sheet: CalamineSheet) -> Iterator[Row]:
    for row, record in sheet_rows(sheet, {}):
        yield row, record
        if row >= ROWS_LOOKED_AT:
            return


def sheet_rows(sheet: CalamineSheet, filled: Filled) -> Iterator[Row]:
    """Yield the rows of a sheet as a person would type their cells; `filled` = what cells say that are empty."""
    offset = sheet.start[1] if sheet.start else 0
    by_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in filled.items():
        by_row.setdefault(row, []).append((column - offset, text))
    for row, values in enumerate(sheet.iter_rows(), 1):
        record = [value if type(value) is str else _text(value) for value in values]
        for place, text in by_row.get(row, ()):
            if 0 <= place < len(record) and not record[place]:
                record[place] = text
        yield row, record


def _merged(sheet: CalamineSheet, groups: set[int]) -> Filled:
    """What a merged cell of a group column says, for every row that it spans."""
    offset = sheet.start[1] if sheet.start else 0
    spans = {
        (top + 1, left): bottom + 1
        for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()
        if left - offset in groups and bottom > top
    }
    filled: Filled = {}
    if spans:
        open_: dict[int, tuple[int, str]] = {}
        for row, record in sheet_rows(sheet, {}):
            _fill_row(row, record, offset, spans, open_, filled)
    return filled


def _fill_row(
    row: int,
    record: Sequence[str],
    offset: int,
    spans: dict[tuple[int, int], int],
    open_: dict[int, tuple[int, str]],
    filled: Filled,
) -> None:
    for place, text in enumerate(record):
        column = place + offset
        if (row, column) in spans and text:
            open_[column] = spans[row, column], text
    for column, (last, text) in list(open_.items()):
        if row > last:
            del open_[column]
        elif not record[column - offset]:
            filled[row, column] = text


def _text(value: Any) -> str:
    """A cell's value as a person would type it; a whole number without its `.0`."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else format(value, ".15g")
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return (
            f"{seconds // 3_600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
            if seconds >= 0
            else f"-{-seconds}s"
        )
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _left_aside(name: str, others: Sequence[str]) -> Finding:
    named = ", ".join(f"“{other[:60]}”" for other in others[:5]) + (" …" if len(others) > 5 else "")
    return Finding(
        "other_sheets",
        Severity.WARNING,
        f"Only the sheet “{name[:60]}” was read; left aside: {named}.",
        "Put the sheet that is meant into a workbook of its own if it is another one.",
    )


def _unreadable(why: str) -> Unreadable:
    return refuse(
        "bad_workbook",
        f"The workbook cannot be read: {why[:200]}. Nothing was read.",
        suggestion="Open it in the program it comes from, save it again as xlsx, and import that.",
    )
