"""SQL under the lock: load the neighbourhood a command touches, save what it decided. One round trip each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb
from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.platform.swift import Statement
from tminus.platform.swift import rows as ask
from tminus.runbook.domain.group import Group, Level
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Guard, Link, Neighbourhood
from tminus.runbook.domain.plan import Behaviour, LinkKind
from tminus.runbook.domain.progress import Progress
from tminus.runbook.domain.state import Comms, IterationKind, IterationState, StepState
from tminus.runbook.domain.step import MUTABLE, Step

STEP_COLUMNS = (
    "id, code, name, behaviour, chapter_id, macro_phase_id, team_id, duration_seconds, auto_activate, "
    "dormant, in_scope, fixed_start, state, attempt, version, planned_start, planned_end, tasks_total, "
    "tasks_done, tasks_open, tasks_required, opens_at, ready_at, activated_at, begun_at, started_at, "
    "start_assumed, work_ended_at, ended_at, reason, last_actor, last_action, last_at, decision_id, "
    "evidence_required, evidence_count, controls_open, blocked_from, expected_at, taken_at, taken_by, not_taken_at, "
    "start_told_at, end_told_at, late_reason, start_carried, done_by_id, override_by, override_reason, "
    "controls_required"
)
_NAMES = [name.strip() for name in STEP_COLUMNS.split(",")]
_WIDTH, _BEHAVIOUR, _STATE = len(_NAMES), _NAMES.index("behaviour"), _NAMES.index("state")
_BLOCKED_FROM = _NAMES.index("blocked_from")
_QUALIFIED = ", ".join(f"s.{name}" for name in _NAMES)

_LOAD_ITERATION = b"""
SELECT i.*, m.zone FROM iterations AS i JOIN migrations AS m ON m.id = i.migration_id WHERE i.id = %(id)s
"""

# Chapters and macro-phases that links name, with all links of which one is an end; none in most plans.
_LOAD_GROUPS = b"""
SELECT (SELECT jsonb_agg(to_jsonb(g)) FROM iteration_groups AS g WHERE g.iteration_id = %(id)s) AS groups,
       (SELECT jsonb_agg(jsonb_build_array(d.predecessor_id, d.successor_id, d.kind, d.lag_seconds, d.waived_at)
                         ORDER BY d.predecessor_id, d.kind)
        FROM iteration_group_dependencies AS d WHERE d.iteration_id = %(id)s) AS links
"""

# The reach goes on only through milestones and steps being verified: nothing else ends by itself in the same
# command. Each OFFSET 0 keeps the planner, which cannot know how few steps that is, from reading the whole table.
_LOAD_NEIGHBOURHOOD = f"""
WITH RECURSIVE reach (id, ends_by_itself) AS (
    SELECT id, true FROM iteration_steps WHERE id = ANY(%(starts)s)
    UNION
    SELECT s.id, s.id = ANY(%(starts)s) OR s.behaviour = 'milestone' OR s.state = 'verifying'
    FROM reach
    CROSS JOIN LATERAL (
        SELECT * FROM iteration_dependencies WHERE predecessor_id = reach.id OFFSET 0
    ) AS d
    CROSS JOIN LATERAL (SELECT * FROM iteration_steps WHERE id = d.successor_id OFFSET 0) AS s
    WHERE reach.ends_by_itself
), links AS (
    SELECT d.successor_id, d.predecessor_id, d.kind, d.lag_seconds, d.waived_at, p.position
    FROM reach
    CROSS JOIN LATERAL (SELECT * FROM iteration_dependencies WHERE successor_id = reach.id OFFSET 0) AS d
    CROSS JOIN LATERAL (SELECT position FROM iteration_steps WHERE id = d.predecessor_id OFFSET 0) AS p
), involved AS (
    SELECT id FROM reach UNION SELECT predecessor_id FROM links
    UNION SELECT predecessor_id FROM iteration_group_dependencies WHERE iteration_id = %(iteration)s
)
SELECT {_QUALIFIED}, s.id IN (SELECT id FROM reach) AS reached,
       (SELECT jsonb_agg(jsonb_build_array(l.predecessor_id, l.kind, l.lag_seconds, l.waived_at) ORDER BY l.position)
        FROM links AS l WHERE l.successor_id = s.id) AS links,
       (SELECT jsonb_agg(jsonb_build_array(g.source, g.open, g.reason)) FROM guards AS g
        WHERE g.step_id = s.id) AS guards
FROM involved CROSS JOIN LATERAL (
    SELECT * FROM iteration_steps WHERE id = involved.id OFFSET 0
) AS s
ORDER BY s.position
""".encode()  # noqa: S608 - column names of this file

_LOAD_ALL = f"""
SELECT {_QUALIFIED}, true AS reached,
       (SELECT jsonb_agg(jsonb_build_array(d.predecessor_id, d.kind, d.lag_seconds, d.waived_at) ORDER BY p.position)
        FROM iteration_dependencies AS d JOIN iteration_steps AS p ON p.id = d.predecessor_id
        WHERE d.successor_id = s.id) AS links,
       (SELECT jsonb_agg(jsonb_build_array(g.source, g.open, g.reason)) FROM guards AS g
        WHERE g.step_id = s.id) AS guards
FROM iteration_steps AS s WHERE s.iteration_id = %(iteration)s
ORDER BY s.position
""".encode()  # noqa: S608 - column names of this file

_MEMBERS = b"""
SELECT id FROM iteration_steps
WHERE iteration_id = %(iteration)s AND (chapter_id = ANY(%(groups)s) OR macro_phase_id = ANY(%(groups)s))
"""

_SAVED = (
    "state text, attempt integer, version integer, tasks_done integer, tasks_open integer, opens_at timestamptz,"
    " ready_at timestamptz, activated_at timestamptz, begun_at timestamptz, started_at timestamptz,"
    " start_assumed boolean, work_ended_at timestamptz, ended_at timestamptz, reason text,"
    " last_actor text, last_action text,"
    " last_at timestamptz, decision_id uuid, evidence_count integer, blocked_from text,"
    " expected_at timestamptz, taken_at timestamptz, taken_by text, not_taken_at timestamptz,"
    " start_told_at timestamptz, end_told_at timestamptz, late_reason text, start_carried boolean, done_by_id uuid,"
    " override_by text, override_reason text"
)

# An attempt that ends is kept as it was: `s` inside the first CTE is the row before this statement. Another attempt
# has its tasks open and its critical controls pending; where only the end is taken back (the step is in progress
# again), what was done stays done, and the evidence goes with it. The steps are
# named twice, in the rows and as an array: by the rows alone the planner would read the whole table.
_SAVE = f"""
WITH saved AS (
    SELECT * FROM jsonb_to_recordset(%(rows)s) AS row (id uuid, {_SAVED})
), past AS (
    INSERT INTO step_attempts (step_id, attempt, outcome, ready_at, activated_at, started_at, start_assumed,
                               work_ended_at, ended_at, reason, taken_at, taken_by, start_told_at, end_told_at,
                               late_reason, start_carried, override_by, override_reason)
    SELECT s.id, s.attempt, s.state, s.ready_at, s.activated_at, s.started_at, s.start_assumed,
           s.work_ended_at, s.ended_at, s.reason, s.taken_at, s.taken_by, s.start_told_at, s.end_told_at,
           s.late_reason, s.start_carried, s.override_by, s.override_reason
    FROM iteration_steps AS s JOIN saved ON saved.id = s.id
    WHERE s.id = ANY(%(ids)s) AND saved.attempt > s.attempt
), reopened AS (
    UPDATE iteration_tasks AS t
    SET state = 'open', done_by = NULL, done_at = NULL, reason = NULL, version = t.version + 1
    FROM iteration_steps AS s JOIN saved ON saved.id = s.id
    WHERE s.id = ANY(%(ids)s) AND t.step_id = ANY(%(ids)s) AND t.step_id = s.id AND saved.attempt > s.attempt
      AND saved.state <> 'in_progress' AND t.state <> 'open'
), carried AS (
    UPDATE evidence AS e SET attempt = saved.attempt
    FROM iteration_steps AS s JOIN saved ON saved.id = s.id
    WHERE s.id = ANY(%(ids)s) AND e.step_id = ANY(%(ids)s) AND e.step_id = s.id AND saved.attempt > s.attempt
      AND saved.state = 'in_progress' AND e.attempt = s.attempt
), counted AS (
    UPDATE iterations SET done_count = %(done_count)s, done_seconds = %(done_seconds)s, counts = %(counts)s
    WHERE id = %(iteration)s
), grouped AS (
    UPDATE iteration_groups AS g
    SET (open_count, begun_at, finished_at, opens_at) = (r.open_count, r.begun_at, r.finished_at, r.opens_at)
    FROM jsonb_to_recordset(%(groups)s) AS r
        (id uuid, open_count integer, begun_at timestamptz, finished_at timestamptz, opens_at timestamptz)
    WHERE g.id = r.id AND g.iteration_id = %(iteration)s
), asked AS (
    INSERT INTO decisions (id, migration_id, iteration_id, step_id, kind, question, role, asked_at)
    SELECT saved.decision_id, i.migration_id, i.id, s.id, 'gate', s.name, 'approver', %(now)s
    FROM saved JOIN iteration_steps AS s ON s.id = saved.id JOIN iterations AS i ON i.id = s.iteration_id
    WHERE s.id = ANY(%(ids)s) AND saved.decision_id IS NOT NULL
    ON CONFLICT (id) DO NOTHING
)
UPDATE iteration_steps AS s
SET ({", ".join(MUTABLE)}) = ({", ".join(f"saved.{name}" for name in MUTABLE)})
FROM saved WHERE s.id = saved.id AND s.id = ANY(%(ids)s)
""".encode()  # noqa: S608 - column names of this file


async def load_iteration(connection: AsyncConnection, iteration_id: UUID) -> Iteration | None:
    """Return the iteration with its migration's zone."""
    return iteration_in(await ask(connection, *loading_iteration(iteration_id)))


def loading_iteration(iteration_id: UUID) -> Statement:
    """Return the statement whose rows `iteration_in` reads."""
    return _LOAD_ITERATION, {"id": iteration_id}


def iteration_in(found: Sequence[Any]) -> Iteration | None:
    """Return the iteration that was found, if it was."""
    return iteration_from(found[0]) if found else None


def iteration_from(row: Row[Any]) -> Iteration:
    """Turn a row of iterations (with the zone beside it) into its value."""
    return Iteration(
        id=row.id,
        migration_id=row.migration_id,
        name=row.name,
        kind=IterationKind(row.kind),
        state=IterationState(row.state),
        comms=Comms(row.comms) if row.comms else None,
        planned_start=row.planned_start,
        planned_end=row.planned_end,
        window_end=row.window_end,
        started_at=row.started_at,
        ended_at=row.ended_at,
        started_by=row.started_by,
        state_since=row.state_since,
        state_by=row.state_by,
        state_reason=row.state_reason,
        version=row.version,
        progress=Progress(row.total_count, row.done_count, row.total_seconds, row.done_seconds, row.counts),
        zone=row.zone,
        take_seconds=row.take_seconds,
        upcoming_seconds=row.upcoming_seconds,
    )


async def load_neighbourhood(
    connection: AsyncConnection, iteration_id: UUID, starts: Sequence[UUID]
) -> Neighbourhood:
    """Return all that acting on the steps `starts` can touch."""
    steps, groups = loading_neighbourhood(iteration_id, starts)
    return neighbourhood_in(await ask(connection, *steps), await ask(connection, *groups))


def loading_neighbourhood(iteration_id: UUID, starts: Sequence[UUID]) -> tuple[Statement, Statement]:
    """Return the statements whose rows `neighbourhood_in` reads."""
    return (
        (_LOAD_NEIGHBOURHOOD, {"starts": list(starts), "iteration": iteration_id}),
        loading_groups(iteration_id),
    )


async def load_network(connection: AsyncConnection, iteration_id: UUID) -> Neighbourhood:
    """Return the whole iteration as one neighbourhood."""
    rows = await ask(connection, _LOAD_ALL, {"iteration": iteration_id})
    network = neighbourhood_in(rows, await ask(connection, *loading_groups(iteration_id)))
    return replace(network, expanded=frozenset(network.towards))


def loading_groups(iteration_id: UUID) -> Statement:
    """Return the statement for the groups of an iteration and their links, as `with_groups` takes them."""
    return _LOAD_GROUPS, {"id": iteration_id}


async def expand(
    connection: AsyncConnection, iteration_id: UUID, network: Neighbourhood, nodes: Iterable[UUID]
) -> Neighbourhood:
    """Return the network with the successors of `nodes` at every level in its reach too."""
    expanded = network.expanded | frozenset(nodes)
    led_to = {key for node in nodes for key in network.towards[node]}
    groups = [key for key in led_to if key in network.groups]
    found = await ask(connection, _MEMBERS, {"iteration": iteration_id, "groups": groups})
    starts = (led_to - set(groups)) | {row.id for row in found}
    wider = await load_neighbourhood(connection, iteration_id, [*network.reach, *starts])
    return replace(wider, expanded=expanded)


def neighbourhood_in(rows: Iterable[Any], groups: Sequence[Any]) -> Neighbourhood:
    """Make the neighbourhood of the rows that were loaded."""
    steps: dict[UUID, Step] = {}
    reach: list[UUID] = []
    links: dict[UUID, tuple[Link, ...]] = {}
    guards: dict[UUID, tuple[Guard, ...]] = {}
    for row in rows:
        steps[row.id] = step_from(row)
        if not row.reached:
            continue
        reach.append(row.id)
        if row.links:
            links[row.id] = tuple(_link(*one) for one in row.links)
        if row.guards:
            guards[row.id] = tuple(Guard(*one) for one in row.guards)
    network = Neighbourhood(steps, tuple(reach), links, guards)
    return with_groups(network, groups[0].groups or (), groups[0].links or ())


def with_groups(
    network: Neighbourhood, groups: Iterable[Mapping[str, Any]], links: Iterable[Sequence[Any]]
) -> Neighbourhood:
    """Return the network with its groups and the links of which one is an end."""
    found = {UUID(row["id"]): _group(row) for row in groups}
    into = dict(network.links)
    towards: dict[UUID, set[UUID]] = {}
    for predecessor, successor, kind, lag, waived_at in links:
        link, target = _link(predecessor, kind, lag, waived_at), UUID(successor)
        towards.setdefault(link.predecessor, set()).add(target)
        into[target] = (*into.get(target, ()), link)
    return replace(
        network,
        links=into,
        groups=found,
        towards={key: frozenset(targets) for key, targets in towards.items()},
    )


def _link(predecessor: str, kind: str, lag: int, waived_at: str | None) -> Link:
    waived = datetime.fromisoformat(waived_at) if waived_at else None
    return Link(UUID(predecessor), LinkKind(kind), lag, waived)


_GROUP_TIMES = ("begun_at", "finished_at", "opens_at")


def _group(row: Mapping[str, Any]) -> Group:
    begun_at, finished_at, opens_at = (
        datetime.fromisoformat(row[name]) if row[name] else None for name in _GROUP_TIMES
    )
    return Group(
        UUID(row["id"]),
        Level(row["level"]),
        row["code"],
        row["name"],
        row["duration_seconds"],
        row["total_count"],
        row["open_count"],
        begun_at,
        finished_at,
        opens_at,
    )


def step_from(row: Row[Any]) -> Step:
    """Turn a row with `STEP_COLUMNS` (first, in that order) into its value."""
    values = list(row[:_WIDTH])
    values[_BEHAVIOUR] = Behaviour(row.behaviour)
    values[_STATE] = StepState(row.state)
    values[_BLOCKED_FROM] = StepState(row.blocked_from) if row.blocked_from else None
    return Step(*values)


def saving(
    iteration_id: UUID, steps: Sequence[Step], groups: Sequence[Group], progress: Progress, now: datetime
) -> Statement:
    """Return what writes steps and groups in their new shape with the progress; attempts and decisions follow."""
    return (
        _SAVE,
        {
            "groups": Jsonb([_saved_group(group) for group in groups]),
            "rows": Jsonb([_saved(step) for step in steps]),
            "ids": [step.id for step in steps],
            "iteration": iteration_id,
            "done_count": progress.done_count,
            "done_seconds": progress.done_seconds,
            "counts": Jsonb(dict(progress.counts)),
            "now": now,
        },
    )


_WAIVE = b"""
WITH waived AS (
    SELECT * FROM jsonb_to_recordset(%(links)s) AS row (predecessor uuid, successor uuid, kind text)
), groups AS (
    UPDATE iteration_group_dependencies AS d SET waived_at = %(at)s, waived_by = %(by)s, waived_reason = %(why)s
    FROM waived AS w
    WHERE (d.predecessor_id, d.successor_id, d.kind) = (w.predecessor, w.successor, w.kind)
)
UPDATE iteration_dependencies AS d SET waived_at = %(at)s, waived_by = %(by)s, waived_reason = %(why)s
FROM waived AS w WHERE (d.predecessor_id, d.successor_id, d.kind) = (w.predecessor, w.successor, w.kind)
"""


def waiving(links: Sequence[tuple[UUID, Link]], by: str, why: str | None, at: datetime) -> Statement:
    """Return what writes that these links (each with the step it leads to) count as satisfied, by whom and why."""
    rows = [
        {"predecessor": str(link.predecessor), "successor": str(target), "kind": link.kind.value}
        for target, link in links
    ]
    return _WAIVE, {"links": Jsonb(rows), "by": by, "why": why, "at": at}


def _saved(step: Step) -> dict[str, Any]:
    row: dict[str, Any] = {"id": str(step.id)}
    for name in MUTABLE:
        value = getattr(step, name)
        row[name] = (
            instant(value)
            if isinstance(value, datetime)
            else str(value)
            if isinstance(value, UUID)
            else value
        )
    return row


def _saved_group(group: Group) -> dict[str, Any]:
    times = {name: getattr(group, name) for name in _GROUP_TIMES}
    printed = {name: instant(value) if value else None for name, value in times.items()}
    return {"id": str(group.id), "open_count": group.open_count, **printed}
