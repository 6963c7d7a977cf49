"""SQL of roll-calls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import insert, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.roll_call import CalledTeam, RollCall
from tminus.runbook.store.tables import roll_call_teams, roll_calls

_NEWEST = text(
    """
    SELECT id, iteration_id, opened_by, opened_at, due_at, closed_by, closed_at, comms FROM roll_calls
    WHERE iteration_id = :iteration ORDER BY closed_at IS NULL DESC, opened_at DESC, id DESC LIMIT 1
    """
)
_TEAMS = text(
    """
    SELECT r.team_id, t.code, t.name, r.here_at, r.here_by, r.on_behalf, r.note
    FROM roll_call_teams AS r JOIN teams AS t ON t.id = r.team_id
    WHERE r.roll_call_id = :id ORDER BY r.here_at IS NOT NULL, t.code
    """
)
_AT_WORK = text(
    """
    SELECT s.team_id FROM iteration_steps AS s
    WHERE s.iteration_id = :iteration AND s.in_scope AND NOT s.dormant AND s.team_id IS NOT NULL
    UNION
    SELECT k.team_id FROM iteration_tasks AS k JOIN iteration_steps AS s ON s.id = k.step_id
    WHERE s.iteration_id = :iteration AND s.in_scope AND NOT s.dormant AND k.team_id IS NOT NULL
    """
)
_REACHED = text(
    """
    SELECT t.id, t.phone, COALESCE(jsonb_agg(jsonb_build_object('name', u.name, 'phone', u.phone) ORDER BY u.name)
        FILTER (WHERE u.id IS NOT NULL), '[]') AS people
    FROM teams AS t LEFT JOIN team_members AS m ON m.team_id = t.id
    LEFT JOIN users AS u ON u.id = m.user_id AND u.active
    WHERE t.id = ANY(:teams) GROUP BY t.id
    """
)


async def newest_roll_call(connection: AsyncConnection, iteration_id: UUID) -> RollCall | None:
    """Return the one that is open, else the newest."""
    row = (await connection.execute(_NEWEST, {"iteration": iteration_id})).one_or_none()
    return RollCall(*row) if row else None


async def teams_called(connection: AsyncConnection, key: UUID) -> dict[UUID, CalledTeam]:
    """Return the teams of a roll-call by key: the missing ones first, by code."""
    found = [CalledTeam(*row) for row in await connection.execute(_TEAMS, {"id": key})]
    return {team.team_id: team for team in found}


async def teams_at_work(connection: AsyncConnection, iteration_id: UUID) -> list[UUID]:
    """Return the teams that own a step or task in scope and awake."""
    return list((await connection.execute(_AT_WORK, {"iteration": iteration_id})).scalars())


async def how_reached(connection: AsyncConnection, teams: Sequence[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    """Return each team's telephone and its people with theirs."""
    rows = await connection.execute(_REACHED, {"teams": list(teams)})
    return {row.id: {"phone": row.phone, "people": row.people} for row in rows}


async def insert_roll_call(
    connection: AsyncConnection, values: Mapping[str, Any], teams: Sequence[UUID]
) -> None:
    """Keep a new one with the teams that are asked; at least one."""
    await connection.execute(insert(roll_calls).values(**values))
    rows = [{"roll_call_id": values["id"], "team_id": team} for team in teams]
    await connection.execute(insert(roll_call_teams), rows)


async def close_roll_call(connection: AsyncConnection, key: UUID, values: Mapping[str, Any]) -> None:
    """Write who closed one, and when."""
    await connection.execute(update(roll_calls).where(roll_calls.c.id == key).values(**values))


async def save_here(connection: AsyncConnection, key: UUID, team_id: UUID, values: Mapping[str, Any]) -> None:
    """Write that a team is here."""
    mine = (roll_call_teams.c.roll_call_id == key, roll_call_teams.c.team_id == team_id)
    await connection.execute(update(roll_call_teams).where(*mine).values(**values))
