"""The roll-call as screens read it: who is missing first, and how they are reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person, Right, may
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.roll_call import CALLABLE, CalledTeam, RollCall
from tminus.runbook.domain.roll_call_comms import messages_words, told_words
from tminus.runbook.domain.state import IterationKind
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store import roll_calls

Reached = Mapping[UUID, Mapping[str, Any]]


async def roll_call_view(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return the open roll-call, else the newest, else none; with what the person may do.

    Raises `NotFound`, `Forbidden`.
    """
    _, iteration = await visible_iteration(connection, person, iteration_id)
    called = await roll_calls.newest_roll_call(connection, iteration_id)
    teams = list((await roll_calls.teams_called(connection, called.id)).values()) if called else []
    missing = [team.team_id for team in teams if team.here_at is None]
    reached = await roll_calls.how_reached(connection, missing) if missing else {}
    return {
        "rollCall": _view(called, teams, reached, person, iteration) if called else None,
        "allowedActions": _allowed(called, person, iteration),
        "asksComms": iteration.comms is None,
        "commsRequired": iteration.comms is None and iteration.kind is IterationKind.CUTOVER,
        "messages": messages_words(iteration),
    }


def _allowed(called: RollCall | None, person: Person, iteration: Iteration) -> list[str]:
    if not may(person, Right.ITERATIONS, iteration.migration_id):
        return []
    if called is not None and called.closed_at is None:
        return ["close"]
    return ["open"] if iteration.state in CALLABLE else []


def _view(
    called: RollCall, teams: Iterable[CalledTeam], reached: Reached, person: Person, iteration: Iteration
) -> dict[str, Any]:
    is_open = called.closed_at is None
    shown = [_team(team, reached.get(team.team_id), person, iteration, is_open=is_open) for team in teams]
    return {
        "id": called.id,
        "openedBy": called.opened_by,
        "openedAt": called.opened_at,
        "dueAt": called.due_at,
        "told": told_words(called.comms),
        "closedBy": called.closed_by,
        "closedAt": called.closed_at,
        "here": sum(team["hereAt"] is not None for team in shown),
        "teams": shown,
    }


def _team(
    team: CalledTeam,
    reached: Mapping[str, Any] | None,
    person: Person,
    iteration: Iteration,
    *,
    is_open: bool,
) -> dict[str, Any]:
    own = may(person, Right.OWN_STEPS, iteration.migration_id, team.team_id)
    answers = own or may(person, Right.ANY_STEP, iteration.migration_id)
    return {
        "teamId": team.team_id,
        "code": team.code,
        "name": team.name,
        "hereAt": team.here_at,
        "hereBy": team.here_by,
        "onBehalf": team.on_behalf,
        "note": team.note,
        "phone": reached["phone"] if reached else None,
        "people": reached["people"] if reached else [],
        "own": own,
        "allowedActions": ["here"] if answers and is_open and team.here_at is None else [],
    }
