"""The macro-plan: an iteration on one page, its macro-phases and chapters with what was planned and what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from tminus.runbook.domain.chapters.schedule import Span
from tminus.runbook.domain.now import GRACE_SECONDS
from tminus.runbook.domain.rollup import RollupState


class MarkKind(StrEnum):
    """What a mark on a chapter's line stands for."""

    MILESTONE = "milestone"
    GATE = "gate"
    NO_RETURN = "no_return"


@dataclass(frozen=True, slots=True)
class Mark:
    """A milestone, a gate or the point of no return: when it is planned, and when it was reached, if it was.

    `gone` = it was skipped or cancelled, and is waited for no more.
    """

    kind: MarkKind
    code: str
    name: str
    planned: datetime
    reached: datetime | None
    gone: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A macro-phase, or a chapter (`level` 0, 1), with its times and how many of its steps are done.

    `planned` is None of what sleeps and was not typed; `baseline` until the iteration is scheduled. `forecast` = what
    is not over, as the forecast has it, and `delay` its signed seconds against the baseline.
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
    forecast: Span | None = None
    delay: int | None = None


class Back(StrEnum):
    """How it stands to turning back."""

    CAN = "can"
    PASSED = "passed"
    FORWARD_ONLY = "forward_only"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What the forecast made at `made` says of what is not over; None = it could not be reckoned, or is not asked.

    `delay` in signed seconds against the baseline. `chance` to finish inside the window, 0 to 1. `way_back` = it is
    turned back: the finish is that of the way back. `last_safe` = of the decision to turn back, while that can be
    said; `before` = the step whose begin ends the time for it, `no_return` = the step that ended it.
    """

    made: datetime
    finish: datetime | None
    delay: int | None
    chance: float | None
    way_back: bool = False
    back: Back = Back.NOT_KNOWN
    last_safe: datetime | None = None
    decider: str | None = None
    before: str | None = None
    no_return: str | None = None


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
    outlook: Outlook | None = None

    @property
    def zero(self) -> datetime:
        """T-0: when it was started, else when it is to be."""
        return self.begun or self.planned.start


_SETTLED = (RollupState.COMPLETE, RollupState.CANCELLED, RollupState.DORMANT)


def is_overdue(plan: MacroPlan, part: Part) -> bool:
    """Tell whether a part should have begun by its plan when this was made, and had not."""
    if plan.ended or part.dormant or part.begun or part.planned is None or part.state in _SETTLED:
        return False
    return _passed(plan, part.planned.start)


def overdue_parts(plan: MacroPlan) -> Sequence[Part]:
    """Return the chapters that should have begun, in the order in which they should."""
    found = [
        (one.planned.start, one) for one in plan.parts if one.level and one.planned and is_overdue(plan, one)
    ]
    return [one for _, one in sorted(found, key=lambda each: each[0])]


def overdue_marks(plan: MacroPlan) -> Sequence[Mark]:
    """Return the marks that should have been reached, and were not, in the order in which they should."""
    marks = [mark for part in plan.parts if part.level and not part.dormant for mark in part.marks]
    missed = [one for one in marks if not one.reached and not one.gone and _passed(plan, one.planned)]
    return [] if plan.ended else sorted(missed, key=lambda one: one.planned)


def _passed(plan: MacroPlan, at: datetime) -> bool:
    return plan.made - at > timedelta(seconds=GRACE_SECONDS)


@dataclass(frozen=True, slots=True)
class Delay:
    """Seconds behind (positive) or ahead; `so_far` = it is not over, so that it may still grow.

    `forecast` = it is not over, and this is what the forecast expects of its end.
    """

    seconds: int
    so_far: bool
    forecast: bool = False


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
