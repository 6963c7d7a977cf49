"""One command = one function = one transaction.

    async with unit_of_work(database, stream, actor) as tx:   # the head row is locked, tx.now is read
        …load, decide, save…
        tx.record(fact); tx.send(message); await tx.defer("audit.write_anchor")
    # here everything is committed; only now may a caller say "done"

The lock comes first, always: without it two predecessors completed at the same instant each see the other
still running, and their successor never turns ready.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.actor import Actor
from tminus.kernel.errors import NotFound, Unavailable
from tminus.kernel.facts import Fact
from tminus.platform import idempotency
from tminus.platform.database import PATIENT, Database
from tminus.platform.eventlog import store as log
from tminus.platform.eventlog.record import Entry, entry_of
from tminus.platform.idempotency import IdempotencyKey
from tminus.platform.jobs import defer_job
from tminus.platform.line import NOT_DONE, line_of
from tminus.platform.outbox.message import Message
from tminus.platform.swift import Statement, in_turn


@dataclass(slots=True)
class Transaction:
    """What a command works with while it holds the head of its stream."""

    connection: AsyncConnection
    stream: UUID
    actor: Actor
    now: datetime
    head: log.Head
    key: IdempotencyKey | None = None
    entries: list[Entry] = field(default_factory=list)
    messages: list[Message] = field(default_factory=list)
    looked: list[list[Any]] = field(default_factory=list)
    """The rows of the statements that were given to run with the lock."""
    waiting: list[Statement] = field(default_factory=list)

    def later(self, statement: Statement) -> None:
        """Put off a write to the end of the command: it goes with the facts and the commit in one round trip."""
        self.waiting.append(statement)

    async def settle(self) -> None:
        """Write now what was put off, for what is read next in this command."""
        if self.waiting:
            statements, self.waiting = self.waiting, []
            await in_turn(self.connection, statements)

    async def look(self, *reading: Statement) -> list[list[Any]]:
        """Write now what was put off and run reading statements after it, all in one round trip."""
        before, self.waiting = self.waiting, []
        return (await in_turn(self.connection, [*before, *reading]))[len(before) :]

    def record(self, fact: Fact, actor: Actor | None = None) -> Entry:
        """State a fact; it is written, numbered and chained with the others when the command ends."""
        last = self.entries[-1] if self.entries else None
        seq, hash_ = (last.seq, last.hash) if last else (self.head.seq, self.head.hash)
        place = (self.stream, seq + 1, self._before(fact.iteration_id))
        entry = entry_of(fact, place, self.now, actor or self.actor, hash_)
        self.entries.append(entry)
        return entry

    def _before(self, iteration_id: UUID | None) -> int:
        """The newest number of an iteration, this command's facts included."""
        if iteration_id is None:
            return 0
        own = [entry.seq for entry in self.entries if entry.iteration_id == iteration_id]
        return own[-1] if own else self.head.iterations.get(iteration_id, 0)

    def send(self, message: Message) -> None:
        """Queue a message; it becomes a row of the outbox in this very transaction."""
        self.messages.append(message)

    async def defer(self, task: str, **arguments: Any) -> None:
        """Queue a job by its name; it exists if and only if this transaction commits."""
        await defer_job(self.connection, task, arguments)

    @property
    def seq(self) -> int:
        """The stream's newest number, the facts of this command included."""
        return self.entries[-1].seq if self.entries else self.head.seq

    def statements(self) -> list[Statement]:
        """Return all that is to be written: what was put off, the facts, and what answers the key."""
        if self.messages and not self.entries:
            raise AssertionError("a message tells of a fact: record the fact too")
        found = list(self.waiting)
        if self.entries:
            found.append(log.appending(self.entries, [message.columns() for message in self.messages]))
        if self.key:
            written = {"stream": str(self.stream), "after": self.head.seq, "seq": self.seq}
            found.append(idempotency.remembering(self.key, written, self.now))
        return found

    async def flush(self) -> None:
        """Write it all without committing; for a stream opened inside another one's command."""
        await in_turn(self.connection, self.statements())


@asynccontextmanager
async def unit_of_work(
    database: Database,
    stream: UUID,
    actor: Actor,
    key: IdempotencyKey | None = None,
    reading: Sequence[Statement] = (),
) -> AsyncIterator[Transaction]:
    """Lock the stream's head, yield the transaction, write its facts and messages, commit.

    `reading` = statements that are run with the lock, in its round trip and after it; `tx.looked` has their
    rows. The fewer round trips under the lock, the more people press buttons at once.
    Raises `NotFound` for an unknown stream, `Replayed` where the idempotency key was already used, and
    `Unavailable` when the database is away; the sentence says whether the change may have been kept.
    """
    line = line_of(database, stream)
    async with line.turn(database) as batch:
        asked = [idempotency.asking(key)] if key else []
        reading = [*asked, *reading]
        head, looked = await log.lock_head_and_look(batch.connection, stream, reading, batch.before)
        if head is None:
            raise NotFound("There is no such migration.", hint="Reload the list of migrations.")
        if key:
            idempotency.check(key, looked.pop(0))
        tx = Transaction(batch.connection, stream, actor, head.now, head, key, looked=looked)
        yield tx
        await batch.keep(tx.statements(), commit=line.commits_now(batch))
    await line.committed(batch)


@asynccontextmanager
async def prepared_work(
    database: Database,
    stream: UUID,
    actor: Actor,
    prepare: Callable[[AsyncConnection], Awaitable[None]],
    key: IdempotencyKey | None = None,
) -> AsyncIterator[Transaction]:
    """A unit of work with much to write: `prepare` writes it first, and the head is locked for the rest alone.

    What `prepare` writes must be new rows that nobody else reads before the commit, so that the others go on
    meanwhile; it and what comes after it are one transaction. Raises as `unit_of_work` does.
    """
    try:
        async with database.engine.connect() as connection:
            await connection.execute(text(PATIENT))
            await prepare(connection)
            asked = [idempotency.asking(key)] if key else []
            head, looked = await log.lock_head_and_look(connection, stream, asked)
            if head is None:
                raise NotFound("There is no such migration.", hint="Reload the list of migrations.")
            if key:
                idempotency.check(key, looked.pop(0))
            tx = Transaction(connection, stream, actor, head.now, head, key)
            yield tx
            await in_turn(connection, tx.statements(), commit=True)
    except (OperationalError, PoolTimeout, psycopg.OperationalError) as error:
        raise Unavailable(NOT_DONE[0], hint=NOT_DONE[1]) from error


async def answered_before(database: Database, key: IdempotencyKey | None) -> None:
    """Raise `Replayed` where the key was used already; for what is judged before its unit of work begins."""
    if key:
        async with database.read() as connection:
            (found,) = await in_turn(connection, [idempotency.asking(key)])
        idempotency.check(key, found)
