"""Routes that act on the tasks of a step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.runbook import schemas
from tminus.runbook.api.answers import step_answer
from tminus.runbook.api.deps import CallerDep, ServicesDep
from tminus.runbook.commands.task import TaskCommand, tick_task
from tminus.runbook.domain.task import TaskMark

router = APIRouter(tags=["runbook"])


@router.post(
    "/iterations/{iteration_id}/steps/{code}/tasks/{task_code}/{mark}", response_model=schemas.StepAnswer
)
async def mark_task(
    iteration_id: UUID,
    code: str,
    task_code: str,
    mark: TaskMark,
    body: schemas.TaskRequest,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Tick a task or reopen it, say that it failed or does not apply (both with a reason).

    The last required one completes a step that is verifying; one that failed goes on holding it.
    """
    command = TaskCommand(iteration_id, code, task_code, mark, body.version, body.reason)
    return await step_answer(services, lambda: tick_task(services, caller, command))
