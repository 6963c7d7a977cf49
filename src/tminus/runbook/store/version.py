"""A plan version as its row tells it, without what is in it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Version:
    """A plan's version without what it consists of."""

    id: UUID
    plan_id: UUID
    migration_id: UUID
    plan_name: str
    number: int
    status: str
    content_hash: bytes
    created_by: UUID | None
    created_by_name: str
    version: int
