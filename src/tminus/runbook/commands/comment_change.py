"""Editing and deleting what one said oneself; the log keeps what it was."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from uuid import UUID

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.mention import tell_mentioned
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.comment import Comment, check_not_closed, check_own, check_seen, comment_fact
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.mention import Mention, Mentions, mentions_in
from tminus.runbook.queries.mentionables import mentionables_of
from tminus.runbook.store import comments


@dataclass(frozen=True, slots=True)
class EditComment:
    """Other words for a comment, as it was seen (None = whatever it is)."""

    comment_id: UUID
    body: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class DeleteComment:
    """A comment to be taken back, as it was seen (None = whatever it is)."""

    comment_id: UUID
    version: int | None = None


async def edit_comment(services: Services, caller: Caller, command: EditComment) -> Mentions:
    """Change one's own words; tell whom they name anew. The same words again write nothing.

    Raises `NotFound`, `Forbidden` (not one's own), `Invalid`, `Refused` (`comment_changed`, `comment_deleted`,
    `iteration_closed`) and `Unavailable`.
    """
    comment = await _own(services, caller, command.comment_id, "edit")
    async with services.database.read() as connection:
        mentions = mentions_in(command.body, await mentionables_of(connection, comment.migration_id))
    async with _work(services, caller, comment) as tx:
        comment, iteration = await _now(tx, comment.id, command.version)
        if comment.body != command.body:
            await _keep(services, tx, iteration, replace(comment, body=command.body), comment, mentions)
    return mentions


async def _keep(
    services: Services, tx: Transaction, iteration: Iteration, new: Comment, old: Comment, mentions: Mentions
) -> None:
    before = (await comments.mentions_of(tx.connection, [old.id]))[old.id]
    await comments.update_comment(tx.connection, old.id, {"body": new.body, "edited_at": tx.now})
    await comments.save_mentions(tx.connection, old.id, mentions.found)
    tx.record(
        comment_fact(
            "comment.edited",
            f"{tx.actor.name} edited {_which(old)}",
            old,
            before={"body": old.body, "version": old.version},
            after={"body": new.body, "version": old.version + 1},
            mentions=[one.name for one in mentions.found],
            unknown=list(mentions.unknown),
        )
    )
    await tell_mentioned(services, tx, iteration, new, _new(mentions.found, before))


def _new(named: Sequence[Mention], before: Sequence[Mention]) -> list[Mention]:
    told = {one.target for one in before}
    return [one for one in named if one.target not in told]


async def delete_comment(services: Services, caller: Caller, command: DeleteComment) -> None:
    """Take back one's own words: their place stays, and the log keeps them. Twice is the same as once.

    Raises as `edit_comment` does.
    """
    comment = await _own(services, caller, command.comment_id, "delete")
    if comment.deleted_at is not None:
        return
    async with _work(services, caller, comment) as tx:
        comment, _ = await _now(tx, comment.id, command.version)
        await comments.update_comment(tx.connection, comment.id, {"body": "", "deleted_at": tx.now})
        await comments.save_mentions(tx.connection, comment.id, [])
        tx.record(
            comment_fact(
                "comment.deleted",
                f"{tx.actor.name} deleted {_which(comment)}",
                comment,
                before={"body": comment.body, "version": comment.version},
                after={"body": "", "version": comment.version + 1},
            )
        )


def _which(comment: Comment) -> str:
    what = "comment" if comment.kind == "comment" else "hand-over note"
    return f"their {what} on {comment.step_code}" if comment.step_code else f"their {what}"


def _work(services: Services, caller: Caller, comment: Comment) -> AbstractAsyncContextManager[Transaction]:
    actor = caller.actor(Right.SEE, comment.migration_id)
    return unit_of_work(services.database, comment.migration_id, actor, caller.key)


async def _own(services: Services, caller: Caller, key: UUID, what: str) -> Comment:
    async with services.database.read() as connection:
        comment = await comments.find_comment(connection, key)
    if comment is None:
        raise NotFound("There is no such comment. Nothing was changed.", hint="Reload the conversation.")
    require(caller.person, Right.SEE, comment.migration_id)
    check_own(comment, caller.person.id, what)
    return comment


async def _now(tx: Transaction, key: UUID, version: int | None) -> tuple[Comment, Iteration]:
    """Return the comment under the lock, as it was seen, in an iteration that is not closed."""
    comment = await comments.find_comment(tx.connection, key)
    assert comment is not None  # noqa: S101 - none is ever removed
    iteration = await load_iteration(tx, comment.iteration_id)
    check_not_closed(iteration)
    check_seen(comment, version, iteration.zone)
    return comment, iteration
