"""Where something is said or stands in the way: an iteration as a whole, or one step of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection


@dataclass(frozen=True, slots=True)
class Place:
    """An iteration, and the step of it if one is meant, with the team that owns the step."""

    iteration_id: UUID
    iteration_name: str
    migration_id: UUID
    step_id: UUID | None = None
    step_code: str | None = None
    team_id: UUID | None = None

    @property
    def words(self) -> str:
        """How a sentence names it."""
        return self.step_code or self.iteration_name


_PLACE = text(
    """
    SELECT i.id, i.name, i.migration_id, s.id, s.code, s.team_id FROM iterations AS i
    LEFT JOIN iteration_steps AS s ON s.iteration_id = i.id AND s.code = CAST(:code AS text) WHERE i.id = :iteration
    """
)
_PLACE_OF = text(
    """
    SELECT i.id, i.name, i.migration_id, s.id, s.code, s.team_id FROM iterations AS i
    LEFT JOIN iteration_steps AS s ON s.id = CAST(:step AS uuid) WHERE i.id = :iteration
    """
)


async def find_place(connection: AsyncConnection, iteration_id: UUID, code: str | None) -> Place | None:
    """Return a place by its iteration and the step's code; without a step where there is none of that code."""
    row = (await connection.execute(_PLACE, {"iteration": iteration_id, "code": code})).one_or_none()
    return Place(*row) if row else None


async def place_of(connection: AsyncConnection, iteration_id: UUID, step_id: UUID | None) -> Place:
    """Return the place of something that is kept with these keys."""
    return Place(*(await connection.execute(_PLACE_OF, {"iteration": iteration_id, "step": step_id})).one())
