"""Imports as the stories of tests carry them out: a file in, what was found, commit, and the plan afterwards."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text

from tests.world import World
from tminus.entry.cli.context import machine_user
from tminus.people.domain.rights import Person
from tminus.platform.database import Database
from tminus.platform.files.objects import open_objects
from tminus.runbook.commands.imports.commit import Imported, commit_batch
from tminus.runbook.commands.imports.receive import NewImport, receive
from tminus.runbook.commands.imports.settle import kinds_of
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.plan import Plan
from tminus.runbook.store import plans
from tminus.runbook.store.imports import batches, difference, findings

ALL = kinds_of(["all"])
"""Every kind of repair."""
_KEPT = (
    *("plans", "plan_versions", "macro_phases", "chapters", "steps", "tasks", "step_dependencies"),
    *("group_dependencies", "controls", "step_types", "teams", "applications", "event_log"),
)


async def in_pieces(data: bytes) -> AsyncIterator[bytes]:
    """The bytes as a request brings them."""
    for first in range(0, len(data), 65_536):
        yield data[first : first + 65_536]


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody at a desk who imports files; the raw ones lie in a folder."""

    services: Services
    person: Person

    @property
    def database(self) -> Database:
        return self.services.database

    @property
    def caller(self) -> Caller:
        return Caller(self.person)

    async def hand_in(
        self, data: bytes, name: str = "night.zip", accept: tuple[str, ...] = (), **more: Any
    ) -> UUID:
        """Hand a file in; nobody reads it yet."""
        new = NewImport(name, accept=accept, **more)
        key, _ = await receive(self.services, self.caller, new, in_pieces(data))
        return key

    async def bring(
        self, data: bytes, name: str = "night.zip", accept: tuple[str, ...] = (), **more: Any
    ) -> Row[Any]:
        """Hand a file in and have it read and checked; the batch."""
        key = await self.hand_in(data, name, accept, **more)
        await work(self.services, self.person, key)
        return await self.batch(key)

    async def commit(self, batch: Row[Any]) -> Imported:
        """Carry a batch out."""
        return await commit_batch(self.database, self.caller, batch.id)

    async def batch(self, key: UUID) -> Row[Any]:
        """A batch as it is now."""
        async with self.database.read() as connection:
            found = await batches.load_batch(connection, key)
        assert found is not None
        return found

    async def kinds(self, batch: Row[Any]) -> dict[str, Row[Any]]:
        """The kinds of findings of a batch, by code."""
        async with self.database.read() as connection:
            return {row.code: row for row in await findings.counted(connection, batch.id)}

    async def found(self, batch: Row[Any], code: str | None = None) -> list[Row[Any]]:
        """The findings of a batch, or those of one kind."""
        async with self.database.read() as connection:
            return await findings.page(connection, batch.id, code, 0, 100_000)

    async def changes(self, batch: Row[Any]) -> list[tuple[str, str, str, frozenset[str]]]:
        """What a batch would change: kind, code, change, fields."""
        async with self.database.read() as connection:
            rows = await difference.changes_of(connection, batch.id, 1_000_000)
        return [(row.kind, row.code, row.change, frozenset(row.fields)) for row in rows]

    async def plan(self, version: UUID) -> Plan:
        """A version as a value."""
        async with self.database.read() as connection:
            return await plans.load_plan(connection, version)

    async def everything(self) -> dict[str, int]:
        """How many rows there are of all that an import could make."""
        counts = ", ".join(f"(SELECT count(*) FROM {table}) AS {table}" for table in _KEPT)  # noqa: S608 - our tables
        async with self.database.read() as connection:
            return dict((await connection.execute(text(f"SELECT {counts}"))).one()._mapping)


def desk_of(world: World, folder: Path, person: Person | None = None) -> Desk:
    """The desk of a person, or of the server's own machine."""
    services = Services(world.database, world.services.messages, open_objects("", folder))
    return Desk(services, person or machine_user())
