"""Rows of a table that add up the others: left out, and said, for they are no steps.

Such a row says a word for *total* and a figure, wherever the word stands (beside the sum as often as under the
titles), and nothing else. Or it says figures alone, with neither code nor name: then it is one where its length is
the sum of those above it, or where no step comes after it. Everything else is a step, whatever it is called.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.readers.staged import StagedRow
from tminus.runbook.readers.table.cells import FAILED
from tminus.runbook.readers.table.columns_guess import fold

_WORDS = re.compile(
    r"(?:(?:grand|overall|total|sub) ?)?totals?|totals? (?:duration|time|effort|hours|minutes)|sum|overall"
    r"|(?:gesamt|zwischen)?summen?|(?:ins)?gesamt|gesamt ?(?:dauer|zeit|aufwand)"
    r"|sous ?total|total general|somme|(?:duree|temps) totale?"
)
_HINTS = re.compile("[tT][oO][tT]|[sS][uUoO][mM]|[gG][eE][sS][aA]|[vV][eE][rR][aA]|[Σ∑]").search
"""Something that each word for total has: most rows are told from totals by this alone."""
_SIGNS = frozenset("Σ∑")
_UNITS = re.compile(
    r"(?<=[0-9 ])(?:d|h|m|s|days?|tage?|hrs?|hours?|std|stunden?|mins?|minutes?|minuten|secs?|seconds?)(?![^\W\d_])\.?",
    re.IGNORECASE,
)
_OF_FIGURES = frozenset("0123456789.,:/%+-− ")
_LONGEST = 40


class Totals:
    """Tells totals from steps, row by row; remembers the lengths of the steps above, in seconds."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self._name = places.get("name")
        self._kind = places.get("kind")
        self._links = tuple(places[one] for one in ("after", "before") if one in places)
        self._all = 0
        self._part = 0

    def says_total(self, record: Sequence[str]) -> bool:
        """Whether a row says a word for total and at least one figure, and nothing else."""
        place = self._name
        if place is not None and place < len(record) and (name := record[place]) and not _HINTS(name):
            return False  # As most rows do: this is asked of every one.
        kind = _cell(record, self._kind)
        if kind and not is_total_word(kind):
            return False
        if any(_said([_cell(record, place) for place in self._links])):
            return False
        words = figures = 0
        for cell in _said(record):
            word, _, figure = cell.partition(":")
            if cell.startswith(FAILED) or is_figure(cell):
                figures += 1
            elif is_total_word(word) and (not figure.strip() or is_figure(figure)):
                words += 1
                figures += bool(figure.strip())
            else:
                return False
        if words and figures:
            self._part = 0
        return bool(words and figures)

    def may_be(self, staged: StagedRow, record: Sequence[str]) -> bool:
        """Whether a row says figures and nothing else, so that what comes after it tells what it is."""
        return (
            staged.kind == "step"
            and staged.code is None
            and staged.name is None
            and not staged.links
            and not _cell(record, self._kind)
            and all(map(is_figure, _said(record)))
        )

    def adds_up(self, staged: StagedRow) -> bool:
        """Whether a length is the sum of the steps above, of all or of those since the last total."""
        length = staged.duration_seconds
        found = bool(length) and length in (self._all, self._part)
        if found:
            self._part = 0
        return found

    def count(self, staged: StagedRow) -> None:
        """Take note of a step's length."""
        if staged.kind == "step" and staged.duration_seconds:
            self._all += staged.duration_seconds
            self._part += staged.duration_seconds


def is_total_word(text: str) -> bool:
    """Whether a cell says `Total`, `Summe:`, `Σ` or the like, and no more than that."""
    bare = text.strip().strip("*_:=. ")
    return bare in _SIGNS or (len(bare) <= _LONGEST and _WORDS.fullmatch(fold(bare)) is not None)


def is_figure(text: str) -> bool:
    """Whether a cell is a number, a length of time, a share or a date, written in figures."""
    if len(text) > _LONGEST or not any(map(str.isdigit, text)):
        return False
    return _OF_FIGURES.issuperset(_UNITS.sub("", text))


def left_out(row: int) -> Finding:
    """Return the warning that a row was taken for a total."""
    said = f"Row {row:,} looks like a total, not a step: it was left out."
    hint = "If it is a step, give it a title that says what is done."
    return Finding("total_row", Severity.WARNING, said, hint, row=row, subject=Subject("row", ""))


def _said(record: Sequence[str]) -> Iterator[str]:
    """Yield the cells that say something; a dash says nothing."""
    for cell in map(str.strip, record):
        if cell and (cell in _SIGNS or any(map(str.isalnum, cell))):
            yield cell


def _cell(record: Sequence[str], place: int | None) -> str:
    return record[place].strip() if place is not None and place < len(record) else ""
