"""A thing with all that is in it, written as one nested item, and taken apart again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tminus.kernel.errors import Invalid
from tminus.runbook.domain.plan import STANDARD_TYPES, LinkKind
from tminus.runbook.domain.plan_edit import INSIDE, NETWORK, PARENT, Key, Level, Names, Thing, Tie, Values
from tminus.runbook.domain.plan_edit_fields import FIELDS, UNDOES, clean, clean_lag

AFTER = "after"
CARRIERS = "carriers"
_DERIVED = {"hasInstructions", "behaviour", "own"}
"""Members that the server gives beside what can be edited: a copy of an item may hold them."""


@dataclass(slots=True)
class Flat:
    """Things, outer ones first, each with parent and place, and the links that lead into them."""

    things: list[Thing] = field(default_factory=list)
    ties: list[Tie] = field(default_factory=list)
    carriers: list[str] = field(default_factory=list)

    @property
    def keys(self) -> set[Key]:
        """Levels and codes of them all."""
        return {thing.key for thing in self.things}


def apart(level: Level, item: Values, parent: str | None, position: int, names: Names) -> Flat:
    """Return a nested item as things with clean values. Raises `Invalid`, naming the member."""
    flat = Flat()
    _add(flat, level, item, (parent, position), names)
    seen: set[Key] = set()
    for thing in flat.things:
        if thing.key in seen or (
            thing.level in NETWORK and any((one, thing.code) in seen for one in NETWORK)
        ):
            raise Invalid(
                f"The code {thing.code} stands in it twice. Nothing was changed.",
                hint="A code is unique in its plan.",
                field="code",
            )
        seen.add(thing.key)
    return flat


def _add(flat: Flat, level: Level, item: Values, place: tuple[str | None, int], names: Names) -> None:
    inner, listed = INSIDE.get(level, (None, ""))
    _no_strangers(level, item, listed)
    values = {
        member: clean(level, member, item.get(member, found.default), names)
        for member, found in FIELDS[level].items()
    }
    if level is Level.STEP:
        values["behaviour"] = behaviour_of(values["type"], names)
    thing = Thing(level, values["code"], values, *place)
    flat.things.append(thing)
    if level in NETWORK:
        flat.ties.extend(_tie(thing, one) for one in item.get(AFTER) or ())
    if level is Level.CONTROL:
        flat.carriers.extend(str(one) for one in item.get(CARRIERS) or ())
    for index, one in enumerate(item.get(listed) or ()):
        if inner:
            _add(flat, inner, one, (thing.code, index), names)


def _no_strangers(level: Level, item: Values, listed: str) -> None:
    known = {*FIELDS[level], *_DERIVED, listed}
    if level in NETWORK:
        known.add(AFTER)
    if level is Level.CONTROL:
        known.add(CARRIERS)
    strange = sorted(set(item) - known)
    if strange:
        raise Invalid(
            f"A {level.words} has no “{strange[0][:60]}”. Nothing was changed.",
            hint="It has " + ", ".join(sorted(known - _DERIVED - {""})) + ".",
            field=strange[0],
        )


def _tie(thing: Thing, link: Mapping[str, Any]) -> Tie:
    return Tie(
        thing.code,
        str(link["code"]),
        LinkKind(link.get("kind") or "FS").value,
        clean_lag(int(link.get("lagSeconds") or 0)),
        thing.level,
    )


def behaviour_of(type_: str, names: Names) -> str:
    """Return how steps of a type act."""
    standard = STANDARD_TYPES.get(type_)
    return standard.behaviour.value if standard else names.types[type_]


def together(
    root: Key, things: Mapping[Key, Thing], ties: Sequence[Tie], carriers: Iterable[str] = ()
) -> Values:
    """Return a thing and what is in it as one nested item; links that lead into it from anywhere with it."""
    inside: dict[Key, list[Thing]] = defaultdict(list)
    for thing in sorted(things.values(), key=lambda one: one.position):
        if thing.level in PARENT and thing.parent:
            inside[PARENT[thing.level], thing.parent].append(thing)
    after: dict[str, list[Values]] = defaultdict(list)
    for tie in ties:
        after[tie.to].append({"code": tie.code, "kind": tie.kind, "lagSeconds": tie.lag})
    item = _nested(things[root], inside, after)
    return item | {CARRIERS: sorted(carriers)} if root[0] is Level.CONTROL else item


def _nested(thing: Thing, inside: Mapping[Key, list[Thing]], after: Mapping[str, list[Values]]) -> Values:
    item = {member: thing.values[member] for member in FIELDS[thing.level]}
    if not item.get(UNDOES):
        # Edits kept before there was the member are the same as those of what undoes nothing.
        item.pop(UNDOES, None)
    if thing.level in NETWORK:
        item[AFTER] = after.get(thing.code, [])
    if thing.level in INSIDE:
        listed = INSIDE[thing.level][1]
        item[listed] = [_nested(one, inside, after) for one in inside.get(thing.key, ())]
    return item


def from_outside(ties: Iterable[Tie], codes: Collection[str]) -> tuple[Tie, ...]:
    """Return the links by which others wait for something inside."""
    return tuple(tie for tie in ties if tie.code in codes and tie.to not in codes)
