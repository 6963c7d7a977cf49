"""Where evidence is meant for: a step, with a task or a control of it, or a control alone; and who may give it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, may
from tminus.runbook.domain.control import Control
from tminus.runbook.domain.evidence import check_shown
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.task import TaskNow
from tminus.runbook.store import controls, execution, tasks


@dataclass(frozen=True, slots=True)
class Aim:
    """What evidence is for, by codes: a step, or a control, or a task or a control of a step."""

    iteration_id: UUID
    step_code: str | None = None
    task_code: str | None = None
    control_code: str | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What was aimed at, as it stands, with the network of its step."""

    step: Step | None
    task: TaskNow | None
    control: Control | None
    network: Neighbourhood | None

    @property
    def attempt(self) -> int:
        """The attempt that something shown now belongs to: the step's, or that of a control alone."""
        if self.step:
            return self.step.attempt
        return self.control.attempt if self.control else 1

    @property
    def teams(self) -> tuple[UUID | None, ...]:
        """The teams whose members may show something for it."""
        of_control = (self.control.producer_team_id, self.control.validator_team_id) if self.control else ()
        of_step = (self.step.team_id,) if self.step else ()
        return (*of_step, *((self.task.team_id,) if self.task else ()), *of_control)


async def target_of(
    connection: AsyncConnection, iteration: Iteration, step_id: UUID | None, aim: Aim
) -> Target:
    """Return what is aimed at. Raises `NotFound` where the task or control is not of that step."""
    network = (
        await execution.load_neighbourhood(connection, iteration.id, [step_id])
        if step_id is not None
        else None
    )
    step = network.steps[step_id] if network is not None and step_id is not None else None
    task = await _task(connection, step, aim.task_code)
    control = await _control(connection, iteration, step, aim.control_code)
    return Target(step, task, control, network)


async def _task(connection: AsyncConnection, step: Step | None, code: str | None) -> TaskNow | None:
    if code is None:
        return None
    task = await tasks.load_task(connection, step.id, code) if step else None
    if task is None:
        raise NotFound(
            f"There is no task {code[:80]} in this step. Nothing was kept.", hint="Reload the step."
        )
    return task


async def _control(
    connection: AsyncConnection, iteration: Iteration, step: Step | None, code: str | None
) -> Control | None:
    if code is None:
        return None
    control = await controls.load_control(connection, iteration.id, code)
    if control is None or (step and step.id not in await controls.tied_steps(connection, control.id)):
        raise NotFound(f"There is no control {code[:80]} here. Nothing was kept.", hint="Reload the page.")
    return control


def check_target(person: Person, iteration: Iteration, target: Target) -> None:
    """Raise the refusal that keeps this person from showing something for the target."""
    check_shown(target.step, iteration, may=may_show(person, iteration, target))


def may_show(person: Person, iteration: Iteration, target: Target) -> bool:
    """Tell whether the person is a pilot, or of a team that does the work or has to do with the control."""
    own = any(may(person, Right.OWN_STEPS, iteration.migration_id, team) for team in target.teams)
    return own or may(person, Right.ANY_STEP, iteration.migration_id)
