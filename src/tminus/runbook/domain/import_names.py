"""Which team, type, application or control a written word means, over all the words of a batch at once."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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
    loose: bool = False
    """It is there, and nobody has said anything of it but its name: an import may have made it of a misspelling."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word as it is written, placeholders and links taken off, and how often."""

    text: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Mend:
    """A repair that is offered for every value written so; `of_its_own`: a thing of that name is there already."""

    kind: Repair
    written: str
    becomes: str | None
    confidence: float | None = None
    of_its_own: bool = False


@dataclass(slots=True)
class Names:
    """What the words mean: a code for each, the things that are new, and the repairs that are offered."""

    codes: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    mends: list[Mend] = field(default_factory=list)
    left: set[str] = field(default_factory=set)
    """Things that are there and that no word means any more, mended."""


def name_teams(
    words: Sequence[Word],
    known: Iterable[Known],
    accepted: Collection[Repair],
    rows_there: Mapping[str, int] | None = None,
) -> Names:
    """Return the team each word means, by its code, its name, or both but for case, blanks and punctuation.

    A spelling close to another one, that differs by more than its digits, is offered as a variant of the one that
    is there already, or else of the one that is written most often. A team that is there and `loose` may be such a
    spelling itself: of a team that is not loose, or that has more rows (`rows_there` = those of the plan, by code).
    """
    teams = _Teams(list(known), rows_there or {}, words)
    names = Names()
    for word in sorted(words, key=teams.rank):
        code = teams.code_of(word.text)
        meant = teams.variant_of(word.text, code) if code is None or code in teams.loose else None
        if meant:
            names.mends.append(
                Mend(Repair.TEAM_VARIANT, word.text, meant[0], meant[1], of_its_own=code is not None)
            )
            if code is not None:
                teams.variants.add(code)
        if meant and Repair.TEAM_VARIANT in accepted:
            code = meant[0]
        elif code is None:
            code = teams.add(word.text, is_variant=meant is not None)
            names.new[code] = word.text
        names.codes[word.text] = code
    return names


class _Teams:
    """The teams that words may mean, and those that were found among the words."""

    def __init__(self, known: Sequence[Known], rows_there: Mapping[str, int], words: Sequence[Word]) -> None:
        self.spellings = _spellings(known)
        self.taken = set(self.spellings.values())
        self.loose = {one.code for one in known if one.loose} - {one.code for one in known if not one.loose}
        self.kept = list(dict.fromkeys(one.code for one in known))
        self.variants: set[str] = set()
        self.rows = Counter(rows_there)
        for word in words:
            code = self.code_of(word.text)
            if code is not None:
                self.rows[code] += word.count

    def code_of(self, text: str) -> str | None:
        return self.spellings.get(text) or self.spellings.get(text.casefold())

    def rank(self, word: Word) -> tuple[bool, int, str]:
        """Which words come first: those of the teams that others may be spellings of."""
        code = self.code_of(word.text)
        return (code in self.loose, -(self.rows[code] if code else word.count), word.text)

    def variant_of(self, text: str, code: str | None) -> tuple[str, float] | None:
        """Return the team that a word may be another spelling of, and how much alike they are."""
        if code is None:
            others = [one for one in self.kept if one not in self.variants]
            return _variant(text, others, self.spellings)
        own, teams = self._standing(code), self.taken - self.variants
        others = [one for one in self.kept if one in teams and self._standing(one) < own]
        return _variant(text, others, self.spellings)

    def add(self, text: str, *, is_variant: bool) -> str:
        """Return the code of a team that is new."""
        code = free_code(text if _is_code(text) else code_from(html.unescape(text)), self.taken)
        self.taken.add(code)
        if not is_variant:
            self.kept.append(text)
            self.spellings[_bare(text)] = code
        self.spellings[text] = code
        return code

    def _standing(self, code: str) -> tuple[bool, int, str]:
        return (code in self.loose, -self.rows[code], code)


def name_types(
    words: Sequence[Word], known: Collection[str], accepted: Collection[Repair], loose: Collection[str] = ()
) -> Names:
    """Return the step type of each word; one nobody knows is offered the nearest, or becomes a type of its own.

    `loose` = types of the plan of which nothing is said but their code, as an import makes them of such a word.
    """
    names = Names()
    by_letters = {code.casefold(): code for code in (*loose, *known)}
    for word in words:
        code = by_letters.get(word.text.casefold())
        if code is None or code in loose:
            near = nearest(word.text, known)
            if near or code is None:
                names.mends.append(
                    Mend(
                        Repair.UNKNOWN_TYPE,
                        word.text,
                        near[0] if near else None,
                        round(near[1], 2) if near else None,
                        of_its_own=code is not None,
                    )
                )
            if near and Repair.UNKNOWN_TYPE in accepted:
                names.left.update({code} if code else ())
                code = near[0]
            elif code is None:
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
            bare = html.unescape(word.text)
            code = free_code(word.text if _is_code(word.text) else code_from(bare), taken)
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
        spelled.setdefault(html.unescape(thing.name).casefold(), thing.code)
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


@lru_cache(maxsize=4096)
def _bare(text: str) -> str:
    return re.sub(r"[^0-9a-z]+", "", text.casefold()) or text.casefold()


def _only_digits_differ(one: str, other: str) -> bool:
    return re.sub(r"\d+", "", one) == re.sub(r"\d+", "", other)


def _is_code(text: str) -> bool:
    return re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}", text) is not None
