"""How the cells of a row become the values of a staged row: by kind, decided once a file."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tminus.runbook.readers.table import cells
from tminus.runbook.readers.table.cells_duration import Note, read_duration, unit_of
from tminus.runbook.readers.table.cells_links import LinkCells, RowOf
from tminus.runbook.readers.table.cells_moment import read_moment
from tminus.runbook.readers.table.columns import BY_FIELD
from tminus.runbook.readers.table.heading import Heading
from tminus.runbook.readers.table.kinds import KIND_WORDS

Read = Callable[[str], Any]

MOST_REMEMBERED = 4_000
"""Cells of one column whose value is kept, as most are written many times; then it is begun anew."""

_REMEMBERED = frozenset({"phase", "parent", "type", "team", "environment", "producer", "validator", "step"})
_FLAGS = frozenset(
    ["auto_activate", "point_of_no_return", "evidence_required", "rollback", "required", "critical"]
)
_LISTS = frozenset(["impacted_teams", "labels", "applications", "scope", "undoes", "controls"])
_CODES = frozenset(
    ["code", "phase", "parent", "step", "type", "team", "environment", "producer", "validator"]
)
_ONE_LINE: dict[str, Read] = {
    "email": cells.read_email,
    "zone": cells.read_zone,
    "behaviour": cells.read_behaviour,
    "not_before": lambda text: read_moment(text) if cells.read_line(text) else None,
    "fixed_start": lambda text: read_moment(text) if cells.read_line(text) else None,
    "instructions": cells.read_text,
    "description": cells.read_text,
}
_PLACES = frozenset({"code", "phase", "parent", "step"})
"""Fields that say what a row is and where it stands, not a value of it."""


class Remembering(dict[str, Any]):
    """Reads a cell once for all that are written alike; holds no more than `MOST_REMEMBERED`."""

    def __init__(self, read: Read) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, text: str) -> Any:
        """Read the cell. Raises `BadValue`."""
        value = self._read(text)
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        self[text] = value
        return value


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one value of a row comes from: place in the row, member of `StagedRow`, heading, how it is read."""

    place: int
    attribute: str
    field: str
    heading: str
    read: Read


@dataclass(frozen=True, slots=True)
class Layout:
    """The cells of one kind of rows, and the values they speak of."""

    cells: tuple[Cell, ...]
    given: tuple[str, ...]
    reach: int


@dataclass(frozen=True, slots=True)
class Links:
    """What links of this file may mean: the row that a number means, and whether bare numbers are such numbers.

    `row_of` is None where the codes are the sheet's numbers: `#12` is the code 12 then, and no row.
    """

    row_of: RowOf | None
    bare_numbers: bool


def layouts(heading: Heading, links: Links, note: Note) -> dict[str, Layout]:
    """Return the layout of every kind of rows under these headings."""
    readers = {
        place: _reader(one.field, one.heading, links, note)
        for place, one in enumerate(heading.columns)
        if one.field and one.field not in ("kind", "number")
    }
    return {kind: _layout(kind, heading, readers) for kind in KIND_WORDS}


def _layout(kind: str, heading: Heading, readers: dict[int, Read]) -> Layout:
    found = tuple(
        Cell(place, _attribute(kind, one.field), one.field, one.heading, readers[place])
        for place, one in enumerate(heading.columns)
        if one.field and place in readers and kind in BY_FIELD[one.field].kinds
    )
    given = tuple(cell.field for cell in found if cell.field not in _PLACES and cell.field != "before")
    return Layout(found, given, 1 + max((cell.place for cell in found), default=0))


def _attribute(kind: str, field: str) -> str:
    if (kind, field) in (("chapter", "phase"), ("task", "step")):
        return "parent"
    return "links" if field in ("after", "before") else field


def _reader(field: str, heading: str, links: Links, note: Note) -> Read:
    if field in ("after", "before"):
        links_of = LinkCells(heading, links.row_of, links.bare_numbers, note, suggested=field == "before")
        return Remembering(links_of).__getitem__
    if field == "duration_seconds":
        unit = unit_of(heading)
        return Remembering(lambda text: _duration(text, unit, note)).__getitem__
    if field in _FLAGS:
        return Remembering(cells.read_flag).__getitem__
    if field in _LISTS:
        return Remembering(cells.read_list).__getitem__
    if field in _CODES:
        return Remembering(cells.read_code).__getitem__ if field in _REMEMBERED else cells.read_code
    return _ONE_LINE.get(field, cells.read_line)


def _duration(text: str, unit: int | None, note: Note) -> int | None:
    line = cells.read_line(text)
    return read_duration(line, unit, note) if line else None
