"""Whom a text names: `@` and a person's name, mail address or its part before the @, or a team's code."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from tminus.kernel.errors import Invalid

MOST = 20
"""So many people and teams may one text name: a message to everybody is not a mention."""
_AT = re.compile(r"(?<![\w@.])@(?=\w)")
_RUN = re.compile(r"\w+")
_WORD = re.compile(r"\w(?:[\w.+-]{0,58}\w)?")
_GOES_ON = re.compile(r"\w|[-.+@]\w")
_LONGEST = 260


@dataclass(frozen=True, slots=True)
class Mentionable:
    """A person or team that may be named, by any of `handles`, in whatever case."""

    target: UUID
    kind: Literal["user", "team"]
    handles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is named; `name` = the handle as it stands in the text, without the @."""

    target: UUID
    kind: Literal["user", "team"]
    name: str


@dataclass(frozen=True, slots=True)
class Mentions:
    """Whom a text names, each once, and the words after an @ that name nobody."""

    found: tuple[Mention, ...] = ()
    unknown: tuple[str, ...] = ()

    def of(self, kind: Literal["user", "team"]) -> tuple[UUID, ...]:
        """Return the keys of the people, or of the teams."""
        return tuple(one.target for one in self.found if one.kind == kind)


Handles = dict[str, list[tuple[str, Mentionable]]]


def mentions_in(text: str, known: Iterable[Mentionable]) -> Mentions:
    """Return whom `text` names: the longest handle wins, and of several who share it all are meant.

    Raises `Invalid` for more than `MOST`.
    """
    handles = _by_first_word(known)
    found: dict[UUID, Mention] = {}
    unknown: dict[str, None] = {}
    for at in _AT.finditer(text):
        rest = text[at.end() : at.end() + _LONGEST]
        meant = _meant(rest, handles)
        if not meant:
            word = _WORD.match(rest)
            unknown[word[0] if word else rest[:1]] = None
        for one in meant:
            found.setdefault(one.target, one)
    if len(found) > MOST:
        raise Invalid(
            f"This names {len(found)} people and teams; up to {MOST} can be told at once. Nothing was written.",
            hint="Name the team instead of its people, or those who must know.",
            field="body",
        )
    return Mentions(tuple(found.values()), tuple(unknown)[:MOST])


def _by_first_word(known: Iterable[Mentionable]) -> Handles:
    handles: Handles = {}
    for one in known:
        for handle in one.handles:
            if first := _RUN.match(handle.lower()):
                handles.setdefault(first[0], []).append((handle.lower(), one))
    return handles


def _meant(rest: str, handles: Handles) -> list[Mention]:
    low = rest.lower()
    first = _RUN.match(low)
    fitting = [
        (handle, one)
        for handle, one in handles.get(first[0] if first else "", ())
        if low.startswith(handle) and not _GOES_ON.match(low, len(handle))
    ]
    longest = max((len(handle) for handle, _ in fitting), default=0)
    return [
        Mention(one.target, one.kind, rest[:longest]) for handle, one in fitting if len(handle) == longest
    ]
