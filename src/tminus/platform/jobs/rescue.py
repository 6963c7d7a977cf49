"""Jobs of a worker that died are done again: at least once, so every job can run twice."""

from __future__ import annotations

import logging

from procrastinate import App

log = logging.getLogger(__name__)

SILENT_SECONDS = 30.0
"""A worker that gave no sign for so long is dead; the workers' own heartbeat is 10 s."""
EVERY_MINUTE = "* * * * *"


async def rescue(app: App, silent_seconds: float = SILENT_SECONDS) -> int:
    """Queue again what dead workers had begun; return how many jobs."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    for job in stalled:
        log.warning("job %s (%s) of a dead worker is queued again", job.id, job.task_name)
        await app.job_manager.retry_job(job)
    return len(stalled)


def register(app: App) -> None:
    """Give the worker's queue its rescue, once a minute."""

    @app.periodic(cron=EVERY_MINUTE)
    @app.task(name="jobs.rescue", pass_context=False)
    async def _rescue(timestamp: int) -> None:
        await rescue(app)
