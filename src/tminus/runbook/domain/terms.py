"""The terms an iteration is carried out under: its window, who decides to turn back and how long that takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from tminus.kernel.errors import Invalid
from tminus.kernel.instants import instant
from tminus.runbook.domain.state import IterationState

DECISION_SECONDS = 1_800
"""Seconds that deciding to turn back takes, where nobody has said otherwise."""
OVER = frozenset(
    {IterationState.COMPLETE, IterationState.BACKED_OUT, IterationState.CLOSED, IterationState.ABANDONED}
)
"""States in which what was agreed on stays."""
TOLD_AFTERWARDS = OVER - {IterationState.ABANDONED}
"""Those of them in which it can still be said how much data was moved: that is what happened, and no agreement."""
MOST_BLACKOUTS = 50
LONGEST_BLACKOUT = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Blackout:
    """A span in which nobody works, and why: forecasts let work pause there, and nothing is locked by it."""

    start: datetime
    end: datetime
    reason: str = ""

    def shown(self) -> dict[str, Any]:
        """Print it for programs; what is kept is this."""
        return {"start": instant(self.start), "end": instant(self.end), "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides whether to turn back."""

    id: UUID
    name: str

    def shown(self) -> dict[str, Any]:
        """Print it for programs."""
        return {"id": str(self.id), "name": self.name}


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed on for an iteration.

    `data_volume` = size of the data it moves, in the unit the team uses: durations learned from other iterations
    are scaled by it. `decision_seconds` = how long the decider needs. `blackouts` do not overlap, and are in order.
    """

    window_start: datetime | None = None
    window_end: datetime | None = None
    data_volume: float | None = None
    decider: Decider | None = None
    decision_seconds: int = DECISION_SECONDS
    blackouts: tuple[Blackout, ...] = ()

    def shown(self) -> dict[str, Any]:
        """Print them for programs, as the iteration's screen has them."""
        return {
            "windowStart": instant(self.window_start) if self.window_start else None,
            "windowEnd": instant(self.window_end) if self.window_end else None,
            "dataVolume": self.data_volume,
            "decider": self.decider.shown() if self.decider else None,
            "decisionSeconds": self.decision_seconds,
            "blackouts": [one.shown() for one in self.blackouts],
        }


def settled(terms: Terms, planned_start: datetime, zone: str) -> Terms:
    """Return the terms with their blackouts merged and in order; raise `Invalid` where they make no sense.

    Times in sentences are the migration's (`zone`).
    """
    check_window(terms.window_start, terms.window_end, planned_start, zone)
    for one in terms.blackouts:
        _check_blackout(one, zone)
    blackouts = merged(terms.blackouts)
    if len(blackouts) > MOST_BLACKOUTS:
        raise _refusal(
            f"There are {len(blackouts)} blackouts; the most is {MOST_BLACKOUTS}.", "", field="blackouts"
        )
    _check_room(terms, blackouts, planned_start)
    return replace(terms, blackouts=blackouts)


def check_window(start: datetime | None, end: datetime | None, planned_start: datetime, zone: str) -> None:
    """Raise `Invalid` where a window would be over before it, or the iteration, begins."""
    if end is None:
        return
    if start is not None and end <= start:
        raise _refusal(
            f"The window would end at {_clock(end, zone)}, and begin at {_clock(start, zone)}.",
            "Say a later end, or an earlier start.",
            field="windowEnd",
        )
    if end <= planned_start:
        raise _refusal(
            f"The window would end at {_clock(end, zone)}, and the iteration begins at"
            f" {_clock(planned_start, zone)}.",
            "Say a later end, or none.",
            field="windowEnd",
        )


def merged(blackouts: Iterable[Blackout]) -> tuple[Blackout, ...]:
    """Return the same spans in order, those that overlap as one; it keeps the reasons of them all."""
    found: list[Blackout] = []
    for one in sorted(blackouts, key=lambda each: (each.start, each.end)):
        last = found[-1] if found else None
        if last is None or one.start >= last.end:
            found.append(one)
        else:
            reasons = dict.fromkeys(reason for reason in (last.reason, one.reason) if reason)
            found[-1] = Blackout(last.start, max(last.end, one.end), "; ".join(reasons))
    return tuple(found)


def _check_blackout(one: Blackout, zone: str) -> None:
    if one.end <= one.start:
        raise _refusal(
            f"A blackout would end at {_clock(one.end, zone)}, and begin at {_clock(one.start, zone)}.",
            "Say a later end, or an earlier start.",
            field="blackouts",
        )
    if one.end - one.start > LONGEST_BLACKOUT:
        raise _refusal(
            f"The blackout from {_clock(one.start, zone)} on would last longer than {LONGEST_BLACKOUT.days} days.",
            "Check its dates.",
            field="blackouts",
        )


def _check_room(terms: Terms, blackouts: Sequence[Blackout], planned_start: datetime) -> None:
    """Raise `Invalid` where blackouts, in order, leave nothing of the window; touching ones leave nothing between."""
    start, end = terms.window_start or planned_start, terms.window_end
    if end is None:
        return
    free = start
    for one in blackouts:
        if one.start <= free < one.end:
            free = one.end
    if free >= end:
        raise _refusal(
            "Blackouts would cover the whole window: nothing could ever be done in it.",
            "Check the dates of both.",
            field="blackouts",
        )


def _refusal(said: str, hint: str, *, field: str) -> Invalid:
    return Invalid(f"{said} Nothing was changed.", hint=hint, field=field)


def _clock(at: datetime, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M on %d %b %Y")
