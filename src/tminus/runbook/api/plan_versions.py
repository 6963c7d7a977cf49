"""Routes of one plan version: read it whole or in part, compare it; make a draft, discard one."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response

from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.api.plan_answers import diff_view
from tminus.runbook.commands.plan_draft import DiscardDraft, MakeDraft, discard_draft, make_draft
from tminus.runbook.domain.plan_edit import Level
from tminus.runbook.domain.state import IterationKind
from tminus.runbook.queries import plan_compare, plan_effect, plan_version

router = APIRouter(tags=["plans"])
VERSION = "/plan-versions/{version_id}"
Name = Annotated[str, Query(max_length=60)]


@router.get(VERSION, response_model=schemas.PlanVersionWhole)
async def get_plan_version(version_id: UUID, person: PersonDep, connection: ReadDep) -> Response:
    """Give a version with all that is in it, what is wrong with it, and what the person may do to it."""
    # Thousands of rows of our own making: encoded as they are, not validated a second time.
    content = msgspec.json.encode(await plan_version.version_view(connection, person, version_id))
    return Response(content, media_type="application/json")


@router.get(f"{VERSION}/findings", response_model=schemas.PlanFindings)
async def get_plan_findings(version_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Say what is wrong with a version as a whole."""
    return await plan_version.findings_view(connection, person, version_id)


@router.get(f"{VERSION}/items/{{level}}/{{code}}", response_model=schemas.PlanItem)
async def get_plan_item(
    version_id: UUID, level: Level, code: str, person: PersonDep, connection: ReadDep
) -> Any:
    """Give one thing of a version whole, with its instructions."""
    return await plan_version.item_view(connection, person, version_id, level, code)


@router.get(f"{VERSION}/diff", response_model=schemas.PlanDifference)
async def get_plan_difference(version_id: UUID, base: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Say what differs from another version of the plan, thing by thing."""
    return diff_view(await plan_compare.difference(connection, person, version_id, base))


@router.get(f"{VERSION}/schedule-effect", response_model=schemas.PlanEffect)
async def get_schedule_effect(version_id: UUID, base: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Say what a version changes of when everything is over, against another version of the plan."""
    return await plan_effect.effect_view(connection, person, version_id, base)


@router.get(f"{VERSION}/scope", response_model=schemas.PlanScope)
async def get_plan_scope(
    version_id: UUID, kind: IterationKind, person: PersonDep, connection: ReadDep, name: Name = ""
) -> Any:
    """Say what of a version an iteration of this kind and name would hold."""
    return await plan_compare.scope_view(connection, person, version_id, kind, name)


@router.post("/plans/{plan_id}/drafts", status_code=201, response_model=schemas.Draft)
async def post_plan_draft(
    plan_id: UUID, body: schemas.NewDraft, services: ServicesDep, caller: CallerDep
) -> Any:
    """Copy a version of a plan into a new draft; a plan has one draft at most."""
    try:
        made = await make_draft(services.database, caller, MakeDraft(plan_id, body.based_on))
    except Replayed as replayed:
        (entry,) = await entries_of(services, replayed)
        return {"id": entry.detail["versionId"], "number": entry.detail["number"]}
    return {"id": made.id, "number": made.number}


@router.delete(VERSION, status_code=204)
async def delete_plan_draft(
    version_id: UUID,
    services: ServicesDep,
    caller: CallerDep,
    version: Annotated[int | None, Query(ge=1, le=2_147_483_647)] = None,
) -> None:
    """Discard a draft; where others wrote to it, only at the `version` that the refusal named."""
    with suppress(Replayed):
        await discard_draft(services.database, caller, DiscardDraft(version_id, version))
