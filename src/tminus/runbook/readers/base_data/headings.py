"""Where a table of base data begins, and what its rows are: by its column *Kind*, its name, or its headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from tminus.runbook.domain.base_data.said import BaseKind
from tminus.runbook.readers.base_data.columns import KEY, KIND, kind_words, words_of
from tminus.runbook.readers.table.columns_guess import LIKE, fold
from tminus.runbook.readers.table.heading import MOST_COLUMNS, ROWS_LOOKED_AT, Row

Places = Mapping[str, int]
"""Field → place in the row."""


@dataclass(frozen=True, slots=True)
class Headings:
    """The row of headings; `kind` = what all rows are, None where each says so itself.

    `tables` has for every kind of rows where its values stand.
    """

    row: int
    words: Sequence[str]
    kind: BaseKind | None
    tables: Mapping[BaseKind, Places]

    def unknown(self) -> list[str]:
        """Return the headings that nothing was taken from."""
        used = {place for places in self.tables.values() for place in places.values()}
        return [word for place, word in enumerate(self.words) if word and place not in used]


def find_headings(rows: Sequence[Row], sheet: str, file: str) -> Headings | None:
    """Return the headings among the first rows; None where they are not found, or do not tell what the rows are.

    `sheet` = the sheet's name, which goes before the headings; `file` = a file's, which goes last.
    """
    found = [_headings(row, sheet, file) for row in rows[:ROWS_LOOKED_AT] if len(row[1]) <= MOST_COLUMNS]
    return max((one for one in found if one), key=_known, default=None)


def _known(headings: Headings) -> int:
    return max(len(places) for places in headings.tables.values())


def _headings(row: Row, sheet: str, file: str) -> Headings | None:
    words = [" ".join(cell.split()) for cell in row[1]]
    if any(fold(word) in _KIND_HEADINGS for word in words):
        tables = {kind: _places(words, kind) for kind in BaseKind}
        return Headings(row[0], words, None, tables)
    named = kind_words().get(fold(sheet)) or _by_headings(words) or kind_words().get(fold(file))
    if named is None or KEY not in _places(words, named):
        return None
    return Headings(row[0], words, named, {named: _places(words, named)})


_KIND_HEADINGS = frozenset(word for word, field in words_of(BaseKind.TEAM).items() if field == KIND)


def _by_headings(words: Sequence[str]) -> BaseKind | None:
    """The kind whose columns most headings are; of two as likely the one whose rows begin with what it is known by.

    None where two are as likely still, or nothing but a code is known.
    """
    worth: dict[BaseKind, tuple[int, int, int]] = {}
    for kind in BaseKind:
        places = _places(words, kind)
        if KEY in places and len(places) > 1:
            exact = sum(words_of(kind).get(fold(words[place])) is not None for place in places.values())
            worth[kind] = exact, len(places), -places[KEY]
    most = max(worth.values(), default=None)
    best = [kind for kind, one in worth.items() if one == most]
    return best[0] if len(best) == 1 else None


def _places(words: Sequence[str], kind: BaseKind) -> Places:
    """Where each field stands: first by the very words, then, for fields that are left, by likeness."""
    places: dict[str, int] = {}
    for like in (False, True):
        for place, word in enumerate(words):
            field = _field(word, kind, like=like)
            if field and place not in places.values():
                places.setdefault(field, place)
    return places


def _field(word: str, kind: BaseKind, *, like: bool) -> str | None:
    folded, known = fold(word[:200]), words_of(kind)
    if not like or not folded:
        return known.get(folded)
    match = process.extractOne(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=LIKE * 100)
    return known[match[0]] if match else None
