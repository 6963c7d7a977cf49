"""`tminus plan`: list, import, export and compare plans."""

from __future__ import annotations

from typing import Any

import click

from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import machine_user, with_parts
from tminus.entry.cli.plan_diff import diff_plans
from tminus.entry.cli.plan_export import export_plan
from tminus.entry.cli.plan_import import import_files
from tminus.entry.cli.plan_print import as_json, print_table
from tminus.runbook.queries.plans import plans_view


@click.group()
def plan() -> None:
    """List, import, export and compare plans."""


@plan.command("list")
@click.option("--migration", metavar="KEY", help="Key of the migration.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
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


for _command in (import_files, export_plan, diff_plans):
    plan.add_command(_command)
