"""`tminus plan diff`: what differs between two plans, each a plan file or a version in Tminus."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import click

from tminus.entry.cli.context import CHECKS_FAILED, machine_user, with_parts
from tminus.entry.cli.plan_export import plan_named
from tminus.entry.cli.plan_print import as_json, print_diff, print_findings
from tminus.runbook.api.plan_answers import diff_view, finding_view
from tminus.runbook.commands.plan_prepare import PlanSource, prepare_import
from tminus.runbook.domain.findings import Finding, has_errors
from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_diff import PlanDiff
from tminus.runbook.domain.plan_diff import diff as difference
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.readers.file_text import LARGEST_FILE, Unreadable, read_at_most
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.readers.recognise.file import Format, recognise
from tminus.runbook.readers.staged import SourceFile

_VERSION = re.compile(r"(.+)@(\d{1,9})")
Found = tuple[Plan | None, tuple[Finding, ...]]


@click.command("diff")
@click.argument("a")
@click.argument("b", required=False)
@click.option("--migration", metavar="KEY", help="Key of the migration.")
@click.option(
    "--replace", "replace_all", is_flag=True, help="The plan becomes what the file says; the rest is removed."
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def diff_plans(a: str, b: str | None, migration: str | None, replace_all: bool, form: str) -> None:
    """Compare plan A with plan B, or a plan file A with the plan it is about.

    Each is a plan file (YAML, JSON), or a plan by its name: "Night" is its newest version, "Night@3" version 3. What
    a file of another kind would change is said by `tminus plan import --dry-run`.
    """
    if b:
        (old, found_old), (new, found_new) = _plan(a, migration), _plan(b, migration)
        findings = (*found_old, *found_new)
        changes = difference(old, new, new_plan=old.name != new.name) if old and new else None
    else:
        findings, changes = _against_its_plan(a, migration, replace_all)
    if form == "json":
        shown = diff_view(changes) if changes else None
        as_json({"findings": [finding_view(finding) for finding in findings], "diff": shown})
    else:
        print_findings(findings)
        if changes:
            print_diff(changes)
    sys.exit(CHECKS_FAILED if has_errors(findings) else 0)


def _against_its_plan(
    file: str, migration: str | None, replace_all: bool
) -> tuple[tuple[Finding, ...], PlanDiff | None]:
    if not _is_file(file):
        raise click.UsageError(
            f"There is no file {file}. To compare a plan, say with what: {file} other.yaml."
        )
    source = PlanSource(_name(file), _read(file), migration, replace_all, override=True)
    prepared = with_parts(lambda parts: prepare_import(parts.database, machine_user(), source))
    return prepared.findings, prepared.diff


def _plan(said: str, migration: str | None) -> Found:
    if _is_file(said):
        return _of_file(said)
    if Path(said).suffix in (".yaml", ".yml", ".json"):
        raise click.UsageError(f"There is no file {said}.")
    version = _VERSION.fullmatch(said)
    name, number = (version[1], int(version[2])) if version else (said, None)
    return with_parts(lambda parts: plan_named(parts, name, migration, number)), ()


def _is_file(said: str) -> bool:
    return said == "-" or Path(said).is_file()


def _of_file(file: str) -> Found:
    read = read_plan_file(_name(file), _read(file))
    if read.patch is None:
        return None, read.findings
    merged = merge(None, read.patch)
    for finding in (*merged.findings, *check_plan(merged.plan)):
        read.collector.add(finding)
    return merged.plan, read.findings


def _read(file: str) -> bytes:
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if file == "-" else read_at_most(Path(file))
    try:
        form = recognise(SourceFile(0, _name(file), io.BytesIO(data), len(data)))
    except Unreadable:
        return data  # the reader of plan files says what is wrong with it, and where
    if form is not Format.PLAN_FILE:
        raise click.UsageError(
            f"{_name(file)} is no plan file (YAML, JSON). "
            f"See what it would change with: tminus plan import --dry-run {file}"
        )
    return data


def _name(file: str) -> str:
    return "stdin" if file == "-" else Path(file).name
