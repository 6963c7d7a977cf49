"""Receiving a file to be imported: its bytes are kept as they came, whatever becomes of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Person, Right, may, require
from tminus.platform.files.intake import take_in
from tminus.platform.files.names import safe_name
from tminus.runbook.commands.evidence_file import store_of
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.readers.recognise.file import LARGEST_FILE
from tminus.runbook.store import plans
from tminus.runbook.store.imports import batches

FOLDER = "imports"
"""What the keys of these objects begin with."""


@dataclass(frozen=True, slots=True)
class NewImport:
    """What is said with a file; `migration` is a key or UUID, `override`: it goes there whatever the file says.

    `accept` = kinds of repairs that are accepted from the start, `mapping` = heading of the file → field.
    """

    file_name: str
    migration: str | None = None
    replace_all: bool = False
    override: bool = False
    accept: tuple[str, ...] = ()
    plan: str | None = None
    mapping: Mapping[str, str | None] = field(default_factory=dict)


async def receive(
    services: Services, caller: Caller, command: NewImport, pieces: AsyncIterator[bytes]
) -> tuple[UUID, int]:
    """Keep a file, and return its batch and its size in bytes; nothing of it is read yet.

    Raises `Forbidden` before it is read, `Invalid` where it is empty or over `LARGEST_FILE`, `Unavailable`.
    """
    migration_id = await _migration(services, caller, command)
    objects = store_of(services)
    taken = await take_in(pieces, LARGEST_FILE)
    key = new_id()
    try:
        await objects.put_new(f"{FOLDER}/{key}", taken.content)
    finally:
        taken.close()
    values = {
        "id": key,
        "migration_id": migration_id,
        "wanted_migration": command.migration,
        "override": command.override,
        "plan_name": command.plan,
        "file_name": safe_name(command.file_name),
        "file_size": taken.size,
        "file_hash": taken.sha256,
        "object_key": f"{FOLDER}/{key}",
        "replace_all": command.replace_all,
        "accepted": sorted(set(command.accept)),
        "mapping": dict(command.mapping),
        "created_by": caller.person.id,
        "created_by_name": caller.person.name,
    }
    async with services.database.engine.begin() as connection:
        await batches.insert_batch(connection, values)
    return key, taken.size


async def _migration(services: Services, caller: Caller, command: NewImport) -> UUID | None:
    """The migration that is named, where there is one: who may not write its plans sends nothing."""
    row = None
    if command.migration is not None:
        async with services.database.read() as connection:
            row = await plans.find_migration(connection, command.migration)
    if row:
        require(caller.person, Right.PLANS, row.id)
    elif not _writes_plans(caller.person):
        require(caller.person, Right.PLANS, None)
    return row.id if row else None


def _writes_plans(person: Person) -> bool:
    """Whether there is any migration this person could import into, or make."""
    everywhere = {migration for one in (person, *person.substituting) for migration in one.roles}
    return may(person, Right.ADMINISTER, None) or any(may(person, Right.PLANS, one) for one in everywhere)
