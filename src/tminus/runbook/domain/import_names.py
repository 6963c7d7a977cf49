"""Which team, type, application or control a written word means, over all the words of a batch at once."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from tminus.runbook.domain.findings import nearest
from tminus.runbook.domain.import_words import Repair, code_from, free_code

_ALIKE = 0.85
_SHORTEST = 5
_MOST_COMPARED = 2_000


@dataclass(frozen=True, slots=True)
class Known:
    """A thing that is there already, or that the files have a row for."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, placeholders and links taken off, and how often."""

    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair that is offered for every value written so."""

    kind: Repair
    written: str
    becomes: str | None
    confidence: float | None = None


@dataclass(slots=True)
class Names:
    """What the words mean: a code for each, the things that are new, and the repairs that are offered."""

    codes: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    mends: list[Mend] = field(default_factory=list)


def name_teams(words: Sequence[Word], known: Iterable[Known], accepted: Collection[Repair]) -> Names:
    """Return the team each word means, by its code, its name, or both but for case, blanks and punctuation.

    A spelling close to another one, that differs by more than its digits, is offered as a variant of the one that
    is there already, or else of the one that is written most often.
    """
    names = Names()
    spellings = _spellings(known)
    taken = set(spellings.values())
    kept: list[str] = [one.code for one in known] if isinstance(known, Sequence) else list(taken)
    for word in sorted(words, key=lambda one: (-one.count, one.text)):
        code = spellings.get(word.text) or spellings.get(word.text.casefold())
        if code is None:
            meant = _variant(word.text, kept, spellings)
            if meant:
                names.mends.append(Mend(Repair.TEAM_VARIANT, word.text, meant[0], meant[1]))
            if meant and Repair.TEAM_VARIANT in accepted:
                code = meant[0]
            else:
                code = free_code(word.text if _is_code(word.text) else code_from(word.text), taken)
                names.new[code] = word.text
                taken.add(code)
                if not meant:
                    kept.append(word.text)
                    spellings[_bare(word.text)] = code
                spellings[word.text] = code
        names.codes[word.text] = code
    return names


def name_types(words: Sequence[Word], known: Collection[str], accepted: Collection[Repair]) -> Names:
    """Return the step type of each word; one nobody knows is offered the nearest, or becomes a type of its own."""
    names = Names()
    by_letters = {code.casefold(): code for code in known}
    for word in words:
        code = by_letters.get(word.text.casefold())
        if code is None:
            near = nearest(word.text, known)
            names.mends.append(
                Mend(
                    Repair.UNKNOWN_TYPE,
                    word.text,
                    near[0] if near else None,
                    round(near[1], 2) if near else None,
                )
            )
            if near and Repair.UNKNOWN_TYPE in accepted:
                code = near[0]
            else:
                code = code_from(word.text, 20)
                names.new[code] = word.text
        names.codes[word.text] = code
    return names


def name_others(words: Sequence[Word], known: Iterable[Known]) -> Names:
    """Return the application, environment role or control each word means; what is not known is new."""
    names = Names()
    spellings = _spellings(known)
    taken = set(spellings.values())
    for word in words:
        code = spellings.get(word.text) or spellings.get(word.text.casefold())
        if code is None:
            code = free_code(word.text if _is_code(word.text) else code_from(word.text), taken)
            taken.add(code)
            names.new[code] = word.text
            spellings[word.text] = code
        names.codes[word.text] = code
    return names


def _spellings(known: Iterable[Known]) -> dict[str, str]:
    """Every way to write what is known, the exact ones last: they win."""
    things = list(known)
    spelled: dict[str, str] = {}
    for thing in things:
        spelled.setdefault(thing.name.casefold(), thing.code)
    for thing in things:
        spelled[thing.code.casefold()] = thing.code
    for thing in things:
        spelled.setdefault(thing.name, thing.code)
        spelled[thing.code] = thing.code
    return spelled


def _variant(text: str, kept: Sequence[str], spellings: Mapping[str, str]) -> tuple[str, float] | None:
    bare = _bare(text)
    for other in kept[:_MOST_COMPARED]:
        if _bare(other) == bare:
            return spellings.get(other, other), 0.99
    best: tuple[str, float] | None = None
    for other in kept[:_MOST_COMPARED]:
        alike = OSA.normalized_similarity(bare, _bare(other), score_cutoff=_ALIKE)
        if (
            alike
            and min(len(bare), len(_bare(other))) >= _SHORTEST
            and not _only_digits_differ(bare, _bare(other))
            and (best is None or alike > best[1])
        ):
            best = spellings.get(other, other), alike
    return (best[0], round(best[1], 2)) if best else None


def _bare(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "", text.casefold()) or text.casefold()


def _only_digits_differ(one: str, other: str) -> bool:
    return re.sub(r"\d+", "", one) == re.sub(r"\d+", "", other)


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", text) is not None
