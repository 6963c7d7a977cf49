"""Late, critical, at risk: what stands beside the state of a step that is not over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tminus.runbook.domain.now import GRACE_SECONDS

AT_RISK_SHARE = 0.10
"""A step whose float is less than this share of what remains is at risk."""
LEAST_FLOAT = 1.0
"""Seconds of float: what has less has none, for forecasts know whole seconds."""


@dataclass(frozen=True, slots=True)
class Flags:
    """Late = its forecast end is past its planned end; critical = no float; at risk = hardly any, or P80 too late."""

    late: bool
    critical: bool
    at_risk: bool


OVER = Flags(late=False, critical=False, at_risk=False)


def flags_of(
    planned_end: datetime | None,
    end: datetime,
    total_float: float,
    remaining: float,
    p80_end: datetime | None,
    window_end: datetime | None,
) -> Flags:
    """Return the flags of a step that is not over; `remaining` = seconds from now to the finish."""
    late = planned_end is not None and (end - planned_end).total_seconds() > GRACE_SECONDS
    beyond = p80_end is not None and window_end is not None and p80_end > window_end
    return Flags(late, total_float < LEAST_FLOAT, total_float < AT_RISK_SHARE * remaining or beyond)
