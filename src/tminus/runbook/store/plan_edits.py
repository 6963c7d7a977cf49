"""SQL of what was done to drafts: the edits of a version in their order, each with what takes it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.plan_edit import Level, Names
from tminus.runbook.store.plans import authors_of
from tminus.runbook.store.tables import plan_edits
from tminus.runbook.store.version import Version

_HEAD = text(
    """
    SELECT v.based_on, b.number AS based_on_number, v.created_at, v.approved_by_name, v.approved_at,
           p.description, m.key AS migration_key, m.zone,
           coalesce((SELECT max(e.number) FROM plan_edits AS e WHERE e.plan_version_id = v.id), 0) AS last_edit,
           (SELECT d.id FROM plan_versions AS d WHERE d.plan_id = v.plan_id AND d.status = 'draft' LIMIT 1) AS draft
    FROM plan_versions AS v JOIN plans AS p ON p.id = v.plan_id JOIN migrations AS m ON m.id = p.migration_id
    LEFT JOIN plan_versions AS b ON b.id = v.based_on
    WHERE v.id = :version
    """
)
_NAMES = text(
    """
    SELECT 'teams' AS kind, code, name FROM teams WHERE migration_id = :migration
    UNION ALL SELECT 'applications', code, name FROM applications WHERE migration_id = :migration
    UNION ALL SELECT 'environments', code, name FROM environments WHERE migration_id = :migration
    UNION ALL SELECT 'roles', code, name FROM environment_roles WHERE migration_id = :migration
    UNION ALL SELECT 'controls', code, name FROM controls WHERE plan_version_id = :version
    UNION ALL SELECT 'types', code, behaviour FROM step_types WHERE plan_version_id = :version
    ORDER BY 1, 2
    """
)
_AFTER = text(
    """
    SELECT number, title, by_id, by_name, at, undone_by, edits, inverse FROM plan_edits
    WHERE plan_version_id = :version AND number > :after ORDER BY number LIMIT :limit
    """
)
_ONE = text(
    """
    SELECT number, title, by_id, by_name, at, undone_by, edits, inverse FROM plan_edits
    WHERE plan_version_id = :version AND number = :number
    """
)
_TAUGHT = text(
    """
    SELECT draft_edit, plan_id, lesson FROM plan_proposals
    WHERE plan_id = (SELECT plan_id FROM plan_versions WHERE id = :version) AND draft_id = :version
      AND state = 'accepted' AND insight IS NOT NULL
    """
)
_LAST_OF_FIELD = text(
    """
    SELECT by_name, at FROM plan_edits
    WHERE plan_version_id = :version AND edits -> 'touched' @> jsonb_build_array(jsonb_build_array(
        CAST(:level AS text), CAST(:code AS text), CAST(:field AS text)))
    ORDER BY number DESC LIMIT 1
    """
)
_LAST = text("SELECT by_name FROM plan_edits WHERE plan_version_id = :version ORDER BY number DESC LIMIT 1")
_UNDONE = text(
    "UPDATE plan_edits SET undone_by = :undoing WHERE plan_version_id = :version AND number = :number"
)
_WRITERS = text(
    """
    SELECT by_id, by_name, count(*) AS edits FROM plan_edits WHERE plan_version_id = :version
    GROUP BY by_id, by_name ORDER BY by_name
    """
)


@dataclass(frozen=True, slots=True)
class Head:
    """What a version says of itself beside `Version`; `draft` = the key of the plan's draft, if it has one."""

    based_on: UUID | None
    based_on_number: int | None
    created_at: datetime
    approved_by_name: str | None
    approved_at: datetime | None
    description: str
    migration_key: str
    zone: str
    last_edit: int
    draft: UUID | None


@dataclass(frozen=True, slots=True)
class Kept:
    """One edit as it was kept; `edits` = {edits, touched, undoes}."""

    number: int
    title: str
    by_id: UUID | None
    by_name: str
    at: datetime
    undone_by: int | None
    edits: dict[str, Any]
    inverse: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Writer:
    """Somebody who edited a draft, and how often."""

    id: UUID | None
    name: str
    edits: int


async def load_head(connection: AsyncConnection, version_id: UUID) -> Head:
    """Return what a version says of itself; it must be there."""
    return Head(*(await connection.execute(_HEAD, {"version": version_id})).one())


async def load_names(connection: AsyncConnection, version: Version) -> tuple[Names, dict[str, str]]:
    """Return what edits of a version may name, and the migration's environments, each by code."""
    found: dict[str, dict[str, str]] = {}
    values = {"migration": version.migration_id, "version": version.id}
    for row in await connection.execute(_NAMES, values):
        found.setdefault(row.kind, {})[row.code] = row.name
    environments = found.pop("environments", {})
    return Names(**found), environments


async def edits_after(
    connection: AsyncConnection, version_id: UUID, number: int, limit: int
) -> Sequence[Kept]:
    """Return the next edits after a number, in their order."""
    values = {"version": version_id, "after": number, "limit": limit}
    return [Kept(*row) for row in await connection.execute(_AFTER, values)]


async def taught(connection: AsyncConnection, version_id: UUID) -> dict[int, tuple[UUID, str]]:
    """Return of the edits that rehearsals taught, by number, the plan and the lesson with its evidence."""
    found = await connection.execute(_TAUGHT, {"version": version_id})
    return {row.draft_edit: (row.plan_id, row.lesson) for row in found}


async def load_edit(connection: AsyncConnection, version_id: UUID, number: int) -> Kept | None:
    """Return an edit by its number."""
    row = (await connection.execute(_ONE, {"version": version_id, "number": number})).one_or_none()
    return Kept(*row) if row else None


async def last_edit_of(
    connection: AsyncConnection, version_id: UUID, thing: tuple[Level, str], field: str
) -> tuple[str, datetime] | None:
    """Return who touched a field of a thing last, and when; None where no edit did."""
    values = {"version": version_id, "level": thing[0].value, "code": thing[1], "field": field}
    row = (await connection.execute(_LAST_OF_FIELD, values)).one_or_none()
    return (row.by_name, row.at) if row else None


async def last_edit(connection: AsyncConnection, version_id: UUID) -> str | None:
    """Return who edited a version last; None where nobody did."""
    name: str | None = (await connection.execute(_LAST, {"version": version_id})).scalar_one_or_none()
    return name


async def insert_edit(connection: AsyncConnection, values: dict[str, Any]) -> None:
    """Keep an edit."""
    await connection.execute(insert(plan_edits).values(values))


async def mark_undone(connection: AsyncConnection, version_id: UUID, number: int, undoing: int) -> None:
    """Note that an edit was taken back by another one."""
    await connection.execute(_UNDONE, {"version": version_id, "number": number, "undoing": undoing})


async def writers_of(connection: AsyncConnection, version_id: UUID) -> list[Writer]:
    """Return who edited a version; its importers are not among them."""
    return [Writer(*row) for row in await connection.execute(_WRITERS, {"version": version_id})]


async def everybody_who_wrote(connection: AsyncConnection, version: Version) -> set[UUID | None]:
    """Return the authors of a version: by import, by draft, by edit; None = the machine's own user."""
    return await authors_of(connection, version)
