"""Routes that read: lists, board, step, events, my work."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

import msgspec
from fastapi import APIRouter, Query, Response

from tminus.people.identify import PersonDep
from tminus.runbook import schemas
from tminus.runbook.api.deps import ReadDep
from tminus.runbook.domain.state_table import action_table
from tminus.runbook.queries import (
    board,
    end_check,
    events,
    iteration,
    messages,
    migrations,
    my_work,
    progress,
    start_check,
    step_detail,
)

router = APIRouter(tags=["runbook"])


@router.get("/step-actions", response_model=schemas.ActionTable)
async def get_step_actions(person: PersonDep) -> Any:
    """Give the state table: what may be asked by iteration state, behaviour, step state and relation."""
    return action_table()


@router.get("/migrations", response_model=schemas.MigrationList)
async def get_migrations(person: PersonDep, connection: ReadDep) -> Any:
    """List the migrations the person may see, with their iterations."""
    return {"items": await migrations.migrations_view(connection, person), "next": None}


@router.get("/migrations/{migration_id}", response_model=schemas.Migration)
async def get_migration(migration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Give one migration."""
    return await migrations.migration_view(connection, person, migration_id)


@router.get("/iterations/{iteration_id}", response_model=schemas.Iteration)
async def get_iteration(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Give one iteration with what the person may do to it."""
    return await iteration.iteration_view(connection, person, iteration_id)


@router.get("/iterations/{iteration_id}/board", response_model=schemas.Board)
async def get_board(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Response:
    """Give the whole runsheet as of one event number."""
    # Thousands of rows of our own making: encoded as they are, not validated a second time.
    content = msgspec.json.encode(await board.board(connection, person, iteration_id))
    return Response(content, media_type="application/json")


@router.get("/iterations/{iteration_id}/steps/{code}", response_model=schemas.StepDetail)
async def get_step(iteration_id: UUID, code: str, person: PersonDep, connection: ReadDep) -> Any:
    """Give all about one step."""
    return await step_detail.step_detail(connection, person, iteration_id, code)


@router.get("/iterations/{iteration_id}/events", response_model=schemas.EventPage)
async def get_events(
    iteration_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    after: Annotated[int, Query(ge=0)] = 0,
    limit: Annotated[int, Query(ge=1, le=1000)] = 500,
) -> Any:
    """Give the iteration's next events after a number: the fallback for who has no live connection."""
    return await events.events_after(connection, person, iteration_id, after, limit)


@router.get("/iterations/{iteration_id}/messages", response_model=schemas.MessageList)
async def get_messages(
    iteration_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    status: schemas.MessageStatus | None = None,
    step: Annotated[str | None, Query(max_length=60)] = None,
    care: bool = False,
) -> Any:
    """Give the iteration's messages and where each stands; with `care`, those nobody has seen to."""
    wanted = messages.Wanted(status, step, care)
    return await messages.messages_view(connection, person, iteration_id, wanted)


@router.get("/iterations/{iteration_id}/progress-history", response_model=schemas.ProgressHistory)
async def get_progress_history(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Give the burn-up: measured points and the planned curve."""
    return await progress.progress_history(connection, person, iteration_id)


@router.get("/iterations/{iteration_id}/start-check", response_model=schemas.StartCheck)
async def get_start_check(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Say what starting would do: whom it reaches, what is missing, how late it is."""
    return await start_check.start_check(connection, person, iteration_id)


@router.get("/iterations/{iteration_id}/end-check", response_model=schemas.EndCheck)
async def get_end_check(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Say what is still open, before the iteration is completed."""
    return await end_check.end_check(connection, person, iteration_id)


@router.get("/my-work", response_model=schemas.MyWork)
async def get_my_work(person: PersonDep, connection: ReadDep) -> Any:
    """Give what the person's teams have to do now, next and later."""
    return await my_work.my_work(connection, person)
