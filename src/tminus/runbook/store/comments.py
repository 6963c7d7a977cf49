"""SQL of what people say of a night."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.comment import Comment, CommentKind
from tminus.runbook.domain.mention import Mention
from tminus.runbook.store.tables import comment_mentions, comments

_COMMENTS = """
    SELECT c.id, c.migration_id, c.iteration_id, c.step_id, s.code, c.kind, c.body, c.by_id, c.by_name, c.at,
           c.edited_at, c.deleted_at, c.version
    FROM comments AS c LEFT JOIN iteration_steps AS s ON s.id = c.step_id
"""
_ONE = text(f"{_COMMENTS} WHERE c.id = :id")
_PAGE = text(
    f"""
    {_COMMENTS} WHERE c.iteration_id = :iteration AND (CAST(:step AS uuid) IS NULL OR c.step_id = :step)
        AND (CAST(:kind AS text) IS NULL OR c.kind = :kind)
        AND (CAST(:before AS uuid) IS NULL
             OR (c.at, c.id) < (SELECT b.at, b.id FROM comments AS b WHERE b.id = :before))
    ORDER BY c.at DESC, c.id DESC LIMIT :limit
    """  # noqa: S608 - constants
)
_MENTIONS = text(
    """
    SELECT comment_id, target, kind, name FROM comment_mentions WHERE comment_id = ANY(:ids) ORDER BY kind DESC, name
    """
)


def _comment(row: Row[Any]) -> Comment:
    values = dict(row._mapping)
    kind, code = CommentKind(values.pop("kind")), values.pop("code")
    return Comment(**values, kind=kind, step_code=code)


async def find_comment(connection: AsyncConnection, key: UUID) -> Comment | None:
    """Return a comment by its key, a deleted one too."""
    row = (await connection.execute(_ONE, {"id": key})).one_or_none()
    return _comment(row) if row else None


async def page_of_comments(
    connection: AsyncConnection,
    iteration_id: UUID,
    *,
    step_id: UUID | None,
    kind: CommentKind | None,
    before: UUID | None,
    limit: int,
) -> Sequence[Comment]:
    """Return comments of an iteration, or of a step of it, the newest first; those older than `before`."""
    values = {"iteration": iteration_id, "step": step_id, "kind": kind, "before": before, "limit": limit}
    return [_comment(row) for row in await connection.execute(_PAGE, values)]


async def mentions_of(connection: AsyncConnection, keys: Sequence[UUID]) -> dict[UUID, list[Mention]]:
    """Return whom comments name, by the comments' keys."""
    found: dict[UUID, list[Mention]] = {key: [] for key in keys}
    for comment_id, target, kind, name in await connection.execute(_MENTIONS, {"ids": list(keys)}):
        found[comment_id].append(Mention(target, kind, name))
    return found


async def insert_comment(connection: AsyncConnection, values: dict[str, Any]) -> None:
    """Keep a comment."""
    await connection.execute(insert(comments).values(values))


async def update_comment(connection: AsyncConnection, key: UUID, values: dict[str, Any]) -> None:
    """Write what became of a comment; its `version` goes up by one."""
    changed = values | {"version": comments.c.version + 1}
    await connection.execute(update(comments).where(comments.c.id == key).values(changed))


async def save_mentions(connection: AsyncConnection, key: UUID, mentions: Sequence[Mention]) -> None:
    """Make these the mentions of a comment."""
    await connection.execute(delete(comment_mentions).where(comment_mentions.c.comment_id == key))
    rows = [{"comment_id": key, "target": one.target, "kind": one.kind, "name": one.name} for one in mentions]
    if rows:
        await connection.execute(insert(comment_mentions), rows)
