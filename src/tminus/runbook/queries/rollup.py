"""The roll-up of an iteration: each chapter, each macro-phase and the whole, from one grouped statement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.platform.clock import server_now
from tminus.platform.eventlog.store import newest_of_iteration
from tminus.runbook.domain.now import GRACE_SECONDS
from tminus.runbook.domain.rollup import Rollup, Slice, roll_up
from tminus.runbook.domain.state import RUNNING, IterationState
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store.forecasts import chances
from tminus.runbook.store.rollup import Placed, open_impediments, slices_of

_GOES_ON = RUNNING | {IterationState.PLANNING, IterationState.SCHEDULED}
"""States in which a chance says something: after them one knows."""
_PHASES = text(
    "SELECT id, code, name FROM iteration_macro_phases WHERE iteration_id = :iteration ORDER BY position"
)
_CHAPTERS = text(
    """
    SELECT c.id, c.macro_phase_id, c.code, c.name, c.rollback
    FROM iteration_chapters AS c JOIN iteration_macro_phases AS m ON m.id = c.macro_phase_id
    WHERE c.iteration_id = :iteration ORDER BY m.position, c.position
    """
)


async def rollup(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return how the iteration, its macro-phases and chapters stand; raise `NotFound` or `Forbidden`.

    A step is overdue from a minute past its planned time on, and only once the iteration has started; *late* is what
    the forecast says of it.
    """
    _, iteration = await visible_iteration(connection, person, iteration_id)
    now = await server_now(connection)
    due = now - timedelta(seconds=GRACE_SECONDS) if iteration.started_at else None
    slices = await slices_of(connection, iteration_id, due)
    placed = await open_impediments(connection, [iteration_id])
    chance = (await chances(connection, [iteration_id])).get(iteration_id)
    of = {"iteration": iteration_id}
    phases = [
        {"id": str(row.id), "code": row.code, "name": row.name, **_of(row.id, slices, placed)}
        for row in await connection.execute(_PHASES, of)
    ]
    chapters = [
        {
            "id": str(row.id),
            "macroPhaseId": str(row.macro_phase_id),
            "code": row.code,
            "name": row.name,
            "rollback": row.rollback,
            **_of(row.id, slices, placed),
        }
        for row in await connection.execute(_CHAPTERS, of)
    ]
    return {
        "seq": await newest_of_iteration(connection, iteration_id),
        "now": instant(now),
        "iteration": _shown(
            roll_up(
                slices,
                [one.impediment for one in placed],
                chance if iteration.state in _GOES_ON else None,
                way_back=iteration.state is IterationState.BACKING_OUT,
            )
        ),
        "macroPhases": phases,
        "chapters": chapters,
    }


def _of(key: UUID, slices: Iterable[Slice], placed: Iterable[Placed]) -> dict[str, Any]:
    """Roll up what lies in a chapter or a macro-phase."""
    return _shown(
        roll_up(
            (one for one in slices if key in (one.chapter_id, one.phase_id)),
            [one.impediment for one in placed if key in (one.chapter_id, one.phase_id)],
        )
    )


def _shown(of: Rollup) -> dict[str, Any]:
    return {
        "state": of.state.value,
        "progress": of.progress.shown(),
        "overdue": of.overdue,
        "plannedStart": _time(of.planned_start),
        "plannedEnd": _time(of.planned_end),
        "actualStart": _time(of.actual_start),
        "actualEnd": _time(of.actual_end),
        "impediments": {severity.value: count for severity, count in of.impediments.items()},
        "rag": of.rag.shown(),
    }


def _time(value: datetime | None) -> str | None:
    return instant(value) if value else None
