"""What the roll-up of an iteration is made of: its steps by chapter and state, its open impediments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.impediment import ImpedimentSeverity
from tminus.runbook.domain.now import GRACE_SECONDS
from tminus.runbook.domain.rag import OpenImpediment
from tminus.runbook.domain.rollup import Slice
from tminus.runbook.domain.state import StepState

_SLICES = text(
    """
    SELECT chapter_id, macro_phase_id, state, count(*) AS steps, sum(duration_seconds) AS seconds,
           min(planned_start) AS planned_start, max(planned_end) AS planned_end, min(begun_at) AS begun,
           max(ended_at) AS ended,
           count(*) FILTER (WHERE CAST(:due AS timestamptz) IS NOT NULL
             AND state NOT IN ('complete', 'skipped', 'cancelled')
             AND (CASE WHEN started_at IS NULL THEN planned_start ELSE planned_end END < CAST(:due AS timestamptz)
                  OR started_at > planned_start + :grace)) AS overdue
    FROM iteration_steps WHERE iteration_id = :iteration AND in_scope AND NOT dormant
    GROUP BY chapter_id, macro_phase_id, state
    """
)
_IMPEDIMENTS = text(
    """
    SELECT i.iteration_id, i.number, i.severity, i.title, s.code, s.chapter_id, s.macro_phase_id, n.name
    FROM impediments AS i JOIN iterations AS n ON n.id = i.iteration_id
    LEFT JOIN iteration_steps AS s ON s.id = i.step_id
    WHERE i.iteration_id = ANY(:iterations) AND i.state = 'open' ORDER BY i.number
    """
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An open impediment with where it lies; without chapter and macro-phase: on the whole iteration."""

    iteration_id: UUID
    chapter_id: UUID | None
    phase_id: UUID | None
    impediment: OpenImpediment


async def slices_of(connection: AsyncConnection, iteration_id: UUID, due: datetime | None) -> list[Slice]:
    """Return the steps that count by chapter and state.

    Open ones that should have moved before `due` are overdue, and those that began late; None: nothing is overdue yet.
    """
    values = {"iteration": iteration_id, "due": due, "grace": timedelta(seconds=GRACE_SECONDS)}
    return [
        Slice(
            row.chapter_id,
            row.macro_phase_id,
            StepState(row.state),
            row.steps,
            int(row.seconds),
            row.overdue,
            row.planned_start,
            row.planned_end,
            row.begun,
            row.ended,
        )
        for row in await connection.execute(_SLICES, values)
    ]


async def open_impediments(connection: AsyncConnection, iterations: Sequence[UUID]) -> list[Placed]:
    """Return the open impediments of iterations, by number."""
    return [
        Placed(
            row.iteration_id,
            row.chapter_id,
            row.macro_phase_id,
            OpenImpediment(row.number, ImpedimentSeverity(row.severity), row.title, row.code or row.name),
        )
        for row in await connection.execute(_IMPEDIMENTS, {"iterations": list(iterations)})
    ]
