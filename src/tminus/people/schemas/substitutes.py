"""Shapes of substitutes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import AwareDatetime, Field

from tminus.people.schemas.shape import PeopleShape
from tminus.people.schemas.teams import Member


class Substitute(PeopleShape):
    """Who stands in for whom, by Tminus's clock; `until` is the first moment it no longer holds.

    The rights are for the whole migration, also where it is said for one iteration.
    """

    id: UUID
    absent: Member
    substitute: Member
    iteration_id: UUID | None
    iteration_name: str | None
    begins: datetime = Field(alias="from")
    until: datetime
    made_by: str
    made_at: datetime
    ended_at: datetime | None
    active: bool


class SubstituteList(PeopleShape):
    """A migration's substitutes, those that are over too, the latest first."""

    items: list[Substitute]
    next: str | None = None


class NewSubstituteRequest(PeopleShape):
    """A substitute to be named, for 7 days at most; a `from` that is past means now."""

    absent_id: UUID
    substitute_id: UUID
    iteration_id: UUID | None = None
    begins: AwareDatetime = Field(alias="from")
    until: AwareDatetime
