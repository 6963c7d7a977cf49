"""The demo: web, worker, mail catcher and an embedded PostgreSQL as one process tree.

What dies is started again; SIGINT and SIGTERM end all of it, in the order web, worker, database; and when
this process is killed, the others end by themselves (`entry.parent`, and the database's death signal).
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import socket
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import httpx

from tminus.entry.bootstrap import assemble
from tminus.entry.demo.mail_catcher import MailCatcher
from tminus.entry.demo.seed import seed
from tminus.entry.parent import MARK
from tminus.entry.urls import DatabaseUrls, database_urls, embedded_cluster
from tminus.kernel.errors import Refused, Unavailable
from tminus.platform.postgres import Cluster
from tminus.platform.settings import Settings
from tminus.upgrades.chain import upgrade

log = logging.getLogger(__name__)
START_SECONDS = 60
STOP_SECONDS = 15
RESTART_SECONDS = 1.0
GIVE_UP_AFTER = 20
"""Restarts of one process before the demo gives up and says so."""


async def run_demo(settings: Settings) -> None:
    """Run the demo until a signal comes; print where it serves and the sign-in links when it does."""
    _port_is_free(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    # Also where the shell started us in the background, with SIGINT ignored.
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        loop.add_signal_handler(number, stop.set)
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    cluster = None if settings.database_url else embedded_cluster(settings)
    catcher = MailCatcher(settings.home / "mails")
    try:
        if cluster:
            await asyncio.to_thread(cluster.start, settings.pg_port)
            await asyncio.to_thread(cluster.ensure_roles_and_database)
        catcher.start()
        await _serve(settings, cluster, catcher, stop)
    finally:
        catcher.stop()
        if cluster:
            await asyncio.to_thread(cluster.stop)


async def _serve(
    settings: Settings, cluster: Cluster | None, catcher: MailCatcher, stop: asyncio.Event
) -> None:
    urls = database_urls(settings)
    await asyncio.to_thread(upgrade, urls.owner, urls.app_role)
    parts = assemble(settings, urls.app)
    links = await seed(parts)
    await parts.database.close()
    environment = _environment(settings, urls, catcher.port)
    children = [Child("serve", environment), Child("worker", environment)]
    tasks = [asyncio.create_task(child.keep(stop)) for child in children]
    if cluster:
        tasks.append(asyncio.create_task(_keep_database(cluster, stop)))
    try:
        await _until_served(settings, tasks, stop)
        if not stop.is_set():
            _announce(settings, links)
        await asyncio.wait([asyncio.create_task(stop.wait()), *tasks], return_when=asyncio.FIRST_COMPLETED)
    finally:
        stop.set()
        for child in children:
            await child.end()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


@dataclass(slots=True)
class Child:
    """One process of the demo, started again when it dies."""

    name: str
    environment: Mapping[str, str]
    process: asyncio.subprocess.Process | None = None

    async def keep(self, stop: asyncio.Event) -> None:
        """Keep it running until the demo stops; give up, in words, when it dies again and again."""
        for _ in range(GIVE_UP_AFTER):
            self.process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "tminus",
                self.name,
                stdin=asyncio.subprocess.PIPE,
                env=dict(self.environment),
                start_new_session=True,  # Ctrl-C is for this process, which ends the others in order
            )
            code = await self.process.wait()
            if stop.is_set():
                return
            log.warning("%s ended with %s and is started again", self.name, code)
            await asyncio.sleep(RESTART_SECONDS)
        raise Unavailable(
            f"The {self.name} process ended {GIVE_UP_AFTER} times; the demo gives up.", hint="See above."
        )

    async def end(self) -> None:
        """Ask it to end, then insist."""
        if self.process is None or self.process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            self.process.terminate()
        try:
            await asyncio.wait_for(self.process.wait(), STOP_SECONDS)
        except TimeoutError:
            self.process.kill()


async def _keep_database(cluster: Cluster, stop: asyncio.Event) -> None:
    while not stop.is_set():
        process = cluster.process
        if process is None:
            return
        watch = asyncio.create_task(asyncio.to_thread(process.wait))
        await asyncio.wait([watch, asyncio.create_task(stop.wait())], return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            return
        log.warning("PostgreSQL ended and is started again")
        await asyncio.to_thread(cluster.start, None)


def _environment(settings: Settings, urls: DatabaseUrls, smtp_port: int) -> dict[str, str]:
    return {
        **os.environ,
        MARK: "1",
        "TMINUS_DEMO": "true",
        "TMINUS_HOME": str(settings.home),
        "TMINUS_HOST": settings.host,
        "TMINUS_PORT": str(settings.port),
        "TMINUS_DATABASE_URL": urls.app,
        "TMINUS_SMTP_HOST": "127.0.0.1",
        "TMINUS_SMTP_PORT": str(smtp_port),
        "TMINUS_SMTP_TLS": "none",
    }


async def _until_served(settings: Settings, tasks: list[asyncio.Task[None]], stop: asyncio.Event) -> None:
    url = f"http://{settings.host}:{settings.port}/api/health"
    async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
        for _ in range(START_SECONDS * 10):
            if stop.is_set() or any(task.done() for task in tasks):
                return
            with suppress(httpx.HTTPError):
                if (await client.get(url)).status_code == httpx.codes.OK:
                    return
            await asyncio.sleep(0.1)
    raise Unavailable(
        f"No page on port {settings.port} after {START_SECONDS} s.", hint="See the lines above."
    )


def _announce(settings: Settings, links: list[tuple[str, str]]) -> None:
    lines = [f"  {who:<34} {link}" for who, link in links]
    print("\nSign in as (each link works once; a restart prints new ones):", *lines, sep="\n")
    print(
        f"Tminus serves at {settings.base_url} (Ctrl-C ends it; data are kept in {settings.home})", flush=True
    )


def _port_is_free(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise Refused(
                f"Port {settings.port} on {settings.host} is in use; nothing was started.",
                code="port_in_use",
                hint="End what uses it, or choose another: TMINUS_PORT=8001 make demo.",
            ) from error
