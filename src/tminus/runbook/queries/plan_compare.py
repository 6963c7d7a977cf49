"""What differs between two versions, and what of a version an iteration would hold."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person
from tminus.runbook.domain.plan_diff import PlanDiff, diff
from tminus.runbook.domain.state import IterationKind
from tminus.runbook.queries.plan_version import visible_version
from tminus.runbook.store import instantiation, plans
from tminus.runbook.store.instantiation import Part

_NAMED = 200
"""Codes of steps out of scope that are named one by one."""
_SCOPE = text(
    """
    SELECT s.code, coalesce(bool_or(x.part_of IN (:kind, :name)), true) AS inside
    FROM steps AS s JOIN chapters AS c ON c.id = s.chapter_id JOIN macro_phases AS m ON m.id = c.macro_phase_id
    LEFT JOIN step_iteration_scope AS x ON x.step_id = s.id
    WHERE s.plan_version_id = :version
    GROUP BY s.code, m.position, c.position, s.position ORDER BY m.position, c.position, s.position
    """
)
_KINDS = {
    IterationKind.RUN: "a run",
    IterationKind.DRESS_REHEARSAL: "a dress rehearsal",
    IterationKind.CUTOVER: "a cutover",
}


async def difference(
    connection: AsyncConnection, person: Person, version_id: UUID, base_id: UUID
) -> PlanDiff:
    """Return what has to happen to `base_id` to make it `version_id`. Raises `NotFound`, `Forbidden`."""
    await same_plan(connection, person, version_id, base_id)
    return diff(await plans.load_plan(connection, base_id), await plans.load_plan(connection, version_id))


async def same_plan(connection: AsyncConnection, person: Person, version_id: UUID, base_id: UUID) -> None:
    """Raise `NotFound` unless both are versions of one plan, `Forbidden` where the person may not see it."""
    version = await visible_version(connection, person, version_id)
    base = await visible_version(connection, person, base_id)
    if base.plan_id != version.plan_id:
        raise NotFound(
            "These are versions of different plans.", hint="Compare two versions of the same plan."
        )


async def scope_view(
    connection: AsyncConnection, person: Person, version_id: UUID, kind: IterationKind, name: str
) -> dict[str, Any]:
    """Return how much of a version an iteration of this kind and name would hold, and the roles it needs."""
    await visible_version(connection, person, version_id)
    values = {"version": version_id, "kind": kind.value, "name": name}
    found = (await connection.execute(_SCOPE, values)).all()
    outside = [row.code for row in found if not row.inside]
    roles = await instantiation.roles_used(connection, version_id, Part(kind.value, name))
    inside = len(found) - len(outside)
    which = f"{_KINDS[kind]} named {name}" if name else _KINDS[kind]
    are = "step is" if len(found) == 1 else "steps are"
    return {
        "inScope": inside,
        "outOfScope": len(outside),
        "outOfScopeCodes": outside[:_NAMED],
        "roles": [{"code": role.code, "name": role.name, "steps": role.steps} for role in roles],
        "sentence": f"{inside:,} of {len(found):,} {are} part of {which}.",
    }
