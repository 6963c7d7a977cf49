"""Which heading of a table is which column: exactly, by another program's word for it, or by likeness."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from rapidfuzz import fuzz, process

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.readers.table.columns import BY_FIELD, COLUMNS, NOT_OF_PLAN

LIKE = 0.85
"""Likeness from 0 to 1 below which nothing is guessed: “Scope” and “Score” must stay apart."""

_LONGEST_HEADING = 200
"""Characters that are compared; a longer text is no heading."""

_ASIDE = re.compile(r"[(\[{][^)\]}]*[)\]}]")
_MARKS = re.compile(r"[^a-z0-9#%]+")
_UNIT = re.compile(
    r"(?: in)? (?:minutes?|mins?|hours?|hrs?|h|m|seconds?|secs?|s|days?|d|minuten|stunden|std|tage)$"
)


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """What a heading was taken for: `field` is None where it is left aside; `confidence` from 0 to 1."""

    heading: str
    field: str | None
    confidence: float
    reason: str


def guess_columns(
    headings: Sequence[str], mapping: Mapping[str, str | None] | None = None
) -> list[ColumnGuess]:
    """Return what each heading is, in their order; `mapping` (heading → field or None) is what a person said.

    Of two headings for one field the likelier one has it, and of two equal ones the first.
    """
    said = {_plain(heading): field for heading, field in (mapping or {}).items()}
    first = [_said(one, said) if one in said else guess(one) for one in map(_plain, headings)]
    return _without_numbers(_without_kinds(_one_each(first), said), said)


@lru_cache(maxsize=4_096)
def guess(heading: str) -> ColumnGuess:
    """Return what a single heading is, looked at by itself."""
    if not heading or len(heading) > _LONGEST_HEADING:
        return ColumnGuess(
            heading, None, 0.0, "there is no heading" if not heading else "too long for a heading"
        )
    for words in _folded(heading):
        exact = _headings().get(words)
        if exact:
            return ColumnGuess(heading, exact, 1.0, f"is the column “{BY_FIELD[exact].heading}”")
    for words in _folded(heading):
        if words in _not_of_plan():
            return ColumnGuess(
                heading, None, 1.0, "says what happened or is reckoned, which is not of the plan"
            )
        alias = _aliases().get(words)
        if alias:
            return ColumnGuess(heading, alias, 0.95, f"is another word for “{BY_FIELD[alias].heading}”")
    return _alike(heading)


def field_called(name: str) -> str | None:
    """Return the field that a person calls so: by its heading, its own name, or another word for it."""
    words = fold(name)
    return _headings().get(words) or _aliases().get(words)


def fold(text: str) -> str:
    """Return a heading without case, accents, punctuation and blanks at its ends."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    return _MARKS.sub(" ", plain).strip()


def _plain(heading: str) -> str:
    """A heading on one line, without what cannot be shown: it is kept, and said in findings."""
    return " ".join(UNPRINTABLE.sub(" ", heading).split())


def _folded(heading: str) -> Iterator[str]:
    """The heading as it is, without what stands in brackets, and without its unit."""
    bare = fold(_ASIDE.sub(" ", heading))
    yield fold(heading)
    yield bare
    yield _UNIT.sub("", bare)


def _alike(heading: str) -> ColumnGuess:
    words = fold(_ASIDE.sub(" ", heading))
    known = {**_aliases(), **_headings(), **dict.fromkeys(_not_of_plan(), "")}
    match = (
        process.extractOne(words, known.keys(), scorer=fuzz.ratio, score_cutoff=LIKE * 100) if words else None
    )
    if not match:
        return ColumnGuess(heading, None, 0.0, "is like no column of a plan")
    field, confidence = known[match[0]], round(min(match[1] / 100, 0.94), 2)
    if not field:
        return ColumnGuess(heading, None, confidence, f"is like “{match[0]}”, which is not of the plan")
    return ColumnGuess(heading, field, confidence, f"is like “{match[0]}” ({BY_FIELD[field].heading})")


def _said(heading: str, said: Mapping[str, str | None]) -> ColumnGuess:
    field = said[heading]
    if field and field not in BY_FIELD:
        return ColumnGuess(heading, None, 0.0, f"was said to be “{field[:60]}”, which is no column of a plan")
    return ColumnGuess(heading, field or None, 1.0, "as you said" if field else "left aside, as you said")


def _one_each(guesses: Iterable[ColumnGuess]) -> list[ColumnGuess]:
    all_ = list(guesses)
    best: dict[str, int] = {}
    for place, one in enumerate(all_):
        if one.field and (one.field not in best or one.confidence > all_[best[one.field]].confidence):
            best[one.field] = place
    return [_if_best(one, place, best, all_) for place, one in enumerate(all_)]


def _if_best(
    one: ColumnGuess, place: int, best: Mapping[str, int], all_: Sequence[ColumnGuess]
) -> ColumnGuess:
    if not one.field or best[one.field] == place:
        return one
    taken = f"“{all_[best[one.field]].heading}” is the column “{BY_FIELD[one.field].heading}” already"
    return replace(one, field=None, reason=taken)


def _without_kinds(guesses: list[ColumnGuess], said: Mapping[str, str | None]) -> list[ColumnGuess]:
    """Where no column tells kinds apart, all rows are steps: then two words mean something else."""
    fields = {one.field for one in guesses}
    if "kind" in fields:
        return guesses
    instead: dict[str, str] = {}
    if "name" not in fields:
        instead["step"] = "name"
    if "instructions" not in fields:
        instead["description"] = "instructions"
    return [_turned(one, instead, said, "every row is a step here") for one in guesses]


def _without_numbers(guesses: list[ColumnGuess], said: Mapping[str, str | None]) -> list[ColumnGuess]:
    if any(one.field == "code" for one in guesses):
        return guesses
    return [_turned(one, {"number": "code"}, said, "no other column holds codes") for one in guesses]


def _turned(
    one: ColumnGuess, instead: Mapping[str, str], said: Mapping[str, str | None], why: str
) -> ColumnGuess:
    field = instead.get(one.field or "")
    if field is None or one.heading in said:
        return one
    return replace(one, field=field, reason=f"is the column “{BY_FIELD[field].heading}”, for {why}")


@cache
def _headings() -> dict[str, str]:
    return {fold(column.heading): column.field for column in COLUMNS}


@cache
def _aliases() -> dict[str, str]:
    pairs = ((alias, column.field) for column in COLUMNS for alias in column.aliases.split(";"))
    fields = ((column.field.replace("_", " "), column.field) for column in COLUMNS)
    return {fold(alias): field for alias, field in (*fields, *pairs) if fold(alias)}


@cache
def _not_of_plan() -> frozenset[str]:
    return frozenset(fold(one) for one in NOT_OF_PLAN.split(";"))
