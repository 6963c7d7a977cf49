"""Editing a draft: what may be asked, thing by thing, and how a thing of a plan looks while it is edited.

Everything is named by its level and code. Values are the API's own: camelCase members, durations in seconds,
teams and all else by code, moments as texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tminus.kernel.errors import NotFound

Values = dict[str, Any]
"""The members of a thing as the API names them."""


class Level(StrEnum):
    """What kind of thing of a plan is meant."""

    MACRO_PHASE = "macroPhase"
    CHAPTER = "chapter"
    STEP = "step"
    TASK = "task"
    CONTROL = "control"
    TYPE = "type"

    @property
    def words(self) -> str:
        """How people call it."""
        return _WORDS[self]


_WORDS = {
    Level.MACRO_PHASE: "macro-phase",
    Level.CHAPTER: "chapter",
    Level.STEP: "step",
    Level.TASK: "task",
    Level.CONTROL: "control",
    Level.TYPE: "step type",
}
NETWORK = (Level.STEP, Level.CHAPTER, Level.MACRO_PHASE)
"""What can wait for each other. A code is unique over these three together."""

INSIDE: Mapping[Level, tuple[Level, str]] = {
    Level.MACRO_PHASE: (Level.CHAPTER, "chapters"),
    Level.CHAPTER: (Level.STEP, "steps"),
    Level.STEP: (Level.TASK, "tasks"),
}
"""What a thing consists of, and the member that lists it."""
PARENT: Mapping[Level, Level] = {inner: outer for outer, (inner, _) in INSIDE.items()}
"""Where a thing stands."""

Key = tuple[Level, str]
"""A thing by level and code."""


Undoing = tuple[str, str]
"""A step, and a step that it undoes."""


@dataclass(frozen=True, slots=True)
class Tie:
    """`to` waits for `code` in the way of `kind`; the lag in seconds. `level` is that of `to`, where it is known."""

    to: str
    code: str
    kind: str = "FS"
    lag: int = 0
    level: Level | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as it is now: its values, what it stands in, and its place there, counted from 0.

    `values` are whole (instructions too), without what it consists of and without links.
    """

    level: Level
    code: str
    values: Values
    parent: str | None = None
    position: int = 0

    @property
    def key(self) -> Key:
        """Level and code."""
        return self.level, self.code

    @property
    def name(self) -> str:
        """Its name, or a task's title."""
        return str(self.values.get("name") or self.values.get("title") or "")


@dataclass(frozen=True, slots=True)
class SetField:
    """Give a field another value, if it still has the one that was seen."""

    level: Level
    code: str
    field: str
    was: Any
    to: Any


@dataclass(frozen=True, slots=True)
class Add:
    """Add a thing with all that it consists of, before another one of its parent, or as the last.

    `ties` are links of others to it or to what is in it; links of its own stand in `item`. `undoers` = (step of
    another part, step in it that this one undoes). `or_last`: where `before` stands there no more, it becomes the
    last.
    """

    level: Level
    item: Values
    parent: str | None = None
    before: str | None = None
    ties: tuple[Tie, ...] = ()
    or_last: bool = False
    undoers: tuple[Undoing, ...] = ()

    @property
    def code(self) -> str:
        """The new thing's code."""
        return str(self.item["code"])


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a thing out; with content also what it consists of, and the links of others to it.

    `was` = the whole of it as an `Add` would bring it back: taken out only if it is still just that.
    """

    level: Level
    code: str
    with_content: bool = False
    was: Add | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """Put a thing somewhere else, before another one or last; `was` = the parent it must still have."""

    level: Level
    code: str
    parent: str | None
    before: str | None = None
    was: str | None = None
    or_last: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """Let `tie.to` wait for `tie.code`. `was_lag`: the link is there with this lag, and gets another one."""

    tie: Tie
    was_lag: int | None = None


@dataclass(frozen=True, slots=True)
class Unlink:
    """Let `to` wait for `code` no more; `was_lag` = the lag the link must still have."""

    to: str
    code: str
    kind: str = "FS"
    was_lag: int | None = None


Edit = SetField | Add | Remove | Move | Link | Unlink


@dataclass(frozen=True, slots=True)
class FieldWrite:
    """Write one value; `also` = what follows from it in the same thing."""

    thing: Thing
    member: str
    value: Any
    also: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class NewWrite:
    """Write new things, outer ones first, each with its parent and place, and links; `carriers` of a new control.

    `undoers` = steps there are already, each with a new one that it undoes.
    """

    things: tuple[Thing, ...]
    ties: tuple[Tie, ...] = ()
    carriers: tuple[str, ...] = ()
    undoers: tuple[Undoing, ...] = ()


@dataclass(frozen=True, slots=True)
class GoneWrite:
    """Delete things with their links; the first one leaves a gap among its siblings, which closes."""

    things: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class PlaceWrite:
    """Put a thing into a parent at a place, counted from 0 among the others there."""

    thing: Thing
    parent: str | None
    position: int


@dataclass(frozen=True, slots=True)
class TieWrite:
    """Write a link, or give it this lag; `gone` = delete it."""

    tie: Tie
    gone: bool = False


Write = FieldWrite | NewWrite | GoneWrite | PlaceWrite | TieWrite


@dataclass(frozen=True, slots=True)
class Decision:
    """What an edit comes to: as it is kept, what takes it back, what is written, and what screens draw anew.

    `write` None: everything is that way already.
    """

    edit: Edit
    inverse: Edit | None = None
    write: Write | None = None
    shown: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Names:
    """What an edit may name besides the plan's own things, each by code with its name; types with behaviour."""

    teams: Mapping[str, str] = field(default_factory=dict)
    applications: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    controls: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything of the draft that an edit has to know, read under the lock.

    `things`: those the edit names, and for a removal all that is inside; `ties` those that touch them;
    `siblings`: codes in their order, by what they stand in; `carriers`: the tasks that carry the control in
    question, with their steps; `users`: the steps of the type in question; `undoers`: who undoes the steps in
    question.
    """

    names: Names = field(default_factory=Names)
    things: Mapping[Key, Thing] = field(default_factory=dict)
    ties: Sequence[Tie] = ()
    siblings: Mapping[tuple[Level, str | None], Sequence[str]] = field(default_factory=dict)
    carriers: Mapping[str, str] = field(default_factory=dict)
    users: Sequence[str] = ()
    undoers: Sequence[Undoing] = ()

    def thing(self, level: Level, code: str) -> Thing:
        """Return a thing, or raise `NotFound`."""
        found = self.things.get((level, code))
        if found is None:
            raise NotFound(
                f"There is no {level.words} {code[:80]} in this draft. Nothing was changed.",
                hint="Somebody may have renamed or removed it: reload the plan.",
                level=level.value,
                itemCode=code,
            )
        return found

    def node(self, code: str) -> Thing:
        """Return the step, chapter or macro-phase of a code, or raise `NotFound`."""
        for level in NETWORK:
            if (level, code) in self.things:
                return self.things[level, code]
        raise NotFound(
            f"There is no step, chapter or macro-phase {code[:80]} in this draft. Nothing was changed.",
            hint="Check the code.",
            itemCode=code,
        )
