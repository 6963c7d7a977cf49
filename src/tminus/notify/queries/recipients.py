"""Addresses of the people and teams that messages may reach. Inactive people hear nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from tminus.notify.domain.recipients import OPEN_TEAMS, Reachable
from tminus.platform.swift import Statement
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.occasion import Occasion, Telling

# A back-out has just cancelled what had not begun: those teams are told to stop too.
_REACHABLE = b"""
WITH step_team AS (
    SELECT DISTINCT team_id AS id FROM iteration_steps WHERE id = ANY(%(steps)s) AND team_id IS NOT NULL
), open_team AS (
    SELECT DISTINCT team_id AS id FROM iteration_steps
    WHERE %(whole)s AND iteration_id = %(iteration)s AND in_scope AND NOT dormant AND team_id IS NOT NULL
      AND NOT (state = ANY(%(over)s))
), wanted AS (
    SELECT unnest(%(teams)s::uuid[]) AS id UNION SELECT id FROM step_team UNION SELECT id FROM open_team
)
SELECT 'open' AS kind, '' AS address, id AS team_id, NULL::uuid AS user_id FROM open_team
UNION ALL
SELECT 'team', lower(trim(t.email)), t.id, NULL FROM teams AS t JOIN wanted AS w ON w.id = t.id
WHERE trim(coalesce(t.email, '')) <> ''
UNION ALL
SELECT 'team', lower(trim(u.email)), m.team_id, u.id FROM team_members AS m
JOIN wanted AS w ON w.id = m.team_id JOIN users AS u ON u.id = m.user_id WHERE u.active
UNION ALL
SELECT 'user', lower(trim(u.email)), NULL, u.id FROM users AS u WHERE u.id = ANY(%(users)s) AND u.active
UNION ALL
SELECT r.role, lower(trim(u.email)), NULL, u.id FROM migration_roles AS r JOIN users AS u ON u.id = r.user_id
WHERE r.migration_id = %(migration)s AND r.role = 'pilot' AND u.active
"""

_ABOUT = b"""
SELECT m.key, m.name, (SELECT lower(trim(email)) FROM users WHERE id = %(starter)s) AS starter
FROM migrations AS m WHERE m.id = %(migration)s
"""

_APPROVERS = b"""
SELECT u.id FROM migration_roles AS r JOIN users AS u ON u.id = r.user_id
WHERE r.migration_id = %(migration)s AND r.role = 'approver' AND u.active
"""


def asking_reachable(iteration: Iteration, tellings: Sequence[Telling]) -> Statement:
    """Return the statement whose rows `reachable_in` reads."""
    occasions = {telling.occasion for telling in tellings}
    over = ["complete", "skipped"] if Occasion.BACK_OUT in occasions else ["complete", "skipped", "cancelled"]
    return _REACHABLE, {
        "iteration": iteration.id,
        "migration": iteration.migration_id,
        "whole": bool(occasions & OPEN_TEAMS),
        "over": over,
        "steps": [telling.step_id for telling in tellings if telling.step_id],
        "teams": [team for telling in tellings for team in telling.teams],
        "users": [user for telling in tellings for user in telling.users],
    }


def reachable_in(rows: Sequence[Any]) -> tuple[tuple[UUID, ...], list[Reachable]]:
    """Return the teams with something open, and all who may be reached."""
    open_teams = tuple(row.team_id for row in rows if row.kind == "open")
    return open_teams, [Reachable(*row) for row in rows if row.kind != "open"]


def asking_about(iteration: Iteration) -> Statement:
    """Return the statement whose one row has the migration's key and name, and the starter's address."""
    return _ABOUT, {"migration": iteration.migration_id, "starter": iteration.started_by}


def asking_approvers(migration_id: UUID) -> Statement:
    """Return the statement whose rows are the keys of those who decide in a migration."""
    return _APPROVERS, {"migration": migration_id}
