"""`tminus plan import`: files of any format, what is wrong with them, and what they change."""

from __future__ import annotations

import sys
import zipfile
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast

import click

from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import CHECKS_FAILED, machine_user, with_parts
from tminus.entry.cli.plan_print import as_json, few, print_changes, print_found, print_kinds, print_lacking
from tminus.runbook.commands.imports import copied as copied_in
from tminus.runbook.commands.imports import settle
from tminus.runbook.commands.imports.commit import Imported, commit_batch
from tminus.runbook.commands.imports.receive import NewImport, receive
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.findings import Finding
from tminus.runbook.queries.import_seen import import_seen
from tminus.runbook.readers.archive.members import folder_members

PIECE = 256 * 1024


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of it: the import as it was shown, and what the commit made."""

    view: dict[str, Any]
    ready: bool
    imported: Imported | None


@click.command("import")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, allow_dash=True))
@click.option("--copied", is_flag=True, help="Import the rows that were copied into import_copied with psql.")
@click.option("--migration", metavar="KEY", help="Key of the migration.")
@click.option("--plan", "name", metavar="NAME", help="Name of the plan, where the files do not say it.")
@click.option(
    "--replace", "replace_all", is_flag=True, help="The plan becomes what the file says; the rest is removed."
)
@click.option(
    "--accept", multiple=True, metavar="KIND", help="Accept this kind of repairs, or all; repeatable."
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="HEADING=COLUMN",
    help='Say what a column of a table is, as in "Dur. (min)=Duration"; nothing after = leaves it out; repeatable.',
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def import_files(
    paths: tuple[str, ...],
    copied: bool,
    migration: str | None,
    name: str | None,
    replace_all: bool,
    accept: tuple[str, ...],
    columns: tuple[str, ...],
    dry_run: bool,
    form: str,
) -> None:
    """Import a plan: all of it into a new draft, or nothing.

    PATHS: a plan file, CSV, xlsx, MS Project XML, Markdown, pages of Confluence (files, a folder, a ZIP); told
    apart by what is in them. Exit code 1: there are errors, and nothing was changed.
    """
    if copied == bool(paths):
        raise click.UsageError("Name the files, or say --copied.")
    caller = Caller(machine_user())

    async def carry_out(parts: Parts) -> _Done:
        with _copied() if copied else _raw(paths) as (file_name, content):
            if copied:
                await copied_in.take(parts.database, content)
            command = NewImport(
                file_name,
                migration,
                replace_all,
                override=True,
                accept=settle.kinds_of(accept),
                plan=name,
                mapping=settle.mapping_of(columns),
            )
            key, _ = await receive(parts.runbook, caller, command, _pieces(content))
        await work(parts.runbook, caller.person, key)
        view = await import_seen(parts.database, key)
        ready = view["canCommit"]
        if dry_run or not ready:
            await settle.discard(parts.runbook, caller.person, key)
            return _Done(view, ready, None)
        return _Done(view, True, await commit_batch(parts.database, caller, key))

    done = with_parts(carry_out)
    if form == "json":
        as_json(_as_json(done))
    else:
        _print(done, dry_run)
    sys.exit(0 if done.ready else CHECKS_FAILED)


def _as_json(done: _Done) -> dict[str, Any]:
    made = done.imported
    return {
        **{
            name: done.view[name]
            for name in ("format", "planName", "counts", "lacking", "totals", "kinds", "findings", "diff")
        },
        "canCommit": done.ready,
        "imported": {
            "importId": done.view["id"],
            "migrationId": made.migration_id,
            "planId": made.plan_id,
            "versionId": made.version_id,
            "number": made.number,
            "changes": made.changes,
        }
        if made
        else None,
    }


def _print(done: _Done, dry_run: bool) -> None:
    view, made = done.view, done.imported
    print_found(view["findings"], sum(kind["count"] for kind in view["kinds"]))
    print_kinds(view["kinds"])
    print_lacking(view["lacking"])
    if not done.ready:
        click.echo(f"{few(view['totals']['blocking'], 'error')}; nothing was changed.")
        return
    place = f"{view['planName']} of migration {view['migrationKey']}"
    if dry_run:
        click.echo(f"This would change {place}; nothing was changed:")
        print_changes(view["diff"])
    elif made and made.changes:
        print_changes(view["diff"])
        click.echo(f"Imported into version {made.number} of {place}: {few(made.changes, 'change')}.")
    elif made:
        click.echo(f"Version {made.number} of {place} says this already: 0 changes.")


@contextmanager
def _raw(paths: Sequence[str]) -> Iterator[tuple[str, BinaryIO]]:
    """Yield the one file there is, or an archive of all of them: what is kept is what was handed in."""
    if len(paths) == 1 and paths[0] == "-":
        yield "stdin", sys.stdin.buffer
    elif len(paths) == 1 and Path(paths[0]).is_file():
        with Path(paths[0]).open("rb") as file:
            yield Path(paths[0]).name, file
    else:
        with cast("BinaryIO", SpooledTemporaryFile(max_size=1024 * 1024)) as packed:
            _pack(paths, packed)
            packed.seek(0)
            yield f"{Path(paths[0]).resolve().name}.zip", packed


@contextmanager
def _copied() -> Iterator[tuple[str, BinaryIO]]:
    with cast("BinaryIO", SpooledTemporaryFile(max_size=1024 * 1024)) as content:
        yield "copied.csv", content


def _pack(paths: Sequence[str], packed: BinaryIO) -> None:
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for path in (Path(one) for one in paths):
            if not path.is_dir():
                archive.writestr(path.name, path.read_bytes())
                continue
            for member in folder_members(path):
                if isinstance(member, Finding):
                    raise click.UsageError(f"{member.file}: {member.message} Nothing was imported.")
                with member.open() as file:
                    archive.writestr(member.name, file.read())


async def _pieces(content: BinaryIO) -> AsyncIterator[bytes]:
    while piece := content.read(PIECE):
        yield piece
