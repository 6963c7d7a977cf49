"""The product as it runs: a web process and a worker of their own, on the test's database, with a real mail server."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.conftest import TestDatabase
from tminus.platform.auth import links
from tminus.platform.database import Database

START_SECONDS = 60


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Mailbox:
    """A real SMTP server that keeps what it takes."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self._controller = Controller(self, hostname="127.0.0.1", port=free_port())

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - the server's name
        """Take a mail."""
        content: Any = envelope.content
        mail = message_from_bytes(content)
        mail["X-Rcpt"] = ", ".join(envelope.rcpt_tos)
        self.mails.append(mail)
        return "250 taken"

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._controller.port)

    def __enter__(self) -> Mailbox:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()


@dataclass(slots=True)
class Process:
    """One process of the product, with its log in a file."""

    name: str
    environment: dict[str, str]
    log: Path
    popen: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it (again)."""
        with self.log.open("ab") as log:
            self.popen = subprocess.Popen(
                [sys.executable, "-m", "tminus", self.name],
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """End it at once, as a crash would."""
        assert self.popen is not None
        self.popen.kill()
        self.popen.wait()

    def stop(self) -> None:
        """End it in order; what does not end is killed, and that is an error."""
        if self.popen is None or self.popen.poll() is not None:
            return
        self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(15)
        except subprocess.TimeoutExpired:
            self.popen.kill()
            self.popen.wait()
            raise AssertionError(f"{self.name} did not end:\n{self.log.read_text()[-3000:]}") from None


@dataclass(slots=True)
class Stack:
    """A web process, a worker and a mailbox on one database."""

    base_url: str
    web: Process
    worker: Process
    mailbox: Mailbox
    home: Path
    others: list[Process] = field(default_factory=list)

    def wait_served(self, base_url: str | None = None) -> None:
        """Wait until the web process answers."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(f"{base_url or self.base_url}/api/health", timeout=2).status_code == 200:
                    return
            assert self.web.popen is not None
            assert self.web.popen.poll() is None, self.web.log.read_text()[-3000:]
            time.sleep(0.05)
        raise AssertionError(f"not served:\n{self.web.log.read_text()[-3000:]}")

    def second_web(self) -> str:
        """Start another web process on the same database and return its address."""
        port = free_port()
        environment = self.web.environment | {"TMINUS_PORT": str(port)}
        other = Process("serve", environment, self.home / f"web-{port}.log")
        other.start()
        self.others.append(other)
        url = f"http://127.0.0.1:{port}"
        self.wait_served(url)
        return url


def environment_of(db: TestDatabase, home: Path, mail_port: int, port: int) -> dict[str, str]:
    """Return the environment of a process of the product."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TMINUS_")}
    return kept | {
        "TMINUS_HOME": str(home),
        "TMINUS_DATABASE_URL": db.app_url,
        "TMINUS_OWNER_URL": db.owner_url,
        "TMINUS_PORT": str(port),
        "TMINUS_SMTP_HOST": "127.0.0.1",
        "TMINUS_SMTP_PORT": str(mail_port),
        "TMINUS_SMTP_TLS": "none",
    }


@contextlib.contextmanager
def running(db: TestDatabase, home: Path, *, worker: bool = True) -> Iterator[Stack]:
    """Run the product on a database; everything it started is ended afterwards."""
    with Mailbox() as mailbox:
        port = free_port()
        environment = environment_of(db, home, mailbox.port, port)
        web = Process("serve", environment, home / "web.log")
        work = Process("worker", environment, home / "worker.log")
        stack = Stack(f"http://127.0.0.1:{port}", web, work, mailbox, home)
        try:
            web.start()
            if worker:
                work.start()
            stack.wait_served()
            yield stack
        finally:
            for process in (*stack.others, web, work):
                process.stop()


async def sign_in_secret(database: Database, user_id: UUID) -> str:
    """Make a one-time link for somebody and return its secret."""
    async with database.engine.begin() as connection:
        return await links.create(connection, user_id, timedelta(minutes=5))


async def signed_in(base_url: str, secret: str) -> httpx.AsyncClient:
    """Return a client with a session, as the page has one."""
    headers = {"X-Tminus-Client": "page", "Origin": base_url}
    client = httpx.AsyncClient(base_url=f"{base_url}/api/v1", headers=headers, timeout=30)
    answer = await client.post("/sign-in", json={"token": secret})
    assert answer.status_code == 200, answer.text
    return client


async def eventually(check: Any, seconds: float = 10.0) -> Any:
    """Ask again and again until the answer is true; return it, or fail."""
    deadline = time.monotonic() + seconds
    while True:
        answer = await check() if asyncio.iscoroutinefunction(check) else check()
        if answer:
            return answer
        assert time.monotonic() < deadline, "it did not come about"
        await asyncio.sleep(0.02)
