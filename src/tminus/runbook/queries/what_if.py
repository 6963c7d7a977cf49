"""What if: the forecast of what is supposed, beside today's. It changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.platform.child_process import ChildProcess
from tminus.platform.database import Database
from tminus.runbook.domain.forecast.making import outlooks_of
from tminus.runbook.domain.forecast.situation import Situation
from tminus.runbook.domain.forecast.supposing import Supposing, Supposition, suppose, words
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store.durations import load_history
from tminus.runbook.store.forecast_situation import forecast_now, load_situation

_ACTIONS = {Supposing.SKIP: "skip", Supposing.START_NOW: "override", Supposing.WINDOW: "terms"}
"""What makes it real. A step is late by itself, and whom a team asks for help no button says."""


async def what_if(
    database: Database,
    child: ChildProcess,
    person: Person,
    iteration_id: UUID,
    suppositions: Sequence[Supposition],
) -> dict[str, Any]:
    """Return today's outlook and the supposed one. Raises `NotFound`, `Forbidden`, `Refused`, `Invalid`."""
    async with database.read() as connection:
        await visible_iteration(connection, person, iteration_id)
        situation = await load_situation(connection, iteration_id)
        history = await load_history(connection, iteration_id)
        now = await forecast_now(connection)
    assert isinstance(situation, Situation)  # noqa: S101 - it was visible in the same snapshot
    supposed = suppose(situation, suppositions, now)
    today, then = await child.run(outlooks_of, (situation, supposed), history, now)
    return {
        "seq": situation.seq,
        "now": instant(now),
        "supposed": [words(situation, one, now) for one in suppositions],
        "today": today,
        "then": then,
        "actions": [
            {"supposition": number, "action": _ACTIONS[one.what], "stepCode": one.step_code}
            for number, one in enumerate(suppositions)
            if one.what in _ACTIONS
        ],
    }
