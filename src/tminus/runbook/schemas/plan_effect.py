"""Shapes of what a version changes of when everything is over."""

from __future__ import annotations

from tminus.runbook.schemas.shape import Shape


class PlanLength(Shape):
    """Seconds from T-0 to the last end with every step in scope, how many steps, and how many are in the longest chain.

    Rollback chapters and weekday times are left out.
    """

    duration_seconds: int
    steps: int
    critical_steps: int


class PlanEffect(Shape):
    """Two versions' lengths, null where links run in a circle; `joined`, `left` = the first steps that come onto the
    longest chain, or leave it.
    """

    before: PlanLength | None
    after: PlanLength | None
    joined: list[str]
    left: list[str]
