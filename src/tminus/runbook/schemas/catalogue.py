"""Applications, environments and environment roles of a migration."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from tminus.runbook.schemas.requests import Code
from tminus.runbook.schemas.shape import Shape

EntryName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]


class CatalogueEntry(Shape):
    """One of them; `usedBy` counts steps of plan versions, of an environment the iterations."""

    id: UUID
    code: str
    name: str
    version: int
    used_by: int


class CatalogueList(Shape):
    """All of a kind."""

    items: list[CatalogueEntry]
    next: str | None = None


class NewEntry(Shape):
    """One to be added."""

    code: Code
    name: EntryName


class EntryRename(Shape):
    """Another name."""

    name: EntryName
