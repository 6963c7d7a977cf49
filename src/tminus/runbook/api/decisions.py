"""Routes of decisions: gates, polls and second signatures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.answers import entries_of, step_answer
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.decision_ask import AskPoll, ask_poll
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.queries.decisions import decisions_view, one_decision

router = APIRouter(tags=["decisions"])
DECISION = "/decisions/{decision_id}"


@router.get("/iterations/{iteration_id}/decisions", response_model=schemas.DecisionList)
async def get_decisions(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """List an iteration's decisions with who said what, who is missing, and the dissent; open ones first."""
    return await decisions_view(connection, person, iteration_id)


@router.post("/iterations/{iteration_id}/decisions", status_code=201, response_model=schemas.Decision)
async def post_poll(
    iteration_id: UUID, body: schemas.NewPoll, services: ServicesDep, caller: CallerDep
) -> Any:
    """Ask a go/no-go of named people; each is told, with a personal link. By a pilot or an approver."""
    voters = [(one.user_id, one.role) for one in body.voters]
    command = AskPoll(
        iteration_id, body.question, body.detail, voters, body.quorum, body.deadline, body.step_code
    )
    try:
        key = (await ask_poll(services, caller, command)).decision_id
    except Replayed as replayed:
        (entry, *_) = await entries_of(services, replayed)
        key = UUID(entry.detail["decisionId"])
    return await shown(services, caller, key)


@router.get(DECISION, response_model=schemas.Decision)
async def get_decision(decision_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Show one decision."""
    return await one_decision(connection, person, decision_id)


@router.post(f"{DECISION}/answer", response_model=schemas.StepAnswer)
async def post_answer(
    decision_id: UUID, body: schemas.AnswerRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Answer a decision, with a reason; the answer that reaches the quorum closes it, and the gate with it."""
    command = AnswerCommand(decision_id, body.answer, body.reason)
    return await step_answer(services, lambda: answer_decision(services, caller, command))


async def shown(services: Services, caller: Caller, key: UUID) -> dict[str, Any]:
    """Print one decision for who asks."""
    async with services.database.read() as connection:
        return await one_decision(connection, caller.person, key)
