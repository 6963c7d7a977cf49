"""The sender: takes queued messages, a few at once, and writes what became of each.

    claim (committed) → send, outside any transaction → settle (committed, with the next claims)

No more is claimed than is begun at once: what is claimed when a sender dies is all that turns uncertain.

At least once, and never twice unless a send was cut off: a row is claimed before it is sent, and a row whose
claimer died is *uncertain*, not queued. Any number of senders may run on one database.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from functools import partial
from uuid import UUID

import psycopg

from tminus.platform.eventlog.store import CHANNEL
from tminus.platform.outbox import store
from tminus.platform.outbox.after import Written, written_of
from tminus.platform.outbox.desk import Desk, connect
from tminus.platform.outbox.ports import Delivery, Mail, Outcome, Transport
from tminus.platform.outbox.store import Connection

log = logging.getLogger(__name__)

PARALLEL = 8
"""So many messages are sent at once: no more turn uncertain when a sender is killed."""
GROUP = PARALLEL // 2
"""So many outcomes are written, and as many messages claimed, while the others are on their way."""
GATHER_SECONDS = 0.005
"""So long the first outcome of a group waits for the others."""
LOOK_ANYWAY_SECONDS = 10.0
"""So often it looks without being woken: a sender that was killed wakes nobody."""
LOOK_FOR_DEAD_SECONDS = 0.25
"""While it is busy, it looks so often for what senders that died had begun."""
SHORTEST_WAIT_SECONDS = 0.05
RETRY_SECONDS = (1.0, 2.0, 4.0, 8.0)
"""Waits between tries to reach the database again; the last one repeats."""
LAST_WORDS_SECONDS = 10.0
"""How long a stopping sender waits for the sends it has begun."""


class Sender:
    """One sender. Without a transport nothing is sent: messages stay queued, and the log says so once."""

    def __init__(self, database_url: str, transport: Transport | None, attempts: int) -> None:
        self._url = database_url
        self._transport = transport
        self._attempts = attempts
        self._desk = Desk(database_url, self._take_back)
        self._wake = asyncio.Event()
        self._running: dict[asyncio.Task[None], UUID] = {}
        self._outcomes: list[tuple[Mail, Written]] = []
        """What became of messages, known here alone until it is written."""
        self._looked = -LOOK_FOR_DEAD_SECONDS

    async def run(self, stop: asyncio.Event) -> None:
        """Send until `stop` is set, then finish what was begun. Survives the database going away."""
        if self._transport is None:
            log.warning("No mail server is set (TMINUS_SMTP_HOST): messages stay queued.")
        helpers = [asyncio.create_task(self._listen()), asyncio.create_task(self._forward(stop))]
        try:
            await self._work(stop)
        finally:
            # Also when it is cancelled: a send that is cut off is a message nobody can be sure of.
            await self._finish()
            await _end(*helpers, *self._running)
            if self._transport is not None:
                self._transport.close()
            await self._desk.close()

    async def _work(self, stop: asyncio.Event) -> None:
        tries = 0
        while not stop.is_set():
            self._wake.clear()
            try:
                wait = await self._round(stop)
                tries = 0
            except (psycopg.Error, OSError) as error:
                wait = _retry(tries)
                tries += 1
                log.warning("the sender lost the database and tries again in %g s: %s", wait, _name(error))
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)
                continue
            with suppress(TimeoutError):
                await asyncio.wait_for(self._wake.wait(), wait)

    async def _round(self, stop: asyncio.Event) -> float:
        """Write what became of messages and claim what is due; return how long nothing has to be done."""
        await self._look_for_dead()
        if self._transport is None:
            return LOOK_ANYWAY_SECONDS
        places = 0 if stop.is_set() else PARALLEL - len(self._running)
        if not places and not self._outcomes:
            return LOOK_ANYWAY_SECONDS
        mails = await self._desk.do(partial(self._write_and_claim, places))
        for mail in mails:
            task = asyncio.create_task(self._deliver(self._transport, mail))
            self._running[task] = mail.id
            task.add_done_callback(self._ended)
        if len(mails) >= places:
            return LOOK_ANYWAY_SECONDS  # whichever ends first wakes it
        return _bounded(await self._desk.do(lambda connection, _: store.seconds_to_next(connection)))

    async def _look_for_dead(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._looked < LOOK_FOR_DEAD_SECONDS:
            return
        cut_off = await self._desk.do(lambda connection, _: store.mark_cut_off(connection))
        self._looked = now
        if cut_off:
            log.warning("%d message(s) of a sender that ended in mid-send are uncertain now", cut_off)

    async def _write_and_claim(self, places: int, connection: Connection, number: str) -> list[Mail]:
        """Write all outcomes and claim up to `places` rows: one wait for the disk for all of them."""
        outcomes = list(self._outcomes)
        mails = await store.settle_and_claim(connection, number, outcomes, places)
        # Only now is it kept; after a failure it is written again, which changes nothing where it was kept.
        del self._outcomes[: len(outcomes)]
        for mail, written in outcomes:
            log.info("message %s, attempt %d: %s", mail.id, mail.attempt, written.status)
        return mails

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Wake the next round; not for one outcome alone while others will be there in a moment."""
        self._running.pop(task, None)
        if len(self._outcomes) >= GROUP or not self._running:
            self._wake.set()
        else:
            asyncio.get_running_loop().call_later(GATHER_SECONDS, self._wake.set)

    async def _deliver(self, transport: Transport, mail: Mail) -> None:
        try:
            delivery = await transport.send(mail)
        except Exception:
            # A fault of ours: nobody can say how far it came, so that is what is written.
            log.exception("sending message %s broke off", mail.id)
            delivery = Delivery(Outcome.UNCERTAIN, "Sending it broke off by a fault in Tminus; see the log.")
        self._outcomes.append((mail, written_of(delivery, mail.attempt, self._attempts)))

    async def _take_back(self, connection: Connection, number: str) -> None:
        in_hand = [*self._running.values(), *(mail.id for mail, _ in self._outcomes)]
        await store.take_back(connection, number, in_hand)

    async def _finish(self) -> None:
        """Wait for what was begun, and write it, however long the database is away within that time."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LAST_WORDS_SECONDS):
                while self._running or self._outcomes:
                    if self._running:
                        await asyncio.wait(self._running, return_when=asyncio.FIRST_COMPLETED)
                    await self._last_words()

    async def _last_words(self) -> None:
        try:
            await self._desk.do(partial(self._write_and_claim, 0))
        except (psycopg.Error, OSError) as error:
            log.warning("the outcome of messages waits for the database: %s", _name(error))
            await asyncio.sleep(RETRY_SECONDS[0])

    async def _forward(self, stop: asyncio.Event) -> None:
        await stop.wait()
        self._wake.set()

    async def _listen(self) -> None:
        tries = 0
        while True:
            with suppress(psycopg.Error, OSError):
                async with await connect(self._url) as connection:
                    await connection.execute(f"LISTEN {CHANNEL}")
                    tries = 0
                    while True:
                        self._wake.set()
                        async for _ in connection.notifies(timeout=LOOK_ANYWAY_SECONDS):
                            self._wake.set()
                        await connection.execute("SELECT 1")
            await asyncio.sleep(_retry(tries))
            tries += 1


def _bounded(due: float | None) -> float:
    if due is None:
        return LOOK_ANYWAY_SECONDS
    return min(max(due, SHORTEST_WAIT_SECONDS), LOOK_ANYWAY_SECONDS)


def _retry(tries: int) -> float:
    return RETRY_SECONDS[min(tries, len(RETRY_SECONDS) - 1)]


def _name(error: BaseException) -> str:
    return type(error).__name__


async def _end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
