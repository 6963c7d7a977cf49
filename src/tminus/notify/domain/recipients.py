"""Who hears of what: from a telling to the people it reaches, each address once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from tminus.runbook.domain.occasion import Occasion as O  # noqa: N817 - the tables below are read by people
from tminus.runbook.domain.occasion import Telling

STEP_TEAM = frozenset({O.ACTIVATED, O.NOT_TAKEN, O.UPCOMING, O.BLOCKED, O.FAILED})
"""Told to the step's own team, beside those that the telling names."""
PILOTS = frozenset({O.NOT_TAKEN, O.BLOCKED, O.FAILED, O.HOLD, O.RESUME, O.BACK_OUT})
"""Told to the migration's pilots too."""
OPEN_TEAMS = frozenset({O.HOLD, O.RESUME, O.BACK_OUT})
"""Told to every team that still has a step of the iteration before it."""


@dataclass(frozen=True, slots=True)
class Reachable:
    """One way to reach one person or team. `kind` = why they are in question: team, user, pilot, approver."""

    kind: str
    address: str
    team_id: UUID | None = None
    user_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom one message goes to; `address` in lower case."""

    address: str
    team_id: UUID | None = None
    user_id: UUID | None = None


def recipients(
    telling: Telling, step_team: UUID | None, open_teams: Iterable[UUID], known: Sequence[Reachable]
) -> tuple[Recipient, ...]:
    """Return whom a telling reaches, sorted by address, each address once."""
    teams = set(telling.teams)
    if telling.occasion in STEP_TEAM and step_team:
        teams.add(step_team)
    if telling.occasion in OPEN_TEAMS:
        teams |= set(open_teams)
    users = set(telling.users)
    found: dict[str, Recipient] = {}
    for one in sorted(known, key=lambda one: (one.address, one.kind != "user", one.team_id is None)):
        if _meant(one, teams, users, pilots=telling.occasion in PILOTS):
            found.setdefault(one.address, Recipient(one.address, one.team_id, one.user_id))
    return tuple(found.values())


def _meant(one: Reachable, teams: set[UUID], users: set[UUID], *, pilots: bool) -> bool:
    if one.kind == "team":
        return one.team_id in teams
    if one.kind == "user":
        return one.user_id in users
    return one.kind == "pilot" and pilots
