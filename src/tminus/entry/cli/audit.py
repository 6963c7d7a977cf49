"""`tminus audit`: prove the log, take it out."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
from sqlalchemy.exc import SQLAlchemyError

from tminus.audit import queries
from tminus.audit.domain.entries import Anchor, Stored
from tminus.audit.queries import Verdict
from tminus.audit.readers.anchors import anchors_in
from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import CHECKS_FAILED, NOT_EVALUATED, with_parts
from tminus.kernel.errors import Unavailable
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.kernel.instants import instant

COLUMNS = (
    "stream", "seq", "at", "type", "actor_id", "actor", "iteration_id", "step_id", "sentence", "canonical",
    "prev_hash", "hash",
)  # fmt: skip


@click.group()
def audit() -> None:
    """Prove the event log, or take it out as a table."""


@audit.command("verify")
@click.option(
    "--anchor",
    "sources",
    metavar="FILE_OR_TEXT",
    multiple=True,
    help="A kept head of the log: an anchors file or their folder, a saved mail, or the line itself. Repeatable.",
)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
def verify(sources: tuple[str, ...], form: str) -> None:
    """Check every entry of the log, and the log against anchors kept elsewhere.

    Exit codes: 0 intact, 1 findings, 3 could not be evaluated (nothing to check, or no database).
    """
    anchors = [anchor for source in sources for anchor in _anchors(source)]
    verdict = with_parts(lambda parts: _verify(parts, anchors))
    click.echo(json.dumps(_shown(verdict), indent=2) if form == "json" else _table(verdict))
    if verdict.finding_count:
        sys.exit(CHECKS_FAILED)
    if not verdict.evaluated:
        sys.exit(NOT_EVALUATED)


@audit.command("export")
def export() -> None:
    """Write the whole log as CSV to standard output, oldest first in each stream."""
    with_parts(_export)


def _anchors(source: str) -> list[Anchor]:
    path = Path(source).expanduser() if len(source) < 4096 and "\n" not in source else Path()
    if path.is_file():
        contents = [path.read_bytes()]
    elif path.is_dir() and source.strip():
        contents = [file.read_bytes() for file in sorted(path.glob("*.txt"))]
    else:
        contents = [source.encode()]
    found = [anchor for content in contents for anchor in anchors_in(content)]
    if not found:
        raise click.BadParameter(
            f"{source[:120]!r} holds no anchor. One reads: stream, number and hash, with blanks between them.",
            param_hint="--anchor",
        )
    return found


async def _verify(parts: Parts, anchors: Sequence[Anchor]) -> Verdict:
    try:
        return await queries.verify(parts.database, anchors)
    except SQLAlchemyError as error:
        raise _unread(error) from error


def _unread(error: SQLAlchemyError) -> Unavailable:
    hint = f"`tminus doctor` says more. ({type(error).__name__})"
    return Unavailable("The log could not be read to its end, so nothing is proven.", hint=hint)


def _shown(verdict: Verdict) -> dict[str, Any]:
    return {
        "intact": verdict.evaluated and not verdict.finding_count,
        "evaluated": verdict.evaluated,
        "streams": verdict.streams,
        "entries": verdict.entries,
        "anchors": verdict.anchors,
        "findingCount": verdict.finding_count,
        "findings": [
            {"stream": str(one.stream), "seq": one.seq, "code": one.code, "sentence": one.sentence}
            for one in verdict.findings
        ],
        "notes": verdict.notes,
    }


def _table(verdict: Verdict) -> str:
    lines = []
    for one in verdict.findings:
        stream = "system" if one.stream == SYSTEM_STREAM else str(one.stream)
        lines.append(f"{stream:<36}  {one.seq:>8}  {one.sentence}")
    if verdict.finding_count > len(verdict.findings):
        lines.append(f"… and {verdict.finding_count - len(verdict.findings):,} more")
    lines.append(_sum(verdict))
    if not verdict.anchors:
        lines.append(
            "No anchor was given: a tail that was cut off and written anew would not show without one."
        )
    return "\n".join(lines + verdict.notes)


def _sum(verdict: Verdict) -> str:
    if not verdict.evaluated:
        return "The log is empty: nothing was checked, so nothing is proven."
    checked = (
        f"Checked {_count(verdict.entries, 'entry', 'entries')} in {_count(verdict.streams, 'stream', 'streams')}"
        f" against {_count(verdict.anchors, 'anchor', 'anchors')}"
    )
    if verdict.finding_count:
        return f"{checked}: the log is NOT as it was written ({_count(verdict.finding_count, 'finding', 'findings')})."
    return f"{checked}: intact."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


async def _export(parts: Parts) -> None:
    out = csv.writer(sys.stdout)
    out.writerow(COLUMNS)
    try:
        async for row in queries.entries(parts.database):
            out.writerow(_cells(row))
    except SQLAlchemyError as error:
        raise _unread(error) from error


def _cells(row: Stored) -> list[Any]:
    sentence = row.detail.get("sentence", "") if isinstance(row.detail, dict) else ""
    return [
        row.stream,
        row.seq,
        instant(row.at),
        _harmless(row.type),
        row.actor_id or "",
        _harmless(row.actor),
        row.iteration_id or "",
        row.step_id or "",
        _harmless(str(sentence)),
        row.canonical.decode("utf-8", "replace"),
        row.prev_hash.hex(),
        row.hash.hex(),
    ]


def _harmless(text: str) -> str:
    """Keep a spreadsheet from taking people's words for a formula; `canonical` has them as they are."""
    return "'" + text if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
