"""Plans and their versions as lists show them, and one version as a plan file."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import Invalid, NotFound
from tminus.people.domain.rights import Person, Right, may, require
from tminus.runbook.domain.plan import Plan
from tminus.runbook.store import plans
from tminus.runbook.store.version import Version

_PLANS = text(
    """
    SELECT p.id, p.migration_id, p.name, p.description, m.key AS migration_key
    FROM plans AS p JOIN migrations AS m ON m.id = p.migration_id
    WHERE CAST(:migration AS uuid) IS NULL OR p.migration_id = :migration ORDER BY m.key, p.name
    """
)
_VERSIONS = text(
    """
    SELECT v.id, v.plan_id, v.number, v.status, v.created_by_name, v.created_at, v.approved_by_name,
           v.approved_at, v.content_hash, v.version,
           (SELECT count(*) FROM steps AS s WHERE s.plan_version_id = v.id) AS steps,
           b.id AS based_on, b.number AS based_on_number,
           ARRAY(SELECT i.name FROM iterations AS i WHERE i.plan_version_id = v.id
                 ORDER BY i.planned_start, i.name) AS iterations
    FROM plan_versions AS v LEFT JOIN plan_versions AS b ON b.id = v.based_on
    WHERE v.plan_id = ANY(:plans) ORDER BY v.number DESC
    """
)


async def plans_view(
    connection: AsyncConnection, person: Person, migration_id: UUID | None = None
) -> list[dict[str, Any]]:
    """Return the plans this person may see, by migration and name, each with its versions, newest first.

    Raises `Forbidden` for a migration the person may not see.
    """
    if migration_id:
        require(person, Right.SEE, migration_id)
    rows = (await connection.execute(_PLANS, {"migration": migration_id})).all()
    seen = [row for row in rows if may(person, Right.SEE, row.migration_id)]
    versions: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for row in await connection.execute(_VERSIONS, {"plans": [plan.id for plan in seen]}):
        versions[row.plan_id].append(_version(row))
    return [_plan(row, versions[row.id]) for row in seen]


def _plan(row: Row[Any], versions: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row.id,
        "migrationId": row.migration_id,
        "migrationKey": row.migration_key,
        "name": row.name,
        "description": row.description,
        "versions": versions,
    }


def _version(row: Row[Any]) -> dict[str, Any]:
    return {
        "id": row.id,
        "number": row.number,
        "status": row.status,
        "createdBy": row.created_by_name,
        "createdAt": row.created_at,
        "approvedBy": row.approved_by_name,
        "approvedAt": row.approved_at,
        "steps": row.steps,
        "basedOn": {"id": row.based_on, "number": row.based_on_number} if row.based_on else None,
        "iterations": row.iterations,
        "contentHash": bytes(row.content_hash).hex(),
        "version": row.version,
    }


async def plan_of_version(
    connection: AsyncConnection, person: Person, version_id: UUID
) -> tuple[Plan, Version]:
    """Return a version whole, for an export. Raises `NotFound`, `Forbidden`."""
    version = await plans.load_version(connection, version_id)
    if version is None:
        raise NotFound("There is no such plan version.", hint="Choose one from the list of plans.")
    require(person, Right.SEE, version.migration_id)
    return await plans.load_plan(connection, version_id), version


async def find_version(
    connection: AsyncConnection, person: Person, name: str, migration: str | None, number: int | None
) -> UUID:
    """Return the key of a plan's version: the newest, if no number is said; `migration` is a key.

    Raises `NotFound`, and `Invalid` where several migrations have a plan of that name.
    """
    found = [
        plan
        for plan in await plans_view(connection, person)
        if plan["name"] == name and migration in (None, plan["migrationKey"])
    ]
    if len(found) > 1:
        keys = ", ".join(plan["migrationKey"] for plan in found)
        raise Invalid(
            f"Several migrations have a plan named “{name}”: {keys}.", hint="Say which: --migration KEY."
        )
    for version in found[0]["versions"] if found else ():
        if number in (None, version["number"]):
            key: UUID = version["id"]
            return key
    which = f"version {number} of a plan" if number else "plan"
    raise NotFound(f"There is no {which} named “{name}”.", hint="`tminus plan list` names them all.")
