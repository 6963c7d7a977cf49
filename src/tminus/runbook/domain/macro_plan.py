"""The macro-plan: an iteration on one page, its macro-phases and chapters with what was planned and what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tminus.runbook.domain.chapters.schedule import Span
from tminus.runbook.domain.rollup import RollupState


class MarkKind(StrEnum):
    """What a mark on a chapter's line stands for."""

    MILESTONE = "milestone"
    GATE = "gate"
    NO_RETURN = "no_return"


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone, a gate or the point of no return: when it is planned, and when it was reached, if it was."""

    kind: MarkKind
    code: str
    name: str
    planned: datetime
    reached: datetime | None


@dataclass(frozen=True, slots=True)
class Part:
    """A macro-phase, or a chapter (`level` 0, 1), with its times and how many of its steps are done.

    `planned` is None of what sleeps and was not typed; `baseline` until the iteration is scheduled.
    """

    level: int
    code: str
    name: str
    dormant: bool
    state: RollupState
    done: int
    total: int
    planned: Span | None
    baseline: Span | None
    begun: datetime | None
    ended: datetime | None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class MacroPlan:
    """An iteration as of event number `seq`, at `made`. `zone` = the clock its times are told by."""

    migration: str
    iteration: str
    plan: str
    state: str
    zone: str
    seq: int
    made: datetime
    planned: Span
    baseline: Span | None
    begun: datetime | None
    ended: datetime | None
    window_start: datetime | None
    window_end: datetime | None
    parts: tuple[Part, ...]

    @property
    def zero(self) -> datetime:
        """T-0: when it was started, else when it is to be."""
        return self.begun or self.planned.start


@dataclass(frozen=True, slots=True)
class Delay:
    """Seconds behind (positive) or ahead; `so_far` = it is not over, so that it may still grow."""

    seconds: int
    so_far: bool


def delay_of(
    planned: Span | None,
    baseline: Span | None,
    begun: datetime | None,
    ended: datetime | None,
    now: datetime,
    *,
    live: bool,
) -> Delay | None:
    """Return how far something is behind its baseline, else behind its plan; None where nothing can be said yet.

    Over: its end against theirs. Running: its start against theirs, or more if it should be over by now. Not begun:
    how long ago it should have begun, once the iteration is `live`; before that, nothing is late.
    """
    against = baseline or planned
    if against is None:
        return None
    if ended:
        return Delay(round((ended - against.end).total_seconds()), so_far=False)
    over = (now - against.end).total_seconds()
    if begun:
        return Delay(round(max((begun - against.start).total_seconds(), over)), so_far=True)
    waited = (now - against.start).total_seconds()
    return Delay(round(waited), so_far=True) if live and waited > 0 else None
