"""Routes of keeping a decision that is open: a gate's terms, reminding, extending, withdrawing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.people.api.deps import SeenDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.decisions import DECISION, shown
from tminus.runbook.api.deps import CallerDep, ServicesDep
from tminus.runbook.commands.decision_extend import Extend, extend
from tminus.runbook.commands.decision_remind import Remind, remind
from tminus.runbook.commands.decision_terms import SetTerms, set_terms
from tminus.runbook.commands.decision_withdraw import Withdraw, withdraw

router = APIRouter(tags=["decisions"])


@router.patch(DECISION, response_model=schemas.Decision)
async def patch_terms(
    decision_id: UUID, body: schemas.GateTerms, services: ServicesDep, caller: CallerDep, seen: SeenDep
) -> Any:
    """Set who decides a gate, by how many answers and until when, while it is open; by a pilot."""
    voters = [(one.user_id, one.role) for one in body.voters]
    with suppress(Replayed):
        command = SetTerms(decision_id, voters, body.quorum, body.deadline, seen)
        await set_terms(services, caller, command)
    return await shown(services, caller, decision_id)


@router.post(f"{DECISION}/remind", response_model=schemas.Decision)
async def post_reminder(
    decision_id: UUID, body: schemas.SeenRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Remind who has not answered; by whoever asked, or a pilot."""
    with suppress(Replayed):
        await remind(services, caller, Remind(decision_id, body.version))
    return await shown(services, caller, decision_id)


@router.post(f"{DECISION}/extend", response_model=schemas.Decision)
async def post_extension(
    decision_id: UUID, body: schemas.ExtendRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Put the deadline off; what ended without a decision is open again. By whoever asked, or a pilot."""
    with suppress(Replayed):
        await extend(services, caller, Extend(decision_id, body.deadline, body.version))
    return await shown(services, caller, decision_id)


@router.post(f"{DECISION}/withdraw", response_model=schemas.Decision)
async def post_withdrawal(
    decision_id: UUID, body: schemas.WithdrawRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Withdraw a poll or a second signature that is not decided, with the reason."""
    with suppress(Replayed):
        await withdraw(services, caller, Withdraw(decision_id, body.reason, body.version))
    return await shown(services, caller, decision_id)
