"""Polls and second signatures that wait for one person; gates are steps, and stand among the person's steps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person, Right, may
from tminus.runbook.queries.decision_looking import looking
from tminus.runbook.queries.decision_view import view
from tminus.runbook.queries.decisions import steps_of_decisions
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store import decisions

_WAITING = text(
    """
    SELECT d.id, d.iteration_id, i.migration_id FROM decisions AS d JOIN iterations AS i ON i.id = d.iteration_id
    WHERE d.outcome IS NULL AND d.withdrawn_at IS NULL AND i.state NOT IN ('closed', 'abandoned')
      AND NOT EXISTS (SELECT 1 FROM decision_answers AS a WHERE a.decision_id = d.id AND a.user_id = :person)
      AND (d.kind = 'poll' AND EXISTS (SELECT 1 FROM decision_voters AS v
                                       WHERE v.decision_id = d.id AND v.user_id = :person)
           OR d.kind = 'second_signature' AND d.migration_id = ANY(:signs))
    ORDER BY d.deadline NULLS LAST, d.asked_at LIMIT 50
    """
)
_LATEST = datetime.max.replace(tzinfo=UTC)


async def waiting_for(connection: AsyncConnection, person: Person) -> list[dict[str, Any]]:
    """Return what this person may answer now, with its iteration; the soonest deadline first, then the oldest."""
    of = {
        "person": person.id,
        "signs": [key for key in person.migrations if may(person, Right.SECOND_SIGNATURE, key)],
    }
    rows = (await connection.execute(_WAITING, of)).all() if person.id else []
    of_iterations: dict[UUID, set[UUID]] = {}
    for row in rows:
        if not may(person, Right.SEE, row.migration_id):
            continue
        of_iterations.setdefault(row.iteration_id, set()).add(row.id)
    found = []
    for iteration_id, keys in of_iterations.items():
        place, iteration = await visible_iteration(connection, person, iteration_id)
        steps = await steps_of_decisions(connection, iteration_id)
        look = await looking(connection, person, iteration)
        for one in await decisions.decisions_of(connection, iteration_id):
            if one.id not in keys:
                continue
            shown = view(look, one, steps.get(one.step_id) if one.step_id else None)
            if shown["allowedAnswers"]:
                found.append((one, {"iteration": _place(place), "decision": shown}))
    found.sort(key=lambda pair: (pair[0].deadline or _LATEST, pair[0].asked_at))
    return [item for _, item in found]


def _place(row: Any) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "name": row.name,
        "state": row.state,
        "migrationId": str(row.migration_id),
        "migrationName": row.migration_name,
        "zone": row.zone,
    }
