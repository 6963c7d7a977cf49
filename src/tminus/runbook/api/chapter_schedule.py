"""Routes of an iteration's schedule: look at it, and change it as a planner does."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.chapter_schedule import ScheduleCommand, change_schedule
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.chapters.change import TypedChapter
from tminus.runbook.domain.chapters.may import ScheduleAct
from tminus.runbook.domain.chapters.schedule import Seen
from tminus.runbook.queries.chapter_schedule import schedule_preview, schedule_view, shift_preview

router = APIRouter(prefix="/iterations/{iteration_id}/schedule", tags=["runbook"])


@router.get("", response_model=schemas.IterationSchedule)
async def get_schedule(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Give the times of macro-phases and chapters, planned, baseline and actual, and what cannot be kept."""
    return await schedule_view(connection, person, iteration_id)


@router.put("", response_model=schemas.IterationSchedule)
async def put_schedule(
    iteration_id: UUID, body: schemas.TypeChapters, services: ServicesDep, caller: CallerDep
) -> Any:
    """Type the times of chapters, or derive some again; all of it, or nothing where one is not as it was seen."""
    command = ScheduleCommand(iteration_id, ScheduleAct.TYPE, body.version, chapters=_typed(body))
    return await _changed(services, caller, command)


@router.post("/preview", response_model=schemas.IterationSchedule)
async def post_preview(
    iteration_id: UUID, body: schemas.TypeChapters, person: PersonDep, connection: ReadDep
) -> Any:
    """Give the schedule as it would be with these times typed. Nothing is changed."""
    return await schedule_preview(connection, person, iteration_id, _typed(body))


@router.post("/shift", response_model=schemas.IterationSchedule)
async def post_shift(
    iteration_id: UUID, body: schemas.ShiftSchedule, services: ServicesDep, caller: CallerDep
) -> Any:
    """Shift chapters by minutes; what has begun stays, and no night that has not begun is moved to before now."""
    command = ScheduleCommand(
        iteration_id, ScheduleAct.SHIFT, body.version, minutes=body.minutes, codes=_codes(body)
    )
    return await _changed(services, caller, command)


@router.post("/shift/preview", response_model=schemas.IterationSchedule)
async def post_shift_preview(
    iteration_id: UUID, body: schemas.ShiftSchedule, person: PersonDep, connection: ReadDep
) -> Any:
    """Give the schedule as this shift would make it, or refuse as the shift would. Nothing is changed."""
    return await shift_preview(connection, person, iteration_id, body.minutes, _codes(body))


@router.post("/fit", response_model=schemas.IterationSchedule)
async def post_fit(
    iteration_id: UUID, body: schemas.ScheduleRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Move the schedule into the window and take typed room away evenly; refused where the steps are longer."""
    return await _changed(services, caller, ScheduleCommand(iteration_id, ScheduleAct.FIT, body.version))


@router.post("/derive", response_model=schemas.IterationSchedule)
async def post_derive(
    iteration_id: UUID, body: schemas.ScheduleRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Drop what was typed: all chapters follow from their steps again."""
    return await _changed(services, caller, ScheduleCommand(iteration_id, ScheduleAct.DERIVE, body.version))


@router.post("/re-baseline", response_model=schemas.IterationSchedule)
async def post_rebaseline(
    iteration_id: UUID, body: schemas.Rebaseline, services: ServicesDep, caller: CallerDep
) -> Any:
    """Freeze the planned times of steps and chapters as the baseline anew, with a reason."""
    command = ScheduleCommand(iteration_id, ScheduleAct.REBASELINE, body.version, reason=body.reason)
    return await _changed(services, caller, command)


def _codes(body: schemas.ShiftSchedule) -> tuple[str, ...] | None:
    return tuple(dict.fromkeys(body.chapter_codes)) if body.chapter_codes else None


def _typed(body: schemas.TypeChapters) -> tuple[TypedChapter, ...]:
    return tuple(
        TypedChapter(
            one.chapter_code,
            one.start,
            one.end,
            Seen(one.seen.start, one.seen.end, one.seen.typed) if one.seen else None,
        )
        for one in body.chapters
    )


async def _changed(services: Services, caller: Caller, command: ScheduleCommand) -> dict[str, Any]:
    with suppress(Replayed):  # it was carried out before; the answer is the schedule as it is
        await change_schedule(services, caller, command)
    async with services.database.read() as connection:
        return await schedule_view(connection, caller.person, command.iteration_id)
