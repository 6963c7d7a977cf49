"""What the words of a batch mean: teams, types, groups and the rest, decided over the distinct words of all rows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.import_groups import Groups, GroupUse, KnownGroup, place_steps
from tminus.runbook.domain.import_names import Known, Names, Word, name_others, name_teams, name_types
from tminus.runbook.domain.import_words import ALWAYS, Repair, mend_prose, mend_word
from tminus.runbook.domain.plan import STANDARD_TYPES
from tminus.runbook.store.imports import words
from tminus.runbook.store.imports.said import Implied
from tminus.runbook.store.imports.words import KnownThing

KnownThings = Mapping[str, Sequence[KnownThing]]
_CONTROL = re.compile(r"[,;\n]+")


@dataclass(slots=True)
class Meanings:
    """By scope and written word, what it becomes; the repairs behind it; and what is only named in passing."""

    becomes: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    mends: list[dict[str, Any]] = field(default_factory=list)
    implied: list[Implied] = field(default_factory=list)
    places: dict[tuple[str, str], str] = field(default_factory=dict)
    mended_types: list[str] = field(default_factory=list)
    """Types of the plan as it is that were made of a word that is mended now."""

    def mended(self, scope: str, written: str, kind: Repair, becomes: str | None, **more: Any) -> None:
        """Note a repair of a word, accepted or not."""
        values = {"confidence": None, "mended": False, "of_its_own": False} | more
        self.mends.append(
            {"scope": scope, "kind": kind.value, "written": written, "becomes": becomes, **values}
        )


async def read_meanings(
    connection: AsyncConnection, batch_id: UUID, accepted: Collection[Repair], *, sort_groups: bool
) -> Meanings:
    """Read the distinct words of a batch and decide what each means; `base_things` is laid out already."""
    found = Meanings()
    said = await words.words_of(connection, batch_id)
    known = await words.known_things(connection, batch_id)
    chosen = frozenset(accepted) | ALWAYS
    rows = await words.rows_of_teams(connection)
    _teams((said.get("team", ()), rows), _named(known, "team"), chosen, found)
    _types(said.get("type", ()), _named(known, "type"), chosen, found)
    _others(said, known, chosen, found)
    for text in await words.prose_of(connection, batch_id):
        mended = mend_prose(text, chosen)
        if mended.kinds:
            _note(found, "prose", text, chosen)
            found.becomes["prose", text] = [mended.text or ""]
    for text in await words.odd_links_of(connection, batch_id):
        mended = mend_word(text, chosen)
        if mended.kinds:
            _note(found, "link", text, chosen)
            found.becomes["link", text] = [mended.text] if mended.text else []
    _groups(await words.uses_of(connection, batch_id), known, chosen, found, sort_groups=sort_groups)
    return found


def _note(
    found: Meanings,
    scope: str,
    written: str,
    accepted: Collection[Repair],
    without: Collection[Repair] = (),
) -> str | None:
    """Note every repair a word takes, each with what it becomes with all of them; return it with the accepted ones."""
    mend = mend_prose if scope == "prose" else mend_word
    best = mend(written, frozenset(Repair))
    for kind in best.kinds:
        if kind not in without:
            becomes = None if kind is Repair.PLACEHOLDER else best.text
            found.mended(scope, written, kind, becomes, mended=kind in accepted)
    return mend(written, accepted).text


def _cleaned(
    found: Meanings, scope: str, said: Sequence[Word], accepted: Collection[Repair]
) -> tuple[list[Word], dict[str, str | None]]:
    """Return the words as they are to be read, counted together, and what each written one is then."""
    counts: dict[str, int] = {}
    reads: dict[str, str | None] = {}
    for word in said:
        text = _note(found, scope, word.text, accepted)
        reads[word.text] = text
        if text:
            counts[text] = counts.get(text, 0) + word.count
    return [Word(text, count) for text, count in counts.items()], reads


def _keep(
    found: Meanings, scope: str, reads: Mapping[str, str | None], names: Names, accepted: Collection[Repair]
) -> None:
    for written, text in reads.items():
        found.becomes[scope, written] = [names.codes[text]] if text else []
    spelled: dict[str, list[str]] = {}
    for written, text in reads.items():
        if text:
            spelled.setdefault(text, []).append(written)
    for mend in names.mends:
        for written in spelled[mend.written]:
            found.mended(
                scope,
                written,
                mend.kind,
                mend.becomes,
                confidence=mend.confidence,
                mended=mend.kind in accepted and mend.becomes is not None,
                of_its_own=mend.of_its_own,
            )


def _named(known: KnownThings, kind: str) -> list[Known]:
    return [thing.known for thing in known.get(kind, ())]


def _teams(
    uses: tuple[Sequence[Word], Mapping[str, int]],
    known: Sequence[Known],
    accepted: Collection[Repair],
    found: Meanings,
) -> None:
    said, rows_there = uses
    plain, reads = _cleaned(found, "team", said, accepted)
    names = name_teams(plain, known, accepted, rows_there)
    _keep(found, "team", reads, names, accepted)
    found.implied += [Implied("team", code, name) for code, name in names.new.items()]


def _types(
    said: Sequence[Word], known: Sequence[Known], accepted: Collection[Repair], found: Meanings
) -> None:
    plain, reads = _cleaned(found, "type", said, accepted)
    codes = {*STANDARD_TYPES, *(one.code for one in known if not one.loose)}
    loose = {one.code for one in known} - codes
    names = name_types(plain, sorted(codes), accepted, loose)
    found.mended_types += sorted(names.left)
    _keep(found, "type", reads, names, accepted)
    found.implied += [Implied("type", code, name) for code, name in names.new.items()]


def _others(
    said: Mapping[str, Sequence[Word]], known: KnownThings, accepted: Collection[Repair], found: Meanings
) -> None:
    for scope, kind in (("environment", "environmentRole"), ("application", "application")):
        plain, reads = _cleaned(found, scope, said.get(scope, ()), accepted)
        names = name_others(plain, _named(known, kind))
        _keep(found, scope, reads, names, accepted)
        found.implied += [Implied(kind, code, name) for code, name in names.new.items()]
    _controls(said.get("control", ()), _named(known, "control"), accepted, found)


def _controls(
    said: Sequence[Word], known: Sequence[Known], accepted: Collection[Repair], found: Meanings
) -> None:
    """A cell may name several controls, each in the brackets of a link: so a wiki writes them."""
    parts: dict[str, list[str]] = {}
    for word in said:
        mend = mend_word(word.text, accepted)
        if Repair.PLACEHOLDER in mend.kinds:
            _note(found, "control", word.text, accepted, without=(Repair.MARKDOWN_LINK,))
        read = (mend_word(part, accepted).text for part in _CONTROL.split(mend.text or ""))
        parts[word.text] = [text for text in read if text]
    plain = [Word(text) for text in dict.fromkeys(text for texts in parts.values() for text in texts)]
    names = name_others(plain, known)
    for written, texts in parts.items():
        found.becomes["control", written] = [names.codes[text] for text in texts]
    found.implied += [Implied("control", code, name) for code, name in names.new.items()]


def _groups(
    uses: Sequence[tuple[str, str, int]],
    known: KnownThings,
    accepted: Collection[Repair],
    found: Meanings,
    *,
    sort_groups: bool,
) -> None:
    reads: dict[tuple[str, str], str] = {}
    for column, written in {("group", chapter) for chapter, _, _ in uses} | {
        ("phase", phase) for _, phase, _ in uses
    }:
        text = _note(found, column, written, accepted) if written else None
        reads[column, written] = text or ""
        if written and column == "phase":
            found.becomes["phase", written] = [text] if text else []
    phases = [KnownGroup(thing.code, thing.name) for thing in _named(known, "macroPhase")]
    chapters = [
        KnownGroup(thing.known.code, thing.known.name, thing.parent) for thing in known.get("chapter", ())
    ]
    by_place = [
        GroupUse(reads["group", chapter], reads["phase", phase], count) for chapter, phase, count in uses
    ]
    ordered = (
        sorted(by_place, key=lambda use: (use.phase == "", unescape(use.phase), unescape(use.chapter)))
        if sort_groups
        else by_place
    )
    placed = place_steps(ordered, phases, chapters)
    for (chapter, phase, _), use in zip(uses, by_place, strict=True):
        found.places[chapter, phase] = placed.chapter_of[use.chapter, use.phase]
    for written, text in ((written, text) for (column, written), text in reads.items() if column == "phase"):
        if text:
            found.becomes["phase", written] = [placed.phase_of[text]]
    own = {
        thing.known.code
        for kind in ("macroPhase", "chapter")
        for thing in known.get(kind, ())
        if not thing.there
    }
    found.implied += _implied_groups(placed, phases, chapters, own)


def _implied_groups(
    placed: Groups, phases: Sequence[KnownGroup], chapters: Sequence[KnownGroup], own: Collection[str]
) -> Iterator[Implied]:
    """Groups that rows name in passing: new ones, and those that are elsewhere, or by a mended name, from now on.

    `own` = groups with a row of their own: they are what that row says.
    """
    names = {one.code: placed.mended_names.get(one.code, one.name) for one in (*phases, *chapters)}
    yield from (Implied("macroPhase", code, name) for code, name in placed.new_phases.items())
    yield from (
        Implied("macroPhase", one.code, names[one.code])
        for one in phases
        if one.code in placed.mended_names and one.code not in own
    )
    yield from (Implied("chapter", code, name, phase) for code, (name, phase) in placed.new_chapters.items())
    yield from (
        Implied("chapter", one.code, names[one.code], placed.moved_chapters.get(one.code) or one.parent)
        for one in chapters
        if (one.code in placed.moved_chapters or one.code in placed.mended_names) and one.code not in own
    )
