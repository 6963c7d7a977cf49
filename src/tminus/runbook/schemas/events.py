"""Shapes of live events, and of a page of them for who asks for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.runbook.schemas.shape import Shape


class LiveEvent(Shape):
    """One entry of the log as screens apply it; `prev` is the number before it in the same iteration."""

    seq: int
    prev: int
    at: datetime
    type: str
    actor: str
    iteration_id: UUID | None
    step_id: UUID | None
    step_code: str | None
    sentence: str
    changes: dict[str, Any]
    reload: bool


class EventPage(Shape):
    """The next events after a number; `head` is the iteration's newest, `next` where to read on."""

    items: list[LiveEvent]
    head: int
    next: int | None
