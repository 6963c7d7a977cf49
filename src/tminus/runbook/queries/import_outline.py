"""The difference that an import would make, as a tree: groups with counts first, the steps of a chapter when asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.imports import difference, outline

_CHANGES = ("added", "changed", "removed")


async def outline_view(connection: AsyncConnection, batch_id: UUID) -> dict[str, Any]:
    """Return the counts of each kind, and macro-phases and chapters with the counts of what is in them."""
    kinds = {row.kind: row for row in await outline.kinds_changed(connection, batch_id)}
    groups = [_node(row) for row in await outline.groups_changed(connection, batch_id)]
    _count_phases(groups)
    return {
        "kinds": [{"kind": kind, **_counts(kinds[kind])} for kind in difference.KINDS if kind in kinds],
        "groups": groups,
    }


async def steps_view(
    connection: AsyncConnection, batch_id: UUID, chapter: str, change: str | None, after: int, most: int
) -> list[dict[str, Any]]:
    """Return steps of a chapter that would change or whose tasks would, after the n-th."""
    rows = await outline.steps_changed(connection, batch_id, chapter, change, after, most)
    return [_node(row) for row in rows]


def _count_phases(groups: list[dict[str, Any]]) -> None:
    """Give each macro-phase the counts of its chapters, themselves included."""
    phases = {group["code"]: group for group in groups if group["kind"] == "macroPhase"}
    for chapter in groups:
        phase = phases.get(chapter["parent"]) if chapter["kind"] == "chapter" else None
        if phase is None:
            continue
        for change in _CHANGES:
            phase[change] += chapter[change] + (chapter["change"] == change)


def _node(row: Row[Any]) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "code": row.code,
        "parent": row.parent,
        "name": row.name,
        "change": row.change,
        "fields": list(row.fields or ()),
        "before": row.before,
        "after": row.after,
        **_counts(row),
    }


def _counts(row: Row[Any]) -> dict[str, int]:
    return {change: row._mapping[change] for change in _CHANGES}
