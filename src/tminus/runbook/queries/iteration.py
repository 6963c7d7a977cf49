"""An iteration as screens read it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may, require
from tminus.runbook.domain.iteration import Iteration, allowed_actions
from tminus.runbook.domain.terms import OVER
from tminus.runbook.store.execution import iteration_from
from tminus.runbook.store.terms import terms_from

_ONE = text(
    """
    SELECT i.*, m.zone, m.key AS migration_key, m.name AS migration_name, d.name AS decider_name,
           (SELECT jsonb_agg(jsonb_build_object('role', e.role, 'roleName', e.role_name, 'environment', e.environment,
                                                'environmentName', e.environment_name) ORDER BY e.role)
            FROM iteration_environments AS e WHERE e.iteration_id = i.id) AS environments,
           (SELECT count(*) FROM iteration_steps AS s WHERE s.iteration_id = i.id AND NOT s.in_scope) AS out_of_scope
    FROM iterations AS i JOIN migrations AS m ON m.id = i.migration_id LEFT JOIN users AS d ON d.id = i.decider_id
    WHERE i.id = :id
    """
)
_OF_MIGRATIONS = text(
    """
    SELECT i.*, m.zone FROM iterations AS i JOIN migrations AS m ON m.id = i.migration_id
    WHERE i.migration_id = ANY(:migrations) ORDER BY i.planned_start, i.name
    """
)


async def visible_iteration(
    connection: AsyncConnection, person: Person, iteration_id: UUID
) -> tuple[Row[Any], Iteration]:
    """Return the iteration's row and value; raise `NotFound`, or `Forbidden` for who may not see it."""
    row = (await connection.execute(_ONE, {"id": iteration_id})).one_or_none()
    if row is None:
        raise NotFound("There is no such iteration.", hint="Open it from the list of migrations.")
    require(person, Right.SEE, row.migration_id)
    return row, iteration_from(row)


async def iteration_view(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return an iteration with its migration, plan and what this person may do to it."""
    row, iteration = await visible_iteration(connection, person, iteration_id)
    return view_of(row, iteration, person)


def view_of(row: Row[Any], iteration: Iteration, person: Person) -> dict[str, Any]:
    """Print an iteration for its own screen."""
    pilot = may(person, Right.ITERATIONS, iteration.migration_id)
    return {
        **summary(iteration),
        **terms_from(row).shown(),
        "migration": {
            "id": str(iteration.migration_id),
            "key": row.migration_key,
            "name": row.migration_name,
            "zone": iteration.zone,
        },
        "planName": row.plan_name,
        "planVersion": row.plan_number,
        "environments": row.environments or [],
        "outOfScopeCount": row.out_of_scope,
        "mayChangeTerms": pilot and iteration.state not in OVER,
        "allowedActions": [action.value for action in allowed_actions(iteration, pilot=pilot)],
    }


def summary(iteration: Iteration) -> dict[str, Any]:
    """Print an iteration for a list."""
    return {
        "id": str(iteration.id),
        "migrationId": str(iteration.migration_id),
        "name": iteration.name,
        "kind": iteration.kind.value,
        "state": iteration.state.value,
        "comms": iteration.comms.value if iteration.comms else None,
        "plannedStart": instant(iteration.planned_start),
        "plannedEnd": instant(iteration.planned_end),
        "windowEnd": instant(iteration.window_end) if iteration.window_end else None,
        "startedAt": instant(iteration.started_at) if iteration.started_at else None,
        "endedAt": instant(iteration.ended_at) if iteration.ended_at else None,
        "stateSince": instant(iteration.state_since),
        "stateBy": iteration.state_by,
        "stateReason": iteration.state_reason,
        "takeSeconds": iteration.take_seconds,
        "upcomingSeconds": iteration.upcoming_seconds,
        "progress": iteration.progress.shown(),
        "version": iteration.version,
    }


async def iterations_of(
    connection: AsyncConnection, migrations: list[UUID]
) -> dict[UUID, list[dict[str, Any]]]:
    """Return the iterations of each migration, by planned start."""
    found: dict[UUID, list[dict[str, Any]]] = {migration: [] for migration in migrations}
    for row in await connection.execute(_OF_MIGRATIONS, {"migrations": migrations}):
        found[row.migration_id].append(summary(iteration_from(row)))
    return found
