"""Commands on one stream take turns in their process, and those that wait share one commit.

A commit waits for the disk, far longer than a command takes. So a command that finds others waiting behind it
does not commit: the next one goes on in the same transaction, inside a savepoint, and the head stays locked.
Whoever finds nobody waiting commits for all, and only then does any of them answer "done". A command that is
refused, or fails, is undone to its savepoint alone; when the connection is lost, all that was not committed is
lost together and each is told so.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

import psycopg
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import Unavailable
from tminus.platform.database import Database
from tminus.platform.swift import Statement, in_turn, is_lost

MOST = 16
"""Commands that share a commit at most: the first of them waits for the last."""

NOT_DONE = (
    "The database did not answer. What you asked for was not done, and nothing was changed.",
    "Try again in a moment; Tminus goes on by itself when the database is back.",
)
NOT_KNOWN = (
    "The database went away while the change was being written. It is not known whether it was kept.",
    "Reload before you try again: the page shows what was kept.",
)
_AWAY = (OperationalError, PoolTimeout, psycopg.OperationalError)
_SAVEPOINT: Statement = (b"SAVEPOINT command", {})
_UNDO: Statement = (b"ROLLBACK TO SAVEPOINT command", {})
_RELEASE: Statement = (b"RELEASE SAVEPOINT command", {})


class Batch:
    """One open transaction and the commands that are in it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.kept = 0
        self.over = False
        self.failure: tuple[str, str] | None = None

    @property
    def before(self) -> list[Statement]:
        """What a command runs first: behind others it can be undone alone."""
        return [_SAVEPOINT] if self.kept else []

    async def keep(self, statements: Sequence[Statement], *, commit: bool) -> None:
        """Write what a command changes, and commit all that is in the batch if wanted; one round trip."""
        release = [_RELEASE] if self.kept else []
        await self._send([*statements, *release], commit)
        self.kept += 1

    async def commit(self) -> None:
        """Commit what is in the batch."""
        await self._send([], commit=True)

    async def _send(self, statements: Sequence[Statement], commit: bool) -> None:
        try:
            await in_turn(self.connection, statements, commit=commit)
        except psycopg.OperationalError:
            if commit and is_lost(self.connection):
                self.failure = NOT_KNOWN
            raise
        self.over = commit


class Line:
    """Those of this process who want to change one stream, in the order they came."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()
        self._batch: Batch | None = None
        self._behind = 0

    @asynccontextmanager
    async def turn(self, database: Database) -> AsyncIterator[Batch]:
        """Wait for the turn and yield the batch; what is raised inside undoes this command alone.

        Raises `Unavailable` where the database is away. Before the turn ends, `Batch.keep` is called.
        """
        await self._wait()
        try:
            batch = self._batch = self._batch or await _open(database)
            try:
                yield batch
            except BaseException as error:
                await self._undo(batch, error)
                raise
            if batch.over:
                await self._end(batch)
        except _AWAY as error:
            raise Unavailable(NOT_DONE[0], hint=NOT_DONE[1]) from error
        finally:
            self._lock.release()

    async def _wait(self) -> None:
        self._behind += 1
        try:
            await self._lock.acquire()
        finally:
            self._behind -= 1

    def commits_now(self, batch: Batch) -> bool:
        """Tell whether the command whose turn it is commits for all: nobody waits, or enough are in."""
        return not self._behind or batch.kept + 1 >= MOST

    async def committed(self, batch: Batch) -> None:
        """Return when the batch is committed; raises `Unavailable` if it was not, saying what is known."""
        if not batch.over:
            # Not to be left open by a caller who is cancelled.
            await asyncio.shield(asyncio.ensure_future(self._commit_after_those_before(batch)))
        if batch.failure:
            raise Unavailable(batch.failure[0], hint=batch.failure[1])

    async def _commit_after_those_before(self, batch: Batch) -> None:
        async with self._lock:  # whoever was waiting when this was called has joined by now
            if batch.over:
                return
            try:
                await batch.commit()
            except (psycopg.Error, *_AWAY):
                batch.failure = batch.failure or NOT_DONE
            finally:
                await self._end(batch)

    async def _undo(self, batch: Batch, error: BaseException) -> None:
        whole = not batch.kept or not isinstance(error, Exception) or is_lost(batch.connection)
        if not whole:
            try:
                await in_turn(batch.connection, [_UNDO])
            except psycopg.Error:
                whole = True
        if whole:
            batch.failure = batch.failure or NOT_DONE
            if not isinstance(error, Exception):
                await batch.connection.invalidate()  # cancelled in mid-statement: nobody else is given it
            await self._end(batch)

    async def _end(self, batch: Batch) -> None:
        batch.over = True
        self._batch = None
        await batch.connection.close()


async def _open(database: Database) -> Batch:
    return Batch(await database.engine.connect())


_lines: WeakValueDictionary[tuple[int, object], Line] = WeakValueDictionary()


def line_of(database: Database, stream: object) -> Line:
    """Return the stream's line in this process."""
    key = (id(database), stream)
    line = _lines.get(key)
    if line is None:
        line = _lines[key] = Line()
    return line
