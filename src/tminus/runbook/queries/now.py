"""What a pilot looks at now: the steps in hand, by effect on the finish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.platform.clock import server_now
from tminus.platform.eventlog.store import newest_of_iteration
from tminus.runbook.domain.now import IN_HAND, InHand, in_order, late_seconds, stuck_words
from tminus.runbook.domain.state import RUNNING, StepState
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store.chains import behind_of
from tminus.runbook.store.stuck import behind_cancelled

SHOWN = 200
"""So many lines at most; how many there are is said beside them."""
_IN_HAND = text(
    """
    SELECT id, code, name, state, team_id, position, planned_start, planned_end, ready_at, activated_at, started_at,
           work_ended_at, last_at, not_taken_at, expected_at, reason
    FROM iteration_steps
    WHERE iteration_id = :iteration AND in_scope AND NOT dormant AND (state = ANY(:states) OR id = ANY(:stuck))
    """
)
_TEAMS = text("SELECT id, name, phone FROM teams WHERE migration_id = :migration")


async def now_list(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return the steps in hand and those held for good, worst first; raise `NotFound` or `Forbidden`."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    now = await server_now(connection)
    stuck = await behind_cancelled(connection, iteration_id) if iteration.state in RUNNING else {}
    wanted = {
        "iteration": iteration_id,
        "states": [state.value for state in IN_HAND],
        "stuck": list(stuck),
    }
    rows = {row.id: row for row in await connection.execute(_IN_HAND, wanted)}
    behind = await behind_of(connection, iteration_id)
    found = in_order(_in_hand(row, now, behind, stuck=row.id in stuck) for row in rows.values())
    teams = await connection.execute(_TEAMS, {"migration": iteration.migration_id})
    known = {team.id: team for team in teams}
    return {
        "seq": await newest_of_iteration(connection, iteration_id),
        "now": instant(now),
        "total": len(found),
        "items": [
            _shown(one, rows[one.id], known.get(rows[one.id].team_id), stuck.get(one.id, ()))
            for one in found[:SHOWN]
        ],
    }


def _in_hand(row: Any, now: datetime, behind: dict[int, int], *, stuck: bool) -> InHand:
    return InHand(
        row.id,
        StepState(row.state),
        row.not_taken_at is not None,
        late_seconds(now, row.planned_start, row.planned_end, row.started_at),
        behind[row.position],
        row.position,
        stuck,
    )


def _since(row: Any) -> datetime | None:
    """When it came into its state."""
    known = {
        StepState.READY: row.ready_at,
        StepState.ACTIVATED: row.activated_at,
        StepState.IN_PROGRESS: row.started_at,
        StepState.VERIFYING: row.work_ended_at,
    }
    found: datetime | None = known.get(StepState(row.state), row.last_at)
    return found


def _shown(one: InHand, row: Any, team: Any, cancelled: Sequence[str]) -> dict[str, Any]:
    return {
        "stepId": str(one.id),
        "code": row.code,
        "name": row.name,
        "state": one.state.value,
        "why": one.why.value,
        "since": _time(_since(row)),
        "lateSeconds": one.late_seconds,
        "behindSeconds": one.behind_seconds,
        "expectedAt": _time(row.expected_at),
        "reason": stuck_words(one.state, cancelled) if cancelled else row.reason,
        "team": {"id": str(team.id), "name": team.name, "phone": team.phone} if team else None,
    }


def _time(value: datetime | None) -> str | None:
    return instant(value) if value else None
