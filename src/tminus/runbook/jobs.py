"""Reactions of the runbook: what time opens, and the points of the burn-up chart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from procrastinate import App
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.eventlog.consumer import catch_up
from tminus.platform.eventlog.record import Entry
from tminus.runbook.commands.decision_deadlines import remind_before_deadlines
from tminus.runbook.commands.evidence_sweep import sweep_orphans
from tminus.runbook.commands.imports.later import JOB, take_up_abandoned, work_as_asked
from tminus.runbook.commands.reminders import tell_in_time
from tminus.runbook.commands.services import Services
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.store.progress import save_points

CONSUMER = "runbook.progress"
DAILY = "47 4 * * *"
EACH_MINUTE = "* * * * *"
ORPHANED_AFTER = timedelta(days=1)
"""A file that nothing names by then belongs to a request that was cut off."""


async def tick(services: Services) -> int:
    """Open what time opens; returns the number of changes."""
    return await open_due_steps(services)


async def remind(services: Services) -> int:
    """Tell what time makes worth telling; returns of how many steps and decisions."""
    return await tell_in_time(services) + await remind_before_deadlines(services)


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


def register(app: App, services: Services) -> None:
    """Give the worker's queue the runbook's jobs: imports, and housekeeping once a day."""

    @app.task(name=JOB)
    async def _import(batch_id: str) -> None:
        await work_as_asked(services, UUID(batch_id))

    @app.periodic(cron=EACH_MINUTE)
    @app.task(name="runbook.take_up_imports")
    async def _take_up(timestamp: int) -> None:
        await take_up_abandoned(services)

    @app.periodic(cron=DAILY)
    @app.task(name="runbook.sweep_files")
    async def _sweep(timestamp: int) -> None:
        await sweep_orphans(services, datetime.now(UTC) - ORPHANED_AFTER)
