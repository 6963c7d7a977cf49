"""What cannot be as it was said: a fixed start that comes too early, blackouts that leave no time to work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tminus.kernel.instants import wall_time
from tminus.runbook.domain.forecast.course import Reckoned
from tminus.runbook.domain.forecast.drivers import drivers_of
from tminus.runbook.domain.forecast.situation import Basis, Situation, Standing
from tminus.runbook.domain.now import GRACE_SECONDS
from tminus.runbook.domain.state import UNSTARTED


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two things that were said and cannot both be; `step_code` = whose, if it is a step's."""

    code: str
    step_code: str | None
    sentence: str


def conflicts_of(reckoned: Reckoned) -> list[Conflict]:
    """Return the conflicts of an iteration that is not over, top to bottom."""
    if reckoned.situation.basis is Basis.OVER:
        return []
    return [*_no_time(reckoned.situation), *_fixed_starts(reckoned)]


def _no_time(situation: Situation) -> list[Conflict]:
    end = situation.terms.window_end
    if end is None or not _covered(situation, situation.planned_start, end):
        return []
    zone = situation.zone
    span = f"from {wall_time(situation.planned_start, zone)} to {wall_time(end, zone)}"
    told = f"Blackouts cover the whole window {span}: nothing can run in it."
    return [Conflict("no_working_time", None, told)]


def _covered(situation: Situation, start: datetime, end: datetime) -> bool:
    """Tell whether blackouts leave no moment between two."""
    free = start
    for low, high in sorted(situation.terms.blackouts):
        if low <= free:
            free = max(free, high)
    return free >= end


def _fixed_starts(reckoned: Reckoned) -> list[Conflict]:
    schedule = reckoned.schedule
    steps = {step.id: step for step in reckoned.situation.steps}
    found = []
    drivers = None
    for node, seconds in zip(schedule.compiled.nodes, schedule.start.tolist(), strict=True):
        step = steps.get(node)
        if step is None or step.fixed_start is None or not step.in_scope or step.state not in UNSTARTED:
            continue
        start = reckoned.moment(seconds)
        if (start - max(step.fixed_start, reckoned.now)).total_seconds() <= GRACE_SECONDS:
            continue
        drivers = drivers or drivers_of(schedule.compiled, schedule.at, {})
        driver = drivers.get(node)
        before = steps.get(driver.step) if driver else None
        found.append(_missed(step, before, start, reckoned.situation.zone))
    return found


def _missed(step: Standing, before: Standing | None, start: datetime, zone: str) -> Conflict:
    assert step.fixed_start is not None  # noqa: S101 - asked before
    why = f" what it waits for, {before.code} “{before.name}” last," if before else " it"
    verb = "holds it until" if before else "cannot start before"
    told = f"{step.code} is to start at {wall_time(step.fixed_start, zone)}, but{why} {verb} {wall_time(start, zone)}."
    return Conflict("fixed_start_missed", step.code, told)


def shown(conflict: Conflict) -> dict[str, str | None]:
    """Return it as the API prints it."""
    return {"code": conflict.code, "stepCode": conflict.step_code, "sentence": conflict.sentence}
