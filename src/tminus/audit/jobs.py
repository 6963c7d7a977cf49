"""Jobs of the audit: an anchor when an iteration moves, and of all streams once a day."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from procrastinate import App, RetryStrategy

from tminus.audit.commands import write_anchor
from tminus.platform.database import Database

WRITE_ANCHOR = "audit.write_anchor"
DAILY = "5 0 * * *"
"""Five past midnight, UTC: the first line of each day's file is how the day before ended."""
RETRY = RetryStrategy(max_attempts=10, wait=10, exponential_wait=2)


def register(app: App, database: Database, home: Path) -> None:
    """Give the worker's queue the audit's jobs; anchors go below `home`."""

    @app.task(name=WRITE_ANCHOR, retry=RETRY)
    async def _write(stream: str | None = None) -> None:
        await write_anchor(database, home, UUID(stream) if stream else None)

    @app.periodic(cron=DAILY)
    @app.task(name="audit.write_daily_anchors", retry=RETRY)
    async def _write_daily(timestamp: int) -> None:
        await write_anchor(database, home)
