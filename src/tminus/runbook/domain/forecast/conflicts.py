"""What cannot be as it was said: a fixed start that comes too early, blackouts that leave no time to work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tminus.kernel.instants import instant, wall_time_by_day
from tminus.runbook.domain.forecast.course import Reckoned
from tminus.runbook.domain.forecast.drivers import drivers_of
from tminus.runbook.domain.forecast.situation import Basis, Situation, Standing
from tminus.runbook.domain.now import GRACE_SECONDS
from tminus.runbook.domain.state import UNSTARTED


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two things that were said and cannot both be, as a sentence and as facts for who writes another.

    `step_code` = whose, if it is a step's, which is to start at `wanted` and can at `possible`, held by `before` last;
    else blackouts cover all from `wanted` to `possible`.
    """

    code: str
    step_code: str | None
    sentence: str
    wanted: datetime
    possible: datetime
    before: Standing | None = None


def conflicts_of(reckoned: Reckoned) -> list[Conflict]:
    """Return the conflicts of an iteration that is not over, top to bottom."""
    if reckoned.situation.basis is Basis.OVER:
        return []
    return [*_no_time(reckoned.situation, reckoned.now), *_fixed_starts(reckoned)]


def _no_time(situation: Situation, now: datetime) -> list[Conflict]:
    start, end = situation.planned_start, situation.terms.window_end
    if end is None or not _covered(situation, start, end):
        return []
    zone = situation.zone
    span = f"from {wall_time_by_day(start, zone, now)} to {wall_time_by_day(end, zone, now)}"
    told = f"Blackouts cover the whole window {span}: nothing can run in it."
    return [Conflict("no_working_time", None, told, start, end)]


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
        found.append(_missed(step, before, start, reckoned))
    return found


def _missed(step: Standing, before: Standing | None, start: datetime, reckoned: Reckoned) -> Conflict:
    assert step.fixed_start is not None  # noqa: S101 - asked before
    zone, now = reckoned.situation.zone, reckoned.now
    why = f" what it waits for, {before.code} “{before.name}” last," if before else " it"
    verb = "holds it until" if before else "cannot start before"
    wanted, possible = wall_time_by_day(step.fixed_start, zone, now), wall_time_by_day(start, zone, now)
    told = f"{step.code} is to start at {wanted}, but{why} {verb} {possible}."
    return Conflict("fixed_start_missed", step.code, told, step.fixed_start, start, before)


def shown(conflict: Conflict) -> dict[str, str | None]:
    """Return it as the API prints it."""
    before = conflict.before
    return {
        "code": conflict.code,
        "stepCode": conflict.step_code,
        "sentence": conflict.sentence,
        "wanted": instant(conflict.wanted),
        "possible": instant(conflict.possible),
        "beforeCode": before.code if before else None,
        "beforeName": before.name if before else None,
    }
