"""Iterations as forecasts see them, written in a line a step; minutes count from the planned start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid5

from tminus.kernel.schedule import compile_network
from tminus.runbook.domain.forecast.course import Reckoned, reckon_situation
from tminus.runbook.domain.forecast.network import network_of
from tminus.runbook.domain.forecast.situation import (
    Dependence,
    GroupStanding,
    Hold,
    Situation,
    Standing,
    Terms,
)
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import IterationState, StepState
from tminus.runbook.domain.timing import PlannedLink, PlannedStep, plan_times

T0 = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)
SPACE = UUID("9a3c1f1e-0000-4000-8000-000000000001")
PHASE = uuid5(SPACE, "P")


def key(code: str) -> UUID:
    return uuid5(SPACE, code)


def at(minutes: float) -> datetime:
    return T0 + timedelta(minutes=minutes)


@dataclass(frozen=True)
class Line:
    """A step: so many minutes long, in a chapter, after others (`"A"`, or (`"A"`, kind, lag in minutes))."""

    code: str
    minutes: int
    after: Sequence[str | tuple[str, str, int]] = ()
    chapter: str = "CH"
    team: str = "T"
    more: Mapping[str, object] = field(default_factory=dict)


def situation_of(
    lines: Sequence[Line],
    state: IterationState = IterationState.LIVE,
    *,
    terms: Terms | None = None,
    rollback: Iterable[str] = (),
    undoes: Mapping[str, Iterable[str]] | None = None,
    holds: Sequence[Hold] = (),
) -> Situation:
    """Return the iteration as it stands before anything has happened, planned and frozen from T0 on."""
    asleep = set(rollback)
    links = [
        Dependence(key(one[0]), key(line.code), one[1], one[2] * 60)
        for line in lines
        for one in ((link, "FS", 0) if isinstance(link, str) else link for link in line.after)
    ]
    steps = [_standing(line, dormant=line.chapter in asleep) for line in lines]
    times = plan_times(
        [
            PlannedStep(
                one.id,
                one.chapter_id,
                one.macro_phase_id,
                one.duration_seconds,
                one.dormant,
                True,
                None,
                None,
            )
            for one in steps
        ],
        [PlannedLink(one.predecessor, one.successor, one.kind, one.lag_seconds) for one in links],
        T0,
        "UTC",
    )
    planned = [
        replace(one, planned_start=start, planned_end=end, baseline_start=start, baseline_end=end)
        for one in steps
        for start, end in [times.spans.get(one.id, (None, None))]
    ]
    chapters = [
        GroupStanding(key(code), code, code, PHASE, code in asleep)
        for code in dict.fromkeys(line.chapter for line in lines)
    ]
    return Situation(
        key("iteration"),
        "CUTOVER",
        state,
        "UTC",
        1,
        T0,
        times.end,
        T0 if state is IterationState.LIVE else None,
        None,
        terms or Terms(None, None, 1_800, None),
        planned,
        chapters,
        [GroupStanding(PHASE, "P", "P")],
        links,
        holds,
        {key(code): frozenset(map(key, undone)) for code, undone in (undoes or {}).items()},
    )


def _standing(line: Line, *, dormant: bool) -> Standing:
    standing = Standing(
        key(line.code), line.code, f"Do {line.code}", key(line.chapter), PHASE, key(line.team), Behaviour.WORK, "TRT",
        line.minutes * 60, dormant, True, False, StepState.NOT_READY, None, None, None, None, None, None, None,
        None, None, None, None, None, None, False, False,
    )  # fmt: skip
    return replace(standing, **line.more)  # type: ignore[arg-type]  # members by their names


def with_step(situation: Situation, code: str, **members: object) -> Situation:
    """Return the situation in which one step stands as said."""
    steps = [
        replace(step, **members) if step.code == code else step  # type: ignore[arg-type]  # members by their names
        for step in situation.steps
    ]
    return replace(situation, steps=steps)


def done(situation: Situation, code: str, start: float, end: float, ready: float | None = None) -> Situation:
    """Return the situation in which a step ran from one minute to another."""
    return with_step(
        situation,
        code,
        state=StepState.COMPLETE,
        ready_at=at(start if ready is None else ready),
        begun_at=at(start),
        started_at=at(start),
        work_ended_at=at(end),
        ended_at=at(end),
        since=at(end),
    )


def running(situation: Situation, code: str, start: float, ready: float | None = None) -> Situation:
    """Return the situation in which a step runs since a minute."""
    return with_step(
        situation,
        code,
        state=StepState.IN_PROGRESS,
        ready_at=at(start if ready is None else ready),
        begun_at=at(start),
        started_at=at(start),
        since=at(start),
    )


class AsEstimated:
    """Nothing was learned: a step takes as long as the plan says, and what is overdue may end at any moment."""

    def seconds(self, step: Standing) -> float:
        """Return the frozen duration."""
        return float(step.duration_seconds)

    def left(self, step: Standing, elapsed: float) -> float:
        """Return the rest of the frozen duration; nothing once it is used up."""
        return max(step.duration_seconds - elapsed, 0.0)


def reckoned(situation: Situation, minute: float) -> Reckoned:
    """Return it reckoned at a minute, nothing learned."""
    compiled = compile_network(network_of(situation))
    return reckon_situation(situation, compiled, at(minute), AsEstimated())


def span(found: Reckoned, code: str) -> tuple[float, float]:
    """Return the minutes from which and to which a step runs."""
    place = found.schedule.compiled.nodes.index(key(code))
    start, end = (
        found.moment(seconds) for seconds in (found.schedule.start[place], found.schedule.end[place])
    )
    return (start - T0).total_seconds() / 60, (end - T0).total_seconds() / 60
