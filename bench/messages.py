"""B14: 1,000 messages from queued to handed over; beside it a bare loop that has them in memory.

The peer is aiosmtplib's own `sendmail` over as many connections as ours, each kept open for all of its mails, as
ours are: two sides that open one for each mail would both measure the opening. The peer's mails are made before
its clock starts, and it writes nothing down; ours reads each row, makes the mail, and commits twice for it (before
the server may see it, and what became of it), some messages to a commit.
The aim: what a message costs us beside its SMTP talk is at most twice that talk.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import perf_counter
from uuid import uuid4

import psycopg
from aiosmtplib import SMTP

from bench.product import Product, free_port, peak_mb, quiet
from bench.report import Line, compare
from tminus.integrations.smtp.mime import address, mime_bytes, sender_address
from tminus.integrations.smtp.transport import SmtpTransport
from tminus.kernel.actor import SYSTEM
from tminus.kernel.facts import Fact
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.platform.database import Database
from tminus.platform.outbox.message import Message
from tminus.platform.outbox.ports import Mail
from tminus.platform.outbox.sender import PARALLEL, Sender
from tminus.platform.settings import Settings
from tminus.platform.unit_of_work import unit_of_work

AIM = ("≤", 3.0)
COUNT = 1_000
SECONDS = 120
BODY = "You may begin.\n" + "Stop the jobs of the interface, then wait for the queue to be empty.\n" * 40
_LEFT = "SELECT count(*) FROM outbox WHERE status IN ('queued', 'sending')"
_SENT = "SELECT count(*), count(*) FILTER (WHERE status = 'sent') FROM outbox WHERE subject = %s"


async def run(product: Product, rounds: int) -> list[Line]:
    """Measure `rounds` pairs; return the line."""
    database = Database(product.database_url)
    pairs = []
    with mail_sink() as port:
        settings = Settings(smtp_host="127.0.0.1", smtp_port=port, smtp_tls="none")
        await quiet()
        for n in range(rounds + 1):
            ours = await _ours(database, product, settings, f"B14 {n}")
            theirs = await _peer(settings, f"B14 {n}")
            if n:  # the first pair warms both sides
                pairs.append((ours * 1000, theirs * 1000))
    await database.close()
    memory = f"both in one process {peak_mb(os.getpid()):.0f} MB"
    return [compare("B14", f"{COUNT:,} messages, {PARALLEL} at once", "ms", pairs, AIM, memory)]


@contextmanager
def mail_sink() -> Iterator[int]:
    """Run an SMTP server that takes everything, in a process of its own."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "aiosmtpd",
        "-n",
        "-c",
        "aiosmtpd.handlers.Sink",
        "-l",
        f"127.0.0.1:{port}",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError("the mail server did not start")
            time.sleep(0.05)
        yield port
    finally:
        process.terminate()
        process.wait(10)


async def _ours(database: Database, product: Product, settings: Settings, subject: str) -> float:
    """A sender as the worker runs it, from the commit that queued them to the last row that is settled."""
    async with unit_of_work(database, SYSTEM_STREAM, SYSTEM) as tx:
        tx.record(Fact("bench.told", "A thousand were told"))
        for n in range(COUNT):
            tx.send(Message(SYSTEM_STREAM, f"team{n}@erp.example", subject, BODY))
    stop = asyncio.Event()
    sender = Sender(product.database_url, SmtpTransport(settings), 3)
    begun = perf_counter()
    running = asyncio.create_task(sender.run(stop))
    async with await psycopg.AsyncConnection.connect(product.database_url, autocommit=True) as connection:
        async with asyncio.timeout(SECONDS):
            while (await (await connection.execute(_LEFT)).fetchone()) != (0,):
                await connection.execute("SELECT pg_sleep(0.02)")
        took = perf_counter() - begun
        assert await (await connection.execute(_SENT, [subject])).fetchone() == (COUNT, COUNT)
    stop.set()
    await running
    return took


async def _peer(settings: Settings, subject: str) -> float:
    """The same mails from memory, over connections that are kept open."""
    mails = _mails(subject)
    begun = perf_counter()
    shares = [mails[n::PARALLEL] for n in range(PARALLEL)]
    taken = await asyncio.gather(*(_share(settings, share) for share in shares))
    took = perf_counter() - begun
    assert sum(taken) == COUNT
    return took


async def _share(settings: Settings, mails: list[tuple[str, bytes]]) -> int:
    async with SMTP(hostname=settings.smtp_host, port=settings.smtp_port, start_tls=False) as client:
        for recipient, content in mails:
            refused, _ = await client.sendmail("tminus@localhost", [recipient], content)
            assert not refused
    return len(mails)


def _mails(subject: str) -> list[tuple[str, bytes]]:
    """The same bytes as ours, but for their Message-IDs."""
    sender, now = sender_address("Tminus <tminus@localhost>"), datetime.now(UTC)
    found = []
    for n in range(COUNT):
        recipient = f"team{n}@erp.example"
        mail = Mail(uuid4(), recipient, subject, BODY, None, f"<{uuid4()}@tminus>", 1, now)
        found.append((recipient, mime_bytes(mail, sender, address(recipient))))
    return found
