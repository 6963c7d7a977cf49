"""Routes of proposals: from a step of an iteration into the plan."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter

from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.proposal import (
    Accept,
    Decline,
    Propose,
    accept_proposal,
    decline_proposal,
    propose,
)
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.queries.proposals import proposal_view, proposals_view

router = APIRouter(tags=["plans"])
PROPOSAL = "/plan-proposals/{proposal_id}"


@router.post(
    "/iterations/{iteration_id}/steps/{code}/proposals", status_code=201, response_model=schemas.PlanProposal
)
async def post_proposal(
    iteration_id: UUID, code: str, body: schemas.NewProposal, services: ServicesDep, caller: CallerDep
) -> Any:
    """Propose for the plan what a step taught; by its team, or a pilot."""
    command = Propose(iteration_id, code, body.lesson, body.field, body.value)
    try:
        key = await propose(services.database, caller, command)
    except Replayed as replayed:
        (entry,) = await entries_of(services, replayed)
        key = UUID(entry.detail["proposalId"])
    return await _view(services, caller, key)


@router.get("/plans/{plan_id}/proposals", response_model=schemas.ProposalList)
async def get_proposals(
    plan_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    state: Literal["open", "accepted", "declined"] | None = None,
) -> Any:
    """List a plan's proposals, the newest first."""
    return {"items": await proposals_view(connection, person, plan_id, state)}


@router.post(f"{PROPOSAL}/accept", response_model=schemas.ProposalAccepted)
async def post_acceptance(
    proposal_id: UUID, body: schemas.AcceptRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Accept a proposal: its value goes into the draft, as an edit."""
    command = Accept(proposal_id, body.version_id, body.was, "was" in body.model_fields_set)
    try:
        edit = await accept_proposal(services.database, caller, command)
    except Replayed as replayed:
        entries = await entries_of(services, replayed)
        edit = next((one.detail["edit"] for one in entries if one.type == "plan.proposal_accepted"), None)
    return {"proposal": await _view(services, caller, proposal_id), "edit": edit}


@router.post(f"{PROPOSAL}/decline", response_model=schemas.PlanProposal)
async def post_declining(
    proposal_id: UUID, body: schemas.DeclineRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Decline a proposal, with the reason."""
    with suppress(Replayed):
        await decline_proposal(services.database, caller, Decline(proposal_id, body.reason))
    return await _view(services, caller, proposal_id)


async def _view(services: Services, caller: Caller, key: UUID) -> dict[str, Any]:
    async with services.database.read() as connection:
        return await proposal_view(connection, caller.person, key)
