"""The worker process: sends messages, opens what time opens, follows the log, does jobs.

Any number may run; each part is safe beside its like.
"""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy.exc import SQLAlchemyError

from tminus.audit import jobs as audit_jobs
from tminus.entry.bootstrap import Parts
from tminus.integrations.smtp.transport import SmtpTransport
from tminus.kernel.errors import TminusError
from tminus.platform.eventlog.record import Entry
from tminus.platform.jobs import housekeeping, make_app, rescue
from tminus.platform.outbox.sender import Sender
from tminus.platform.realtime.feed import Feed
from tminus.runbook import jobs as runbook_jobs
from tminus.runbook.commands.forecasting import EACH_SECONDS, REST_SECONDS, Forecaster

log = logging.getLogger(__name__)
TICK_SECONDS = 1.0
RETRY_SECONDS = 2.0
PASSING = (psycopg.Error, SQLAlchemyError, TminusError, OSError)
"""What a worker waits out: the database or the network is away and comes back."""


async def run_worker(parts: Parts) -> None:
    """Work until SIGTERM or SIGINT; what was begun is finished, the rest stays for the next worker."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    tasks: list[asyncio.Task[Any]] = [asyncio.create_task(part) for part in _parts(parts, stop)]
    log.info("the worker runs")
    waiting = [asyncio.create_task(stop.wait()), *tasks]
    done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
    stop.set()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await parts.database.close()
    for task in done:
        task.result()


def _parts(parts: Parts, stop: asyncio.Event) -> list[Coroutine[Any, Any, None]]:
    settings = parts.settings
    transport = SmtpTransport(settings) if settings.smtp_host else None
    sender = Sender(parts.database.url, transport, settings.mail_attempts)
    forecaster = Forecaster(parts.runbook)
    return [
        sender.run(stop),
        _again(lambda: runbook_jobs.tick(parts.runbook)),
        _again(lambda: runbook_jobs.remind(parts.runbook)),
        _again(forecaster.note_running, EACH_SECONDS),
        _forecast(forecaster),
        _follow(parts, forecaster),
        _jobs(parts),
    ]


async def _again(work: Callable[[], Awaitable[object]], seconds: float = TICK_SECONDS) -> None:
    """Do it every so many seconds; a passing fault is waited out."""
    while True:
        try:
            await work()
        except PASSING as error:
            log.warning("a part of the worker waits for the database: %s", type(error).__name__)
        await asyncio.sleep(seconds)


async def _forecast(forecaster: Forecaster) -> None:
    """Renew forecasts whenever something happened, those first that missed something."""
    try:
        await _again(forecaster.round, REST_SECONDS)
    finally:
        forecaster.close()


async def _follow(parts: Parts, forecaster: Forecaster) -> None:
    """Run the consumers of the log whenever there is something new."""
    woken = asyncio.Event()
    woken.set()

    async def wake(stream: UUID, entries: Sequence[Entry]) -> None:
        forecaster.note({entry.iteration_id for entry in entries if entry.iteration_id})
        woken.set()

    feed = asyncio.create_task(Feed(parts.database, wake).run())
    try:
        while True:
            await woken.wait()
            woken.clear()
            await _caught_up(parts, woken)
    finally:
        feed.cancel()


async def _caught_up(parts: Parts, woken: asyncio.Event) -> None:
    try:
        await runbook_jobs.follow_progress(parts.runbook)
    except PASSING as error:
        log.warning("a consumer waits for the database: %s", type(error).__name__)
        await asyncio.sleep(RETRY_SECONDS)
        woken.set()


async def _jobs(parts: Parts) -> None:
    """Run the job queue; it starts anew when the database went away."""
    while True:
        app = make_app(parts.database.url)
        audit_jobs.register(app, parts.database, parts.settings.home)
        rescue.register(app)
        runbook_jobs.register(app, parts.runbook)
        housekeeping.register(app, parts.database)
        try:
            async with app.open_async():
                await app.run_worker_async(install_signal_handlers=False, concurrency=2)
        except PASSING as error:
            log.warning("the job queue waits for the database: %s", type(error).__name__)
        await asyncio.sleep(RETRY_SECONDS)
