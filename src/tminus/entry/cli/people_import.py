"""`tminus people import`: teams, people, applications and environments from a file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import CHECKS_FAILED, machine_user, with_parts
from tminus.entry.cli.lookup import migration_named
from tminus.entry.cli.plan_print import as_json, few
from tminus.runbook.api.base_data_answers import base_import_view
from tminus.runbook.commands.base_data.importing import BaseFile, BaseImport, import_base_data
from tminus.runbook.domain.plan_diff import Change
from tminus.runbook.readers.base_data.sheets import LARGEST_FILE
from tminus.runbook.readers.file_text import read_at_most


@click.group()
def people() -> None:
    """People, teams and places: many at once, from a file."""


@people.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--migration", metavar="KEY", required=True, help="Key of the migration.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def import_people(file: Path, migration: str, dry_run: bool, form: str) -> None:
    """Take teams, people, applications and environments from FILE (CSV, xlsx, xls): all of it, or nothing.

    What is there and not in the file stays. Exit code 1: the file has errors, and nothing was changed.
    """
    data = read_at_most(file, LARGEST_FILE)

    async def work(parts: Parts) -> BaseImport:
        place = await migration_named(parts.database, migration)
        return await import_base_data(
            parts.database, machine_user(), BaseFile(place, file.name, data, dry_run)
        )

    found = with_parts(work)
    if form == "json":
        as_json(base_import_view(found))
    else:
        _print(found)
    sys.exit(0 if found.can_import else CHECKS_FAILED)


def _print(found: BaseImport) -> None:
    view = base_import_view(found)
    for one in view["findings"]:
        place = ":".join(str(part) for part in (one["file"], one["row"], one["column"]) if part)
        hint = f" {one['suggestion']}" if one["suggestion"] else ""
        click.echo(f"{place}: {one['severity']}: {one['message']}{hint} [{one['code']}]")
    for one in view["changes"]:
        values = "; ".join(f"{value['field']}: {_change(value)}" for value in one["values"])
        sign = "+" if one["change"] == Change.ADDED.value else "~"
        click.echo(f"{sign} {one['kind']} {one['code']}{f' ({values})' if values else ''}")
    if not found.can_import:
        errors = sum(one.is_error for one in found.decided.findings)
        click.echo(f"{errors} error{'s' if errors > 1 else ''}; nothing was changed.")
        return
    done = "Imported" if found.done else "This would be done; nothing was changed"
    click.echo(f"{done}: {few(len(view['changes']), 'change')}, {view['unchanged']} unchanged.")


def _change(value: dict[str, str | None]) -> str:
    after = value["after"] or "none"
    return f"{value['before']} → {after}" if value["before"] else after
