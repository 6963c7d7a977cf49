"""Reads a runsheet table from delimited text: CSV with commas or semicolons, tabs, or upright bars.

A cell of an export that a spreadsheet would run as a formula is led by an apostrophe (`guarded`); reading takes
it off again. `row` counts records, blank ones too, as a spreadsheet shows them.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import BinaryIO

from tminus.runbook.domain.findings import Finding, Severity
from tminus.runbook.readers.encoding.stream import open_text
from tminus.runbook.readers.file_text import Unreadable, refuse
from tminus.runbook.readers.staged import Reading, SourceFile
from tminus.runbook.readers.table.cells import ERROR_CELLS, FAILED
from tminus.runbook.readers.table.cells_links import RowOf, numbering
from tminus.runbook.readers.table.heading import MOST_COLUMNS, ROWS_LOOKED_AT, Row, find_heading
from tminus.runbook.readers.table.rows import Mapped, OnColumns, TableReader, named, no_columns

DELIMITERS = (",", ";", "\t", "|")

_SNIFFED = 64 * 1024
"""Characters from which the delimiter is told."""

_CHANGED = rf"(?:[=+\-@\t＝＋－＠]|[0-9]+\.0+$|(?:{'|'.join(map(re.escape, sorted(ERROR_CELLS)))})$)"
_TO_GUARD = re.compile(f"'*{_CHANGED}")
_GUARDED = re.compile(f"''*{_CHANGED}")


def read_csv(
    source: SourceFile, mapping: Mapped | None = None, on_columns: OnColumns = no_columns
) -> Reading:
    """Yield what a delimited text file says. Nothing is raised for what is in it; `source.content` must seek."""
    return named(_opened(source.content, mapping, on_columns), source.name)


def _opened(content: BinaryIO, mapping: Mapped | None, on_columns: OnColumns) -> Reading:
    text = open_text(content)
    if text.finding:
        yield text.finding
    yield from _read(content, iter(text), mapping, on_columns)


def guarded(text: str) -> str:
    """Return a cell such that no spreadsheet takes it for a formula or mends it; `unguarded` undoes it."""
    return f"'{text}" if _TO_GUARD.match(text) else text


def unguarded(text: str) -> str:
    """Return the cell without the apostrophe that `guarded` put before it."""
    return text[1:] if _GUARDED.match(text) else text


def _error_marked(text: str) -> str:
    return FAILED + text.strip() if text.strip() in ERROR_CELLS else text


_MARKED = {"'": unguarded, "#": _error_marked}


def _read(content: BinaryIO, lines: Iterator[str], mapping: Mapped | None, on_columns: OnColumns) -> Reading:
    head, size = [], 0
    for line in lines:
        head.append(line)
        size += len(line)
        if size > _SNIFFED:
            break
    told = _told(head)
    delimiter = told or _delimiter(head, mapping)
    skipped = 1 if told else 0
    records = Records(delimiter)

    def numbers(heading_row: int, place: int) -> RowOf:
        return _numbers(content, delimiter, skipped, heading_row, place)

    reader = TableReader("The file", mapping, on_columns, numbers)
    for staged in reader.read(records.read(chain(head[skipped:], lines))):
        yield staged
        yield from records.formulas()


def _told(head: list[str]) -> str | None:
    """The delimiter that a first line `sep=;` tells, as Excel writes and hides it."""
    first = head[0].strip().lower() if head else ""
    return first[4] if first.startswith("sep=") and len(first) == 5 and first[4] in DELIMITERS else None


def _delimiter(head: list[str], mapping: Mapped | None) -> str:
    """The delimiter under which most headings are known; where none are, the one that there is most of."""

    def worth(delimiter: str) -> tuple[int, int]:
        rows = list(_first_rows(head, delimiter))
        heading = find_heading(rows, mapping)
        known = sum(1 for one in heading.columns if one.field) if heading else 0
        return known, max((len(record) for _, record in rows), default=0)

    return max(DELIMITERS, key=worth)


def _first_rows(head: list[str], delimiter: str) -> Iterator[Row]:
    try:
        for row, record in enumerate(csv.reader(head, delimiter=delimiter), 1):
            yield row, record
            if row == ROWS_LOOKED_AT:
                return
    except csv.Error:
        return  # Under a wrong delimiter quotes may seem to be broken.


def _numbers(content: BinaryIO, delimiter: str, skipped: int, heading_row: int, place: int) -> RowOf:
    """Read the column of numbers of the whole file, and go back to where reading was."""
    here = content.tell()
    found: dict[int, int] = {}
    lines = iter(open_text(content))
    for _ in range(skipped):
        next(lines)
    for row, record in Records(delimiter).read(lines):
        text = record[place].strip() if row > heading_row and len(record) > place else ""
        if text.isdecimal() and len(text) < 10:
            found.setdefault(int(text), row)
    content.seek(here)
    return numbering(found)


class Records:
    """The records of a stream of lines. Memory: one record."""

    def __init__(self, delimiter: str) -> None:
        self._delimiter = delimiter
        self._marked = False
        self._formula_at = 0
        self._formula_told = False

    def read(self, lines: Iterable[str]) -> Iterator[Row]:
        """Yield the records with their numbers. Raises `Unreadable`: `bad_quotes`, `too_many_columns`."""
        reader = csv.reader(self._watched(lines), delimiter=self._delimiter, strict=True)
        row, line = 0, 1
        try:
            for record in reader:
                row += 1
                if self._marked:
                    record = self._unmarked(row, record)
                if len(record) > MOST_COLUMNS and any(record[MOST_COLUMNS:]):
                    raise _too_many(row, len(record))
                yield row, record
                line = reader.line_num + 1
        except csv.Error:
            raise _bad_quotes(row + 1, line) from None

    def formulas(self) -> Iterator[Finding]:
        """Yield, once, that a text begins like a formula."""
        if self._formula_at and not self._formula_told:
            self._formula_told = True
            yield Finding(
                "formula_text",
                Severity.WARNING,
                "From here on there are cells that begin with “=”; they were read as text, not reckoned.",
                "Import the workbook itself (xlsx) if the results are meant.",
                row=self._formula_at,
            )

    def _watched(self, lines: Iterable[str]) -> Iterator[str]:
        """Note whether a line holds what may need a look at its cells, which is far cheaper than to look at all."""
        for line in lines:
            if "'" in line or "=" in line or ("#" in line and ("!" in line or "#N" in line)):
                self._marked = True
            yield line

    def _unmarked(self, row: int, record: list[str]) -> list[str]:
        self._marked = False
        if not self._formula_at and any(cell[:1] == "=" for cell in record):
            self._formula_at = row
        return [_MARKED[cell[:1]](cell) if cell[:1] in _MARKED else cell for cell in record]


def _bad_quotes(row: int, line: int) -> Unreadable:
    return refuse(
        "bad_quotes",
        f"A quote that opens in row {row:,}, which begins on line {line:,}, is not closed as it should be, or a "
        f"cell there is longer than {csv.field_size_limit():,} characters. Nothing was read from there on.",
        suggestion="Double every quote inside a quoted text, and close each; or import the workbook itself (xlsx).",
    )


def _too_many(row: int, columns: int) -> Unreadable:
    return refuse(
        "too_many_columns",
        f"Row {row:,} has {columns:,} columns, which no runsheet has; the most is {MOST_COLUMNS:,}.",
        suggestion="Check that the line ends were not lost.",
    )
