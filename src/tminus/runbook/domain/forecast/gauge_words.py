"""The gauge in a sentence, for the API and exports; the page writes its own, in the zone of who looks at it."""

from __future__ import annotations

from datetime import datetime
from math import ceil

from tminus.kernel.durations import format_duration
from tminus.kernel.instants import wall_time_by_day
from tminus.runbook.domain.forecast.course import Reckoned


def forward_words(reckoned: Reckoned, code: str, begun: datetime) -> str:
    """Say that the point of no return has begun."""
    return f"{code} began at {_at(reckoned, begun)}: the point of no return is behind you. There is only forward."


def passed_words(reckoned: Reckoned, window_end: datetime, decided: datetime) -> str:
    """Say that it is too late; `decided` = when the way back would end, decided from now on."""
    deciding = format_duration(reckoned.situation.terms.decision_seconds)
    return (
        f"Too late {_inside(reckoned, window_end)}: {deciding} to decide from now on, and turning back would end at"
        f" {_at(reckoned, decided)}."
    )


def decide_words(
    reckoned: Reckoned, window_end: datetime, latest: datetime, before: str | None, work: int
) -> str:
    """Say by when to decide: by the clock, or before a step begins."""
    when = _at(reckoned, latest)
    by = f"before {before} begins, forecast {when}," if before else f"by {when}"
    deciding = format_duration(reckoned.situation.terms.decision_seconds)
    return (
        f"Decide {by} {_inside(reckoned, window_end)}: turning back takes {_minutes(work)} of work in 95 of 100 cases,"
        f" and deciding {deciding}."
    )


def _inside(reckoned: Reckoned, window_end: datetime) -> str:
    return f"to be back inside the window at {_at(reckoned, window_end)}"


def _at(reckoned: Reckoned, moment: datetime) -> str:
    return wall_time_by_day(moment, reckoned.situation.zone, reckoned.now)


def _minutes(seconds: int) -> str:
    """Print a length to the minute, upwards: no draw knows seconds."""
    return format_duration(ceil(seconds / 60) * 60)
