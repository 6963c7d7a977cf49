"""What if: what is supposed, and what that would do to the finish and the chance."""

from __future__ import annotations

from datetime import datetime

from pydantic import AwareDatetime, Field

from tminus.runbook.domain.forecast.supposing import LONGEST_MINUTES, SHARED_FACTOR, Supposing
from tminus.runbook.schemas.shape import Shape


class SuppositionRequest(Shape):
    """One thing to suppose. `minutes` of *late*, `factor` of *share*, `window_end` of *window*."""

    what: Supposing
    step_code: str | None = Field(default=None, max_length=60)
    minutes: int = Field(default=0, ge=0, le=LONGEST_MINUTES)
    factor: float = Field(default=SHARED_FACTOR, gt=0, le=1)
    window_end: AwareDatetime | None = None


class WhatIfRequest(Shape):
    """All that is supposed together."""

    suppositions: list[SuppositionRequest] = Field(min_length=1, max_length=10)


class Outlook(Shape):
    """What is to be expected; null where it is not evaluated."""

    finish: datetime | None
    p50: datetime | None
    p80: datetime | None
    p95: datetime | None
    chance: float | None
    last_safe_decision: datetime | None
    critical_path: list[str]


class RealAction(Shape):
    """How a supposition is made real: a button of the step, or the iteration's terms; null where there is none."""

    supposition: int
    action: str
    step_code: str | None


class WhatIf(Shape):
    """Today's outlook beside the supposed one, of the same draws; nothing was changed."""

    seq: int
    now: datetime
    supposed: list[str]
    today: Outlook
    then: Outlook
    actions: list[RealAction]
