"""Which chapter a step belongs to, from the words its row names its chapter and its macro-phase by.

A chapter stands in one macro-phase. A word may be a group's code, its name, or both as people write them
(`AB - CONTRACT LOAD`).
"""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from tminus.runbook.domain.import_words import code_from, free_code

UNASSIGNED = "UNASSIGNED"
_BOTH = re.compile(r"([A-Za-z0-9][A-Za-z0-9._]{0,11})\s+[-–—:]\s+(\S.*)")


@dataclass(frozen=True, slots=True)
class GroupUse:
    """Rows that name this chapter and this macro-phase ("" = none), mended, and how many there are."""

    chapter: str
    phase: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class KnownGroup:
    """A macro-phase (`parent` None) or chapter that is there, or that the files have a row for."""

    code: str
    name: str
    parent: str | None = None


@dataclass(slots=True)
class Groups:
    """The chapter of each pair of words, and the groups that are new, in the order the files name them."""

    chapter_of: dict[tuple[str, str], str] = field(default_factory=dict)
    phase_of: dict[str, str] = field(default_factory=dict)
    new_phases: dict[str, str] = field(default_factory=dict)
    new_chapters: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By code: its name, and the code of its macro-phase."""
    moved_chapters: dict[str, str] = field(default_factory=dict)
    """Chapters that are there, and that their steps' rows place in this other macro-phase."""
    mended_names: dict[str, str] = field(default_factory=dict)
    """Groups that are there by a name with HTML in it, which the files now say without."""


def place_steps(
    uses: Sequence[GroupUse], phases: Sequence[KnownGroup], chapters: Sequence[KnownGroup]
) -> Groups:
    """Return where the steps go. An empty macro-phase is that of the chapter's other steps, else *Unassigned*."""
    taken = {group.code for group in (*phases, *chapters)}
    groups = Groups()
    groups.phase_of = _codes([use.phase for use in uses if use.phase], phases, groups.new_phases, taken)
    names: dict[str, str] = {}
    codes = _codes([use.chapter for use in uses if use.chapter], chapters, names, taken)
    there = {chapter.code: chapter.parent for chapter in chapters}
    meant = _phase_of_chapters(uses, codes, groups.phase_of)
    for use in uses:
        code = codes.get(use.chapter)
        if code is None:
            code = _of_no_chapter(use, groups, there, taken)
        elif code not in there and code not in groups.new_chapters:
            groups.new_chapters[code] = (names[code], meant.get(code) or _unassigned(groups, phases, taken))
        groups.chapter_of[use.chapter, use.phase] = code
    for known, words in ((phases, groups.phase_of), (chapters, codes)):
        groups.mended_names |= _mended_names(known, words)
    groups.moved_chapters = {
        code: phase for code, phase in meant.items() if there.get(code) not in (None, phase)
    }
    return groups


def _mended_names(known: Iterable[KnownGroup], words: Mapping[str, str]) -> dict[str, str]:
    wrong = {
        group.code: html.unescape(group.name) for group in known if html.unescape(group.name) != group.name
    }
    said = {(code, name) for word, code in words.items() for name in (word, word.partition(" - ")[2])}
    return {code: name for code, name in wrong.items() if (code, name) in said}


def _of_no_chapter(use: GroupUse, groups: Groups, there: Mapping[str, str | None], taken: set[str]) -> str:
    """A step with a macro-phase alone stands in a chapter of that name."""
    phase = groups.phase_of.get(use.phase) or _unassigned(groups, (), taken)
    stem = f"{phase}-STEPS"
    code = stem if stem in there or stem in groups.new_chapters else free_code(stem, taken)
    if code not in there and code not in groups.new_chapters:
        taken.add(code)
        groups.new_chapters[code] = (use.phase or "Unassigned", phase)
    return code


def _unassigned(groups: Groups, phases: Iterable[KnownGroup], taken: set[str]) -> str:
    if UNASSIGNED not in {phase.code for phase in phases} and UNASSIGNED not in groups.new_phases:
        taken.add(UNASSIGNED)
        groups.new_phases[UNASSIGNED] = "Unassigned"
    return UNASSIGNED


def _phase_of_chapters(
    uses: Sequence[GroupUse], codes: Mapping[str, str], phase_of: Mapping[str, str]
) -> dict[str, str]:
    """The macro-phase that most steps of a chapter name; of equals, the one that was named first."""
    votes: dict[str, Counter[str]] = {}
    for use in uses:
        if use.chapter and use.phase:
            votes.setdefault(codes[use.chapter], Counter())[phase_of[use.phase]] += use.count
    return {chapter: counter.most_common(1)[0][0] for chapter, counter in votes.items()}


def _codes(
    words: Sequence[str], known: Sequence[KnownGroup], new: dict[str, str], taken: set[str]
) -> dict[str, str]:
    by_word = _ways_to_write(known)
    counted = Counter(words)
    shared = _shared_codes(counted)
    found: dict[str, str] = {}
    for word in dict.fromkeys(words):
        code = by_word.get(_key(word)) or _by_both(word, by_word)
        if code is None:
            code = _new_code(word, shared, new, taken)
            by_word[_key(word)] = code
        found[word] = code
    return found


def _ways_to_write(known: Sequence[KnownGroup]) -> dict[str, str]:
    ways: dict[str, str] = {}
    for group in known:
        ways.setdefault(_key(group.name), group.code)
        ways.setdefault(_key(f"{group.code} - {group.name}"), group.code)
    for group in known:
        ways[_key(group.code)] = group.code
    return ways


def _by_both(word: str, ways: Mapping[str, str]) -> str | None:
    """`AB - CONTRACT LOAD` means the group AB of that name."""
    both = _BOTH.fullmatch(word)
    return ways.get(_key(f"{both[1]} - {both[2]}")) if both else None


def _shared_codes(words: Iterable[str]) -> set[str]:
    """What stands before the dash is a code where it always has the same name behind it."""
    names: dict[str, set[str]] = {}
    for word in words:
        both = _BOTH.fullmatch(word)
        if both:
            names.setdefault(both[1].upper(), set()).add(_key(both[2]))
    return {code for code, said in names.items() if len(said) > 1}


def _new_code(word: str, shared: set[str], new: dict[str, str], taken: set[str]) -> str:
    both = _BOTH.fullmatch(word)
    own = both is not None and both[1].upper() not in shared
    stem, name = (both[1].upper(), both[2]) if both and own else (code_from(html.unescape(word)), word)
    code = free_code(stem, taken)
    taken.add(code)
    new[code] = name
    return code


def _key(word: str) -> str:
    return " ".join(html.unescape(word).casefold().split())
