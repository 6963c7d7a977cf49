"""Imports as a screen shows them: how far they are, what was found, what would change, what became of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, require
from tminus.runbook.domain.import_counts import telling_counts
from tminus.runbook.domain.import_words import ALWAYS, Repair
from tminus.runbook.domain.plan_diff import Change
from tminus.runbook.readers.recognise.file import Format
from tminus.runbook.store import plans
from tminus.runbook.store.imports import batches, difference, findings

SHOWN = 500
"""Findings, and changes, that come with an import itself; the others are read in pages."""
_PAGES = frozenset({Format.CONFLUENCE_PAGE.value, Format.CONFLUENCE_ZIP.value})
_LIST = text(
    """
    SELECT b.*, v.number AS made_number, v.status AS made_status
    FROM import_batches AS b LEFT JOIN plan_versions AS v ON v.id = b.version_id
    WHERE b.migration_id = :migration AND b.state <> 'discarded' ORDER BY b.created_at DESC LIMIT 50
    """
)
_QUALITY = text(
    """
    SELECT f.name, f.rows, f.counts, coalesce(g.found, '{}') AS found FROM import_files AS f LEFT JOIN (
        SELECT file, jsonb_object_agg(code, times) AS found FROM (
            SELECT file, code, count(*) AS times FROM import_findings
            WHERE batch_id = :batch AND stage = 'read' GROUP BY file, code
        ) AS c GROUP BY file
    ) AS g ON g.file = f.name WHERE f.batch_id = :batch ORDER BY f.number
    """
)
_CHANGES = text(
    """
    SELECT kind, code, change, parent, position, name, fields, before, after FROM import_changes
    WHERE batch_id = :batch AND (CAST(:change AS text) IS NULL OR change = :change)
      AND (CAST(:kind AS text) IS NULL OR kind = :kind)
      AND (CAST(:parent AS text) IS NULL OR parent = :parent)
    ORDER BY array_position(CAST(:kinds AS text[]), kind), position, code OFFSET :after LIMIT :most
    """
)
_PARENTS = text(
    """
    SELECT kind, code, parent, name FROM import_things WHERE batch_id = :batch AND kind IN ('macroPhase', 'chapter')
    ORDER BY kind DESC, position
    """
)


async def import_view(connection: AsyncConnection, batch: Row[Any]) -> dict[str, Any]:
    """Return an import with its kinds of findings, its first findings and its first changes."""
    kinds = await findings.counted(connection, batch.id)
    shown = await findings.first(connection, batch.id, SHOWN)
    return {
        **_head(batch),
        "kinds": [_kind(row, batch.accepted) for row in kinds],
        "findings": [finding_view(row, batch) for row in shown],
        "diff": await _diff(connection, batch),
        "columns": batch.columns,
        "counts": _counts(batch),
        "lacking": _lacking(batch.totals),
        "migrationKey": await _key(connection, batch),
        "base": await _version(connection, batch.base_version_id),
        "version": await _version(connection, batch.version_id),
    }


async def imports_view(connection: AsyncConnection, migration_id: UUID) -> list[dict[str, Any]]:
    """Return the newest imports of a migration; those left off are not among them."""
    rows = await connection.execute(_LIST, {"migration": migration_id})
    return [{**_head(row), "version": _made(row)} for row in rows]


async def quality_view(connection: AsyncConnection, batch: Row[Any]) -> list[dict[str, Any]]:
    """Return the files of an import with how many rows each has, and what is wrong in it as it is written.

    No repair changes it: it is what was counted as written, under the same names, and what the reading found.
    """
    rows = await connection.execute(_QUALITY, {"batch": batch.id})
    telling = _counts(batch)
    return [
        {
            "file": row.name,
            "rows": row.rows,
            "findings": row.found | {name: n for name, n in row.counts.items() if name in telling},
        }
        for row in rows
    ]


async def changes_view(
    connection: AsyncConnection, batch_id: UUID, filters: dict[str, str | None], after: int, most: int
) -> list[dict[str, Any]]:
    """Return changes after the n-th, by kind and place; `filters` = change, kind, parent."""
    values = {"batch": batch_id, "kinds": list(difference.KINDS), "after": after, "most": most, **filters}
    return [change_view(row) for row in await connection.execute(_CHANGES, values)]


async def groups_view(connection: AsyncConnection, batch_id: UUID) -> list[dict[str, Any]]:
    """Return the macro-phases and chapters of the plan as it would be, to hang the changes under."""
    rows = await connection.execute(_PARENTS, {"batch": batch_id})
    return [{"kind": row.kind, "code": row.code, "parent": row.parent, "name": row.name} for row in rows]


def finding_view(row: Row[Any], batch: Row[Any]) -> dict[str, Any]:
    """Print a finding; `n` counts on through the batch. In an archive of pages the file says which page it is."""
    column = row.column
    return {
        "n": row.n,
        "file": row.file,
        "row": None if batch.format == Format.CONFLUENCE_ZIP else row.row,
        "line": row.line,
        "column": int(column) if column and column.isdecimal() else None,
        "field": column if column and not column.isdecimal() else None,
        "code": row.code,
        "severity": row.severity,
        "subject": row.subject,
        "message": row.message,
        "suggestion": row.suggestion,
        "repair": row.repair,
        "mended": row.mended,
        "confidence": row.confidence,
    }


def change_view(row: Row[Any]) -> dict[str, Any]:
    """Print one thing that would differ."""
    return {
        "kind": row.kind,
        "code": row.code,
        "change": row.change,
        "parent": row.parent,
        "name": row.name,
        "fields": list(row.fields),
        "before": row.before,
        "after": row.after,
    }


def can_commit(batch: Row[Any]) -> bool:
    """Tell whether nothing stops the import; 0 changes are no reason."""
    return bool(batch.state == "checked" and not batch.totals.get("blocking") and "unchanged" in batch.totals)


def _head(batch: Row[Any]) -> dict[str, Any]:
    return {
        "id": batch.id,
        "state": batch.state,
        "migrationId": batch.migration_id,
        "newMigration": batch.wanted["key"] if batch.wanted else None,
        "planName": batch.plan_name,
        "fileName": batch.file_name,
        "fileSize": batch.file_size,
        "sha256": batch.file_hash.hex(),
        "format": batch.format,
        "replace": batch.replace_all,
        "accepted": list(batch.accepted),
        "totals": _totals(batch.totals),
        "progress": {
            "rows": batch.rows_done,
            "bytes": batch.bytes_done,
            "since": batch.working_since,
            "heardAt": batch.heard_at,
        },
        "problem": batch.problem,
        "canCommit": can_commit(batch),
        "changes": batch.changes,
        "createdBy": batch.created_by_name,
        "createdAt": batch.created_at,
        "committedAt": batch.committed_at,
        "undoneAt": batch.undone_at,
        "undoneBy": batch.undone_by_name,
    }


def _counts(batch: Row[Any]) -> dict[str, int]:
    """Say what was counted as written, save what the format has by nature."""
    fields = {column["field"] for column in batch.columns}
    return telling_counts(batch.counts, pages=batch.format in _PAGES, fields=fields)


def _lacking(totals: dict[str, int]) -> dict[str, int] | None:
    """Say what the files' steps lack, which is no defect; null where it was not counted, or is told row by row."""
    if "no_duration" not in totals:
        return None
    return {
        "steps": totals["performed"],
        "noDuration": totals["no_duration"],
        "noTeam": totals["no_team"],
    }


def _made(row: Row[Any]) -> dict[str, Any] | None:
    if row.made_number is None:
        return None
    return {"id": row.version_id, "number": row.made_number, "status": row.made_status}


def _totals(totals: dict[str, int]) -> dict[str, int | None]:
    """What was not counted is null, and never 0."""
    names = ("errors", "blocking", "warnings", "mended", *(change.value for change in Change), "unchanged")
    return {name: totals.get(name) for name in names}


def _kind(row: Row[Any], accepted: list[str]) -> dict[str, Any]:
    always = row.code in {kind.value for kind in ALWAYS}
    return {
        "code": row.code,
        "severity": row.severity,
        "count": row.times,
        "different": row.different,
        "mended": row.mended,
        "blocking": row.blocking,
        "repairs": row.repairs,
        "replaced": row.sure if row.code in findings.OF_LINKS else None,
        "repairable": row.code in {kind.value for kind in Repair} and not always and row.repairs > 0,
        "always": always,
        "accepted": row.code in accepted,
        "lowestConfidence": row.lowest,
        "example": row.example,
        "repair": row.repair,
    }


async def _diff(connection: AsyncConnection, batch: Row[Any]) -> dict[str, Any] | None:
    if "unchanged" not in batch.totals:
        return None
    rows = await difference.changes_of(connection, batch.id, SHOWN)
    return {
        **{change.value: batch.totals[change.value] for change in Change},
        "unchanged": batch.totals["unchanged"],
        "items": [change_view(row) for row in rows],
    }


async def _key(connection: AsyncConnection, batch: Row[Any]) -> str | None:
    if batch.migration_id is None:
        return batch.wanted["key"] if batch.wanted else None
    query = text("SELECT key FROM migrations WHERE id = :id")
    return str((await connection.execute(query, {"id": batch.migration_id})).scalar_one())


async def _version(connection: AsyncConnection, key: UUID | None) -> dict[str, Any] | None:
    version = await plans.load_version(connection, key) if key else None
    if version is None:
        return None
    return {"id": version.id, "number": version.number, "status": version.status}


async def committed_view(connection: AsyncConnection, person: Person, batch_id: UUID) -> dict[str, Any]:
    """Return where an import that changed nothing in a version went: the plan's newest version."""
    batch = await batches.load_batch(connection, batch_id)
    if batch is None or batch.migration_id is None:
        raise NotFound("There is no such import.", hint="Import the file again.")
    require(person, Right.SEE, batch.migration_id)
    version = await plans.newest_version(connection, batch.migration_id, batch.plan_name)
    if version is None:
        raise NotFound("There is no such plan any more.", hint="Import the file again.")
    return {
        "planId": version.plan_id,
        "versionId": version.id,
        "number": version.number,
        "changes": batch.changes or 0,
    }
