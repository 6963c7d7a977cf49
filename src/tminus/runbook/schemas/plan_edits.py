"""Edits of a draft as the page sends them, and what they did."""

from __future__ import annotations

from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field

from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.domain.plan_edit import Level
from tminus.runbook.schemas.requests import Code
from tminus.runbook.schemas.shape import Shape

_YEAR = 366 * 86_400
Lag = Annotated[int, Field(ge=-_YEAR, le=_YEAR)]
Text = Annotated[str, Field(max_length=20_000)]
Line = Annotated[str, Field(max_length=300)]
Words = Annotated[list[Line], Field(max_length=100)]


class LinkEnd(Shape):
    """What comes first, and in which way."""

    code: Code
    kind: LinkKind = LinkKind.FS


class NewLink(LinkEnd):
    """A link with its lag in seconds."""

    lag_seconds: Lag = 0


class NewItem(Shape):
    """A new thing: the members that its level has; what is left out takes its default. May hold what is in it."""

    code: Code
    name: Line | None = None
    title: Line | None = None
    rollback: bool | None = None
    type: Code | None = None
    behaviour: Line | None = None
    team: Code | None = None
    duration_seconds: int | None = None
    instructions: Text | None = None
    auto_activate: bool | None = None
    point_of_no_return: bool | None = None
    evidence: bool | None = None
    impacted_teams: Words | None = None
    labels: Words | None = None
    applications: Words | None = None
    environment: Code | None = None
    scope: Words | None = None
    undoes: Words | None = None
    not_before: Line | None = None
    fixed_start: Line | None = None
    required: bool | None = None
    nominee: Line | None = None
    controls: Words | None = None
    description: Text | None = None
    producer: Code | None = None
    validator: Code | None = None
    critical: bool | None = None
    has_instructions: bool | None = None
    own: bool | None = None
    after: Annotated[list[NewLink], Field(max_length=500)] | None = None
    carriers: Annotated[list[Code], Field(max_length=5_000)] | None = None
    tasks: Annotated[list[NewItem], Field(max_length=500)] | None = None
    steps: Annotated[list[NewItem], Field(max_length=2_000)] | None = None
    chapters: Annotated[list[NewItem], Field(max_length=500)] | None = None


def _of_json(value: Any) -> Any:
    """Refuse what some programs write for “not a number”: it would be taken for none."""
    if isinstance(value, float) and not isfinite(value):
        raise ValueError("is not a value of JSON")
    return value


Value = Annotated[Any, AfterValidator(_of_json)]


class SetEdit(Shape):
    """Give a field another value, if it still has the one that was seen."""

    op: Literal["set"]
    level: Level
    code: Code
    field: Annotated[str, Field(max_length=60)]
    was: Value
    to: Value


class AddEdit(Shape):
    """Add a thing before another one of its parent, or as the last."""

    op: Literal["add"]
    level: Level
    parent: Code | None = None
    before: Code | None = None
    item: NewItem


class RemoveEdit(Shape):
    """Take a thing out; with content: also what it consists of, and links of others to it."""

    op: Literal["remove"]
    level: Level
    code: Code
    with_content: bool = False


class MoveEdit(Shape):
    """Put a thing before another one of a parent, or as the last."""

    op: Literal["move"]
    level: Level
    code: Code
    parent: Code | None = None
    before: Code | None = None


class LinkEdit(Shape):
    """Let one wait for another; with `wasLagSeconds`, give the link that is there another lag."""

    op: Literal["link"]
    to: Code
    link: NewLink
    was_lag_seconds: Lag | None = None


class UnlinkEdit(Shape):
    """Let one wait for another no more."""

    op: Literal["unlink"]
    to: Code
    link: LinkEnd


PlanEdit = Annotated[
    SetEdit | AddEdit | RemoveEdit | MoveEdit | LinkEdit | UnlinkEdit, Field(discriminator="op")
]


class EditsRequest(Shape):
    """Edits to be made in their order, all of them or none."""

    edits: Annotated[list[PlanEdit], Field(min_length=1, max_length=200)]

    def as_json(self) -> list[dict[str, Any]]:
        """Return the edits as what was said of them, no defaults filled in."""
        return [edit.model_dump(mode="json", by_alias=True, exclude_unset=True) for edit in self.edits]
