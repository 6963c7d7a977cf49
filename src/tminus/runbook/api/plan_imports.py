"""Routes of plan imports: a file in, what is wrong with it and what it would change, commit, undo."""

from __future__ import annotations

import csv
import io
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from tminus.people.api import PersonDep
from tminus.people.domain.rights import Right, require
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.imports import settle, stage
from tminus.runbook.commands.imports.commit import commit_batch
from tminus.runbook.commands.imports.later import work_later
from tminus.runbook.commands.imports.place import require_batch
from tminus.runbook.commands.imports.receive import NewImport, receive
from tminus.runbook.commands.imports.undo import undo_batch
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.queries import imports
from tminus.runbook.queries.import_seen import import_seen
from tminus.runbook.readers.table.columns import COLUMNS
from tminus.runbook.readers.table.csv import guarded
from tminus.runbook.store.imports import batches, findings

router = APIRouter(tags=["plan imports"])
AT_ONCE = 2_000_000
"""Bytes of a file that is read while the request waits; what is larger the worker reads."""
_MOST = 1_000
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself: a plan file, CSV, xlsx, MS Project XML, Markdown, Confluence JSON, or a ZIP.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post("/plan-imports", response_model=schemas.PlanImport, openapi_extra=_BODY)
async def import_file(
    request: Request,
    services: ServicesDep,
    person: PersonDep,
    file_name: Annotated[str, Query(alias="fileName", max_length=255)] = "plan",
    migration: Annotated[str | None, Query(alias="migrationId", max_length=64)] = None,
    plan: Annotated[str | None, Query(max_length=300)] = None,
    replace_all: Annotated[bool, Query(alias="replace")] = False,
    accept: Annotated[list[str] | None, Query(max_length=50)] = None,
) -> Any:
    """Take a file (the request's body) and say what importing it would do; nothing of any plan is changed.

    A large file is read by the worker: the answer's state is then `received`, and reading it again says how far it is.
    """
    command = NewImport(file_name, migration, replace_all, False, settle.kinds_of(accept or ()), plan)
    # An idempotency key belongs to a request that changes a plan; this one only keeps what it was given.
    caller = Caller(person)
    key, size = await receive(services, caller, command, request.stream())
    if size <= AT_ONCE:
        await stage.work(services, person, key)
    else:
        await work_later(services.database, key)
    return await import_seen(services.database, key)


@router.get("/plan-imports", response_model=schemas.ImportList)
async def list_imports(
    person: PersonDep, connection: ReadDep, migration_id: Annotated[UUID, Query(alias="migrationId")]
) -> Any:
    """List the newest imports of a migration, those that were left off aside."""
    require(person, Right.PLANS, migration_id)
    return {"items": await imports.imports_view(connection, migration_id)}


@router.get("/plan-import-fields", response_model=schemas.ImportFieldList)
async def list_fields(person: PersonDep) -> Any:
    """List the fields that a column of a table may be taken for."""
    return {
        "items": [{"field": one.field, "heading": one.heading, "meaning": one.meaning} for one in COLUMNS]
    }


@router.get("/plan-imports/{import_id}", response_model=schemas.PlanImport)
async def read_import(import_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Read an import: how far it is, what was found, what would change, what became of it."""
    batch = require_batch(person, await batches.load_batch(connection, import_id))
    return await imports.import_view(connection, batch)


@router.get("/plan-imports/{import_id}/findings", response_model=schemas.FindingPage)
async def read_findings(
    import_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    code: Annotated[str | None, Query(max_length=60)] = None,
    replaced: Annotated[bool | None, Query()] = None,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 200,
) -> Any:
    """Read findings, all of them or those of one kind, in pages; `replaced` = those alone for which something is, or
    nothing is, proposed instead.
    """
    batch = require_batch(person, await batches.load_batch(connection, import_id))
    rows = await findings.page(connection, import_id, code, after, limit, replaced=replaced)
    return {
        "items": [imports.finding_view(row, batch) for row in rows],
        "next": rows[-1].n if len(rows) == limit else None,
    }


@router.get("/plan-imports/{import_id}/changes", response_model=schemas.ChangePage)
async def read_changes(
    import_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    change: Annotated[str | None, Query(max_length=10)] = None,
    kind: Annotated[str | None, Query(max_length=20)] = None,
    parent: Annotated[str | None, Query(max_length=60)] = None,
    after: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
    limit: Annotated[int, Query(ge=1, le=_MOST)] = 200,
) -> Any:
    """Read what would change, of one kind or in one group where asked, in pages."""
    require_batch(person, await batches.load_batch(connection, import_id))
    filters = {"change": change, "kind": kind, "parent": parent}
    items = await imports.changes_view(connection, import_id, filters, after, limit)
    return {"items": items, "next": after + limit if len(items) == limit else None}


@router.get("/plan-imports/{import_id}/groups", response_model=schemas.GroupList)
async def read_groups(import_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Read the macro-phases and chapters of the plan as it would be."""
    require_batch(person, await batches.load_batch(connection, import_id))
    return {"items": await imports.groups_view(connection, import_id)}


@router.get("/plan-imports/{import_id}/quality", response_model=schemas.QualityTable)
async def read_quality(import_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Read the files of an import with what is wrong in each as it is written, before any repair."""
    batch = require_batch(person, await batches.load_batch(connection, import_id))
    return {"items": await imports.quality_view(connection, batch)}


@router.get("/plan-imports/{import_id}/quality.csv", response_class=Response)
async def download_quality(import_id: UUID, person: PersonDep, connection: ReadDep) -> Response:
    """Return the table of files and what is wrong in them as CSV."""
    batch = require_batch(person, await batches.load_batch(connection, import_id))
    return _csv(await imports.quality_view(connection, batch))


@router.post("/plan-imports/{import_id}/accept", response_model=schemas.PlanImport)
async def accept_repairs(
    import_id: UUID, body: schemas.AcceptRepairs, services: ServicesDep, person: PersonDep
) -> Any:
    """Accept just these kinds of repairs, and say anew what is wrong and what would change."""
    await settle.accept(services, person, import_id, body.kinds)
    return await import_seen(services.database, import_id)


@router.post("/plan-imports/{import_id}/mapping", response_model=schemas.PlanImport)
async def map_columns(
    import_id: UUID, body: schemas.MappingRequest, services: ServicesDep, person: PersonDep
) -> Any:
    """Read the file again with other fields for some of its columns."""
    await settle.map_columns(services, person, import_id, body.columns)
    return await import_seen(services.database, import_id)


@router.post("/plan-imports/{import_id}/check", response_model=schemas.PlanImport)
async def check_import(import_id: UUID, services: ServicesDep, person: PersonDep) -> Any:
    """Compare with the plan as it is now; an import that was cut off is taken up again."""
    await settle.check_again(services, person, import_id)
    return await import_seen(services.database, import_id)


@router.post("/plan-imports/{import_id}/commit", response_model=schemas.PlanImported)
async def commit_plan_import(import_id: UUID, services: ServicesDep, caller: CallerDep) -> Any:
    """Carry out an import as it was shown: all of it as a new draft, or nothing."""
    try:
        done = await commit_batch(services.database, caller, import_id)
    except Replayed as replayed:
        return await _replayed(services, caller, import_id, replayed)
    return {
        "planId": done.plan_id,
        "versionId": done.version_id,
        "number": done.number,
        "changes": done.changes,
    }


@router.post("/plan-imports/{import_id}/undo", response_model=schemas.ImportUndone)
async def undo_plan_import(import_id: UUID, services: ServicesDep, caller: CallerDep) -> Any:
    """Take back the version that an import made; the one before stands again."""
    try:
        done = await undo_batch(services, caller, import_id)
    except Replayed as replayed:
        (entry,) = [one for one in await entries_of(services, replayed) if one.type == "plan.import_undone"]
        return {"versionId": entry.detail["after"]["standsAgain"], "number": None}
    return {"versionId": done.version_id, "number": done.number}


@router.delete("/plan-imports/{import_id}", status_code=204)
async def discard_import(import_id: UUID, services: ServicesDep, person: PersonDep) -> None:
    """Leave an import off; its raw file is kept."""
    await settle.discard(services, person, import_id)


async def _replayed(
    services: Services, caller: Caller, import_id: UUID, replayed: Replayed
) -> dict[str, Any]:
    """Answer a commit that was carried out before with what it did then."""
    for entry in await entries_of(services, replayed):
        if entry.type == "plan.imported":
            return {name: entry.detail[name] for name in ("planId", "versionId", "number", "changes")}
    async with services.database.read() as connection:
        return await imports.committed_view(connection, caller.person, import_id)


def _csv(files: list[dict[str, Any]]) -> Response:
    kinds = sorted({kind for file in files for kind in file["findings"]})
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["file", "rows", *kinds])
    for file in files:
        found = (file["findings"].get(kind, 0) for kind in kinds)
        rows.writerow([guarded(file["file"]), file["rows"], *found])
    headers = {"Content-Disposition": 'attachment; filename="quality.csv"'}
    return Response("\ufeff" + out.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)
