"""`tminus plan export`: a plan as a file, in every form."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import machine_user, with_parts
from tminus.runbook.domain.plan import Plan
from tminus.runbook.queries.plans import find_version, plan_of_version
from tminus.runbook.readers.exports import ExportFormat, exported, left_out

FORMS = click.Choice([form.value for form in ExportFormat])


@click.command("export")
@click.argument("name")
@click.option("--migration", metavar="KEY", help="Key of the migration.")
@click.option("--version", "number", type=int, help="Number of the version; the newest, if not said.")
@click.option("--format", "form", type=FORMS, default="yaml", show_default=True)
@click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help="File to write.")
def export_plan(name: str, migration: str | None, number: int | None, form: str, output: Path | None) -> None:
    """Write a plan as a file. Importing it again changes nothing, save what is told on stderr.

    `mermaid` and `svg` draw the network; all others can be imported again.
    """
    wanted = ExportFormat(form)
    if wanted.binary and output is None and sys.stdout.isatty():
        raise click.UsageError(f"{form} is no text: say with -o which file to write, or send it on.")
    found = with_parts(lambda parts: plan_named(parts, name, migration, number))
    data = exported(found, wanted)
    if output:
        output.write_bytes(data)
    else:
        sys.stdout.buffer.write(data)
    for sentence in left_out(found, wanted):
        click.echo(f"left out: {sentence}", err=True)


async def plan_named(parts: Parts, name: str, migration: str | None, number: int | None) -> Plan:
    """Return a plan by its name: the newest version, if no number is said. Raises `NotFound`, `Invalid`."""
    async with parts.database.read() as connection:
        key = await find_version(connection, machine_user(), name, migration, number)
        return (await plan_of_version(connection, machine_user(), key))[0]
