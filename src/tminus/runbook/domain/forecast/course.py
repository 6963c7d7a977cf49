"""An iteration reckoned: when everything happened or will, what decides it, and whose the delays are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tminus.kernel.schedule import Compiled, Schedule, reckon
from tminus.runbook.domain.forecast.conditions import Reckoning, conditions_of
from tminus.runbook.domain.forecast.delay import Delay, course_of, delay_of
from tminus.runbook.domain.forecast.drivers import drivers_of, let_go_of
from tminus.runbook.domain.forecast.expected import Expected
from tminus.runbook.domain.forecast.origin import Share, shares_of
from tminus.runbook.domain.forecast.situation import Situation


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A situation at a moment, scheduled; delays and whose they are, by step."""

    situation: Situation
    reckoning: Reckoning
    schedule: Schedule[UUID]
    delays: Mapping[UUID, Delay]
    shares: Mapping[UUID, tuple[Share, ...]]

    @property
    def now(self) -> datetime:
        """The moment it was reckoned for."""
        return self.reckoning.now

    def moment(self, seconds: float) -> datetime:
        """Return a moment of the schedule on the clock, to the second."""
        return self.now + timedelta(seconds=round(float(seconds)))


def reckon_situation(
    situation: Situation, compiled: Compiled[UUID], now: datetime, expected: Expected
) -> Reckoned:
    """Reckon a situation at a moment. `compiled` = its network; see `network.network_of`."""
    reckoning = conditions_of(situation, compiled, now, expected)
    schedule = reckon(compiled, reckoning.conditions)
    delays = _delays(situation, schedule, now)
    drivers = drivers_of(compiled, schedule.at, reckoning.said)
    # Events stand in an order in which each follows earlier ones: so do starts.
    places = sorted(range(compiled.activities), key=compiled.start.__getitem__)
    order = [compiled.nodes[place] for place in places]
    return Reckoned(situation, reckoning, schedule, delays, shares_of(order, delays, drivers))


def _delays(situation: Situation, schedule: Schedule[UUID], now: datetime) -> dict[UUID, Delay]:
    compiled = schedule.compiled
    let_go = let_go_of(compiled, schedule.at)
    steps = {step.id: step for step in situation.steps}
    found: dict[UUID, Delay] = {}
    for place, start, end in zip(
        range(compiled.activities), schedule.start.tolist(), schedule.end.tolist(), strict=False
    ):
        step = steps[compiled.nodes[place]]
        freed = let_go.get(step.id)
        course = course_of(
            step,
            now + timedelta(seconds=start),
            now + timedelta(seconds=end),
            None if freed is None else now + timedelta(seconds=freed),
        )
        delay = delay_of(step, course, situation.holds, now)
        if delay:
            found[step.id] = delay
    return found
