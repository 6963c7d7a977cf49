"""Reactions of the runbook: what time opens, and the points of the burn-up chart."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.eventlog.consumer import catch_up
from tminus.platform.eventlog.record import Entry
from tminus.runbook.commands.services import Services
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.store.progress import save_points

CONSUMER = "runbook.progress"


async def tick(services: Services) -> int:
    """Open what time opens; returns the number of changes."""
    return await open_due_steps(services)


async def follow_progress(services: Services) -> int:
    """Write a point of the burn-up for every event that moved an iteration's progress."""
    return await catch_up(services.database, CONSUMER, _react)


async def _react(connection: AsyncConnection, entries: Sequence[Entry]) -> None:
    await save_points(connection, [point for entry in entries if (point := _point(entry))])


def _point(entry: Entry) -> dict[str, Any] | None:
    progress = entry.detail.get("progress")
    if entry.iteration_id is None or progress is None:
        return None
    return {
        "iteration_id": entry.iteration_id,
        "seq": entry.seq,
        "at": entry.at,
        "done": progress["done"],
        "total": progress["total"],
        "percent": progress["percent"],
    }
