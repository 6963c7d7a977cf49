"""What names a team: plans and iterations, which stand above this slice, so that they are asked in plain SQL."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

_KEYS = bindparam("teams", type_=ARRAY(Uuid))
_COUNTS = text(
    """
    SELECT team_id, count(*) AS uses FROM (
        SELECT team_id FROM steps WHERE team_id = ANY(:teams)
        UNION ALL SELECT team_id FROM tasks WHERE team_id = ANY(:teams)
        UNION ALL SELECT team_id FROM iteration_steps WHERE team_id = ANY(:teams)
        UNION ALL SELECT team_id FROM iteration_tasks WHERE team_id = ANY(:teams)
    ) AS named GROUP BY team_id
    """
).bindparams(_KEYS)
# Also what only affects a team, and the controls it produces or validates: a plan that names it would be torn.
_NAMED_BY = text(
    """
    WITH in_plan AS (
        SELECT plan_version_id AS id FROM steps WHERE team_id = :team
        UNION SELECT plan_version_id FROM tasks WHERE team_id = :team
        UNION SELECT plan_version_id FROM step_impacted_teams WHERE team_id = :team
        UNION SELECT plan_version_id FROM controls WHERE :team IN (producer_team_id, validator_team_id)
    ), in_iteration AS (
        SELECT iteration_id AS id FROM iteration_steps WHERE team_id = :team OR :team = ANY(impacted_team_ids)
        UNION SELECT iteration_id FROM iteration_tasks WHERE team_id = :team
        UNION SELECT iteration_id FROM iteration_controls WHERE :team IN (producer_team_id, validator_team_id)
    )
    SELECT name FROM (
        SELECT 1 AS kind, p.name AS of, v.number, 'version ' || v.number || ' of ' || p.name AS name
        FROM in_plan JOIN plan_versions AS v ON v.id = in_plan.id JOIN plans AS p ON p.id = v.plan_id
        UNION ALL
        SELECT 2, i.name, 0, i.name FROM in_iteration JOIN iterations AS i ON i.id = in_iteration.id
    ) AS found ORDER BY kind, of, number
    """
).bindparams(bindparam("team", type_=Uuid))


async def uses_of(connection: AsyncConnection, team_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many steps and tasks name each team, in plans and iterations; a team nobody names is not in it."""
    rows = await connection.execute(_COUNTS, {"teams": list(team_ids)})
    return {row.team_id: row.uses for row in rows}


async def named_by(connection: AsyncConnection, team_id: UUID) -> list[str]:
    """Return which plan versions and iterations name a team, in words."""
    return list((await connection.execute(_NAMED_BY, {"team": team_id})).scalars())
