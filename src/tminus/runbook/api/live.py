"""The live channel: Socket.IO namespace `/migration-updates`, websocket only, one room an iteration and a migration.

Fan-out goes through the log: each web process follows it and emits to its own clients, so that no process
knows another. A client says from which number on it listens and is first given what it missed.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from typing import Any
from uuid import UUID

import psycopg
import socketio
from sqlalchemy.exc import SQLAlchemyError

from tminus.kernel.errors import Forbidden, Invalid, TminusError, Unauthenticated
from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may, require
from tminus.people.queries import newest_about_people
from tminus.platform.clock import server_now
from tminus.platform.database import Database
from tminus.platform.eventlog.record import Entry
from tminus.platform.eventlog.store import heads_of, read_iteration, read_stream
from tminus.runbook.queries.events import live_event
from tminus.runbook.queries.iteration import visible_iteration

NAMESPACE = "/migration-updates"
HEARTBEAT_SECONDS = 5.0
RECHECK_SECONDS = 10.0
"""How often it is looked whose session is over by time, or by their own signing out: no event says so."""
ABOUT_RIGHTS = ("roles.", "team.", "substitute.")
"""Events of a migration after which somebody may have lost what lets them listen. The system stream has the rest."""
BACKLOG_PAGE = 500

Identify = Callable[[dict[str, Any], Any], Awaitable[Person]]
"""Says who connects, from the request's environment and the client's `auth`; raises `Unauthenticated`."""


class LiveNamespace(socketio.AsyncNamespace):  # type: ignore[misc] # the library publishes no types
    """Subscriptions, backlogs and emission. Public methods named `on_…` are the client's events."""

    def __init__(self, database: Database, identify: Identify) -> None:
        super().__init__(NAMESPACE)
        self._database = database
        self._identify = identify
        self._followed: set[UUID] = set()
        self._listening: set[str] = set()
        self._people_seen = -1

    async def on_connect(self, sid: str, environ: dict[str, Any], auth: Any) -> None:
        """Let in who is signed in; refuse others with the sentence why."""
        try:
            await self._identify(environ, auth)
        except TminusError as error:
            raise socketio.exceptions.ConnectionRefusedError(problem(error)) from error
        await self.save_session(sid, {"environ": environ, "auth": auth, "streams": set()})
        self._listening.add(sid)

    async def on_disconnect(self, sid: str, reason: object = None) -> None:
        """Forget who has gone."""
        self._listening.discard(sid)

    async def on_subscribe(self, sid: str, data: Any) -> dict[str, Any]:
        """Join the room of an iteration (or migration) and send what came after number `after`."""
        try:
            stream, iteration, after = _asked(data)
            session = await self.get_session(sid)
            person = await self._identify(session["environ"], session["auth"])
            async with self._database.read() as connection:
                if iteration:
                    row, _ = await visible_iteration(connection, person, iteration)
                    stream = row.migration_id
                    self._followed.add(iteration)
                require(person, Right.SEE, stream)
            await self._admit(sid, session["streams"], stream, iteration)
            return {"ok": True, "head": await self._send_backlog(sid, stream, iteration, after)}
        except TminusError as error:
            return {"ok": False, "problem": problem(error)}

    async def on_unsubscribe(self, sid: str, data: Any) -> dict[str, Any]:
        """Leave a room."""
        try:
            stream, iteration, _ = _asked(data)
        except TminusError as error:
            return {"ok": False, "problem": problem(error)}
        await self.leave_room(sid, _room(stream, iteration))
        return {"ok": True}

    async def _send_backlog(self, sid: str, stream: UUID, iteration: UUID | None, after: int) -> int:
        while True:
            async with self._database.read() as connection:
                if iteration:
                    entries = await read_iteration(connection, iteration, after, BACKLOG_PAGE)
                else:
                    entries = await read_stream(connection, stream, after, BACKLOG_PAGE)
            if entries:
                await self.emit("events", _parcel(stream, iteration, entries), to=sid)
                after = entries[-1].seq
            if len(entries) < BACKLOG_PAGE:
                return after

    async def _admit(self, sid: str, streams: set[UUID], stream: UUID, iteration: UUID | None) -> None:
        """Enter a room; out again where the right went meanwhile: who let go of the lost did not see the room yet."""
        streams.add(stream)
        room = _room(stream, iteration)
        await self.enter_room(sid, room)
        if not await self._still_may(sid):
            streams.discard(stream)
            await self.leave_room(sid, room)
            raise Forbidden("Your right to see this was taken away just now.", hint="Ask an admin.")

    async def deliver(self, stream: UUID, entries: Sequence[Entry]) -> None:
        """Emit new entries of a stream to its rooms: the feed's handler.

        Whoever was shut out, or lost the right to see, before an entry was written is not sent it. Where that
        cannot be found out nothing is sent, and the pages see by the numbers that they missed something.
        """
        await self._let_go_of_the_lost(entries)
        by_iteration: dict[UUID, list[Entry]] = defaultdict(list)
        for entry in entries:
            if entry.iteration_id:
                by_iteration[entry.iteration_id].append(entry)
        for iteration, own in by_iteration.items():
            await self._tell(stream, iteration, own)
        if entries:
            await self._tell(stream, None, entries)

    async def tell_forecast(self, note: str) -> None:
        """Tell who watches an iteration that its forecast was renewed: volatile, the page fetches it."""
        iteration, version = note.split(":")
        room = _room_of(UUID(iteration))
        if self._is_watched(room):
            await self.emit("forecast", {"iterationId": iteration, "version": int(version)}, room=room)

    def _is_watched(self, room: str) -> bool:
        return room in self.server.manager.rooms.get(NAMESPACE, ())

    async def _tell(self, stream: UUID, iteration: UUID | None, entries: Sequence[Entry]) -> None:
        room = _room(stream, iteration)
        if self._is_watched(room):  # else nothing is printed
            await self.emit("events", _parcel(stream, iteration, entries), room=room)

    async def _let_go_of_the_lost(self, entries: Sequence[Entry]) -> None:
        """Look anew who may listen, if anything about people was written since the last look.

        Streams are read one by one: by the number of the system stream one knows what it says before this process
        has read it there.
        """
        if not self._listening:
            return
        people = await newest_about_people(self._database.lookups)
        if people == self._people_seen and not any(one.type.startswith(ABOUT_RIGHTS) for one in entries):
            return
        await self._let_go()
        self._people_seen = people

    async def _let_go(self) -> None:
        listening = list(self._listening)
        allowed = await asyncio.gather(*(self._still_may(sid) for sid in listening))
        for sid, may_listen in zip(listening, allowed, strict=True):
            if not may_listen:
                await self.disconnect(sid)

    async def watch(self) -> None:
        """Let go of those whose session ended or whose right to see was taken away, until cancelled."""
        while True:
            await asyncio.sleep(RECHECK_SECONDS)
            with suppress(SQLAlchemyError, psycopg.Error, OSError):
                await self._let_go()

    async def _still_may(self, sid: str) -> bool:
        try:
            session = await self.get_session(sid)
        except KeyError:
            return True  # gone by themselves: there is nobody to let go of
        try:
            person = await self._identify(session["environ"], session["auth"])
        except Unauthenticated:
            return False
        return all(may(person, Right.SEE, stream) for stream in session["streams"])

    async def beat(self) -> None:
        """Tell every client the time, and the newest number of what it follows, until cancelled.

        By the number a client sees that it missed something, whatever the reason.
        """
        while True:
            await asyncio.sleep(HEARTBEAT_SECONDS)
            # A database that is away means no heartbeat: the page then says so itself.
            with suppress(SQLAlchemyError, psycopg.Error, OSError):
                async with self._database.read() as connection:
                    now = instant(await server_now(connection))
                    heads = await heads_of(connection, self._followed)
                await self.emit("heartbeat", {"now": now})
                for iteration, (stream, head) in heads.items():
                    beat = {"now": now, "iterationId": str(iteration), "head": head}
                    await self.emit("heartbeat", beat, room=_room(stream, iteration))


def _asked(data: Any) -> tuple[UUID, UUID | None, int]:
    if not isinstance(data, dict):
        raise Invalid("A subscription names a migration, and an iteration of it if wanted.")
    try:
        iteration = UUID(str(data["iterationId"])) if data.get("iterationId") else None
        stream = UUID(str(data["migrationId"]))
        after = int(data.get("after") or 0)
    except (KeyError, ValueError, TypeError) as error:
        raise Invalid(
            "A subscription names a migration by its key, and the number to listen from.",
            hint="Send {migrationId, iterationId, after}.",
        ) from error
    return stream, iteration, max(after, 0)


def _room(stream: UUID, iteration: UUID | None) -> str:
    return _room_of(iteration) if iteration else f"migration:{stream}"


def _room_of(iteration: UUID) -> str:
    return f"iteration:{iteration}"


def _parcel(stream: UUID, iteration: UUID | None, entries: Sequence[Entry]) -> dict[str, Any]:
    events = [live_event(entry) for entry in entries]
    if iteration is None:  # in the whole stream there are no holes by number
        events = [{**event, "prev": event["seq"] - 1} for event in events]
    return {
        "migrationId": str(stream),
        "iterationId": str(iteration) if iteration else None,
        "events": events,
    }


def problem(error: TminusError) -> dict[str, Any]:
    """Print a refusal for the live channel, with the members a problem document has."""
    return {"status": error.status, "code": error.code, "detail": error.sentence, "hint": error.hint}
