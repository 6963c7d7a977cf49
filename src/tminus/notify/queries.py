"""What a message about a step has to say, and who hears it: one round trip for all steps of a command."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

LONGEST_LIST = 12
"""So many predecessors are named; the rest is counted."""


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task of the step; `team` only where it is another one's than the step's."""

    code: str
    title: str
    instructions: str
    required: bool
    team: str | None


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A step that had to come first, and where it stands."""

    code: str
    name: str
    state: str
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Briefing:
    """What a team is told about one step; `recipients` in lower case, each once."""

    migration_key: str
    migration_name: str
    team: str | None
    recipients: tuple[str, ...]
    starter: str | None
    instructions: str
    tasks: tuple[TaskLine, ...]
    predecessors: tuple[Predecessor, ...]
    predecessor_count: int


# Runs under the head's lock. Addresses are compared without regard to case; inactive people hear nothing.
_BRIEFINGS = text(
    """
    SELECT s.id, m.key AS migration_key, m.name AS migration_name, t.name AS team,
           coalesce(x.instructions, '') AS instructions,
           (SELECT email FROM users WHERE id = i.started_by) AS starter,
           (SELECT array_agg(DISTINCT lower(trim(address)) ORDER BY lower(trim(address))) FROM (
                SELECT u.email AS address FROM team_members AS tm JOIN users AS u ON u.id = tm.user_id
                WHERE tm.team_id = s.team_id AND u.active
                UNION ALL SELECT t.email
            ) AS reached WHERE trim(address) <> '') AS recipients,
           (SELECT jsonb_agg(jsonb_build_array(k.code, k.title, k.instructions, k.required,
                                               CASE WHEN k.team_id <> s.team_id THEN kt.name END)
                             ORDER BY k.position)
            FROM iteration_tasks AS k LEFT JOIN teams AS kt ON kt.id = k.team_id
            WHERE k.step_id = s.id) AS tasks,
           (SELECT count(*) FROM iteration_dependencies AS d
            WHERE d.successor_id = s.id) AS predecessor_count,
           (SELECT jsonb_agg(jsonb_build_array(before.code, before.name, before.state, before.ended_at))
            FROM (
                SELECT p.code, p.name, p.state, p.ended_at FROM iteration_dependencies AS d
                JOIN iteration_steps AS p ON p.id = d.predecessor_id
                WHERE d.successor_id = s.id ORDER BY p.ended_at DESC NULLS LAST, p.position LIMIT :longest
            ) AS before) AS predecessors
    FROM iteration_steps AS s
    JOIN iterations AS i ON i.id = s.iteration_id
    JOIN migrations AS m ON m.id = i.migration_id
    LEFT JOIN teams AS t ON t.id = s.team_id
    LEFT JOIN iteration_step_texts AS x ON x.step_id = s.id
    WHERE s.id = ANY(:steps)
    """
).bindparams(bindparam("steps", type_=ARRAY(Uuid)))


_APPROVERS = text(
    """
    SELECT DISTINCT lower(trim(u.email)) AS email FROM migration_roles AS r JOIN users AS u ON u.id = r.user_id
    WHERE r.migration_id = :migration AND r.role = 'approver' AND u.active ORDER BY 1
    """
)


async def approvers(connection: AsyncConnection, migration_id: UUID) -> tuple[str, ...]:
    """Return the addresses of those who decide in a migration, each once."""
    return tuple((await connection.execute(_APPROVERS, {"migration": migration_id})).scalars())


async def briefings(connection: AsyncConnection, steps: Sequence[UUID]) -> dict[UUID, Briefing]:
    """Return the briefing of each step, as this transaction sees it."""
    rows = await connection.execute(_BRIEFINGS, {"steps": list(steps), "longest": LONGEST_LIST})
    return {row.id: _briefing(row) for row in rows}


def _briefing(row: Any) -> Briefing:
    return Briefing(
        migration_key=row.migration_key,
        migration_name=row.migration_name,
        team=row.team,
        recipients=tuple(row.recipients or ()),
        starter=row.starter,
        instructions=row.instructions,
        tasks=tuple(TaskLine(*task) for task in row.tasks or ()),
        predecessors=tuple(_predecessor(*one) for one in row.predecessors or ()),
        predecessor_count=row.predecessor_count,
    )


def _predecessor(code: str, name: str, state: str, ended_at: str | None) -> Predecessor:
    return Predecessor(code, name, state, datetime.fromisoformat(ended_at) if ended_at else None)
