"""What was done to a draft: the answer to an edit, and the edits that a second editor's page follows by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person
from tminus.runbook.domain.plan_edit import PARENT, Key, Level
from tminus.runbook.queries.plan_items import items_of
from tminus.runbook.queries.plan_version import findings_of, visible_version
from tminus.runbook.store import plan_edit_read as read
from tminus.runbook.store import plan_edits
from tminus.runbook.store.plan_edits import Kept

MOST = 200
"""Edits in one page of them."""
_FINDINGS_UP_TO = 600
"""Steps of a plan that is checked as a whole with every edit; a larger one's findings are asked for alone."""


async def edit_answer(
    connection: AsyncConnection, person: Person, version_id: UUID, number: int
) -> dict[str, Any]:
    """Return what an edit did: the things it touched as they are now, and what is wrong with the draft."""
    version = await visible_version(connection, person, version_id)
    head = await plan_edits.load_head(connection, version_id)
    kept = await plan_edits.load_edit(connection, version_id, number)
    keys = keys_of([kept]) if kept else []
    findings = None
    if await read.count_steps(connection, version_id) <= _FINDINGS_UP_TO:
        findings = await findings_of(connection, version)
    return {
        "number": number,
        "title": kept.title if kept else "Nothing changed",
        "version": version.version,
        "items": await shown(connection, version_id, keys),
        "findings": findings,
        "lastEdit": head.last_edit,
    }


async def edits_view(
    connection: AsyncConnection, person: Person, version_id: UUID, after: int
) -> dict[str, Any]:
    """Return the edits after a number, in their order, with what they touched as it is now."""
    version = await visible_version(connection, person, version_id)
    head = await plan_edits.load_head(connection, version_id)
    edits = await plan_edits.edits_after(connection, version_id, after, MOST)
    taught = await plan_edits.taught(connection, version_id) if edits else {}
    items = {
        (item["level"], item["code"]): item for item in await shown(connection, version_id, keys_of(edits))
    }
    return {
        "version": version.version,
        "status": version.status,
        "lastEdit": head.last_edit,
        "items": [_edit_view(kept, person, items, taught.get(kept.number)) for kept in edits],
    }


def _edit_view(
    kept: Kept,
    person: Person,
    items: dict[tuple[str, str], dict[str, Any]],
    taught: tuple[UUID, str] | None,
) -> dict[str, Any]:
    return {
        "number": kept.number,
        "title": kept.title,
        "by": kept.by_name,
        "mine": kept.by_id is not None and kept.by_id == person.id,
        "at": kept.at,
        "undoneBy": kept.undone_by,
        "undoes": kept.edits.get("undoes"),
        "taught": {"planId": taught[0], "lesson": taught[1]} if taught else None,
        "items": [items[level.value, code] for level, code in keys_of([kept])],
    }


def keys_of(edits: Sequence[Kept]) -> list[Key]:
    """Return what these edits touched, each thing once."""
    return list(dict.fromkeys((Level(level), code) for kept in edits for level, code in kept.edits["items"]))


async def shown(connection: AsyncConnection, version_id: UUID, keys: Sequence[Key]) -> list[dict[str, Any]]:
    """Return things with their places; one that is not there any more has the item null."""
    wanted: dict[Level, list[str]] = {}
    for level, code in keys:
        wanted.setdefault(level, []).append(code)
    if Level.STEP in wanted:
        wanted[Level.TASK] = await read.tasks_of(connection, version_id, wanted[Level.STEP])
    found = await read.load_some(connection, version_id, wanted)
    items = items_of(found)
    return [
        {
            "level": level.value,
            "code": code,
            "item": items.item(level, code),
            "parent": found.things[level, code].parent if (level, code) in found.things else None,
            "position": _position(found, level, code),
        }
        for level, code in keys
    ]


def _position(found: read.Things, level: Level, code: str) -> int | None:
    thing = found.things.get((level, code))
    has_place = level in PARENT or level is Level.MACRO_PHASE
    return thing.position if thing and has_place else None
