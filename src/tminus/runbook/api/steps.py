"""Routes that act on a step: its buttons."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter

from tminus.runbook import schemas
from tminus.runbook.api.answers import step_answer
from tminus.runbook.api.deps import CallerDep, ServicesDep
from tminus.runbook.commands.step import StepCommand, act_on_step
from tminus.runbook.domain.occasion import Wording
from tminus.runbook.domain.state import StepAction

router = APIRouter(tags=["runbook"])
STEP = "/iterations/{iteration_id}/steps/{code}"
Button = Literal[
    "activate",
    "taken",
    "start",
    "complete",
    "undo",
    "block",
    "unblock",
    "fail",
    "retry",
    "reopen",
    "skip",
    "cancel",
    "override",
    "waive",
]


@router.post(f"{STEP}/{{button}}", response_model=schemas.StepAnswer)
async def press_step(
    iteration_id: UUID,
    code: str,
    button: Button,
    body: schemas.StepRequest,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Press one of a step's buttons.

    *activate* tells the team to begin (it gets a message with its instructions) · *taken*: the team has it ·
    *start* says that work has begun · *complete* says that it is done; with a required task, evidence or a critical
    control missing the step is verifying, not complete · *undo* takes back one's own *complete* within a minute ·
    *block* says that it cannot go on, with a reason, *unblock* that it can again · *fail* says that it failed, with
    a reason, and who waits goes on waiting · *retry* puts a failed step up for another attempt, *reopen* one that is
    over, with a reason, as long as nothing after it has begun · *skip* leaves it out, with a reason, and who waits
    for it goes on (a checkpoint and a gate take a second signature) · *cancel* leaves it out, and who waits goes on
    waiting · *override* starts it although it is not ready, with a reason · *waive* lets it wait no longer for one
    predecessor, with a reason.
    """
    moments = (body.expected_at, body.happened_at)
    message = Wording(body.message.subject, body.message.body) if body.message else None
    press = (body.version, body.reason, body.note, *moments, body.predecessor, message)
    command = StepCommand(iteration_id, code, StepAction(button), *press)
    return await step_answer(services, lambda: act_on_step(services, caller, command))
