"""Routes of impediments: what stands in the way of a step, or of the whole iteration."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from tminus.people.api.deps import SeenDep
from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.impediment_change import (
    ChangeImpediment,
    MoveImpediment,
    change_impediment,
    reopen_impediment,
    resolve_impediment,
)
from tminus.runbook.commands.impediment_open import OpenImpediment, open_impediment
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.queries.impediments import impediment_view, impediments_view
from tminus.runbook.schemas import impediments as schemas
from tminus.runbook.schemas.requests import Code

router = APIRouter(tags=["impediments"])
IMPEDIMENTS, IMPEDIMENT = "/iterations/{iteration_id}/impediments", "/impediments/{impediment_id}"


@router.get(IMPEDIMENTS, response_model=schemas.ImpedimentList)
async def get_impediments(
    iteration_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    step_code: Annotated[Code | None, Query(alias="stepCode")] = None,
) -> Any:
    """List those of an iteration with all its steps, or of one step: the open ones first, the worst first."""
    return await impediments_view(connection, person, iteration_id, step_code)


@router.post(IMPEDIMENTS, status_code=201, response_model=schemas.Impediment)
async def post_impediment(
    iteration_id: UUID, body: schemas.NewImpediment, services: ServicesDep, caller: CallerDep
) -> Any:
    """Open one: on a step by its team or a pilot, on the whole iteration by a data lead or a pilot."""
    command = OpenImpediment(
        iteration_id, body.title, body.severity, body.detail, body.step_code, body.owner_id, body.expected_at
    )
    try:
        key = await open_impediment(services.database, caller, command)
    except Replayed as replayed:
        (entry,) = await entries_of(services, replayed)
        key = UUID(entry.detail["impediment"]["id"])
    return await _view(services, caller, key)


@router.patch(IMPEDIMENT, response_model=schemas.Impediment)
async def patch_impediment(
    impediment_id: UUID,
    body: schemas.ImpedimentChange,
    services: ServicesDep,
    caller: CallerDep,
    seen: SeenDep,
) -> Any:
    """Change one as it was seen (`If-Match`); what is absent stays."""
    wanted = body.model_dump(exclude_unset=True)
    with suppress(Replayed):
        await change_impediment(services.database, caller, ChangeImpediment(impediment_id, wanted, seen))
    return await _view(services, caller, impediment_id)


@router.post(f"{IMPEDIMENT}/resolve", response_model=schemas.Impediment)
async def post_resolution(
    impediment_id: UUID, body: schemas.ResolveImpediment, services: ServicesDep, caller: CallerDep
) -> Any:
    """Say that it no longer stands in the way, and how."""
    command = MoveImpediment(impediment_id, body.resolution, body.version)
    with suppress(Replayed):
        await resolve_impediment(services.database, caller, command)
    return await _view(services, caller, impediment_id)


@router.post(f"{IMPEDIMENT}/reopen", response_model=schemas.Impediment)
async def post_reopening(
    impediment_id: UUID, body: schemas.ReopenImpediment, services: ServicesDep, caller: CallerDep
) -> Any:
    """Say that it stands in the way again, and why."""
    with suppress(Replayed):
        await reopen_impediment(
            services.database, caller, MoveImpediment(impediment_id, body.reason, body.version)
        )
    return await _view(services, caller, impediment_id)


async def _view(services: Services, caller: Caller, key: UUID) -> dict[str, Any]:
    async with services.database.read() as connection:
        return await impediment_view(connection, caller.person, key)
