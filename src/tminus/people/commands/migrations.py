"""Making a migration: its row, the head of its stream and the stream's first fact, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, update

from tminus.kernel.errors import Refused
from tminus.kernel.ids import SYSTEM_STREAM, new_id
from tminus.people import store
from tminus.people.domain.names import clean_code, clean_name, clean_zone
from tminus.people.domain.rights import Person, Right, require
from tminus.people.events import migration_begun, migration_created
from tminus.platform.database import Database
from tminus.platform.eventlog import store as log
from tminus.platform.unit_of_work import Transaction, unit_of_work


@dataclass(frozen=True, slots=True)
class NewMigration:
    """A migration to be made; `key` is its short code in addresses, `zone` an IANA name."""

    key: str
    name: str
    zone: str = "UTC"
    description: str = ""


async def create_migration(database: Database, person: Person, new: NewMigration) -> UUID:
    """Make a migration and return its key.

    Raises `Forbidden`, `Invalid`, `Refused` (`key_taken`) and `Unavailable`; then nothing was made.
    """
    migration_id, made = await _find_or_make(database, person, new)
    if not made:
        raise Refused(
            f"There is already a migration with the key {new.key}. Nothing was made.",
            code="key_taken",
            hint="Choose another key.",
        )
    return migration_id


async def ensure_migration(database: Database, person: Person, new: NewMigration) -> UUID:
    """Return the migration with this key, made if it was missing; one that is there stays as it is.

    Raises `Forbidden`, `Invalid` and `Unavailable`.
    """
    return (await _find_or_make(database, person, new))[0]


async def _find_or_make(database: Database, person: Person, new: NewMigration) -> tuple[UUID, bool]:
    require(person, Right.ADMINISTER, None)
    values = {
        "key": clean_code(new.key, "migration"),
        "name": clean_name(new.name, "migration", 200),
        "description": new.description,
        "zone": clean_zone(new.zone),
    }
    # Under the system stream's lock, so that of two who make the same key one finds the other's.
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        found = await store.find_migration_id(tx.connection, values["key"])
        migration_id = found or await _make(tx, values)
    return migration_id, found is None


async def _make(tx: Transaction, values: dict[str, str]) -> UUID:
    migration_id = new_id()
    await log.open_stream(tx.connection, migration_id)
    await tx.connection.execute(insert(store.migrations).values(id=migration_id, created_at=tx.now, **values))
    head = await log.lock_head(tx.connection, migration_id)
    assert head is not None, "the stream was opened above"  # noqa: S101 - says so to the type checker
    # The fact belongs to the new stream, and goes into it within the same transaction.
    opening = Transaction(tx.connection, migration_id, tx.actor, head.now, head)
    opening.record(migration_created(migration_id, values, tx.actor.name))
    await opening.flush()
    return migration_id


async def begin(tx: Transaction, now_running: str) -> None:
    """Move the transaction's migration from *planning* to *in progress*, if it is not there yet.

    `now_running` names what began; called by who starts an iteration, inside that command.
    """
    changed = await tx.connection.execute(
        update(store.migrations)
        .where(store.migrations.c.id == tx.stream, store.migrations.c.status == "planning")
        .values(status="in_progress", version=store.migrations.c.version + 1)
        .returning(store.migrations.c.name)
    )
    name = changed.scalar_one_or_none()
    if name is not None:
        tx.record(migration_begun(name, now_running))
