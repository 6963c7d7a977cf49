"""Where a plan file goes: which migration, and which version of which plan it is compared with."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person, Right, may
from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.domain.import_words import plain_letters
from tminus.runbook.domain.plan import MigrationRef, Plan
from tminus.runbook.domain.plan_patch import PlanPatch
from tminus.runbook.store import plans
from tminus.runbook.store.plans import MigrationRow
from tminus.runbook.store.version import Version


@dataclass(frozen=True, slots=True)
class Place:
    """An existing migration or the one to be made, and the newest version of the plan, if there is one."""

    existing: MigrationRow | None
    wanted: MigrationRef
    version: Version | None


@dataclass(frozen=True, slots=True)
class Target:
    """An existing migration or the one to be made, and the newest version of the plan, if there is one.

    `base` is that version as a plan; without one it holds the migration's teams alone.
    """

    existing: MigrationRow | None
    wanted: MigrationRef
    version: Version | None
    base: Plan


class Unclear(Exception):
    """It cannot be said where the file goes; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


async def find_place(
    connection: AsyncConnection, person: Person, plan: str, migration: MigrationRef | None, key: str | None
) -> Place:
    """Return where a file goes: to `key`, else the file's, else the one plan of its name, else a new one.

    Raises `Unclear` where the key names nothing, or several migrations have a plan of that name.
    """
    existing, wanted = await _migration(connection, person, plan, migration, key)
    version = await plans.newest_version(connection, existing.id, plan) if existing else None
    return Place(existing, wanted, version)


async def find_target(
    connection: AsyncConnection, person: Person, patch: PlanPatch, key: str | None
) -> Target:
    """Return where a plan file goes, with what is there. Raises as `find_place` does."""
    place = await find_place(connection, person, patch.name, patch.migration, key)
    existing, wanted, version = place.existing, place.wanted, place.version
    if existing is None:
        return Target(None, wanted, None, Plan(patch.name, migration=wanted))
    if version:
        base = await plans.load_plan(connection, version.id)
    else:
        base = Plan(
            patch.name,
            migration=wanted,
            teams=await plans.teams_of(connection, existing.id),
            **await plans.catalogue_of(connection, existing.id),
        )
    return Target(existing, wanted, version, base)


async def _migration(
    connection: AsyncConnection, person: Person, plan: str, said: MigrationRef | None, key: str | None
) -> tuple[MigrationRow | None, MigrationRef]:
    named = key or (said.key if said else None)
    if named is None:
        return await _by_plan_name(connection, person, plan)
    row = await plans.find_migration(connection, named)
    if row:
        return row, _ref(row)
    if said and said.key == named:
        return None, said
    raise Unclear(_error("unknown_migration", f"There is no migration “{named}”.", "Check the key."))


async def _by_plan_name(
    connection: AsyncConnection, person: Person, plan: str
) -> tuple[MigrationRow | None, MigrationRef]:
    rows = await plans.migrations_of_plan(connection, plan)
    seen = [row for row in rows if may(person, Right.SEE, row.id)]
    if len(seen) > 1:
        keys = ", ".join(row.key for row in seen)
        message = f"Several migrations have a plan named “{plan}”: {keys}."
        raise Unclear(_error("which_migration", message, "Say which one: --migration KEY."))
    if seen:
        return seen[0], _ref(seen[0])
    return None, MigrationRef(await _free_key(connection, plan), plan)


async def _free_key(connection: AsyncConnection, name: str) -> str:
    stem = re.sub(r"[^A-Z0-9]+", "-", plain_letters(name).upper()).strip("-")[:30].strip("-") or "PLAN"
    key, number = stem, 1
    while await plans.find_migration(connection, key):
        number += 1
        key = f"{stem}-{number}"
    return key


def _ref(row: MigrationRow) -> MigrationRef:
    return MigrationRef(row.key, row.name, row.zone, row.description)


def _error(code: str, message: str, suggestion: str) -> Finding:
    return Finding(code, Severity.ERROR, message, suggestion, subject=Subject("migration", "", "key"))
