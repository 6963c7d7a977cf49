"""All about one step: what its panel shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person
from tminus.platform.clock import server_now
from tminus.platform.eventlog.store import entry_from, newest_of_iteration
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood, waits_for
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.task import task_actions
from tminus.runbook.domain.waiting import blocked_by
from tminus.runbook.queries.decision import decision_view
from tminus.runbook.queries.events import live_event
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.queries.rows import step_row
from tminus.runbook.store.execution import load_neighbourhood

_EXTRA = text(
    """
    SELECT s.id, s.type, s.chapter_id, s.position, s.point_of_no_return, s.baseline_start, s.baseline_end,
           x.instructions, t.id AS team_id, t.code AS team_code, t.name AS team_name, t.email AS team_email,
           t.phone AS team_phone
    FROM iteration_steps AS s JOIN iteration_step_texts AS x ON x.step_id = s.id
    LEFT JOIN teams AS t ON t.id = s.team_id
    WHERE s.iteration_id = :iteration AND s.code = :code
    """
)
_TASKS = text("SELECT * FROM iteration_tasks WHERE step_id = :step ORDER BY position")
_SUCCESSORS = text(
    """
    SELECT s.code, s.name, s.state FROM iteration_dependencies AS d
    JOIN iteration_steps AS s ON s.id = d.successor_id WHERE d.predecessor_id = :step ORDER BY s.position
    """
)
_ATTEMPTS = text("SELECT * FROM step_attempts WHERE step_id = :step ORDER BY attempt")
_HISTORY = text("SELECT * FROM event_log WHERE step_id = :step ORDER BY seq DESC LIMIT 100")
_MESSAGES = text(
    """
    SELECT recipient, subject, status, queued_at, sent_at, last_error FROM outbox
    WHERE step_id = :step ORDER BY queued_at
    """
)
_TEAMS = text("SELECT id, name FROM teams WHERE migration_id = :migration")


async def step_detail(
    connection: AsyncConnection, person: Person, iteration_id: UUID, code: str
) -> dict[str, Any]:
    """Return the step's row with instructions, tasks, what it waits for, who waits for it, and its history."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    extra = (await connection.execute(_EXTRA, {"iteration": iteration_id, "code": code})).one_or_none()
    if extra is None:
        raise NotFound(
            f"There is no step {code[:80]} in this iteration.", hint="Check the code on the runsheet."
        )
    network = await load_neighbourhood(connection, [extra.id])
    step = network.steps[extra.id]
    of = {"step": step.id}
    now = await server_now(connection)
    predecessors = [network.steps[link.predecessor] for link in network.links.get(step.id, ())]
    waiting = [one.code for one in waits_for(network, step, now)]
    links = ([one.code for one in predecessors], waiting)
    tasks = await tasks_view(connection, person, iteration, step)
    return {
        **step_row(extra, step, iteration, person, links),
        "instructions": extra.instructions,
        "team": _team(extra),
        "tasks": tasks,
        "blockedBy": _blocked_by(network, step, iteration, now, tasks),
        "predecessorRows": await _predecessors(connection, iteration, predecessors),
        "successors": [
            {"code": s.code, "name": s.name, "state": s.state}
            for s in await connection.execute(_SUCCESSORS, of)
        ],
        "decision": await decision_view(connection, person, iteration, step),
        "attempts": [_attempt(row) for row in await connection.execute(_ATTEMPTS, of)],
        "history": [live_event(entry_from(row)) for row in await connection.execute(_HISTORY, of)],
        "messages": [
            {
                "recipient": m.recipient,
                "subject": m.subject,
                "status": m.status,
                "queuedAt": instant(m.queued_at),
                "sentAt": _time(m.sent_at),
                "lastError": m.last_error,
            }
            for m in await connection.execute(_MESSAGES, of)
        ],
        "seq": await newest_of_iteration(connection, iteration_id),
    }


def _team(extra: Any) -> dict[str, Any] | None:
    if extra.team_id is None:
        return None
    return {
        "id": str(extra.team_id),
        "code": extra.team_code,
        "name": extra.team_name,
        "email": extra.team_email,
        "phone": extra.team_phone,
    }


async def tasks_view(
    connection: AsyncConnection, person: Person, iteration: Iteration, step: Step
) -> list[dict[str, Any]]:
    """Return the tasks of a step with what this person may do to each."""
    tasks = []
    for row in await connection.execute(_TASKS, {"step": step.id}):
        own = relation(person, iteration.migration_id, step.behaviour, step.team_id)
        how = own if own != "none" else relation(person, iteration.migration_id, step.behaviour, row.team_id)
        tasks.append(
            {
                "id": str(row.id),
                "stepId": str(step.id),
                "code": row.code,
                "title": row.title,
                "instructions": row.instructions,
                "teamId": str(row.team_id) if row.team_id else None,
                "required": row.required,
                "state": row.state,
                "doneBy": row.done_by,
                "doneAt": _time(row.done_at),
                "version": row.version,
                "allowedActions": task_actions(step, row.state, iteration, how),
            }
        )
    return tasks


def _blocked_by(
    network: Neighbourhood, step: Step, iteration: Iteration, now: datetime, tasks: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    if step.dormant:
        return []
    if step.state is StepState.VERIFYING:
        return [
            _held(None, f"It waits for the required task {task['code']} “{task['title']}”")
            for task in tasks
            if task["required"] and task["state"] == "open"
        ]
    if step.state is not StepState.NOT_READY:
        return []
    reasons = blocked_by(network, step, iteration.zone, now)
    return [_held(one, sentence[0].upper() + sentence[1:]) for one, sentence in reasons]


def _held(by: Step | None, sentence: str) -> dict[str, Any]:
    return {"code": by.code if by else None, "stepId": str(by.id) if by else None, "sentence": sentence}


async def _predecessors(
    connection: AsyncConnection, iteration: Iteration, steps: list[Step]
) -> list[dict[str, Any]]:
    teams = {
        row.id: row.name for row in await connection.execute(_TEAMS, {"migration": iteration.migration_id})
    }
    return [
        {
            "code": step.code,
            "name": step.name,
            "state": step.state.value,
            "team": teams.get(step.team_id) if step.team_id else None,
            "since": _time(step.last_at or step.ready_at),
        }
        for step in steps
    ]


def _attempt(row: Any) -> dict[str, Any]:
    return {
        "attempt": row.attempt,
        "outcome": row.outcome,
        "readyAt": _time(row.ready_at),
        "activatedAt": _time(row.activated_at),
        "startedAt": _time(row.started_at),
        "endedAt": _time(row.ended_at),
        "reason": row.reason,
    }


def _time(value: Any) -> str | None:
    return instant(value) if value else None
