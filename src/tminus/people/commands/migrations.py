"""Migrations: made with the head of their stream and its first fact in one transaction; their words changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, update

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import SYSTEM_STREAM, new_id
from tminus.people import store
from tminus.people.domain.names import clean_code, clean_name, clean_zone
from tminus.people.domain.rights import Person, Right, require
from tminus.people.events import migration_begun, migration_changed, migration_created
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


async def change_migration(
    database: Database, person: Person, migration_id: UUID, wanted: Mapping[str, str], seen: int | None = None
) -> None:
    """Change words of a migration (`name`, `description`, `zone`); the same words again write nothing.

    `seen` = the version that was on the screen (None = whatever it is). Raises `Forbidden`, `Invalid`, `NotFound`,
    `Refused` (`migration_changed`; `zone_in_use` once an iteration went live) and `Unavailable`.
    """
    require(person, Right.ADMINISTER, migration_id, asked="Changing a migration")
    clean = _clean_members(wanted)
    async with unit_of_work(database, migration_id, person.actor) as tx:
        row = await store.find_migration(tx.connection, migration_id)
        if row is None:
            raise NotFound("There is no such migration.", hint="Choose one from the list of migrations.")
        _is_as_seen(row, seen)
        now = row._mapping
        after = {member: value for member, value in clean.items() if now[member] != value}
        if "zone" in after and row.status != "planning":
            raise Refused(
                f"{row.name} has had an iteration, told to everybody in {row.zone}. Nothing was changed.",
                code="zone_in_use",
                hint="Each person can show times in a zone of their own.",
            )
        if after:
            await store.update_migration(tx.connection, migration_id, after)
            before = {member: now[member] for member in after}
            tx.record(migration_changed((migration_id, row.key), before, after, tx.actor.name))


def _is_as_seen(row: Row[Any], seen: int | None) -> None:
    if seen is not None and seen != row.version:
        raise Refused(
            f"{row.key} was changed since you looked. Nothing was changed by you.",
            code="migration_changed",
            hint="Look at it as it is now, then decide again.",
            current={name: row._mapping[name] for name in ("name", "description", "zone", "version")},
        )


def _clean_members(wanted: Mapping[str, str]) -> dict[str, str]:
    clean = dict(wanted)
    if "name" in clean:
        clean["name"] = clean_name(clean["name"], "migration", 200)
    if "description" in clean:
        clean["description"] = clean["description"].strip()
    if "zone" in clean:
        clean["zone"] = clean_zone(clean["zone"])
    return clean


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
