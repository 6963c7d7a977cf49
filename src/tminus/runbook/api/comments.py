"""Routes of the conversation: on a step, on the iteration, and from one shift to the next."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from tminus.people.api.deps import SeenDep
from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.comment_add import AddComment, add_comment
from tminus.runbook.commands.comment_change import DeleteComment, EditComment, delete_comment, edit_comment
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.comment import CommentKind
from tminus.runbook.queries.comments import comment_view, comments_view
from tminus.runbook.queries.mentionables import mentionables_view
from tminus.runbook.schemas import comments as schemas
from tminus.runbook.schemas.requests import Code

router = APIRouter(tags=["conversation"])
COMMENTS, COMMENT = "/iterations/{iteration_id}/comments", "/comments/{comment_id}"


@router.get(COMMENTS, response_model=schemas.CommentList)
async def get_comments(
    iteration_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    step_code: Annotated[Code | None, Query(alias="stepCode")] = None,
    kind: CommentKind | None = None,
    before: UUID | None = None,
) -> Any:
    """Give what was said of an iteration with all its steps, or of one step; the newest first."""
    return await comments_view(
        connection, person, iteration_id, step_code=step_code, kind=kind, before=before
    )


@router.get("/iterations/{iteration_id}/mentionables", response_model=schemas.Mentionables)
async def get_mentionables(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Give the people and teams who may be named after an @."""
    return await mentionables_view(connection, person, iteration_id)


@router.post(COMMENTS, status_code=201, response_model=schemas.CommentAnswer)
async def post_comment(
    iteration_id: UUID, body: schemas.NewComment, services: ServicesDep, caller: CallerDep
) -> Any:
    """Say something, by everyone who may see it; those who are named after an @ are told."""
    command = AddComment(iteration_id, body.body, body.step_code, body.kind)
    try:
        key, mentions = await add_comment(services, caller, command)
    except Replayed as replayed:
        (entry,) = await entries_of(services, replayed)
        told = entry.detail["comment"]
        return await _answer(services, caller, UUID(told["id"]), told["unknown"])
    return await _answer(services, caller, key, mentions.unknown)


@router.patch(COMMENT, response_model=schemas.CommentAnswer)
async def patch_comment(
    comment_id: UUID, body: schemas.CommentChange, services: ServicesDep, caller: CallerDep, seen: SeenDep
) -> Any:
    """Change one's own words, as they were seen (`If-Match`); the log keeps what they were."""
    unknown: Sequence[str] = ()
    with suppress(Replayed):
        unknown = (await edit_comment(services, caller, EditComment(comment_id, body.body, seen))).unknown
    return await _answer(services, caller, comment_id, unknown)


@router.delete(COMMENT, response_model=schemas.CommentAnswer)
async def remove_comment(
    comment_id: UUID,
    services: ServicesDep,
    caller: CallerDep,
    version: Annotated[int | None, Query(ge=1)] = None,
) -> Any:
    """Take back one's own words, as they were seen (`version`): the place stays, and the log keeps them."""
    with suppress(Replayed):
        await delete_comment(services, caller, DeleteComment(comment_id, version))
    return await _answer(services, caller, comment_id, ())


async def _answer(services: Services, caller: Caller, key: UUID, unknown: Sequence[str]) -> dict[str, Any]:
    async with services.database.read() as connection:
        view = await comment_view(connection, caller.person, key)
    return {"comment": view, "unknown": list(unknown)}
