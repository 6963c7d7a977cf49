"""`tminus plan`: list, import, export and compare plans."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import CHECKS_FAILED, machine_user, with_parts
from tminus.entry.cli.plan_print import (
    as_json,
    print_diff,
    print_findings,
    print_table,
)
from tminus.runbook.api.plan_answers import diff_view, finding_view
from tminus.runbook.commands.plan_import import Imported, commit_import
from tminus.runbook.commands.plan_prepare import PlanSource, Prepared, prepare_import
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.findings import Finding, has_errors
from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_diff import diff as difference
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.queries.plans import find_version, plan_of_version, plans_view
from tminus.runbook.readers.file_text import LARGEST_FILE, read_at_most
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.readers.plan_writer import plan_as_json, plan_as_yaml

file_argument = click.Path(exists=True, dir_okay=False, allow_dash=True)
format_option = click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True
)
migration_option = click.option("--migration", metavar="KEY", help="Key of the migration.")
replace_option = click.option(
    "--replace", "replace_all", is_flag=True, help="The plan becomes what the file says; the rest is removed."
)


@click.group()
def plan() -> None:
    """List, import, export and compare plans."""


@plan.command("list")
@migration_option
@format_option
def list_plans(migration: str | None, form: str) -> None:
    """List the plans with their versions."""

    async def read(parts: Parts) -> list[dict[str, Any]]:
        async with parts.database.read() as connection:
            return await plans_view(connection, machine_user())

    found = [one for one in with_parts(read) if migration in (None, one["migrationKey"])]
    if form == "json":
        as_json({"items": found, "next": None})
        return
    rows = [
        (one["migrationKey"], one["name"], each["number"], each["status"], each["steps"], each["createdBy"])
        for one in found
        for each in one["versions"]
    ]
    print_table(("MIGRATION", "PLAN", "VERSION", "STATUS", "STEPS", "BY"), rows)


@plan.command("import")
@click.argument("file", type=file_argument)
@migration_option
@replace_option
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@format_option
def import_file(file: str, migration: str | None, replace_all: bool, dry_run: bool, form: str) -> None:
    """Import a plan file: all of it into a draft, or nothing.

    Exit code 1: the file has errors, and nothing was changed.
    """
    source = PlanSource(_name(file), _read(file), migration, replace_all, override=True)
    caller = Caller(machine_user())

    async def work(parts: Parts) -> tuple[Prepared, Imported | None]:
        prepared = await prepare_import(parts.database, caller.person, source)
        if dry_run or not prepared.can_commit:
            return prepared, None
        return prepared, await commit_import(parts.database, caller, prepared)

    prepared, done = with_parts(work)
    if form == "json":
        as_json(_import_json(prepared, done))
    else:
        print_findings(prepared.findings)
        _print_import(prepared, done, dry_run)
    sys.exit(0 if prepared.can_commit else CHECKS_FAILED)


def _import_json(prepared: Prepared, done: Imported | None) -> dict[str, Any]:
    return {
        "findings": [finding_view(finding) for finding in prepared.findings],
        "diff": diff_view(prepared.diff) if prepared.diff else None,
        "canCommit": prepared.can_commit,
        "imported": {
            "migrationId": done.migration_id,
            "planId": done.plan_id,
            "versionId": done.version_id,
            "number": done.number,
            "changes": done.changes,
        }
        if done
        else None,
    }


def _print_import(prepared: Prepared, done: Imported | None, dry_run: bool) -> None:
    if not prepared.can_commit:
        errors = sum(finding.is_error for finding in prepared.findings)
        click.echo(f"{errors} error{'s' if errors > 1 else ''}; nothing was changed.")
    elif prepared.plan and prepared.target and prepared.diff:
        place = f"{prepared.plan.name} of migration {prepared.target.wanted.key}"
        if dry_run:
            click.echo(f"This would change {place}; nothing was changed:")
            print_diff(prepared.diff)
        elif done and done.changes:
            print_diff(prepared.diff)
            click.echo(f"Imported into version {done.number} of {place}: {done.changes} changes.")
        elif done:
            click.echo(f"Version {done.number} of {place} says this already: 0 changes.")


@plan.command()
@click.argument("name")
@migration_option
@click.option("--version", "number", type=int, help="Number of the version; the newest, if not said.")
@click.option("--format", "form", type=click.Choice(["yaml", "json"]), default="yaml", show_default=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def export(name: str, migration: str | None, number: int | None, form: str, output: Path | None) -> None:
    """Write a plan as a plan file; importing it again changes nothing."""

    async def read(parts: Parts) -> Plan:
        async with parts.database.read() as connection:
            person = machine_user()
            key = await find_version(connection, person, name, migration, number)
            return (await plan_of_version(connection, person, key))[0]

    found = with_parts(read)
    text = plan_as_json(found) if form == "json" else plan_as_yaml(found)
    if output:
        output.write_text(text, encoding="utf-8")
    else:
        sys.stdout.buffer.write(text.encode())


@plan.command()
@click.argument("file", type=file_argument)
@click.argument("other", type=file_argument, required=False)
@migration_option
@replace_option
@format_option
def diff(file: str, other: str | None, migration: str | None, replace_all: bool, form: str) -> None:
    """Compare a plan file with the plan it is about, or with another plan file."""
    if other:
        old, found_old = _plan_of(file)
        new, found_new = _plan_of(other)
        findings = (*found_old, *found_new)
        changes = difference(old, new, new_plan=old.name != new.name) if old and new else None
    else:
        source = PlanSource(_name(file), _read(file), migration, replace_all, override=True)
        prepared = with_parts(lambda parts: prepare_import(parts.database, machine_user(), source))
        findings, changes = prepared.findings, prepared.diff
    if form == "json":
        shown = diff_view(changes) if changes else None
        as_json({"findings": [finding_view(finding) for finding in findings], "diff": shown})
    else:
        print_findings(findings)
        if changes:
            print_diff(changes)
    sys.exit(CHECKS_FAILED if has_errors(findings) else 0)


def _plan_of(file: str) -> tuple[Plan | None, tuple[Finding, ...]]:
    read = read_plan_file(_name(file), _read(file))
    if read.patch is None:
        return None, read.findings
    merged = merge(None, read.patch)
    for finding in (*merged.findings, *check_plan(merged.plan)):
        read.collector.add(finding)
    return merged.plan, read.findings


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    return read_at_most(Path(file))


def _name(file: str) -> str:
    return "stdin" if file == "-" else Path(file).name
