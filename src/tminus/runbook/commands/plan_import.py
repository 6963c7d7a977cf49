"""Importing a plan file: prepare (read, compare, touch nothing), then commit all of it or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.facts import Fact
from tminus.kernel.ids import new_id
from tminus.people.commands import from_plan
from tminus.people.domain.rights import Person, Right, may, require
from tminus.platform.database import Database
from tminus.platform.eventlog.store import open_stream
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.plan_target import Target, Unclear, find_target
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.findings import Finding, Severity, Subject, has_errors
from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_canonical import content_hash
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_diff import Change, Difference, PlanDiff, diff
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.events import plan_fact
from tminus.runbook.readers.plan_file import PlanFile, read_plan_file
from tminus.runbook.store import plan_content, plans

_LISTED = 500
"""Differences named one by one in the log; the numbers are always whole."""


@dataclass(frozen=True, slots=True)
class PlanSource:
    """A plan file as handed in, and what was said with it; `migration` is a key or UUID."""

    file_name: str
    data: bytes
    migration: str | None = None
    replace_all: bool = False


@dataclass(frozen=True, slots=True)
class Prepared:
    """What an import would do. `target`, `plan` and `diff` are None where the file could not be read."""

    file_name: str
    file_hash: bytes
    findings: tuple[Finding, ...]
    target: Target | None = None
    plan: Plan | None = None
    diff: PlanDiff | None = None

    @property
    def can_commit(self) -> bool:
        """True if nothing that was found stops the import."""
        return self.plan is not None and not has_errors(self.findings)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; `changes` counts things added, changed and removed."""

    migration_id: UUID
    plan_id: UUID
    version_id: UUID
    number: int
    changes: int


async def prepare_import(database: Database, person: Person, source: PlanSource) -> Prepared:
    """Read a plan file, compare it with what is there, and say everything that is wrong with it.

    Nothing is written. Raises `Forbidden` where the person may not change plans of the migration it names.
    """
    digest = sha256(source.data).digest()
    file = await asyncio.to_thread(read_plan_file, source.file_name, source.data)
    if file.patch is None:
        return Prepared(source.file_name, digest, file.findings)
    try:
        async with database.read() as connection:
            target = await find_target(connection, person, file.patch, source.migration)
    except Unclear as unclear:
        file.collector.add(unclear.finding)
        return Prepared(source.file_name, digest, file.findings)
    _require(person, target)
    plan, changes = await asyncio.to_thread(_compare, person, file, target, source.replace_all)
    return Prepared(source.file_name, digest, file.findings, target, plan, changes)


def _require(person: Person, target: Target) -> None:
    if target.existing:
        require(person, Right.PLANS, target.existing.id)
    else:
        require(person, Right.ADMINISTER, None)


def _compare(person: Person, file: PlanFile, target: Target, replace_all: bool) -> tuple[Plan, PlanDiff]:
    assert file.patch is not None  # noqa: S101 - the caller has looked
    merged = merge(target.base, file.patch, replace_all=replace_all)
    changes = diff(target.base if target.version else None, merged.plan)
    for finding in (
        *merged.findings,
        *check_plan(merged.plan),
        *_about_people(person, file, target, changes),
    ):
        file.collector.add(finding)
    return merged.plan, changes


def _about_people(person: Person, file: PlanFile, target: Target, changes: PlanDiff) -> Iterator[Finding]:
    """Teams and migrations are an admin's; and what is there is not renamed by a plan file."""
    if target.existing is None:
        return
    said = file.patch.migration if file.patch else None
    if said and (said.name, said.zone) != (target.existing.name, target.existing.zone):
        message = f"Migration {target.existing.key} keeps its name and zone: {target.existing.name}, "
        message += f"{target.existing.zone}. A plan file does not change them."
        yield Finding("migration_differs", Severity.WARNING, message, subject=Subject("migration", ""))
    if may(person, Right.ADMINISTER, target.existing.id):
        return
    for item in _teams_changed(target.base, changes):
        message = f"Team {item.code} would be {item.change.value}, and only an admin adds or changes teams."
        hint = "Ask an admin to import the file once, or leave the team as it is."
        yield Finding("team_needs_admin", Severity.ERROR, message, hint, subject=Subject("team", item.code))


def _teams_changed(base: Plan, changes: PlanDiff) -> Iterator[Difference]:
    """A first version counts as added whole; of its teams, those the migration has already are not new."""
    known = {team.code for team in base.teams}
    for item in changes.items:
        if item.kind == "team" and not (item.change is Change.ADDED and item.code in known):
            yield item


async def commit_import(database: Database, caller: Caller, prepared: Prepared) -> Imported:
    """Carry out what was prepared, in one transaction under the migration's lock.

    Unchanged data is a success with 0 changes and no new version. Raises `Invalid` where the preparation
    found errors, `Refused` where the plan has changed since, `Forbidden`, `Unavailable`; then nothing changed.
    """
    if not prepared.can_commit or not (prepared.target and prepared.plan and prepared.diff):
        raise Invalid("The file has errors; nothing was imported.", hint="Mend what the findings name.")
    _require(caller.person, prepared.target)
    work = _Commit(prepared, prepared.target, prepared.plan, prepared.diff)
    if prepared.target.existing:
        stream = prepared.target.existing.id
    else:
        stream = await _new_stream(database)
    async with unit_of_work(database, stream, caller.person.actor, caller.key) as tx:
        return await work.carry_out(tx)


async def _new_stream(database: Database) -> UUID:
    """Open the stream of a migration to be: a lock needs its row. Left alone, it is an empty stream."""
    stream = new_id()
    async with database.engine.begin() as connection:
        await open_stream(connection, stream)
    return stream


class _Commit:
    def __init__(self, prepared: Prepared, target: Target, plan: Plan, changes: PlanDiff) -> None:
        self.prepared = prepared
        self.target = target
        self.plan = plan
        self.items = changes.items
        self.changes = sum(1 for item in changes.items if item not in self._known_teams(changes))
        self.of_version = [item for item in changes.items if item.kind not in ("plan", "team")]
        self.hash = content_hash(plan)
        self.content = plan_content.content_of(plan)

    def _known_teams(self, changes: PlanDiff) -> set[Difference]:
        changed = set(_teams_changed(self.target.base, changes))
        return {item for item in changes.items if item.kind == "team" and item not in changed}

    async def carry_out(self, tx: Transaction) -> Imported:
        before = await self._unchanged_since(tx)
        if self.target.existing is None:
            await self._make_migration(tx)
        await self._save_teams(tx)
        plan_id = await self._plan(tx, before)
        version_id, number = await self._version(tx, plan_id, before)
        return Imported(tx.stream, plan_id, version_id, number, self.changes)

    async def _unchanged_since(self, tx: Transaction) -> plans.Version | None:
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
        after = {"key": wanted.key, "name": wanted.name, "zone": wanted.zone}
        sentence = f"{tx.actor.name} made the migration {wanted.name} ({wanted.key})"
        tx.record(Fact("migration.created", sentence, detail={"before": {}, "after": after}))

    async def _save_teams(self, tx: Transaction) -> None:
        changed = {item.code for item in self.items if item.kind == "team"}
        old = {team.code: team for team in self.target.base.teams}
        teams = [team for team in self.plan.teams if team.code in changed and old.get(team.code) != team]
        cards = [from_plan.TeamCard(team.code, team.name, team.email, team.phone) for team in teams]
        await from_plan.save_teams(tx.connection, tx.stream, cards)
        if teams:
            names = ", ".join(team.code for team in teams)
            before = {team.code: _card(old[team.code]) for team in teams if team.code in old}
            after = {team.code: _card(team) for team in teams}
            sentence = f"{tx.actor.name} added or changed teams by importing a plan: {names}"
            tx.record(Fact("teams.imported", sentence, detail={"before": before, "after": after}))

    async def _plan(self, tx: Transaction, before: plans.Version | None) -> UUID:
        if before is None:
            key = await plans.plan_key(tx.connection, tx.stream, self.plan.name) or new_id()
            await plans.insert_plan(tx.connection, key, tx.stream, self.plan)
            return key
        old, new = self.target.base.description, self.plan.description
        if old != new:
            await plans.describe_plan(tx.connection, before.plan_id, new)
            sentence = f"{tx.actor.name} changed what {self.plan.name} says it is for"
            changed = {"before": {"description": old}, "after": {"description": new}}
            tx.record(plan_fact("plan.described", sentence, planId=str(before.plan_id), **changed))
        return before.plan_id

    async def _version(
        self, tx: Transaction, plan_id: UUID, before: plans.Version | None
    ) -> tuple[UUID, int]:
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

    async def _replace_draft(self, tx: Transaction, draft: plans.Version) -> None:
        await plan_content.clear_content(tx.connection, draft.id)
        author = {"created_by": tx.actor.id, "created_by_name": tx.actor.name, "created_at": tx.now}
        await plans.update_version(tx.connection, draft.id, author | {"content_hash": self.hash})

    def _fact(self, tx: Transaction, place: tuple[UUID, UUID, int], before: plans.Version | None) -> Fact:
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


def _card(team: Any) -> dict[str, Any]:
    return {"name": team.name, "email": team.email, "phone": team.phone}


async def import_plan(
    database: Database, caller: Caller, source: PlanSource
) -> tuple[Prepared, Imported | None]:
    """Prepare an import and, if nothing stops it, commit it; the second value is None where it was stopped."""
    prepared = await prepare_import(database, caller.person, source)
    return prepared, await commit_import(database, caller, prepared) if prepared.can_commit else None


async def require_version(database: Database, person: Person, version_id: UUID) -> plans.Version:
    """Return a version this person may see. Raises `NotFound`, `Forbidden`."""
    async with database.read() as connection:
        version = await plans.load_version(connection, version_id)
    if version is None:
        raise NotFound("There is no such plan version.", hint="Choose one from the list of plans.")
    require(person, Right.SEE, version.migration_id)
    return version
