"""Routes that make and move an iteration."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.people.api.deps import SeenDep
from tminus.platform.eventlog.store import newest_of_iteration
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ServicesDep
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.iteration import IterationCommand, act_on_iteration
from tminus.runbook.commands.iteration_terms import ChangeTerms, change_terms
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.state import IterationAction
from tminus.runbook.domain.terms import Blackout
from tminus.runbook.queries.iteration import iteration_view

router = APIRouter(tags=["runbook"])


@router.post("/iterations", status_code=201, response_model=schemas.IterationAnswer)
async def post_iteration(body: schemas.NewIteration, services: ServicesDep, caller: CallerDep) -> Any:
    """Freeze an approved plan version as a new iteration, in *planning*."""
    command = CreateIteration(
        body.plan_version_id,
        body.name,
        body.kind,
        body.planned_start,
        body.window_end,
        body.environments,
        body.window_start,
    )
    try:
        iteration_id = await create_iteration(services, caller, command)
    except Replayed as replayed:
        (entry,) = await entries_of(services, replayed)
        assert entry.iteration_id is not None  # noqa: S101 - what that command wrote
        iteration_id = entry.iteration_id
    return await _answer(services, caller, iteration_id)


@router.patch("/iterations/{iteration_id}", response_model=schemas.IterationAnswer)
async def patch_iteration(
    iteration_id: UUID, body: schemas.TermsRequest, services: ServicesDep, caller: CallerDep, seen: SeenDep
) -> Any:
    """Change the terms of an iteration as it was seen (`If-Match`); what is absent stays, null clears it."""
    values = {name: getattr(body, name) for name in body.model_fields_set}
    if body.blackouts is not None:
        values["blackouts"] = [Blackout(one.start, one.end, one.reason) for one in body.blackouts]
    with suppress(Replayed):
        await change_terms(services, caller, ChangeTerms(iteration_id, values, seen))
    return await _answer(services, caller, iteration_id)


@router.post("/iterations/{iteration_id}/{button}", response_model=schemas.IterationAnswer)
async def press_iteration(
    iteration_id: UUID,
    button: IterationAction,
    body: schemas.IterationRequest,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Press one of an iteration's buttons.

    *schedule* sets the start and freezes the baseline · *start* goes live: choose comms, and whether planned
    times move to now · *hold* lets nothing new begin, with a reason; running work goes on · *resume* ends a
    hold · *complete* is refused while steps are open, naming them.
    """
    command = IterationCommand(
        iteration_id,
        button,
        body.version,
        body.reason,
        body.comms,
        body.rebase,
        body.planned_start,
        body.take_seconds,
        body.upcoming_seconds,
    )
    with suppress(Replayed):  # it was carried out before; the answer is the iteration as it is
        await act_on_iteration(services, caller, command)
    return await _answer(services, caller, iteration_id)


async def _answer(services: Services, caller: Caller, iteration_id: UUID) -> dict[str, Any]:
    async with services.database.read() as connection:
        view = await iteration_view(connection, caller.person, iteration_id)
        seq = await newest_of_iteration(connection, iteration_id)
    return {"seq": seq, "iteration": view}
