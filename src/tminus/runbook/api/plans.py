"""Routes of plans: list, approve."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from tminus.people.api import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.queries.plans import plans_view

router = APIRouter(tags=["plans"])


@router.get("/plans", response_model=schemas.PlanList)
async def list_plans(
    person: PersonDep,
    connection: ReadDep,
    migration_id: Annotated[UUID | None, Query(alias="migrationId")] = None,
) -> Any:
    """List the plans one may see, with their versions."""
    return {"items": await plans_view(connection, person, migration_id)}


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
