"""Routes of plans: list, import in two steps, export, approve."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from urllib.parse import quote
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from tminus.people.api import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.api.plan_answers import import_answer, replayed_import
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.commands.plan_prepare import PlanSource, prepare_import
from tminus.runbook.commands.plan_preview import commit_kept, keep_import
from tminus.runbook.commands.services import Caller
from tminus.runbook.queries.plans import plan_of_version, plans_view
from tminus.runbook.readers.file_text import LARGEST_FILE
from tminus.runbook.readers.plan_writer import plan_as_json, plan_as_yaml

router = APIRouter(tags=["plans"])
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The plan file itself, YAML or JSON.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.get("/plans", response_model=schemas.PlanList)
async def list_plans(
    person: PersonDep,
    connection: ReadDep,
    migration_id: Annotated[UUID | None, Query(alias="migrationId")] = None,
) -> Any:
    """List the plans one may see, with their versions."""
    return {"items": await plans_view(connection, person, migration_id)}


@router.post("/plan-imports", response_model=schemas.PlanImport, openapi_extra=_BODY)
async def prepare_plan_import(
    request: Request,
    services: ServicesDep,
    person: PersonDep,
    file_name: Annotated[str, Query(alias="fileName", max_length=255)] = "plan",
    migration: Annotated[str | None, Query(alias="migrationId", max_length=64)] = None,
    replace_all: Annotated[bool, Query(alias="replace")] = False,
) -> Any:
    """Read a plan file (the request's body) and say what importing it would do; nothing is changed.

    A plan for a migration that does not exist yet is imported from the command line.
    """
    source = PlanSource(file_name, await _file(request), migration, replace_all)
    prepared = await prepare_import(services.database, person, source)
    # The key belongs to a request that changes something; this one only keeps what it showed.
    return import_answer(await keep_import(services.database, Caller(person), prepared), prepared)


async def _file(request: Request) -> bytes:
    """Take no more of the body than it needs to know that it is too large."""
    data = bytearray()
    async for chunk in request.stream():
        if len(data) <= LARGEST_FILE:
            data += chunk
    return bytes(data[: LARGEST_FILE + 1])


@router.post("/plan-imports/{import_id}/commit", response_model=schemas.PlanImported)
async def commit_plan_import(import_id: UUID, services: ServicesDep, caller: CallerDep) -> Any:
    """Carry out an import as it was shown: all of it into a draft, or nothing."""
    try:
        done = await commit_kept(services.database, caller, import_id)
    except Replayed as replayed:
        return await replayed_import(services, caller, import_id, replayed)
    return {
        "planId": done.plan_id,
        "versionId": done.version_id,
        "number": done.number,
        "changes": done.changes,
    }


@router.get("/plan-versions/{version_id}/export", response_class=Response)
async def export_plan_version(
    version_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    form: Annotated[Literal["yaml", "json"], Query(alias="format")] = "yaml",
) -> Response:
    """Return a version as a plan file; importing it changes nothing."""
    plan, version = await plan_of_version(connection, person, version_id)
    text = plan_as_json(plan) if form == "json" else plan_as_yaml(plan)
    name = quote(f"{plan.name} {version.number}.{form}", safe="")
    return Response(
        text,
        media_type="application/json" if form == "json" else "application/yaml",
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{name}"},
    )


@router.post("/plan-versions/{version_id}/approve", response_model=schemas.Approved)
async def approve_plan_version(
    version_id: UUID, body: schemas.ApproveRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Approve a draft that somebody else wrote; iterations can be made from it then."""
    try:
        seq = await approve_version(services.database, caller, ApproveVersion(version_id, body.version))
    except Replayed as replayed:
        seq = replayed.seq
    return {"seq": seq}
