"""Shapes of a new draft, and of what part of a version an iteration would be."""

from __future__ import annotations

from uuid import UUID

from tminus.runbook.schemas.shape import Shape


class NewDraft(Shape):
    """A draft to be made; of the newest approved version, if none is named."""

    based_on: UUID | None = None


class Draft(Shape):
    """A draft that was made."""

    id: UUID
    number: int


class RoleUsed(Shape):
    """An environment role, and how many steps in scope name it."""

    code: str
    name: str
    steps: int


class PlanScope(Shape):
    """What an iteration would hold; at most 200 codes of what it leaves out."""

    in_scope: int
    out_of_scope: int
    out_of_scope_codes: list[str]
    roles: list[RoleUsed]
    sentence: str
