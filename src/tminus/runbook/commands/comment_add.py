"""Saying something of a step or of the iteration; leaving a note to the next shift."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.facts import Fact
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Right
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.mention import tell_mentioned
from tminus.runbook.commands.place import seen_place
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.comment import (
    Comment,
    CommentKind,
    beginning,
    check_kind,
    check_not_closed,
    comment_fact,
)
from tminus.runbook.domain.mention import Mentions, mentions_in
from tminus.runbook.queries.mentionables import mentionables_of
from tminus.runbook.store import comments
from tminus.runbook.store.places import Place


@dataclass(frozen=True, slots=True)
class AddComment:
    """What is said, of which iteration, and of which step of it if of one."""

    iteration_id: UUID
    body: str
    step_code: str | None = None
    kind: CommentKind = CommentKind.COMMENT


async def add_comment(services: Services, caller: Caller, command: AddComment) -> tuple[UUID, Mentions]:
    """Keep it, tell whom it names, and return its key with whom it names.

    Raises `NotFound`, `Forbidden`, `Invalid` (too many named; a hand-over of one step), `Refused`
    (`iteration_closed`) and `Unavailable`.
    """
    async with services.database.read() as connection:
        place = await seen_place(connection, caller, command.iteration_id, command.step_code)
        check_kind(command.kind, command.step_code)
        mentions = mentions_in(command.body, await mentionables_of(connection, place.migration_id))
    actor = caller.actor(Right.SEE, place.migration_id)
    async with unit_of_work(services.database, place.migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, place.iteration_id)
        check_not_closed(iteration)
        comment = _comment(tx, place, command)
        await comments.insert_comment(tx.connection, _row(comment))
        await comments.save_mentions(tx.connection, comment.id, mentions.found)
        tx.record(_added(comment, place, mentions))
        await tell_mentioned(services, tx, iteration, comment, mentions.found)
    return comment.id, mentions


def _comment(tx: Transaction, place: Place, command: AddComment) -> Comment:
    return Comment(
        id=new_id(),
        migration_id=place.migration_id,
        iteration_id=place.iteration_id,
        step_id=place.step_id,
        step_code=place.step_code,
        kind=command.kind,
        body=command.body,
        by_id=tx.actor.id,
        by_name=tx.actor.name,
        at=tx.now,
        edited_at=None,
        deleted_at=None,
        version=1,
    )


def _row(comment: Comment) -> dict[str, object]:
    members = ("id", "migration_id", "iteration_id", "step_id", "body", "by_id", "by_name", "at")
    return {name: getattr(comment, name) for name in members} | {"kind": comment.kind.value}


def _added(comment: Comment, place: Place, mentions: Mentions) -> Fact:
    handover = comment.kind is CommentKind.HANDOVER
    did = "left a hand-over note" if handover else f"commented on {place.words}"
    return comment_fact(
        "handover.added" if handover else "comment.added",
        f"{comment.by_name} {did}: “{beginning(comment.body)}”",
        comment,
        body=comment.body,
        mentions=[one.name for one in mentions.found],
        unknown=list(mentions.unknown),
    )
