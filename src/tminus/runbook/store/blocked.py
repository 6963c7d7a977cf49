"""When steps were blocked, as the log tells: from one event of a step until the next that ends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import whole_second
from tminus.platform.swift import many_rows
from tminus.runbook.domain.forecast.situation import Hold

_STOPS = b"""
SELECT type, step_id, at FROM event_log
WHERE iteration_id = ANY(%(iterations)s)
AND type IN ('step.blocked', 'step.unblocked', 'step.failed', 'step.skipped', 'step.cancelled')
ORDER BY iteration_id, seq
"""


class Event(Protocol):
    """A row of the log."""

    type: str
    step_id: UUID
    at: Any


async def blocked_in(connection: AsyncConnection, iterations: Sequence[UUID]) -> dict[UUID, list[Hold]]:
    """Return by step when it was blocked, in any of these iterations."""
    if not iterations:
        return {}
    return blocked_spans(await many_rows(connection, _STOPS, {"iterations": list(iterations)}))


def blocked_spans(events: Iterable[Event]) -> dict[UUID, list[Hold]]:
    """Return by step when it was blocked, from its events in their order; others are passed over."""
    found: dict[UUID, list[Event]] = {}
    for event in events:
        if event.type.startswith("step."):
            found.setdefault(event.step_id, []).append(event)
    return {step: spans for step, own in found.items() if (spans := spans_between(own, "step.blocked"))}


def spans_between(events: Iterable[Event], begins: str) -> list[Hold]:
    """Return the spans that begin with an event of a type and end with the next; the last may go on still."""
    spans: list[Hold] = []
    for event in events:
        if spans and spans[-1].end is None:
            spans[-1] = Hold(spans[-1].start, whole_second(event.at))
        if event.type == begins:
            spans.append(Hold(whole_second(event.at), None))
    return spans
