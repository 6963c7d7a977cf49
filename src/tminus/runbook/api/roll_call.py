"""Routes of the roll-call: who is here before T-0."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.roll_call import OpenRollCall, open_roll_call
from tminus.runbook.commands.roll_call_close import close_roll_call
from tminus.runbook.commands.roll_call_here import SayHere, say_here
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.queries.roll_call import roll_call_view
from tminus.runbook.schemas import roll_call as schemas

router = APIRouter(tags=["roll-call"])
ROLL_CALL = "/iterations/{iteration_id}/roll-call"


@router.get(ROLL_CALL, response_model=schemas.RollCallNow)
async def get_roll_call(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Give the open roll-call, else the newest, with its teams, the missing ones first."""
    return await roll_call_view(connection, person, iteration_id)


@router.post(ROLL_CALL, status_code=201, response_model=schemas.RollCallNow)
async def post_roll_call(
    iteration_id: UUID, body: schemas.NewRollCall, services: ServicesDep, caller: CallerDep
) -> Any:
    """Ask every team that owns a step or task whether it is here; by a pilot."""
    with suppress(Replayed):
        await open_roll_call(services, caller, OpenRollCall(iteration_id, body.due_at, body.comms))
    return await _view(services, caller, iteration_id)


@router.post(f"{ROLL_CALL}/teams/{{team_id}}/here", response_model=schemas.RollCallNow)
async def post_here(
    iteration_id: UUID, team_id: UUID, body: schemas.HereRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Say that a team is here: one of it, or a pilot for it. Twice is the same as once."""
    with suppress(Replayed):
        await say_here(services, caller, SayHere(iteration_id, team_id, body.note))
    return await _view(services, caller, iteration_id)


@router.post(f"{ROLL_CALL}/close", response_model=schemas.RollCallNow)
async def post_roll_call_closing(iteration_id: UUID, services: ServicesDep, caller: CallerDep) -> Any:
    """Close it; by a pilot."""
    with suppress(Replayed):
        await close_roll_call(services, caller, iteration_id)
    return await _view(services, caller, iteration_id)


async def _view(services: Services, caller: Caller, iteration_id: UUID) -> dict[str, Any]:
    async with services.database.read() as connection:
        return await roll_call_view(connection, caller.person, iteration_id)
