"""The dates of an exported plan: T-0 is a day nobody plans on, and everything lies so long after it."""

from __future__ import annotations

from datetime import datetime, timedelta

from tminus.kernel.network import Cyclic, Link, Span
from tminus.kernel.schedule import Network, schedule
from tminus.runbook.domain.moment import Moment, Offset
from tminus.runbook.domain.plan import Chapter, MacroPhase, Plan, Step
from tminus.runbook.readers.msproject.terms import LAG_UNIT

T_ZERO = datetime(2024, 1, 1)  # noqa: DTZ001  # the format's dates are wall times without a zone
"""What stands for T-0: a plan has no date, and MS Project cannot be without one. A Monday."""


def spans(plan: Plan) -> dict[str, Span]:
    """Return the seconds after T-0 from and to which everything runs, by code; nothing where links run in a circle."""
    chapters = [(chapter, phase) for phase in plan.macro_phases for chapter in phase.chapters]
    inside = {chapter.code: phase.code for chapter, phase in chapters}
    inside |= {step.code: chapter.code for chapter, _ in chapters for step in chapter.steps}
    groups = [*(phase.code for phase in plan.macro_phases), *(chapter.code for chapter, _ in chapters)]
    durations = {step.code: step.duration_seconds for step in plan.steps()}
    known = durations.keys() | set(groups)
    things: list[MacroPhase | Chapter | Step] = [*plan.macro_phases, *plan.chapters(), *plan.steps()]
    links = [
        Link(link.code, thing.code, as_written(link.lag_seconds), link.kind.value)
        for thing in things
        for link in thing.after
        if link.code in known
    ]
    floors = {
        step.code: max(offset_of(step.not_before) or 0, offset_of(step.fixed_start) or 0)
        for step in plan.steps()
    }
    try:
        return schedule(Network(durations, groups, inside, links, floors))
    except Cyclic:
        return {}


def as_written(lag_seconds: int) -> int:
    """Return a lag as the format holds it: whole tenths of minutes."""
    return round(lag_seconds / LAG_UNIT) * LAG_UNIT


def offset_of(moment: Moment | None) -> int | None:
    """Return a moment's seconds after T-0; one by the week's clock has none, as nobody knows T-0's weekday."""
    return moment.seconds if isinstance(moment, Offset) else None


def date_text(seconds: int) -> str:
    """Return so many seconds after T-0 as the format writes a date."""
    return (T_ZERO + timedelta(seconds=seconds)).isoformat(timespec="seconds")


def duration_text(seconds: int) -> str:
    """Return a length of time as the format writes it: `PT8H0M0S`."""
    return f"PT{seconds // 3_600}H{seconds // 60 % 60}M{seconds % 60}S"
