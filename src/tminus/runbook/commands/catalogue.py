"""Applications, environments and environment roles of a migration: added, renamed, removed where nothing uses them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.names import clean_code, clean_name
from tminus.people.domain.rights import Right, may, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller
from tminus.runbook.events import plan_fact
from tminus.runbook.store import catalogue
from tminus.runbook.store.catalogue import CatalogueKind, Entry

_NAMED = 5


@dataclass(frozen=True, slots=True)
class AddEntry:
    """A new entry of a migration's catalogue."""

    kind: CatalogueKind
    migration_id: UUID
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class RenameEntry:
    """Another name for an entry, at the version it was seen."""

    kind: CatalogueKind
    id: UUID
    name: str
    version: int


@dataclass(frozen=True, slots=True)
class RemoveEntry:
    """An entry to be removed."""

    kind: CatalogueKind
    id: UUID


async def add_entry(database: Database, caller: Caller, command: AddEntry) -> UUID:
    """Add an entry and return its key. Raises `Forbidden`, `Invalid`, `NotFound`, `Refused` (`code_taken`)."""
    actor = _keeper(caller, command.migration_id)
    code = clean_code(command.code, command.kind.words)
    name = clean_name(command.name, command.kind.words, 300)
    async with unit_of_work(database, command.migration_id, actor, caller.key) as tx:
        there = await catalogue.entries_of(tx.connection, command.kind, command.migration_id)
        if any(entry.code == code for entry in there):
            raise Refused(
                f"This migration already has an {command.kind.words} {code}. Nothing was made.",
                code="code_taken",
                hint="Choose another code, or rename that one.",
            )
        entry = Entry(new_id(), command.migration_id, code, name, 1)
        values = {"id": entry.id, "migration_id": entry.migration_id, "code": code, "name": name}
        await catalogue.insert_entry(tx.connection, command.kind, values)
        record_entry(tx, command.kind, ("added", entry), {}, {"code": code, "name": name})
        return entry.id


async def rename_entry(database: Database, caller: Caller, command: RenameEntry) -> None:
    """Rename an entry; its code stays, since plans name it.

    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` (`entry_changed`); the same name writes nothing.
    """
    seen, actor = await _known(database, caller, command)
    name = clean_name(command.name, command.kind.words, 300)
    async with unit_of_work(database, seen.migration_id, actor, caller.key) as tx:
        entry = await _still(tx, command)
        if entry.version != command.version:
            raise Refused(
                f"{entry.code} was renamed to “{entry.name}” since you saw it. Nothing was changed.",
                code="entry_changed",
                hint="Look at its name now, then decide again.",
                current={"name": entry.name, "version": entry.version},
            )
        if name != entry.name:
            await catalogue.rename_entry(tx.connection, command.kind, entry.id, name)
            record_entry(tx, command.kind, ("renamed", entry), {"name": entry.name}, {"name": name})


async def remove_entry(database: Database, caller: Caller, command: RemoveEntry) -> None:
    """Remove an entry that nothing uses. Raises `NotFound`, `Forbidden`, `Refused` (`in_use`, by what)."""
    seen, actor = await _known(database, caller, command)
    async with unit_of_work(database, seen.migration_id, actor, caller.key) as tx:
        entry = await _still(tx, command)
        users = list(await catalogue.users_of(tx.connection, command.kind, entry.id))
        if users:
            more = f" and {len(users) - _NAMED} more" if len(users) > _NAMED else ""
            raise Refused(
                f"{entry.code} is used by {', '.join(users[:_NAMED])}{more}. Nothing was removed.",
                code="in_use",
                hint="What a version that was approved names stays; rename it instead.",
                usedBy=users,
            )
        await catalogue.delete_entry(tx.connection, command.kind, entry.id)
        record_entry(tx, command.kind, ("removed", entry), {"code": entry.code, "name": entry.name}, {})


def _keeper(caller: Caller, migration_id: UUID) -> Actor:
    """How the log names a pilot of the migration, or an admin. Raises `Forbidden` for anybody else."""
    if may(caller.person, Right.ADMINISTER, migration_id):
        return caller.actor(Right.ADMINISTER, migration_id)
    require(caller.person, Right.PLANS, migration_id)
    return caller.actor(Right.PLANS, migration_id)


async def _known(
    database: Database, caller: Caller, command: RenameEntry | RemoveEntry
) -> tuple[Entry, Actor]:
    async with database.read() as connection:
        entry = await catalogue.find_entry(connection, command.kind, command.id)
    if entry is None:
        raise _gone(command.kind)
    return entry, _keeper(caller, entry.migration_id)


async def _still(tx: Transaction, command: RenameEntry | RemoveEntry) -> Entry:
    entry = await catalogue.find_entry(tx.connection, command.kind, command.id)
    if entry is None:
        raise _gone(command.kind)
    return entry


def _gone(kind: CatalogueKind) -> NotFound:
    return NotFound(f"There is no such {kind.words}. Nothing was changed.", hint="Reload the list.")


def record_entry(
    tx: Transaction,
    kind: CatalogueKind,
    what: tuple[str, Entry],
    before: dict[str, Any],
    after: dict[str, Any],
) -> None:
    """State what was done to an entry (`added`, `renamed`, `removed`), with its values before and after."""
    verb, entry = what
    sentence = f"{tx.actor.name} {verb} the {kind.words} {entry.code}"
    if verb == "renamed":
        sentence += f" to “{after['name']}”"
    type_ = f"{kind.words.replace(' ', '_')}.{verb}"
    tx.record(plan_fact(type_, sentence, id=str(entry.id), code=entry.code, before=before, after=after))
