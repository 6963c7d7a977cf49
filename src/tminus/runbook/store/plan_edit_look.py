"""SQL that reads, for one edit, all that its decision has to know."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.swift import many_rows, rows
from tminus.runbook.domain.plan_edit import (
    INSIDE,
    NETWORK,
    PARENT,
    Add,
    Edit,
    Level,
    Link,
    Move,
    Names,
    Remove,
    Seen,
    SetField,
    Undoing,
    Unlink,
    Values,
)
from tminus.runbook.domain.plan_edit_fields import UNDOES
from tminus.runbook.domain.plan_edit_network import Node
from tminus.runbook.domain.plan_edit_tree import AFTER, CARRIERS
from tminus.runbook.store.plan_edit_read import Things, load_some, load_ties

Wanted = dict[Level, list[str]]

_SIBLINGS: dict[Level, bytes] = {
    Level.MACRO_PHASE: b"""
        SELECT code FROM macro_phases WHERE plan_version_id = %(version)s AND %(parent)s::text IS NULL
        ORDER BY position
    """,
    Level.CHAPTER: b"""
        SELECT c.code FROM chapters AS c JOIN macro_phases AS m ON m.id = c.macro_phase_id
        WHERE c.plan_version_id = %(version)s AND m.code = %(parent)s ORDER BY c.position
    """,
    Level.STEP: b"""
        SELECT s.code FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id
        WHERE s.plan_version_id = %(version)s AND c.code = %(parent)s ORDER BY s.position
    """,
    Level.TASK: b"""
        SELECT k.code FROM tasks AS k JOIN steps AS s ON s.id = k.step_id
        WHERE k.plan_version_id = %(version)s AND s.code = %(parent)s ORDER BY k.position
    """,
}
_INSIDE: dict[Level, bytes] = {
    Level.CHAPTER: b"""
        SELECT c.code FROM chapters AS c JOIN macro_phases AS m ON m.id = c.macro_phase_id
        WHERE c.plan_version_id = %(version)s AND m.code = ANY(%(codes)s::text[])
    """,
    Level.STEP: b"""
        SELECT s.code FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id
        WHERE s.plan_version_id = %(version)s AND c.code = ANY(%(codes)s::text[])
    """,
    Level.TASK: b"""
        SELECT k.code FROM tasks AS k JOIN steps AS s ON s.id = k.step_id
        WHERE k.plan_version_id = %(version)s AND s.code = ANY(%(codes)s::text[])
    """,
}
_CARRIERS = b"""
SELECT k.code, s.code AS step FROM task_controls AS x JOIN controls AS n ON n.id = x.control_id
JOIN tasks AS k ON k.id = x.task_id JOIN steps AS s ON s.id = k.step_id
WHERE n.plan_version_id = %(version)s AND n.code = %(code)s ORDER BY k.code
"""
_STEPS_OF_TASKS = b"""
SELECT k.code, s.code AS step FROM tasks AS k JOIN steps AS s ON s.id = k.step_id
WHERE k.plan_version_id = %(version)s AND k.code = ANY(%(codes)s::text[])
"""
_UNDOERS = b"""
SELECT s.code, u.code AS undone FROM step_undoes AS x JOIN steps AS u ON u.id = x.undone_step_id
JOIN steps AS s ON s.id = x.step_id
WHERE x.plan_version_id = %(version)s AND u.code = ANY(%(codes)s::text[]) ORDER BY 1, 2
"""
_USERS = b"SELECT code FROM steps WHERE plan_version_id = %(version)s AND type = %(code)s ORDER BY code"
_NETWORK = b"""
SELECT 'macroPhase' AS level, code, NULL AS parent, 0 AS seconds FROM macro_phases
WHERE plan_version_id = %(version)s
UNION ALL
SELECT 'chapter', c.code, m.code, 0 FROM chapters AS c JOIN macro_phases AS m ON m.id = c.macro_phase_id
WHERE c.plan_version_id = %(version)s
UNION ALL
SELECT 'step', s.code, c.code, s.duration_seconds FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id
WHERE s.plan_version_id = %(version)s
"""


async def look(connection: AsyncConnection, version_id: UUID, edit: Edit, names: Names) -> Seen:
    """Return what the decision on an edit has to know, as it is now."""
    return await _LOOKS[type(edit)](connection, version_id, edit, names)


async def load_network(connection: AsyncConnection, version_id: UUID) -> tuple[list[Node], list[Any]]:
    """Return every step, chapter and macro-phase of a version, and every link between them."""
    found = await many_rows(connection, _NETWORK, {"version": version_id})
    nodes = [Node(Level(row.level), row.code, row.parent, row.seconds) for row in found]
    return nodes, await load_ties(connection, version_id, None)


async def _for_set(connection: AsyncConnection, version_id: UUID, edit: SetField, names: Names) -> Seen:
    renamed = edit.field == "code" and isinstance(edit.to, str)
    wanted: Wanted = {edit.level: [edit.code]}
    if renamed:
        for level in NETWORK if edit.level in NETWORK else (edit.level,):
            wanted.setdefault(level, []).append(edit.to)
    if edit.field == UNDOES and isinstance(edit.to, list | tuple):
        wanted[edit.level] += [str(one) for one in edit.to]
    found = await load_some(connection, version_id, wanted, ties=renamed)
    if renamed and edit.level in (Level.MACRO_PHASE, Level.CHAPTER):
        inner = await _inside(connection, version_id, INSIDE[edit.level][0], [edit.code])
        found.things.update((await load_some(connection, version_id, inner, ties=False)).things)
    touches = renamed or edit.level is Level.TYPE
    carriers = await _carriers(connection, version_id, edit) if touches else {}
    users = await _users(connection, version_id, edit) if touches else []
    of_step = renamed and edit.level is Level.STEP
    undoers = await _undoers(connection, version_id, [edit.code] if of_step else [])
    return Seen(names, found.things, found.ties, carriers=carriers, users=users, undoers=undoers)


async def _for_add(connection: AsyncConnection, version_id: UUID, edit: Add, names: Names) -> Seen:
    wanted: Wanted = {level: [] for level in Level}
    _gather(edit.level, edit.item, wanted)
    if edit.parent is not None and edit.level in PARENT:
        wanted[PARENT[edit.level]].append(edit.parent)
    ends = [end for tie in edit.ties for end in (tie.to, tie.code)] + [step for step, _ in edit.undoers]
    nodes = list(dict.fromkeys([code for level in NETWORK for code in wanted[level]] + ends))
    carried = [str(one) for one in edit.item.get(CARRIERS) or ()] if edit.level is Level.CONTROL else []
    wanted |= dict.fromkeys(NETWORK, nodes) | {Level.TASK: wanted[Level.TASK] + carried}
    found = await load_some(connection, version_id, wanted, ties=False)
    siblings = await _siblings(connection, version_id, (edit.level, edit.parent))
    values = {"version": version_id, "codes": carried}
    carriers = (
        {row.code: row.step for row in await rows(connection, _STEPS_OF_TASKS, values)} if carried else {}
    )
    return Seen(names, found.things, (), siblings, carriers)


def _gather(level: Level, item: Values, wanted: Wanted) -> None:
    """Every code that a nested item names: its own, those inside, those it waits for."""
    wanted[level].append(str(item.get("code")))
    wanted[Level.STEP] += [str(link.get("code")) for link in item.get(AFTER) or ()]
    wanted[Level.STEP] += [str(one) for one in item.get(UNDOES) or ()]
    if level in INSIDE:
        inner, listed = INSIDE[level]
        for one in item.get(listed) or ():
            _gather(inner, one, wanted)


async def _for_remove(connection: AsyncConnection, version_id: UUID, edit: Remove, names: Names) -> Seen:
    wanted: Wanted = {edit.level: [edit.code]}
    level = edit.level
    while level in INSIDE:
        inner = INSIDE[level][0]
        wanted |= await _inside(connection, version_id, inner, wanted[level])
        level = inner
    found = await load_some(connection, version_id, wanted)
    siblings = await _siblings_of(connection, version_id, found, edit)
    carriers = await _carriers(connection, version_id, edit)
    users = await _users(connection, version_id, edit)
    undoers = await _undoers(connection, version_id, wanted.get(Level.STEP, []))
    return Seen(names, found.things, found.ties, siblings, carriers, users, undoers)


async def _inside(connection: AsyncConnection, version_id: UUID, inner: Level, outer: list[str]) -> Wanted:
    values = {"version": version_id, "codes": outer}
    return {inner: [row.code for row in await rows(connection, _INSIDE[inner], values)]}


async def _for_move(connection: AsyncConnection, version_id: UUID, edit: Move, names: Names) -> Seen:
    wanted: Wanted = {edit.level: [edit.code]}
    if edit.parent is not None and edit.level in PARENT:
        wanted[PARENT[edit.level]] = [edit.parent]
    found = await load_some(connection, version_id, wanted, ties=False)
    here = found.things.get((edit.level, edit.code))
    if here and here.parent and here.level in PARENT:
        around = {PARENT[here.level]: [here.parent]}
        found.things.update((await load_some(connection, version_id, around, ties=False)).things)
    siblings = await _siblings_of(connection, version_id, found, edit)
    if edit.parent is not None:
        siblings |= await _siblings(connection, version_id, (edit.level, edit.parent))
    return Seen(names, found.things, (), siblings)


async def _for_link(connection: AsyncConnection, version_id: UUID, edit: Link | Unlink, names: Names) -> Seen:
    to, code = (edit.tie.to, edit.tie.code) if isinstance(edit, Link) else (edit.to, edit.code)
    found = await load_some(connection, version_id, {level: [to, code] for level in NETWORK}, ties=False)
    return Seen(names, found.things, await load_ties(connection, version_id, [to]))


async def _siblings_of(
    connection: AsyncConnection, version_id: UUID, found: Things, edit: Remove | Move
) -> dict[tuple[Level, str | None], list[str]]:
    here = found.things.get((edit.level, edit.code))
    return await _siblings(connection, version_id, (edit.level, here.parent)) if here else {}


async def _siblings(
    connection: AsyncConnection, version_id: UUID, place: tuple[Level, str | None]
) -> dict[tuple[Level, str | None], list[str]]:
    if place[0] not in _SIBLINGS:
        return {}
    values = {"version": version_id, "parent": place[1]}
    return {place: [row.code for row in await rows(connection, _SIBLINGS[place[0]], values)]}


async def _carriers(connection: AsyncConnection, version_id: UUID, edit: SetField | Remove) -> dict[str, str]:
    if edit.level is not Level.CONTROL:
        return {}
    values = {"version": version_id, "code": edit.code}
    return {row.code: row.step for row in await rows(connection, _CARRIERS, values)}


async def _undoers(connection: AsyncConnection, version_id: UUID, steps: list[str]) -> list[Undoing]:
    if not steps:
        return []
    values = {"version": version_id, "codes": steps}
    return [(row.code, row.undone) for row in await rows(connection, _UNDOERS, values)]


async def _users(connection: AsyncConnection, version_id: UUID, edit: SetField | Remove) -> list[str]:
    if edit.level is not Level.TYPE:
        return []
    return [row.code for row in await rows(connection, _USERS, {"version": version_id, "code": edit.code})]


_LOOKS: Mapping[type, Callable[[AsyncConnection, UUID, Any, Names], Awaitable[Seen]]] = {
    SetField: _for_set,
    Add: _for_add,
    Remove: _for_remove,
    Move: _for_move,
    Link: _for_link,
    Unlink: _for_link,
}
