"""From the bytes of a file of base data to its sheets: all rows as text, bounded."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from python_calamine import SheetVisibleEnum

from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.base_data.headings import find_headings
from tminus.runbook.readers.encoding.guess import HEAD
from tminus.runbook.readers.encoding.stream import open_text
from tminus.runbook.readers.file_text import Unreadable, refuse
from tminus.runbook.readers.recognise.binary import refuse_foreign
from tminus.runbook.readers.recognise.file import Format
from tminus.runbook.readers.recognise.ole import is_xls
from tminus.runbook.readers.recognise.zip import kind_of_zip
from tminus.runbook.readers.staged import SourceFile
from tminus.runbook.readers.table.csv import DELIMITERS, Records
from tminus.runbook.readers.table.excel import WorkbookErrors, open_workbook, sheet_rows
from tminus.runbook.readers.table.excel_check import check_workbook
from tminus.runbook.readers.table.heading import ROWS_LOOKED_AT, Row

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
"""What an xlsx and an xls begin with."""
LARGEST_FILE = 5 * 1024 * 1024
"""Bytes. Ten thousand people with roles and teams are one."""
MOST_ROWS = 10_000
"""Rows of a file. They are written in one transaction, while the migration's other commands wait."""
LARGEST_UNPACKED = 50 * 1024 * 1024
"""Bytes that a workbook may unpack to; a workbook is held as a whole."""
MOST_SHEETS = 20
"""Sheets that are shown; base data needs five."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table; `name` is empty for a file that is one table itself."""

    name: str
    rows: list[Row]


def sheets_of(name: str, data: bytes) -> tuple[list[Sheet], list[Finding]]:
    """Return the tables of a file with what is to be said of its text. Raises `Unreadable`."""
    if len(data) > LARGEST_FILE:
        raise refuse(
            "too_large",
            f"The file is larger than {LARGEST_FILE // 1024 // 1024} MB, which no base data is. Nothing was read.",
            suggestion="Check that this is the list of people or teams, and not of data.",
        )
    source = SourceFile(0, name, io.BytesIO(data), len(data))
    if not data.strip():
        raise refuse("empty", "The file is empty.", suggestion="Export or save it again.")
    if _is_workbook(source.content):
        with WorkbookErrors():
            return list(_from_workbook(source)), []
    return _from_text(source)


def _is_workbook(content: BinaryIO) -> bool:
    """Tell a workbook from text, by its first bytes. Raises `Unreadable` for what is neither."""
    head = content.read(HEAD)
    if not head.startswith((ZIP, OLE)):
        refuse_foreign(head)
        return False
    if head.startswith(OLE):
        is_xls(content)
    elif kind_of_zip(content) != Format.TABLE_XLSX:
        raise refuse(
            "wrong_format",
            "Base data comes as CSV or as a workbook (xlsx, xls); this is an archive. Nothing was read.",
            suggestion="Unpack it, and import the files one after the other.",
        )
    return True


def _from_text(source: SourceFile) -> tuple[list[Sheet], list[Finding]]:
    text = open_text(source.content)
    lines = list(text)
    delimiter = max(DELIMITERS, key=lambda one: _worth(lines, one, source.name))
    rows = _bounded(Records(delimiter).read(iter(lines)))
    return [Sheet("", rows)], [text.finding] if text.finding else []


def _worth(lines: list[str], delimiter: str, name: str) -> int:
    try:
        rows = list(islice(csv.reader(lines, delimiter=delimiter), ROWS_LOOKED_AT))
    except csv.Error:
        return 0  # under a wrong delimiter quotes may seem to be broken
    found = find_headings(list(enumerate(rows, 1)), "", stem(name))
    return sum(len(places) for places in found.tables.values()) if found else 0


def stem(name: str) -> str:
    """Return a file's name without folder and ending."""
    return name.rsplit("/", 1)[-1].rpartition(".")[0]


def _from_workbook(source: SourceFile) -> Iterator[Sheet]:
    if zipfile.is_zipfile(source.content):
        with zipfile.ZipFile(source.content) as archive:
            _bound(archive)
    source.content.seek(0)
    errors = check_workbook(source.content)
    workbook = open_workbook(source.content)
    shown = [one.name for one in workbook.sheets_metadata if one.visible is SheetVisibleEnum.Visible]
    left = MOST_ROWS
    for name in shown[:MOST_SHEETS]:
        sheet = workbook.get_sheet_by_name(name)
        rows = _bounded(sheet_rows(sheet, errors.get(name, {})), left)
        left -= len(rows)
        yield Sheet(name, rows)


def _bound(archive: zipfile.ZipFile) -> None:
    if sum(one.file_size for one in archive.infolist()) > LARGEST_UNPACKED:
        raise refuse(
            "too_large",
            f"The workbook unpacks to more than {LARGEST_UNPACKED // 1024 // 1024} MB, which no base data does. "
            "Nothing was read.",
            suggestion="Save the sheets with people, teams and places in a workbook of their own.",
        )


def _bounded(rows: Iterable[Row], most: int = MOST_ROWS) -> list[Row]:
    filled = (row for row in rows if any(cell.strip() for cell in row[1]))
    found = list(islice(filled, most + 1))
    if len(found) > most:
        raise too_many_rows()
    return found


def too_many_rows() -> Unreadable:
    """Return the refusal of a file with more rows than are taken at once."""
    return refuse(
        "too_many_rows",
        f"The file has more than {MOST_ROWS:,} rows. Nothing was read.",
        suggestion="Split it into several files: what is there already stays as it is.",
    )
