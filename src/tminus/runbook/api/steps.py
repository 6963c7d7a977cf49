"""Routes that act on a step: its buttons, its tasks, its decision."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter

from tminus.runbook import schemas
from tminus.runbook.api.answers import step_answer
from tminus.runbook.api.deps import CallerDep, ServicesDep
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.step import StepCommand, act_on_step
from tminus.runbook.commands.task import TaskCommand, tick_task
from tminus.runbook.domain.state import StepAction

router = APIRouter(tags=["runbook"])
STEP = "/iterations/{iteration_id}/steps/{code}"
Button = Literal["activate", "start", "complete", "skip", "fail", "retry"]


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

    *activate* tells the team to begin (it gets a message with its instructions) · *start* says that work has
    begun · *complete* says that it is done; with a required task open the step is verifying, not complete ·
    *skip* leaves it out, with a reason, and who waits for it goes on · *fail* says that it failed, with a
    reason, and who waits goes on waiting · *retry* puts a failed step up for another attempt.
    """
    command = StepCommand(iteration_id, code, StepAction(button), body.version, body.reason, body.note)
    return await step_answer(services, lambda: act_on_step(services, caller, command))


@router.post(f"{STEP}/tasks/{{task_code}}/{{mark}}", response_model=schemas.StepAnswer)
async def mark_task(
    iteration_id: UUID,
    code: str,
    task_code: str,
    mark: Literal["done", "undone"],
    body: schemas.TaskRequest,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Tick a task or reopen it; the last required one completes a step that is verifying."""
    command = TaskCommand(iteration_id, code, task_code, mark == "done", body.version)
    return await step_answer(services, lambda: tick_task(services, caller, command))


@router.post("/decisions/{decision_id}/answer", response_model=schemas.StepAnswer)
async def post_answer(
    decision_id: UUID, body: schemas.AnswerRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Answer a decision, with a reason; the answer that reaches the quorum closes the gate."""
    command = AnswerCommand(decision_id, body.answer, body.reason)
    return await step_answer(services, lambda: answer_decision(services, caller, command))
