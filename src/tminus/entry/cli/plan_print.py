"""How the command line prints findings, differences and plans."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import click

from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.plan_diff import Change, PlanDiff


def as_json(value: Any) -> None:
    """Print a value as JSON."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False, default=_plain))


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"cannot print {type(value).__name__} as JSON")


def print_findings(findings: Iterable[Finding]) -> None:
    """Print each finding on a line that an editor can jump to."""
    for finding in findings:
        place = ":".join(
            str(part) for part in (finding.file, finding.line, finding.column) if part is not None
        )
        hint = f" {finding.suggestion}" if finding.suggestion else ""
        click.echo(f"{place}: {finding.severity.value}: {finding.message}{hint} [{finding.code}]")


_SIGNS = {Change.ADDED: "+", Change.CHANGED: "~", Change.REMOVED: "-"}


def print_diff(changes: PlanDiff) -> None:
    """Print each difference on a line, and the numbers below."""
    for item in changes.items:
        fields = f" ({', '.join(item.fields)})" if item.fields else ""
        click.echo(f"{_SIGNS[item.change]} {item.kind} {item.code}{fields}")
    counts = ", ".join(f"{changes.count(change):,} {change.value}" for change in Change)
    click.echo(f"{counts}, {changes.unchanged:,} unchanged")


def print_found(findings: Sequence[Mapping[str, Any]], total: int) -> None:
    """Print findings of an import, each on a line that an editor can jump to; say how many are left out."""
    for found in findings:
        place = [found["file"], found["line"] or found["row"], found["column"] or found["field"]]
        where = ":".join(str(part) for part in place if part is not None)
        hint = f" {found['suggestion']}" if found["suggestion"] else ""
        mended = " (mended)" if found["mended"] else ""
        click.echo(f"{where}: {found['severity']}{mended}: {found['message']}{hint} [{found['code']}]")
    if total > len(findings):
        click.echo(f"… and {total - len(findings):,} more findings; by kind:")


def print_kinds(kinds: Sequence[Mapping[str, Any]]) -> None:
    """Print what is offered for each kind of finding, and what was done."""
    for kind in kinds:
        head = f"{kind['count']:,} × {kind['code']}"
        if kind["replaced"] is not None:
            click.echo(f"{head}: {_of_links(kind)}")
        elif kind["repairable"] and not kind["accepted"]:
            click.echo(f"{head}: mended with --accept {kind['code']}. {kind['repair']}")
        elif kind["mended"]:
            click.echo(f"{head}: {kind['mended']:,} mended.")


def _of_links(kind: Mapping[str, Any]) -> str:
    """What becomes of links that cannot stand: some get another predecessor, the others nothing."""
    replaced, rest = kind["replaced"], kind["count"] - kind["replaced"]
    its = ("is", "its") if rest == 1 else ("are", "their")
    dropped = f"{few(rest, 'link')} {its[0]} dropped, with nothing in {its[1]} place"
    if not replaced:
        return f"{dropped}."
    instead = f"{replaced:,} {'gets' if replaced == 1 else 'get'} another predecessor"
    sure = f" (the least sure at {kind['lowestConfidence']:.0%})"
    if not kind["accepted"]:
        return f"the link is dropped. With --accept {kind['code']}, {instead}{sure}{f'; {dropped}' if rest else ''}."
    return f"{instead}{sure}{f'; {dropped}' if rest else ''}."


def print_lacking(lacking: Mapping[str, int] | None) -> None:
    """Print what the files' steps lack that is no defect, each on a line; nothing where they lack nothing."""
    for name, what, so in (
        ("noDuration", "duration", "their times are 0 until you plan them"),
        ("noTeam", "team", "nobody is told of them"),
    ):
        if lacking and lacking[name]:
            have = "has" if lacking[name] == 1 else "have"
            click.echo(f"{few(lacking[name], 'step')} {have} no {what}: {so}.")


def print_changes(changes: Mapping[str, Any]) -> None:
    """Print what an import changes, each thing on a line, and the numbers below."""
    for item in changes["items"]:
        fields = f" ({', '.join(item['fields'])})" if item["fields"] else ""
        click.echo(f"{_SIGNS[Change(item['change'])]} {item['kind']} {item['code']}{fields}")
    total = sum(changes[change.value] for change in Change)
    if total > len(changes["items"]):
        click.echo(f"… and {total - len(changes['items']):,} more")
    counts = ", ".join(f"{changes[change.value]:,} {change.value}" for change in Change)
    click.echo(f"{counts}, {changes['unchanged']:,} unchanged")


def few(count: int, one: str) -> str:
    """Return a number of things in words: `1 change`, `1,200 changes`."""
    return f"{count:,} {one}{'' if count == 1 else 's'}"


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows in columns as wide as they need."""
    lines = [[str(cell) for cell in row] for row in (head, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        click.echo("  ".join(cells).rstrip())
