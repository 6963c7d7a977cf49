"""Writing an iteration planned anew: its steps and its chapters together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.kernel.network import Cyclic
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.domain.chapters.schedule import Chapter, Schedule, Typed, replanned
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.store import iterations
from tminus.runbook.store.chapter_schedules import write_chapters


async def plan_from(
    tx: Transaction, iteration: Iteration, schedule: Schedule, start: datetime, typed: Mapping[UUID, Typed]
) -> tuple[datetime, Sequence[Chapter]]:
    """Write the planned times from `start` on with these times typed; return the end, and the chapters as planned.

    Baselines stay. Raises `Refused` (`cycle`).
    """
    try:
        times, chapters = replanned(schedule, start, typed)
    except Cyclic as circle:
        raise Refused(
            f"{iteration.name} cannot be scheduled: {circle}. Nothing was changed.", code="cycle"
        ) from None
    keys = [step.id for step in schedule.steps]
    await iterations.plan_anew(tx.connection, iteration.id, start, times, keys)
    await write_chapters(tx.connection, iteration.id, chapters)
    return times.end, chapters
