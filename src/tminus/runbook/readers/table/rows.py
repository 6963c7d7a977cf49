"""From the rows of a table, wherever they come from, to what they say; CSV and workbooks share this."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, islice

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.domain.findings import Finding, Severity, Subject, did_you_mean
from tminus.runbook.readers.file_text import Unreadable
from tminus.runbook.readers.plan_values import BadValue
from tminus.runbook.readers.staged import Reading, Staged, StagedRow
from tminus.runbook.readers.table.cells import FAILED
from tminus.runbook.readers.table.cells_links import RowOf, any_row
from tminus.runbook.readers.table.columns_guess import ColumnGuess
from tminus.runbook.readers.table.heading import (
    ROWS_LOOKED_AT,
    Heading,
    Row,
    find_heading,
    likely_headings,
    no_heading,
    said_of,
)
from tminus.runbook.readers.table.kinds import KIND_WORDS, kind_of
from tminus.runbook.readers.table.layout import Layout, Links, Remembering, layouts
from tminus.runbook.readers.table.totals import Totals, left_out

Mapped = Mapping[str, str | None]
"""Heading → field of `columns`, or None for a column that is to be left aside: what a person said."""

OnColumns = Callable[[list[ColumnGuess]], None]
"""Told once what each heading was taken for, before the first row."""

ROWS_FOR_CODES = 200
"""Rows that are looked at to tell whether codes are bare numbers, so that `12` means a code and not a row."""

NumbersOf = Callable[[int, int], RowOf]
"""Given the row of the headings and the place of the column of numbers: which row a number means."""


def no_columns(columns: list[ColumnGuess]) -> None:
    """Nobody wants to know."""


def named(reading: Reading, file: str) -> Reading:
    """Yield the same, each finding with the file's name; what ends the reading is the last finding."""
    try:
        for staged in reading:
            yield replace(staged, file=file) if isinstance(staged, Finding) else staged
    except Unreadable as error:
        yield replace(error.finding, file=file)


class TableReader:
    """Reads one table. `rows` begin at row 1; `where` names it in sentences (“The file”, “The sheet “X””)."""

    def __init__(
        self, where: str, mapping: Mapped | None, on_columns: OnColumns, numbers_of: NumbersOf
    ) -> None:
        self._where = where
        self._mapping = mapping
        self._on_columns = on_columns
        self._numbers_of = numbers_of

    def read(self, rows: Iterable[Row]) -> Reading:
        """Yield every row and every finding, in the order of the rows."""
        stream = iter(rows)
        first = list(islice(stream, ROWS_LOOKED_AT))
        heading = find_heading(first, self._mapping)
        if heading is None:
            self._on_columns(likely_headings(first, self._mapping))
            yield no_heading(first, self._where)
            return
        self._on_columns(heading.columns)
        yield from said_of(heading)
        body = chain([row for row in first if row[0] > heading.row], stream)
        looked = list(islice(body, ROWS_FOR_CODES))
        yield from _Body(heading, self._links(heading, looked)).read(chain(looked, body))

    def _links(self, heading: Heading, looked: Sequence[Row]) -> Links:
        places = {one.field: place for place, one in enumerate(heading.columns) if one.field}
        code, number = places.get("code"), places.get("number")
        totals = Totals(places)
        numeric = [
            record[code].strip().partition(".")[0].isdecimal()
            for _, record in looked
            if code is not None
            and len(record) > code
            and record[code].strip()
            and not totals.says_total(record)
        ]
        if number is not None and "after" in places:
            return Links(self._numbers_of(heading.row, number), not any(numeric))
        # Codes that are all numbers are the sheet's own numbering: a row of the spreadsheet is never meant.
        all_numbers = bool(numeric) and all(numeric)
        return Links(None if all_numbers else any_row, not any(numeric))


class _Body:
    """Rows below the headings, one after the other; remembers the step above, and nothing else of them.

    What may be a total is held back until something follows: it is a step then, and a total where nothing does.
    """

    def __init__(self, heading: Heading, links: Links) -> None:
        self._notes: list[BadValue] = []
        self._noted: set[str] = set()
        self._layouts = layouts(heading, links, self._notes.append)
        places = {one.field: place for place, one in enumerate(heading.columns) if one.field}
        self._kind_place = places.get("kind")
        self._kinds: Mapping[str, str | None] = Remembering(kind_of)
        self._width = len(heading.columns)
        self._headings = {one.field: one.heading for one in heading.columns if one.field}
        self._step: StagedRow | None = None
        self._totals = Totals(places)
        self._held: list[tuple[StagedRow, list[Finding]]] = []

    def read(self, rows: Iterable[Row]) -> Reading:
        """Yield what each row says."""
        for row, record in rows:
            if not any(record):
                continue
            if self._totals.says_total(record):
                yield left_out(row)
                continue
            kind = self._kind(record)
            staged = StagedRow(kind or "step", None, row)
            found = self._wrong(staged, record, kind)
            if staged.code is None and staged.name is None:
                if self._totals.may_be(staged, record):
                    yield from self._hold(staged, found)
                    continue
                says = kind is not None and _says(staged)
            else:
                says = True
            if self._held or found or self._notes:
                yield from self._before(row, found)
            if says:
                self._totals.count(staged)
                yield from self._placed(staged)
        for held, _ in self._held:
            yield left_out(held.row or 0)

    def _before(self, row: int, found: list[Finding] | None) -> Iterator[Staged]:
        """Yield what comes before a row that is no total: what was held back, and what is said of it."""
        yield from self._let_go()
        yield from found or ()
        yield from self._new_notes(row)

    def _wrong(self, staged: StagedRow, record: Sequence[str], kind: str | None) -> list[Finding] | None:
        """Fill a row from its cells, and return what is wrong with them."""
        row = staged.row or 0
        wrong = self._fill(staged, record, self._layouts[kind]) if kind else [self._unknown_kind(row, record)]
        if len(record) != self._width:
            return [*self._uneven(row, record), *(wrong or ())]
        return wrong

    def _hold(self, staged: StagedRow, found: list[Finding] | None) -> Iterator[Staged]:
        """Keep a row that may be a total until something follows it; where it adds up it is one."""
        self._notes.clear()
        if self._totals.adds_up(staged):
            yield left_out(staged.row or 0)
        elif _says(staged) or found:
            if len(self._held) == _MOST_HELD:
                yield from self._let_go()
            self._held.append((staged, found or []))

    def _let_go(self) -> Iterator[Staged]:
        """Yield what was held back: something follows, so it is no total."""
        for staged, found in self._held:
            yield from found
            if _says(staged):
                self._totals.count(staged)
                yield from self._placed(staged)
        self._held.clear()

    def _kind(self, record: Sequence[str]) -> str | None:
        place = self._kind_place
        return "step" if place is None or place >= len(record) else self._kinds[record[place]]

    def _fill(self, staged: StagedRow, record: Sequence[str], layout: Layout) -> list[Finding] | None:
        wrong: list[Finding] | None = None
        given = layout.given
        if len(record) < layout.reach:
            # What a short row leaves out is not there, and so unchanged; an empty cell would clear it.
            given = tuple(
                cell.field for cell in layout.cells if cell.place < len(record) and cell.field in given
            )
            record = [*record, *[""] * (layout.reach - len(record))]
        for cell in layout.cells:
            text = record[cell.place]
            if not text:
                continue
            try:
                value = cell.read(text)
            except BadValue as bad:
                given = tuple(one for one in given if one != cell.field)
                wrong = [*(wrong or ()), _bad_cell(staged, cell.heading, bad)]
                continue
            if cell.attribute == "links":
                staged.links.extend(value)
            elif value is not None:
                setattr(staged, cell.attribute, value)
        staged.given = given if staged.name is not None else tuple(one for one in given if one != "name")
        return wrong

    def _placed(self, staged: StagedRow) -> Iterator[Staged]:
        if staged.kind == "step":
            above, self._step = self._step, staged
            if above and ((above.parent and not staged.parent) or (above.phase and not staged.phase)):
                self._notes.append(_BLANK_GROUP)
                yield from self._new_notes(staged.row or 0)
        elif staged.kind == "task":
            above = self._step
            if above and staged.parent in (None, above.code):
                staged.of = above.row
            elif staged.parent is None:
                yield _finding(
                    staged.row,
                    "task_without_step",
                    f"The task “{staged.code or staged.name}” stands under no step.",
                    "Name its step in the column “Step”, or put it below its step.",
                    Subject("task", staged.code or "", self._headings.get("step", "")),
                )
                return
        yield staged

    def _unknown_kind(self, row: int, record: Sequence[str]) -> Finding:
        word = UNPRINTABLE.sub("", record[self._kind_place or 0].removeprefix(FAILED)).strip()[:60]
        hint = (
            did_you_mean(word, KIND_WORDS.values()) or "Write one of " + ", ".join(KIND_WORDS.values()) + "."
        )
        said = f"“{word}” is no kind of row; the row was left out."
        return _finding(row, "unknown_kind", said, hint, Subject("row", "", self._headings["kind"]))

    def _uneven(self, row: int, record: Sequence[str]) -> Iterator[Finding]:
        """A row that is short, or that says something beyond the headings."""
        if len(record) < self._width:
            end = "what is missing stays as it is"
        elif any(record[self._width :]):
            end = "the last ones were left aside"
        else:
            return
        said = f"The row has {len(record)} cells and there are {self._width} headings; {end}."
        hint = "Check that a text with a comma or semicolon in it stands in quotes."
        yield replace(_finding(row, "uneven_row", said, hint), severity=Severity.WARNING)

    def _new_notes(self, row: int) -> Iterator[Finding]:
        """What was taken for granted, said where it was first."""
        for note in self._notes:
            if note.code not in self._noted:
                self._noted.add(note.code)
                said = _finding(row, note.code, note.message, note.suggestion)
                yield replace(said, severity=Severity.WARNING)
        self._notes.clear()


_BLANK_GROUP = BadValue(
    "blank_group",
    "From here on there are steps whose macro-phase or chapter is blank, below one whose is not; blank was read as "
    "blank, for only merged cells are filled downwards.",
    "Fill the column down in the sheet if the steps belong to the group above them.",
)
_MOST_HELD = 10
_WARNINGS = frozenset({"absolute_time"})


def _bad_cell(staged: StagedRow, heading: str, bad: BadValue) -> Finding:
    subject = Subject(staged.kind, staged.code or "", heading)
    found = _finding(staged.row, bad.code, f"{heading}: {bad.message}", bad.suggestion, subject)
    return replace(found, severity=Severity.WARNING) if bad.code in _WARNINGS else found


def _finding(
    row: int | None, code: str, message: str, suggestion: str | None = None, subject: Subject | None = None
) -> Finding:
    return Finding(code, Severity.ERROR, message, suggestion, row=row, subject=subject)


def _says(staged: StagedRow) -> bool:
    """Whether a row without code and name says anything at all."""
    return bool(staged.links) or any(
        getattr(staged, one, None) is not None for one in staged.given if one != "after"
    )
