"""Routes of an iteration's controls."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.people.identify import PersonDep
from tminus.runbook.api.answers import step_answer
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.control import ControlCommand, act_on_control
from tminus.runbook.domain.control import ControlAction
from tminus.runbook.queries.controls import controls_view
from tminus.runbook.schemas import StepAnswer
from tminus.runbook.schemas import controls as schemas

router = APIRouter(tags=["controls"])
CONTROLS = "/iterations/{iteration_id}/controls"


@router.get(CONTROLS, response_model=schemas.ControlBoard)
async def get_controls(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Give all controls of an iteration with how far each is, its evidence, and where it is tied."""
    return await controls_view(connection, person, iteration_id)


@router.post(f"{CONTROLS}/{{code}}/{{action}}", response_model=StepAnswer)
async def press_control(
    iteration_id: UUID,
    code: str,
    action: ControlAction,
    body: schemas.ControlRequest,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Validate a control: *pass* or *fail*, by the team that validates it or a pilot; *cancel* and *reopen* by a pilot.

    *override* passes it by order; of a critical one it only asks a second person, who signs a decision.
    """
    command = ControlCommand(iteration_id, code, action, body.version, body.reason)
    return await step_answer(services, lambda: act_on_control(services, caller, command))
