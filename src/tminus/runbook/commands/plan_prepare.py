"""What importing a plan file would do: read it, compare it, say everything that is wrong; touch nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from tminus.people.domain.rights import Person, Right, may, require
from tminus.platform.database import Database
from tminus.runbook.commands.plan_target import Target, Unclear, find_target
from tminus.runbook.domain.findings import Finding, Severity, Subject, has_errors
from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_diff import PlanDiff, diff
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.domain.plan_patch import PlanPatch, teams_named
from tminus.runbook.readers.plan_file import PlanFile, read_plan_file


@dataclass(frozen=True, slots=True)
class PlanSource:
    """A plan file as handed in, and what was said with it; `migration` is a key or UUID.

    `override`: it goes to `migration` even where the file names another one.
    """

    file_name: str
    data: bytes
    migration: str | None = None
    replace_all: bool = False
    override: bool = False


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
    require_target(person, target)
    plan, changes = await asyncio.to_thread(_compare, person, file, target, source)
    return Prepared(source.file_name, digest, file.findings, target, plan, changes)


def require_target(person: Person, target: Target) -> None:
    """Raise `Forbidden` unless the person may write plans there; a new migration takes an admin."""
    if target.existing:
        require(person, Right.PLANS, target.existing.id)
    else:
        require(person, Right.ADMINISTER, None)


def _compare(person: Person, file: PlanFile, target: Target, source: PlanSource) -> tuple[Plan, PlanDiff]:
    assert file.patch is not None  # noqa: S101 - the caller has looked
    merged = merge(target.base, file.patch, replace_all=source.replace_all)
    changes = diff(target.base, merged.plan, new_plan=target.version is None)
    for finding in (
        *merged.findings,
        *_about_file(check_plan(merged.plan), file.patch),
        *_about_migration(file, target, source.override),
        *_about_teams(person, target, changes),
    ):
        file.collector.add(finding)
    return merged.plan, changes


def _about_file(findings: Iterable[Finding], patch: PlanPatch) -> Iterator[Finding]:
    """All but warnings of the migration's other teams: they are none of this file's."""
    named = teams_named(patch)
    for one in findings:
        if one.code != "team_without_email" or (one.subject and one.subject.code in named):
            yield one


def _about_migration(file: PlanFile, target: Target, override: bool) -> Iterator[Finding]:
    """A file goes where it says, unless it is overridden; and what is there is not renamed by a plan file."""
    there, said = target.existing, file.patch.migration if file.patch else None
    if there is None or said is None:
        return
    if said.key != there.key:
        message = f"The file is for migration {said.key}, and it is imported into {there.key}."
        hint = f"Import it into {said.key}, or write “key: {there.key}” here, or leave “migration” out."
        severity = Severity.WARNING if override else Severity.ERROR
        subject = Subject("migration", "", "key")
        yield Finding("other_migration", severity, message, None if override else hint, subject=subject)
    elif (said.name, said.zone) != (there.name, there.zone):
        message = f"Migration {there.key} keeps its name and zone: {there.name}, {there.zone}."
        message += " A plan file does not change them."
        yield Finding("migration_differs", Severity.WARNING, message, subject=Subject("migration", ""))


def _about_teams(person: Person, target: Target, changes: PlanDiff) -> Iterator[Finding]:
    """Teams are an admin's."""
    if target.existing is None or may(person, Right.ADMINISTER, target.existing.id):
        return
    for item in changes.items:
        if item.kind != "team":
            continue
        message = f"Team {item.code} would be {item.change.value}, and only an admin adds or changes teams."
        hint = "Ask an admin to import the file once, or leave the team as it is."
        yield Finding("team_needs_admin", Severity.ERROR, message, hint, subject=Subject("team", item.code))
