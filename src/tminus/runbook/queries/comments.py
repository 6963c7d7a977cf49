"""Conversations as screens read them: the newest first, each with what its reader may do to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person
from tminus.runbook.domain.comment import Comment, CommentKind
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.mention import Mention
from tminus.runbook.domain.state import IterationState
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store import comments, places

PAGE = 50
"""So many comments come at once."""


async def comments_view(
    connection: AsyncConnection,
    person: Person,
    iteration_id: UUID,
    *,
    step_code: str | None,
    kind: CommentKind | None,
    before: UUID | None,
) -> dict[str, Any]:
    """Return a page of comments, of the iteration with all its steps or of one. Raises `NotFound`, `Forbidden`."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    step_id = await _step(connection, iteration_id, step_code) if step_code is not None else None
    found = await comments.page_of_comments(
        connection, iteration_id, step_id=step_id, kind=kind, before=before, limit=PAGE + 1
    )
    shown = found[:PAGE]
    return {
        "items": await _views(connection, person, iteration, shown),
        "next": shown[-1].id if len(found) > PAGE else None,
        "mayAdd": iteration.state is not IterationState.CLOSED,
    }


async def comment_view(connection: AsyncConnection, person: Person, key: UUID) -> dict[str, Any]:
    """Return one comment. Raises `NotFound`, `Forbidden`."""
    comment = await comments.find_comment(connection, key)
    if comment is None:
        raise NotFound("There is no such comment.", hint="Reload the conversation.")
    _, iteration = await visible_iteration(connection, person, comment.iteration_id)
    (view,) = await _views(connection, person, iteration, [comment])
    return view


async def _step(connection: AsyncConnection, iteration_id: UUID, code: str) -> UUID:
    place = await places.find_place(connection, iteration_id, code)
    if place is None or place.step_id is None:
        raise NotFound(
            f"There is no step {code[:80]} in this iteration.", hint="Check the code on the runsheet."
        )
    return place.step_id


async def _views(
    connection: AsyncConnection, person: Person, iteration: Iteration, found: Sequence[Comment]
) -> list[dict[str, Any]]:
    named = await comments.mentions_of(connection, [one.id for one in found])
    return [_view(one, named[one.id], person, iteration) for one in found]


def _view(one: Comment, named: Sequence[Mention], person: Person, iteration: Iteration) -> dict[str, Any]:
    own = person.id is not None and one.by_id == person.id
    changeable = own and one.deleted_at is None and iteration.state is not IterationState.CLOSED
    return {
        "id": one.id,
        "stepCode": one.step_code,
        "kind": one.kind.value,
        "body": one.body,
        "by": one.by_name,
        "at": one.at,
        "editedAt": one.edited_at,
        "deletedAt": one.deleted_at,
        "mentions": [{"target": at.target, "kind": at.kind, "name": at.name} for at in named],
        "version": one.version,
        "allowedActions": ["edit", "delete"] if changeable else [],
    }
