"""Shapes of a migration's own words: its name, what it is about, and the zone its people think in."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import Field

from tminus.people.schemas.shape import PeopleShape

Name = Annotated[str, Field(min_length=1, max_length=200)]
Description = Annotated[str, Field(max_length=4000)]
Zone = Annotated[str, Field(min_length=1, max_length=60)]


class NewMigrationRequest(PeopleShape):
    """A migration to be made; its key stays, since addresses and mails hold it."""

    key: Annotated[str, Field(min_length=1, max_length=60)]
    name: Name
    description: Description = ""
    zone: Zone = "UTC"


class MigrationChange(PeopleShape):
    """What is to be different; a member that is absent stays as it is."""

    name: Name | None = None
    description: Description | None = None
    zone: Zone | None = None


class MigrationWords(PeopleShape):
    """A migration as its words are, with the version to send back in `If-Match`."""

    id: UUID
    key: str
    name: str
    description: str
    zone: str
    version: int
