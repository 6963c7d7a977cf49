"""What people say of a step or of the iteration."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.comment import CommentKind
from tminus.runbook.schemas.requests import Code
from tminus.runbook.schemas.shape import Shape
from tminus.runbook.schemas.spoken import Said


class NewComment(Shape):
    """What is said; without a step, of the whole iteration. A hand-over note is always of the whole."""

    body: Said
    step_code: Code | None = None
    kind: CommentKind = CommentKind.COMMENT


class CommentChange(Shape):
    """Other words for it."""

    body: Said


class CommentMention(Shape):
    """A person or a team that is named; `name` as it stands in the body after the @."""

    target: UUID
    kind: Literal["user", "team"]
    name: str


class Comment(Shape):
    """A comment or a hand-over note, as text; a deleted one keeps its place, and has no words."""

    id: UUID
    step_code: str | None
    kind: CommentKind
    body: str
    by: str
    at: datetime
    edited_at: datetime | None
    deleted_at: datetime | None
    mentions: list[CommentMention]
    version: int
    allowed_actions: list[Literal["edit", "delete"]]


class CommentList(Shape):
    """A page of them, the newest first; `next` = the comment before which to read on."""

    items: list[Comment]
    next: UUID | None
    may_add: bool


class CommentAnswer(Shape):
    """The comment as it is now; `unknown` = the words after an @ that name nobody here."""

    comment: Comment
    unknown: list[str]


class MentionablePerson(Shape):
    """Somebody with a role or a team in the migration."""

    id: UUID
    name: str
    teams: list[str]


class MentionableTeam(Shape):
    """A team of the migration, named by its code."""

    id: UUID
    code: str
    name: str


class Mentionables(Shape):
    """Who may be named after an @."""

    people: list[MentionablePerson]
    teams: list[MentionableTeam]
