"""What has expired is removed: sessions, sign-in links, counts of attempts, idempotency keys, finished jobs."""

from __future__ import annotations

from procrastinate import App
from sqlalchemy import text

from tminus.platform.database import Database

HOURLY = "17 * * * *"
FINISHED_JOB_HOURS = 72

# Doors go by wall time; an idempotency key was stamped by Tminus's clock, which may be moved.
_PURGES = tuple(
    text(statement)
    for statement in (
        "DELETE FROM sessions WHERE expires_at < clock_timestamp()",
        "DELETE FROM sign_in_links WHERE expires_at < clock_timestamp()",
        "DELETE FROM sign_in_attempts WHERE window_start < clock_timestamp() - interval '48 hours'",
        """
        DELETE FROM idempotency_keys USING server_clock
        WHERE at < coalesce(frozen_at, clock_timestamp() + shift) - interval '48 hours'
        """,
    )
)


async def purge(database: Database) -> int:
    """Remove what has expired; return how many rows. Safe to repeat."""
    removed = 0
    async with database.engine.begin() as connection:
        for statement in _PURGES:
            removed += (await connection.execute(statement)).rowcount
    return removed


def register(app: App, database: Database) -> None:
    """Give the worker's queue its housekeeping, once an hour."""

    @app.periodic(cron=HOURLY)
    @app.task(name="platform.housekeeping")
    async def _purge(timestamp: int) -> None:
        await purge(database)
        await app.job_manager.delete_old_jobs(nb_hours=FINISHED_JOB_HOURS, include_failed=True)
