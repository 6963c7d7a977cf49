"""The states of a task, and which of them hold a step in verifying."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.db.shown import running
from tests.world import World, plan_of, step, tasks
from tminus.kernel.errors import Invalid, Refused
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.task import TaskCommand, tick_task
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.task import TaskMark


async def mark(world: World, i: UUID, task: str, what: str, **more: object) -> Step:
    """Let Dana say something of a task of TRT-1."""
    command = TaskCommand(i, "TRT-1", task, TaskMark(what), **more)  # type: ignore[arg-type] # test's own words
    return (await tick_task(world.services, Caller(world.people["Dana"]), command)).step


async def test_a_task_that_failed_holds_and_one_that_does_not_apply_does_not(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", tasks=tasks("TRT-1", 2))))
    await running(world, i)
    with pytest.raises(Invalid, match="takes a reason"):
        await mark(world, i, "TRT-1-1", "fail")
    after = await mark(world, i, "TRT-1-1", "fail", reason="disk full")
    assert (after.tasks_done, after.tasks_open) == (0, 2)
    after = await mark(world, i, "TRT-1-2", "not-applicable", reason="no such index here")
    assert (after.tasks_done, after.tasks_open) == (0, 1)
    assert (await world.press("Dana", i, "TRT-1", "complete")).step.state is StepState.VERIFYING
    with pytest.raises(Refused, match="it is failed now"):
        await mark(world, i, "TRT-1-1", "fail", reason="again")
    after = await mark(world, i, "TRT-1-1", "done")
    assert (after.state, after.tasks_done, after.tasks_open) == (StepState.COMPLETE, 1, 0)
