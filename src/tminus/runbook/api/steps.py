"""Routes that act on a step: one for each button, each of a few lines."""

from __future__ import annotations

from typing import Any
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


async def _press(
    services: ServicesDep,
    caller: CallerDep,
    place: tuple[UUID, str],
    action: StepAction,
    body: schemas.StepRequest,
) -> Any:
    command = StepCommand(*place, action, body.version, body.reason, body.note)
    return await step_answer(services, lambda: act_on_step(services, caller, command))


@router.post(f"{STEP}/activate", response_model=schemas.StepAnswer)
async def activate_step(
    iteration_id: UUID, code: str, body: schemas.StepRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Tell the team to begin: it gets a message with its instructions."""
    return await _press(services, caller, (iteration_id, code), StepAction.ACTIVATE, body)


@router.post(f"{STEP}/start", response_model=schemas.StepAnswer)
async def start_step(
    iteration_id: UUID, code: str, body: schemas.StepRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Say that work on the step has begun."""
    return await _press(services, caller, (iteration_id, code), StepAction.START, body)


@router.post(f"{STEP}/complete", response_model=schemas.StepAnswer)
async def complete_step(
    iteration_id: UUID, code: str, body: schemas.StepRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Say that the work is done; with a required task open the step is verifying, not complete."""
    return await _press(services, caller, (iteration_id, code), StepAction.COMPLETE, body)


@router.post(f"{STEP}/skip", response_model=schemas.StepAnswer)
async def skip_step(
    iteration_id: UUID, code: str, body: schemas.StepRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Leave the step out, with a reason; who waits for it goes on."""
    return await _press(services, caller, (iteration_id, code), StepAction.SKIP, body)


@router.post(f"{STEP}/fail", response_model=schemas.StepAnswer)
async def fail_step(
    iteration_id: UUID, code: str, body: schemas.StepRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Say that the step failed, with a reason; who waits for it goes on waiting."""
    return await _press(services, caller, (iteration_id, code), StepAction.FAIL, body)


@router.post(f"{STEP}/retry", response_model=schemas.StepAnswer)
async def retry_step(
    iteration_id: UUID, code: str, body: schemas.StepRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Put a failed step up for another attempt, its tasks open again."""
    return await _press(services, caller, (iteration_id, code), StepAction.RETRY, body)


@router.post(f"{STEP}/tasks/{{task_code}}/done", response_model=schemas.StepAnswer)
async def task_done(
    iteration_id: UUID,
    code: str,
    task_code: str,
    body: schemas.TaskRequest,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Tick a task; the last required one completes a step that is verifying."""
    command = TaskCommand(iteration_id, code, task_code, True, body.version)
    return await step_answer(services, lambda: tick_task(services, caller, command))


@router.post(f"{STEP}/tasks/{{task_code}}/undone", response_model=schemas.StepAnswer)
async def task_undone(
    iteration_id: UUID,
    code: str,
    task_code: str,
    body: schemas.TaskRequest,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Reopen a task."""
    command = TaskCommand(iteration_id, code, task_code, False, body.version)
    return await step_answer(services, lambda: tick_task(services, caller, command))


@router.post("/decisions/{decision_id}/answer", response_model=schemas.StepAnswer)
async def answer_decision_by_key(
    decision_id: UUID, body: schemas.AnswerRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Answer a decision, with a reason; the answer that reaches the quorum closes the gate."""
    command = AnswerCommand(decision_id, body.answer, body.reason)
    return await step_answer(services, lambda: answer_decision(services, caller, command))
