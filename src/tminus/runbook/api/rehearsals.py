"""Routes of rehearsals: a plan's iterations side by side, and what the plan learns of them."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Path, Response

from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.insight import (
    AcceptInsight,
    DeclineInsight,
    accept_insight,
    decline_insight,
    taken_before,
)
from tminus.runbook.queries.proposals import insight_proposal_view
from tminus.runbook.queries.proposals import proposal_view as one_proposal
from tminus.runbook.queries.rehearsals import rehearsals_view

router = APIRouter(tags=["plans"])
INSIGHT = "/plans/{plan_id}/insights/{insight_id}"
InsightId = Annotated[str, Path(pattern="^[0-9a-f]{24}$")]


@router.get("/plans/{plan_id}/rehearsals", response_model=schemas.Rehearsals)
async def get_rehearsals(plan_id: UUID, person: PersonDep, connection: ReadDep) -> Response:
    """Give a plan's iterations side by side, step by step, and what the plan could learn of them."""
    # Thousands of cells of our own making: encoded as they are, not validated a second time.
    content = msgspec.json.encode(await rehearsals_view(connection, person, plan_id))
    return Response(content, media_type="application/json")


@router.post(f"{INSIGHT}/accept", response_model=schemas.InsightAccepted)
async def post_insight_acceptance(
    plan_id: UUID,
    insight_id: InsightId,
    body: schemas.AcceptInsight,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Accept an insight: it becomes an edit of the plan's draft, which is made if there is none."""
    command = AcceptInsight(
        plan_id, insight_id, body.was, "was" in body.model_fields_set, body.code, body.name
    )
    try:
        taken = await accept_insight(services.database, caller, command)
    except Replayed as replayed:
        taken = taken_before(await entries_of(services, replayed))
    async with services.database.read() as connection:
        proposal = await one_proposal(connection, caller.person, taken.proposal_id)
    return {"proposal": proposal, **taken.shown()}


@router.post(f"{INSIGHT}/decline", response_model=schemas.PlanProposal)
async def post_insight_declining(
    plan_id: UUID,
    insight_id: InsightId,
    body: schemas.DeclineInsight,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Decline an insight, with the reason: it is not proposed again on the same evidence."""
    with suppress(Replayed):
        await decline_insight(services.database, caller, DeclineInsight(plan_id, insight_id, body.reason))
    async with services.database.read() as connection:
        return await insight_proposal_view(connection, caller.person, plan_id, insight_id)
