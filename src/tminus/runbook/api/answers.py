"""What a command answers: the events it wrote, printed as the live channel prints them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from tminus.platform.eventlog.record import Entry
from tminus.platform.eventlog.store import read_stream
from tminus.platform.idempotency import Replayed
from tminus.runbook.commands.services import Services
from tminus.runbook.queries.events import live_event


class Wrote(Protocol):
    """What a command hands back: the entries it wrote, and the newest number."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Return the entries, in order."""
        ...

    @property
    def seq(self) -> int:
        """Return the newest number of the stream."""
        ...


async def step_answer(services: Services, command: Callable[[], Awaitable[Wrote]]) -> dict[str, Any]:
    """Run a command on a step and print what it did.

    A request that was carried out before is answered with what it wrote then, read from the log.
    """
    try:
        done = await command()
    except Replayed as replayed:
        entries = await entries_of(services, replayed)
        return {"seq": replayed.seq, "events": [live_event(entry) for entry in entries]}
    return {"seq": done.seq, "events": [live_event(entry) for entry in done.entries]}


async def entries_of(services: Services, replayed: Replayed) -> list[Entry]:
    """Return the entries that a request wrote when it was carried out."""
    async with services.database.read() as connection:
        return await read_stream(
            connection, replayed.stream, replayed.after, limit=replayed.seq - replayed.after
        )
