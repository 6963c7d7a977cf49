"""What may be said of a night, by whom, and until when; comments and hand-over notes alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.kernel.facts import Fact
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import IterationState


class CommentKind(StrEnum):
    """A word in a conversation, or what one shift leaves to the next."""

    COMMENT = "comment"
    HANDOVER = "handover"


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said; `body` is empty once it was deleted."""

    id: UUID
    migration_id: UUID
    iteration_id: UUID
    step_id: UUID | None
    step_code: str | None
    kind: CommentKind
    body: str
    by_id: UUID | None
    by_name: str
    at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    version: int


def check_kind(kind: CommentKind, step_code: str | None) -> None:
    """Raise `Invalid` for a hand-over of one step: a shift hands over the night."""
    if kind is CommentKind.HANDOVER and step_code is not None:
        raise Invalid(
            "A hand-over note is about the whole iteration, not one step. Nothing was written.",
            hint="Leave the step out, or write a comment on the step.",
            field="stepCode",
        )


def check_not_closed(iteration: Iteration) -> None:
    """Raise `Refused` once the iteration is closed: what was said of it then stays as it is."""
    if iteration.state is IterationState.CLOSED:
        raise Refused(
            f"{iteration.name} was closed at {wall_time(iteration.state_since, iteration.zone)} by"
            f" {iteration.state_by}; what was said of it stays as it is. Nothing was written.",
            code="iteration_closed",
            hint="Write it where the next iteration will find it: propose it for the plan.",
        )


def check_own(comment: Comment, person_id: UUID | None, what: str) -> None:
    """Raise `Forbidden` for a comment that somebody else wrote; `what` = what was asked ("edit")."""
    if person_id is None or comment.by_id != person_id:
        raise Forbidden(
            f"{comment.by_name} wrote this; nobody else may {what} it. Nothing was changed.",
            hint=f"Ask {comment.by_name} to {what} it, or answer below it.",
        )


def check_seen(comment: Comment, version: int | None, zone: str) -> None:
    """Raise `Refused` if it was deleted, or changed since it was seen, saying what it is now."""
    if comment.deleted_at is not None:
        raise Refused(
            f"This comment was deleted at {wall_time(comment.deleted_at, zone)}. Nothing was changed.",
            code="comment_deleted",
            hint="Write a new one.",
        )
    if version is not None and version != comment.version:
        raise Refused(
            "This comment was changed meanwhile, in another window perhaps. What you typed was not saved.",
            code="comment_changed",
            hint="Look at it as it is now, then edit it again.",
            current={"body": comment.body, "version": comment.version},
        )


def comment_fact(type_: str, sentence: str, comment: Comment, **detail: Any) -> Fact:
    """State what became of a comment; its parts lie under `comment`, since a board holds none of them."""
    told = {"id": str(comment.id), "kind": comment.kind.value, **detail}
    return Fact(
        type_,
        sentence,
        comment.iteration_id,
        comment.step_id,
        {"stepCode": comment.step_code, "comment": told} if comment.step_code else {"comment": told},
    )


def beginning(body: str, longest: int = 120) -> str:
    """Return how a text begins, on one line, for a sentence of the log."""
    line = " ".join(body.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
