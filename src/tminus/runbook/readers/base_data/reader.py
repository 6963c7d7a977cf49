"""Reads base data from one file: its rows as they are written, and what is wrong with their cells."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tminus.runbook.domain.base_data.said import BaseKind, Said
from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.base_data.columns import KEY, KIND, kind_words
from tminus.runbook.readers.base_data.headings import Headings, find_headings
from tminus.runbook.readers.base_data.sheets import Sheet, sheets_of, stem
from tminus.runbook.readers.base_data.told import left_aside, nothing, unknown_kind, unknown_table
from tminus.runbook.readers.file_text import Unreadable
from tminus.runbook.readers.plan_values import BadValue
from tminus.runbook.readers.table.cells import read_code, read_line, read_list
from tminus.runbook.readers.table.columns_guess import fold
from tminus.runbook.readers.table.excel import ABOUT

_READ: dict[str, Callable[[str], Any]] = {KEY: read_code, "roles": read_list, "teams": read_list}


@dataclass(slots=True)
class BaseData:
    """What a file says, and what was found in it."""

    rows: list[Said] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


def read_base_data(name: str, data: bytes) -> BaseData:
    """Return what a file says. Nothing is raised for what is in it: an unreadable file is one error."""
    said = BaseData()
    try:
        sheets, said.findings = sheets_of(name, data)
        tables = [_table(sheet, name) for sheet in sheets if sheet.name != ABOUT and sheet.rows]
        known = any(table.headings for table in tables)
        for table in tables:
            _read(table, said, alone=not known)
        if not said.rows and not said.findings:
            said.findings.append(nothing())
    except Unreadable as error:
        said.findings.append(error.finding)
    said.findings = [replace(one, file=one.file or name) for one in said.findings]
    return said


@dataclass(frozen=True, slots=True)
class _Table:
    """A sheet with its headings; `file` is how findings name it."""

    sheet: Sheet
    file: str
    headings: Headings | None


def _table(sheet: Sheet, name: str) -> _Table:
    file = f"{name}, {sheet.name[:60]}" if sheet.name else name
    return _Table(sheet, file, find_headings(sheet.rows, sheet.name, stem(name)))


def _read(table: _Table, said: BaseData, *, alone: bool) -> None:
    headings = table.headings
    if headings is None:
        said.findings.append(unknown_table(table.sheet, table.file, alone=alone))
        return
    said.findings.extend(left_aside(headings, table.file))
    for row, cells in table.sheet.rows:
        if row > headings.row:
            for one in _row(headings, (row, cells), table.file):
                if isinstance(one, Said):
                    said.rows.append(one)
                else:
                    said.findings.append(one)


def _row(headings: Headings, row: tuple[int, Sequence[str]], file: str) -> Iterator[Said | Finding]:
    number, cells = row
    kind = headings.kind or _kind(headings, cells)
    if kind is None:
        yield unknown_kind(headings, number, cells, file)
        return
    places = headings.tables[kind]
    values: dict[str, Any] = {}
    names = {one: headings.words[place] for one, place in places.items()}
    blank = Said(kind, "", file, number, {}, names)
    for one, place in places.items():
        if one == KIND or place >= len(cells):
            continue
        try:
            values[one] = _READ.get(one, read_line)(cells[place])
        except BadValue as bad:
            yield blank.finding(bad.code, f"{names[one]}: {bad.message}", bad.suggestion, one)
    if any(values.values()):
        yield replace(blank, key=values.pop(KEY, None) or "", values=values)


def _kind(headings: Headings, cells: Sequence[str]) -> BaseKind | None:
    place = headings.tables[BaseKind.TEAM][KIND]
    return kind_words().get(fold(cells[place])) if place < len(cells) else None
