"""My work: what a person's teams have to do now, next and later, over all live iterations."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may
from tminus.platform.clock import server_now
from tminus.platform.eventlog.store import newest_of_iteration
from tminus.runbook.domain.neighbourhood import Node, holds
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.queries.rows import step_row
from tminus.runbook.queries.step_detail import tasks_view
from tminus.runbook.queries.work_before import before
from tminus.runbook.queries.work_decisions import waiting_for
from tminus.runbook.store.execution import load_neighbourhood

_MINE = text(
    """
    SELECT s.id, s.iteration_id, s.type, s.position, s.point_of_no_return, s.baseline_start, s.baseline_end,
           s.labels, s.not_before, x.instructions, t.name AS team_name, i.name AS iteration_name,
           i.state AS iteration_state, m.id AS migration_id, m.name AS migration_name, m.zone
    FROM iteration_steps AS s
    JOIN iteration_step_texts AS x ON x.step_id = s.id
    JOIN iterations AS i ON i.id = s.iteration_id AND i.state IN ('live', 'on_hold', 'backing_out')
    JOIN migrations AS m ON m.id = i.migration_id
    LEFT JOIN teams AS t ON t.id = s.team_id
    WHERE NOT s.dormant AND s.state NOT IN ('complete', 'skipped', 'cancelled')
      AND ((s.behaviour IN ('work', 'checkpoint') AND (s.team_id = ANY(:teams) OR EXISTS (
              SELECT 1 FROM iteration_tasks AS k WHERE k.step_id = s.id AND k.team_id = ANY(:teams))))
           OR (s.behaviour = 'gate' AND i.migration_id = ANY(:decides)))
    ORDER BY s.planned_start, s.position LIMIT 200
    """
)
_NOW = {
    StepState.ACTIVATED,
    StepState.IN_PROGRESS,
    StepState.VERIFYING,
    StepState.BLOCKED,
    StepState.FAILED,
    StepState.READY,
}


def _under_way(node: Node) -> bool:
    if isinstance(node, Step):
        return node.state in (StepState.IN_PROGRESS, StepState.VERIFYING)
    return node.begun_at is not None


async def my_work(connection: AsyncConnection, person: Person) -> dict[str, Any]:
    """Return the open steps of the person's teams, and the gates they decide, by when they are due.

    To do now; next: all it waits for has begun; later. Apart from them, polls and signatures that wait for the person.
    """
    groups: dict[str, list[dict[str, Any]]] = {"doNow": [], "next": [], "later": []}
    heads: dict[UUID, int] = {}
    now = await server_now(connection)
    decides = [migration for migration in person.migrations if may(person, Right.DECIDE, migration)]
    mine = {"teams": list(person.all_teams), "decides": decides}
    rows = (await connection.execute(_MINE, mine)).all()
    whom = await before(connection, [row.id for row in rows])
    for row in rows:
        _, iteration = await visible_iteration(connection, person, row.iteration_id)
        network = await load_neighbourhood(connection, row.iteration_id, [row.id])
        step = network.steps[row.id]
        item = {
            "iteration": {
                "id": str(row.iteration_id),
                "name": row.iteration_name,
                "state": row.iteration_state,
                "migrationId": str(row.migration_id),
                "migrationName": row.migration_name,
                "zone": row.zone,
            },
            "step": step_row(row, step, iteration, person, network, now),
            "teamName": row.team_name or "",
            "tasks": await tasks_view(connection, person, iteration, step),
            "instructions": row.instructions,
            "before": whom[row.id],
        }
        begun = all(_under_way(network.node(link.predecessor)) for link in holds(network, step, now))
        groups["doNow" if step.state in _NOW else "next" if begun else "later"].append(item)
        heads[row.iteration_id] = 0
    waiting = await waiting_for(connection, person)
    heads.update({UUID(one["iteration"]["id"]): 0 for one in waiting})
    for iteration_id in heads:
        heads[iteration_id] = await newest_of_iteration(connection, iteration_id)
    return {
        "now": instant(now),
        "decisions": waiting,
        "groups": groups,
        "heads": [{"iterationId": str(key), "seq": seq} for key, seq in heads.items()],
    }
