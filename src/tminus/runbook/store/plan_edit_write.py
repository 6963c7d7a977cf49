"""SQL that writes what an edit comes to: the few rows it touches, by code, one statement a table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import new_id
from tminus.platform.swift import Statement, in_turn
from tminus.runbook.domain.plan_edit import (
    FieldWrite,
    GoneWrite,
    Level,
    NewWrite,
    PlaceWrite,
    Thing,
    Tie,
    TieWrite,
    Write,
)
from tminus.runbook.store.plan_edit_sql import (
    CLEAR_LIST,
    CLOSE_GAP,
    COLUMNS,
    DELETE,
    FILL_LIST,
    INSERT,
    LINK,
    MAKE_ROOM,
    PLACE,
    RETYPE,
    UNLINK,
    UNLINK_ALL,
)

Params = dict[str, Any]


async def write(connection: AsyncConnection, version_id: UUID, what: Write) -> None:
    """Write what was decided; under the lock, right after it was read."""
    await in_turn(connection, list(_statements(version_id, what)))


def _statements(version_id: UUID, what: Write) -> Iterable[Statement]:
    of: Params = {"version": version_id}
    match what:
        case FieldWrite():
            return _field(of, what)
        case NewWrite():
            return _new(of, what)
        case GoneWrite():
            return _gone(of, what.things)
        case PlaceWrite():
            return _place(of, what)
        case TieWrite():
            return [_untied(of, what.tie)] if what.gone else [_untied(of, what.tie), *_ties(of, [what.tie])]


def _field(of: Params, what: FieldWrite) -> list[Statement]:
    level, code = what.thing.key
    if what.member in FILL_LIST:
        return [
            (CLEAR_LIST[what.member], of | {"codes": [code]}),
            *_lists(of, what.member, [(code, what.value)]),
        ]
    statements: list[Statement] = [
        (COLUMNS[level][member], of | {"code": code, "value": value})
        for member, value in {**what.also, what.member: what.value}.items()
    ]
    if level is Level.TYPE:
        # A step holds its type's code and behaviour itself.
        values = what.thing.values | {what.member: what.value}
        statements.append(
            (RETYPE, of | {"was": code, "type": values["code"], "behaviour": values["behaviour"]})
        )
    return statements


def _new(of: Params, what: NewWrite) -> list[Statement]:
    root = what.things[0]
    statements: list[Statement] = []
    if root.level in MAKE_ROOM:
        statements.append((MAKE_ROOM[root.level], of | {"parent": root.parent, "position": root.position}))
    by_level: dict[Level, list[Thing]] = defaultdict(list)
    for thing in what.things:
        by_level[thing.level].append(thing)
    for level, things in by_level.items():
        found = [
            {**thing.values, "id": str(new_id()), "parent": thing.parent, "position": thing.position}
            for thing in things
        ]
        statements.append((INSERT[level], of | {"rows": Jsonb(found)}))
        for member in FILL_LIST:
            if member in things[0].values:
                statements += _lists(of, member, [(thing.code, thing.values[member]) for thing in things])
    statements += _ties(of, what.ties)
    statements += _lists(of, "undoes", [(step, [undone]) for step, undone in what.undoers])
    return statements + _lists(of, "controls", [(task, [root.code]) for task in what.carriers])


def _lists(of: Params, member: str, values: Sequence[tuple[str, Sequence[str]]]) -> list[Statement]:
    found = [{"code": code, "value": value} for code, several in values for value in several]
    return [(FILL_LIST[member], of | {"rows": Jsonb(found)})] if found else []


def _ties(of: Params, ties: Sequence[Tie]) -> list[Statement]:
    found = [{"to": tie.to, "code": tie.code, "kind": tie.kind, "lag": tie.lag} for tie in ties]
    return [(statement, of | {"rows": Jsonb(found)}) for statement in LINK] if found else []


def _untied(of: Params, tie: Tie) -> Statement:
    return UNLINK, of | {"to": tie.to, "code": tie.code, "kind": tie.kind}


def _gone(of: Params, things: Sequence[Thing]) -> list[Statement]:
    by_level: dict[Level, list[str]] = defaultdict(list)
    for thing in things:
        by_level[thing.level].append(thing.code)
    statements: list[Statement] = []
    nodes = {level: by_level.get(level, []) for level in _NODES}
    if any(nodes.values()):
        values: Mapping[str, Any] = {_NODES[level]: codes for level, codes in nodes.items()}
        statements += [(statement, of | dict(values)) for statement in UNLINK_ALL]
    for level in reversed(Level):
        if level in by_level:
            statements += [(statement, of | {"codes": by_level[level]}) for statement in DELETE[level]]
    root = things[0]
    if root.level in CLOSE_GAP:
        statements.append((CLOSE_GAP[root.level], of | {"parent": root.parent, "position": root.position}))
    return statements


_NODES = {Level.STEP: "steps", Level.CHAPTER: "chapters", Level.MACRO_PHASE: "phases"}


def _place(of: Params, what: PlaceWrite) -> list[Statement]:
    level = what.thing.level
    here = {"code": what.thing.code, "parent": what.parent, "position": what.position}
    return [
        (CLOSE_GAP[level], of | {"parent": what.thing.parent, "position": what.thing.position}),
        (MAKE_ROOM[level], of | {"parent": what.parent, "position": what.position}),
        (PLACE[level], of | here),
    ]
