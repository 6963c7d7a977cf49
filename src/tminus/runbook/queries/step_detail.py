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
from tminus.runbook.domain.group import Group
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Link, Neighbourhood
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.task import task_actions
from tminus.runbook.domain.waiting import Blocked, blocked_by
from tminus.runbook.queries.controls import control_standing
from tminus.runbook.queries.decision import decision_view, signatures_view
from tminus.runbook.queries.events import live_event
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.queries.rows import step_row
from tminus.runbook.queries.work_missing import work_missing
from tminus.runbook.store.execution import load_neighbourhood

_EXTRA = text(
    """
    SELECT s.id, s.type, s.position, s.point_of_no_return, s.baseline_start, s.baseline_end, s.labels,
           s.not_before, s.impacted_team_ids, s.applications, s.environment_role, s.environment, x.instructions,
           t.id AS team_id, t.code AS team_code, t.name AS team_name, t.email AS team_email,
           t.phone AS team_phone
    FROM iteration_steps AS s JOIN iteration_step_texts AS x ON x.step_id = s.id
    LEFT JOIN teams AS t ON t.id = s.team_id
    WHERE s.iteration_id = :iteration AND s.code = :code
    """
)
_TASKS = text(
    """
    SELECT t.*, coalesce(u.name, t.nominee) AS nominated FROM iteration_tasks AS t
    LEFT JOIN users AS u ON u.email = lower(t.nominee) WHERE t.step_id = :step ORDER BY t.position
    """
)
_SUCCESSORS = text(
    """
    SELECT 'step' AS level, s.code, s.name, s.state, s.dormant, s.in_scope, d.kind, d.lag_seconds, s.position
    FROM iteration_dependencies AS d JOIN iteration_steps AS s ON s.id = d.successor_id
    WHERE d.predecessor_id = :step
    UNION ALL
    SELECT coalesce(g.level, 'step'), coalesce(g.code, s.code), coalesce(g.name, s.name), s.state,
           coalesce(s.dormant, false), coalesce(s.in_scope, true), d.kind, d.lag_seconds, s.position
    FROM iteration_group_dependencies AS d
    LEFT JOIN iteration_groups AS g ON g.id = d.successor_id
    LEFT JOIN iteration_steps AS s ON s.id = d.successor_id
    WHERE d.predecessor_id = :step
    ORDER BY position NULLS LAST, code
    """
)
# Rows of both directions: what this step undoes, and who undoes it.
_UNDOING = text(
    """
    SELECT u.undone_step_id = :step AS by_it, s.code, s.name, s.state, s.dormant, s.in_scope
    FROM iteration_step_undoes AS u
    JOIN iteration_steps AS s ON s.id = CASE u.step_id WHEN :step THEN u.undone_step_id ELSE u.step_id END
    WHERE u.step_id = :step OR u.undone_step_id = :step ORDER BY s.position
    """
)
_CONTROLS = text(
    """
    SELECT l.task_id, c.*, p.name AS producer, v.name AS validator
    FROM iteration_tasks AS t
    JOIN iteration_task_controls AS l ON l.task_id = t.id
    JOIN iteration_controls AS c ON c.id = l.control_id
    LEFT JOIN teams AS p ON p.id = c.producer_team_id
    LEFT JOIN teams AS v ON v.id = c.validator_team_id
    WHERE t.step_id = :step ORDER BY c.code
    """
)
_WAIVED = text(
    """
    SELECT predecessor_id, kind, concat_ws(': ', waived_by, waived_reason) AS why FROM iteration_dependencies
    WHERE successor_id = :step AND waived_at IS NOT NULL
    UNION ALL
    SELECT predecessor_id, kind, concat_ws(': ', waived_by, waived_reason) FROM iteration_group_dependencies
    WHERE successor_id = :step AND waived_at IS NOT NULL
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
_TEAMS = text("SELECT id, code, name FROM teams WHERE migration_id = :migration")


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
    network = await load_neighbourhood(connection, iteration_id, [extra.id])
    step = network.steps[extra.id]
    of = {"step": step.id}
    now = await server_now(connection)
    teams = {row.id: row for row in await connection.execute(_TEAMS, {"migration": iteration.migration_id})}
    names = {key: row.name for key, row in teams.items()}
    tasks = await tasks_view(connection, person, iteration, step)
    controls = {one["code"]: one["version"] for task in tasks for one in task["controls"]}
    undoing = (await connection.execute(_UNDOING, of)).all()
    waived = {(w.predecessor_id, w.kind): w.why for w in await connection.execute(_WAIVED, of)}
    return {
        **step_row(extra, step, iteration, person, network, now),
        "instructions": extra.instructions,
        "team": _team(extra),
        "impactedTeams": [_named(teams[key]) for key in extra.impacted_team_ids if key in teams],
        "applications": list(extra.applications),
        "environment": {"role": extra.environment_role, "code": extra.environment}
        if extra.environment_role
        else None,
        "tasks": tasks,
        "blockedBy": _why(network, step, iteration, now, tasks, names),
        "predecessorRows": [
            {**_predecessor(network, link, names), "waived": waived.get((link.predecessor, link.kind.value))}
            for link in network.links.get(step.id, ())
        ],
        "successors": [
            {
                "level": s.level,
                "code": s.code,
                "name": s.name,
                "state": s.state,
                "dormant": s.dormant,
                "inScope": s.in_scope,
                "kind": s.kind,
                "lagSeconds": s.lag_seconds,
            }
            for s in await connection.execute(_SUCCESSORS, of)
        ],
        "undoes": [_undoing(row) for row in undoing if not row.by_it],
        "undoneBy": [_undoing(row) for row in undoing if row.by_it],
        "decision": await decision_view(connection, person, iteration, step),
        "signatures": await signatures_view(connection, person, iteration, step, controls),
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
    controls: dict[UUID, list[dict[str, Any]]] = {}
    for one in await connection.execute(_CONTROLS, {"step": step.id}):
        teams = {"producer": one.producer, "validator": one.validator}
        control = {**control_standing(one, person, iteration), **teams}
        controls.setdefault(one.task_id, []).append(control)
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
                "nominee": row.nominated,
                "controls": controls.get(row.id, []),
                "state": row.state,
                "doneBy": row.done_by,
                "doneAt": _time(row.done_at),
                "reason": row.reason,
                "version": row.version,
                "allowedActions": task_actions(step, row.state, iteration, how),
            }
        )
    return tasks


def _why(
    network: Neighbourhood,
    step: Step,
    iteration: Iteration,
    now: datetime,
    tasks: list[dict[str, Any]],
    teams: dict[UUID, str],
) -> list[dict[str, Any]]:
    reasons = work_missing(step, tasks) if step.state is StepState.VERIFYING else []
    if step.state in (StepState.VERIFYING, StepState.NOT_READY) and not step.dormant:
        reasons += [_blocked(one, teams) for one in blocked_by(network, step, iteration.zone, now, teams)]
    return reasons


def _blocked(one: Blocked, teams: dict[UUID, str]) -> dict[str, Any]:
    team_id = one.node.team_id if isinstance(one.node, Step) else None
    return {
        **one.held.shown(),
        "sentence": one.sentence[0].upper() + one.sentence[1:],
        "team": teams.get(team_id) if team_id else None,
        "since": _time(one.since),
        "opensAt": _time(one.opens_at),
    }


def _predecessor(network: Neighbourhood, link: Link, teams: dict[UUID, str]) -> dict[str, Any]:
    node = network.node(link.predecessor)
    shown = {"code": node.code, "name": node.name, "kind": link.kind.value, "lagSeconds": link.lag_seconds}
    if isinstance(node, Group):
        since = node.finished_at or node.begun_at
        whole = {"level": node.level.value, "state": None, "dormant": False, "inScope": True}
        return {**shown, **whole, "team": None, "since": _time(since)}
    team = teams.get(node.team_id) if node.team_id else None
    since = node.last_at or node.ready_at
    own = {"level": "step", "state": node.state.value, "dormant": node.dormant, "inScope": node.in_scope}
    return {**shown, **own, "team": team, "since": _time(since)}


def _undoing(row: Any) -> dict[str, Any]:
    return {
        "code": row.code,
        "name": row.name,
        "state": row.state,
        "dormant": row.dormant,
        "inScope": row.in_scope,
    }


def _named(row: Any) -> dict[str, Any]:
    return {"id": str(row.id), "code": row.code, "name": row.name}


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
