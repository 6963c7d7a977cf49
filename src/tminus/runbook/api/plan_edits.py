"""Routes that edit a draft, and follow what others do to it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Path, Query

from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.plan_edit import EditDraft, UndoEdit, edit_draft, undo_edit
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.plan_edit_json import edit_from
from tminus.runbook.queries import plan_edits

router = APIRouter(tags=["plans"])
EDITS = "/plan-versions/{version_id}/edits"
Number = Annotated[int, Path(ge=1, le=2_147_483_647)]


@router.get(EDITS, response_model=schemas.PlanEditPage)
async def get_plan_edits(
    version_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    after: Annotated[int, Query(ge=0, le=2_147_483_647)] = 0,
) -> Any:
    """Give the next edits of a draft after a number, with what they touched as it is now."""
    return await plan_edits.edits_view(connection, person, version_id, after)


@router.post(EDITS, response_model=schemas.EditAnswer)
async def post_plan_edits(
    version_id: UUID, body: schemas.EditsRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Edit a draft: all of these edits in their order, or none."""
    edits = [edit_from(one) for one in body.as_json()]
    return await _answer(
        services,
        caller,
        version_id,
        lambda: edit_draft(services.database, caller, EditDraft(version_id, edits)),
    )


@router.post(f"{EDITS}/{{number}}/undo", response_model=schemas.EditAnswer)
async def undo_plan_edit(version_id: UUID, number: Number, services: ServicesDep, caller: CallerDep) -> Any:
    """Take an edit back by a new one; taking that back makes the first one again."""
    return await _answer(
        services,
        caller,
        version_id,
        lambda: undo_edit(services.database, caller, UndoEdit(version_id, number)),
    )


async def _answer(
    services: Services, caller: Caller, version_id: UUID, command: Callable[[], Awaitable[int]]
) -> dict[str, Any]:
    try:
        number = await command()
    except Replayed as replayed:
        entries = await entries_of(services, replayed)
        number = next((entry.detail["edit"] for entry in entries if entry.type == "plan.edited"), 0)
    async with services.database.read() as connection:
        return await plan_edits.edit_answer(connection, caller.person, version_id, number)
