"""Carrying out an import that was prepared: all of it in one transaction, or nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.kernel.facts import Fact
from tminus.kernel.ids import new_id
from tminus.people import from_plan
from tminus.people.domain.rights import Person, Right, require
from tminus.people.events import migration_created, team_changed
from tminus.platform.database import Database
from tminus.platform.eventlog.store import open_stream
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.plan_prepare import PlanSource, Prepared, prepare_import, require_target
from tminus.runbook.commands.plan_target import Target
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan import Plan, Team
from tminus.runbook.domain.plan_canonical import content_hash
from tminus.runbook.domain.plan_diff import OF_MIGRATION, Change, Difference, PlanDiff
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plan_catalogue, plan_content, plans
from tminus.runbook.store.version import Version

_LISTED = 500
"""Differences named one by one in the log; the numbers are always whole."""

Also = Callable[[Transaction], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `changes` counts things added, changed and removed."""

    migration_id: UUID
    plan_id: UUID
    version_id: UUID
    number: int
    changes: int


async def commit_import(
    database: Database, caller: Caller, prepared: Prepared, also: Also | None = None
) -> Imported:
    """Carry out what was prepared, and `also`, in one transaction under the migration's lock.

    Unchanged data is a success with 0 changes and no new version. Raises `Invalid` where the preparation
    found errors, `Refused` where the plan has changed since, `Forbidden`, `Unavailable`; after any of them
    nothing has changed.
    """
    if not prepared.can_commit or not (prepared.target and prepared.plan and prepared.diff):
        raise Invalid("The file has errors; nothing was imported.", hint="Mend what the findings name.")
    require_target(caller.person, prepared.target)
    work = _Commit(caller.person, prepared, prepared.target, prepared.plan, prepared.diff)
    if prepared.target.existing:
        stream = prepared.target.existing.id
    else:
        stream = await _new_stream(database)
    async with unit_of_work(database, stream, caller.person.actor, caller.key) as tx:
        if also:
            await also(tx)
        return await work.carry_out(tx)


async def _new_stream(database: Database) -> UUID:
    """Open the stream of a migration to be: a lock needs its row. Left alone, it is an empty stream."""
    stream = new_id()
    async with database.engine.begin() as connection:
        await open_stream(connection, stream)
    return stream


class _Commit:
    def __init__(
        self, person: Person, prepared: Prepared, target: Target, plan: Plan, changes: PlanDiff
    ) -> None:
        self.person = person
        self.prepared = prepared
        self.target = target
        self.plan = plan
        self.items = changes.items
        self.changes = len(changes.items)
        self.of_version = [item for item in changes.items if item.kind not in OF_MIGRATION | {"plan"}]
        self.hash = content_hash(plan)
        self.content = plan_content.content_of(plan)

    async def carry_out(self, tx: Transaction) -> Imported:
        before = await self._unchanged_since(tx)
        if self.target.existing is None:
            await self._make_migration(tx)
        await self._save_teams(tx)
        await self._save_catalogue(tx)
        plan_id = await self._plan(tx, before)
        version_id, number = await self._version(tx, plan_id, before)
        return Imported(tx.stream, plan_id, version_id, number, self.changes)

    async def _unchanged_since(self, tx: Transaction) -> Version | None:
        """What was shown is what will be done, or nothing is."""
        now = await plans.newest_version(tx.connection, tx.stream, self.plan.name)
        was = self.target.version
        if (now.id, now.version) != (was.id, was.version) if now and was else now is not was:
            raise Refused(
                f"{self.plan.name} was changed after this import was prepared. Nothing was imported.",
                code="plan_changed",
                hint="Import the file again: it is then compared with the plan as it is now.",
            )
        return now

    async def _make_migration(self, tx: Transaction) -> None:
        wanted = self.target.wanted
        migration = from_plan.NewMigration(
            tx.stream, wanted.key, wanted.name, wanted.zone, wanted.description
        )
        await from_plan.create_migration(tx.connection, migration, tx.now)
        after = {
            "key": wanted.key,
            "name": wanted.name,
            "description": wanted.description,
            "zone": wanted.zone,
        }
        tx.record(migration_created(tx.stream, after, tx.actor.name))

    async def _save_teams(self, tx: Transaction) -> None:
        changed = {item.code for item in self.items if item.kind == "team"}
        old = {team.code: team for team in self.target.base.teams}
        teams = [team for team in self.plan.teams if team.code in changed]
        if teams and self.target.existing:
            require(self.person, Right.ADMINISTER, tx.stream)
        cards = [from_plan.TeamCard(team.code, team.name, team.email, team.phone) for team in teams]
        keys = await from_plan.save_teams(tx.connection, tx.stream, cards)
        for team in teams:
            before, after = _card(old.get(team.code)), _card(team)
            tx.record(team_changed((keys[team.code], team.code), before or None, after, tx.actor.name))

    async def _save_catalogue(self, tx: Transaction) -> None:
        for kind, (table, member) in plan_catalogue.KINDS.items():
            items = [item for item in self.items if item.kind == kind]
            if not items:
                continue
            things = {thing.code: thing.name for thing in getattr(self.plan, member)}
            chosen = {item.code: things[item.code] for item in items if item.code in things}
            await plan_catalogue.save(tx.connection, table, tx.stream, chosen)
            named = ", ".join(chosen)
            sentence = f"{tx.actor.name} imported {member.replace('_', ' ')}: {named}"
            tx.record(plan_fact("plan.catalogue_imported", sentence, kind=kind, after=chosen))

    async def _plan(self, tx: Transaction, before: Version | None) -> UUID:
        if before is None:
            return await plans.ensure_plan(tx.connection, tx.stream, self.plan)
        old, new = self.target.base.description, self.plan.description
        if old != new:
            await plans.describe_plan(tx.connection, before.plan_id, new)
            sentence = f"{tx.actor.name} changed what {self.plan.name} says it is for"
            changed = {"before": {"description": old}, "after": {"description": new}}
            tx.record(plan_fact("plan.described", sentence, planId=str(before.plan_id), **changed))
        return before.plan_id

    async def _version(self, tx: Transaction, plan_id: UUID, before: Version | None) -> tuple[UUID, int]:
        if before and not self.of_version:
            return before.id, before.number
        if before and before.status == "draft":
            await self._replace_draft(tx, before)
            key, number = before.id, before.number
        else:
            key, number = new_id(), before.number + 1 if before else 1
            author = (tx.actor.id, tx.actor.name)
            values = plans.version_values(key, plan_id, number, self.hash, author, tx.now)
            await plans.insert_version(tx.connection, values)
        await plan_content.write_content(tx.connection, key, self.content)
        tx.record(self._fact(tx, (plan_id, key, number), before))
        return key, number

    async def _replace_draft(self, tx: Transaction, draft: Version) -> None:
        await plan_content.clear_content(tx.connection, draft.id)
        author = {"created_by": tx.actor.id, "created_by_name": tx.actor.name, "created_at": tx.now}
        await plans.update_version(tx.connection, draft.id, author | {"content_hash": self.hash})

    def _fact(self, tx: Transaction, place: tuple[UUID, UUID, int], before: Version | None) -> Fact:
        plan_id, version_id, number = place
        sentence = (
            f"{tx.actor.name} imported {self.prepared.file_name} into version {number} of {self.plan.name}"
        )
        return plan_fact(
            "plan.imported",
            f"{sentence}: {self._counted()}",
            planId=str(plan_id),
            versionId=str(version_id),
            number=number,
            file=self.prepared.file_name,
            fileHash=self.prepared.file_hash.hex(),
            before={"contentHash": before.content_hash.hex() if before else None},
            after={"contentHash": self.hash.hex()},
            changes=self.changes,
            items=[_item(item) for item in self.items[:_LISTED]],
            itemsLeftOut=max(0, len(self.items) - _LISTED),
        )

    def _counted(self) -> str:
        counts = {change: sum(item.change is change for item in self.items) for change in Change}
        return ", ".join(f"{count} {change.value}" for change, count in counts.items() if count)


def _item(item: Difference) -> dict[str, Any]:
    return {"kind": item.kind, "code": item.code, "change": item.change.value, "fields": list(item.fields)}


def _card(team: Team | None) -> dict[str, Any]:
    return {"name": team.name, "email": team.email, "phone": team.phone} if team else {}


async def import_plan(
    database: Database, caller: Caller, source: PlanSource
) -> tuple[Prepared, Imported | None]:
    """Prepare an import and, if nothing stops it, commit it; None for what was stopped."""
    prepared = await prepare_import(database, caller.person, source)
    return prepared, await commit_import(database, caller, prepared) if prepared.can_commit else None
