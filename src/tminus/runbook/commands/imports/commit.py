"""Carrying out an import as it was shown: all of it in one transaction as one plan version, or nothing.

What is large is written before the migration is locked, as rows of a version that nobody sees yet; the lock is
held for the last few statements alone, so that a live iteration of the same migration goes on meanwhile.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import Invalid, Refused
from tminus.kernel.facts import Fact
from tminus.kernel.ids import new_id
from tminus.people import from_plan
from tminus.people.domain.rights import Person, Right, require
from tminus.people.events import migration_created, team_changed
from tminus.platform.database import Database
from tminus.platform.eventlog.store import open_stream
from tminus.platform.unit_of_work import Transaction, answered_before, prepared_work
from tminus.runbook.commands.imports.place import Said, place_of, require_batch, wanted_from
from tminus.runbook.commands.plan_target import Place
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan import Plan
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plan_catalogue, plans
from tminus.runbook.store.imports import batches, difference, making, things
from tminus.runbook.store.imports.fields import OF_MIGRATION
from tminus.runbook.store.version import Version

_LISTED = 500
"""Differences named one by one in the log; the numbers are always whole."""
_NAMED = 20
_BESIDE = (*OF_MIGRATION, "plan")
_CHANGES = ("added", "changed", "removed")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `changes` counts things added, changed and removed. The version is the plan's newest."""

    migration_id: UUID
    plan_id: UUID
    version_id: UUID
    number: int
    changes: int


async def commit_batch(database: Database, caller: Caller, batch_id: UUID) -> Imported:
    """Carry out a batch that is checked and has nothing left that stops it.

    Unchanged data is a success with 0 changes and no new version. Raises `NotFound`, `Forbidden`, `Invalid`
    where errors are left, `Refused` (`already_committed`, `import_busy`, `plan_changed` since it was shown) and
    `Unavailable`; after any of them nothing has changed.
    """
    await answered_before(database, caller.key)
    async with database.read() as connection:
        batch = require_batch(caller.person, await batches.load_batch(connection, batch_id))
        _may_be_committed(batch)
        place = await _place(connection, caller.person, batch)
    work = _Commit(database, caller, batch, place)
    return await work.carry_out()


def _may_be_committed(batch: Row[Any]) -> None:
    if batch.state in ("committed", "undone"):
        raise Refused(
            "This import was carried out before. Nothing was done a second time.",
            code="already_committed",
            hint="Look at the plan's versions.",
        )
    if batch.state != "checked":
        raise Refused(
            "This import is not through yet, or was left off. Nothing was imported.",
            code="import_busy",
            hint="Wait until it is checked, or import the file again.",
        )
    if batch.totals.get("blocking") or "unchanged" not in batch.totals:
        raise Invalid(
            "The file has errors; nothing was imported.",
            hint="Mend what the findings name, or accept their repairs.",
        )


async def _place(connection: AsyncConnection, person: Person, batch: Row[Any]) -> Place:
    place = await place_of(connection, person, batch, Said(batch.plan_name, wanted_from(batch)))
    if _mark(place.version) != (batch.base_version_id, batch.base_mark):
        raise _changed(batch.plan_name)
    return place


def _mark(version: Version | None) -> tuple[UUID | None, int | None]:
    return (version.id, version.version) if version else (None, None)


def _changed(name: str) -> Refused:
    return Refused(
        f"{name} was changed after this import was shown. Nothing was imported.",
        code="plan_changed",
        hint="Check the import again: it is then compared with the plan as it is now.",
    )


def _gone(name: str) -> Refused:
    return Refused(
        f"What was read of {name} is gone, as the database fell down. Nothing was imported; the file is kept.",
        code="import_gone",
        hint="Check the import again: the file is then read anew.",
    )


class _Commit:
    def __init__(self, database: Database, caller: Caller, batch: Row[Any], place: Place) -> None:
        self.database = database
        self.caller = caller
        self.batch = batch
        self.place = place
        self.name: str = batch.plan_name
        self.count = 0
        self.beside: list[Row[Any]] = []
        """What changes beside the version: what is the migration's, and what the plan says it is for."""
        self.others = 0
        self.facts: list[Fact] = []
        self.version_id = new_id()
        self.plan_id: UUID | None = place.version.plan_id if place.version else None

    async def carry_out(self) -> Imported:
        stream = self.place.existing.id if self.place.existing else await _new_stream(self.database)
        self.migration_id = stream
        actor = self.caller.actor(Right.PLANS, stream)
        self.by = actor
        async with prepared_work(self.database, stream, actor, self._prepare, self.caller.key) as tx:
            return await self._settle(tx)

    async def _prepare(self, connection: AsyncConnection) -> None:
        """Everything but the version's number and standing, before the lock; nobody else sees it yet."""
        batch = require_batch(
            self.caller.person, await batches.load_batch(connection, self.batch.id, lock=True)
        )
        _may_be_committed(batch)
        self.batch = batch
        self.beside = await difference.changes_of_kinds(connection, batch.id, _BESIDE)
        self.others = await difference.count_others(connection, batch.id, _BESIDE)
        self.count = len(self.beside) + self.others
        if self.count != sum(batch.totals[change] for change in _CHANGES):
            raise _gone(batch.file_name)
        if not self.count:
            return
        if self.place.existing is None:
            await self._make_migration(connection)
        await self._save_teams(connection)
        await self._save_catalogue(connection)
        if self._of_version():
            await self._write_version(connection)

    def _of_version(self) -> bool:
        """Whether there is more to it than what belongs to the migration, and what the plan says it is for."""
        return self.place.version is None or self.others > 0

    async def _write_version(self, connection: AsyncConnection) -> None:
        description = await things.description_of(connection, self.batch.id)
        self.plan_id = await plans.ensure_plan(connection, self.migration_id, Plan(self.name, description))
        author = (self.by.id, self.by.name)
        now = await batches.now_of(connection)
        number = -(1 + self.version_id.int % 2_000_000_000)  # it gets its own under the lock
        mark = self.batch.content_hash or sha256(self.batch.id.bytes).digest()
        values = plans.version_values(self.version_id, self.plan_id, number, mark, author, now)
        base_id = self.place.version.id if self.place.version else None
        await plans.insert_version(connection, values | {"based_on": base_id})
        await things.fetch_things(connection, self.batch.id)
        await making.make_content(connection, self.migration_id, self.version_id)

    async def _settle(self, tx: Transaction) -> Imported:
        before = await plans.newest_version(tx.connection, tx.stream, self.name)
        if _mark(before) != (self.batch.base_version_id, self.batch.base_mark):
            raise _changed(self.name)
        for fact in self.facts:
            tx.record(fact)
        await self._describe(tx, before)
        made = await self._number(tx, before)
        values = {
            "state": "committed",
            "committed_at": tx.now,
            "migration_id": tx.stream,
            "version_id": made.version_id if self.count and self._of_version() else None,
            "changes": made.changes,
            "previous_id": before.id if before else None,
            "previous_status": before.status if before else None,
        }
        await batches.change_batch(tx.connection, self.batch.id, values)
        await batches.clear_staged(tx.connection, self.batch.id)
        return made

    async def _number(self, tx: Transaction, before: Version | None) -> Imported:
        count = self.count
        if not count or not self._of_version():
            if before is None:
                raise AssertionError("a plan that is new has a version to make")
            return Imported(tx.stream, before.plan_id, before.id, before.number, count)
        if self.plan_id is None:
            raise AssertionError("the version was written with its plan")
        number = await plans.next_number(tx.connection, self.plan_id)
        await plans.set_number(tx.connection, self.version_id, number)
        if before and before.status == "draft":
            await plans.update_version(tx.connection, before.id, {"status": "superseded"})
        listed = await difference.changes_of(tx.connection, self.batch.id, _LISTED)
        tx.record(self._fact(number, before, listed))
        return Imported(tx.stream, self.plan_id, self.version_id, number, count)

    async def _describe(self, tx: Transaction, before: Version | None) -> None:
        changed = next((row for row in self.beside if row.kind == "plan" and row.change == "changed"), None)
        if changed is None or before is None:
            return
        await plans.describe_plan(tx.connection, before.plan_id, changed.after["description"])
        sentence = f"{self.by.name} changed what {self.name} says it is for"
        tx.record(
            plan_fact(
                "plan.described",
                sentence,
                planId=str(before.plan_id),
                before=changed.before,
                after=changed.after,
            )
        )

    async def _make_migration(self, connection: AsyncConnection) -> None:
        wanted = self.place.wanted
        migration = from_plan.NewMigration(
            self.migration_id, wanted.key, wanted.name, wanted.zone, wanted.description
        )
        await from_plan.create_migration(connection, migration, await batches.now_of(connection))
        after = asdict(wanted)
        self.facts.append(migration_created(self.migration_id, after, self.by.name))

    async def _save_teams(self, connection: AsyncConnection) -> None:
        changed = {row.code: row for row in self.beside if row.kind == "team"}
        if not changed:
            return
        if self.place.existing:
            require(self.caller.person, Right.ADMINISTER, self.migration_id)
        cards = await things.team_cards(connection, self.batch.id, list(changed))
        before = await things.cards_there(connection, self.migration_id, list(changed))
        keys = await from_plan.save_teams(
            connection, self.migration_id, [from_plan.TeamCard(*card) for card in cards]
        )
        for code, name, email, phone in cards:
            after = {"name": name, "email": email, "phone": phone}
            was = before.get(code) if changed[code].change == "changed" else None
            self.facts.append(team_changed((keys[code], code), was, after, self.by.name))

    async def _save_catalogue(self, connection: AsyncConnection) -> None:
        for kind, (table, member) in plan_catalogue.KINDS.items():
            chosen = {row.code: row.name for row in self.beside if row.kind == kind}
            if not chosen:
                continue
            await plan_catalogue.save(connection, table, self.migration_id, chosen)
            named = ", ".join(list(chosen)[:_NAMED])
            sentence = f"{self.by.name} imported {member.replace('_', ' ')}: {named}"
            self.facts.append(plan_fact("plan.catalogue_imported", sentence, kind=kind, after=chosen))

    def _fact(self, number: int, before: Version | None, listed: list[Row[Any]]) -> Fact:
        batch = self.batch
        counted = ", ".join(f"{batch.totals[change]} {change}" for change in _CHANGES if batch.totals[change])
        sentence = f"{self.by.name} imported {batch.file_name} into version {number} of {self.name}"
        return plan_fact(
            "plan.imported",
            f"{sentence}: {counted}",
            planId=str(self.plan_id),
            versionId=str(self.version_id),
            importId=str(batch.id),
            number=number,
            file=batch.file_name,
            fileHash=batch.file_hash.hex(),
            accepted=list(batch.accepted),
            before={"contentHash": before.content_hash.hex() if before else None},
            after={"importId": str(batch.id)},
            changes=self.count,
            items=[
                {"kind": row.kind, "code": row.code, "change": row.change, "fields": list(row.fields)}
                for row in listed
            ],
            itemsLeftOut=max(0, self.count - _LISTED),
        )


async def _new_stream(database: Database) -> UUID:
    """Open the stream of a migration to be: a lock needs its row. Left alone, it is an empty stream."""
    stream = new_id()
    async with database.engine.begin() as connection:
        await open_stream(connection, stream)
    return stream
