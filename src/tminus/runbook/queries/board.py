"""The board: every row of a runsheet at one event number, in one snapshot."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person
from tminus.platform.clock import server_now
from tminus.platform.eventlog.store import newest_of_iteration
from tminus.platform.swift import many_rows
from tminus.platform.swift import rows as ask
from tminus.runbook.domain.neighbourhood import Guard, Link, Neighbourhood
from tminus.runbook.domain.plan import Behaviour, LinkKind
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import Relation
from tminus.runbook.domain.waiting import after
from tminus.runbook.queries.iteration import view_of, visible_iteration
from tminus.runbook.queries.rows import step_row
from tminus.runbook.store.execution import STEP_COLUMNS, loading_groups, step_from, with_groups

_STEPS = f"""
SELECT {STEP_COLUMNS}, type, position, point_of_no_return, baseline_start, baseline_end, labels, not_before
FROM iteration_steps WHERE iteration_id = %(iteration)s ORDER BY position
""".encode()  # noqa: S608 - column names of ours
_LINKS = b"""
SELECT successor_id, predecessor_id, kind, lag_seconds, waived_at FROM iteration_dependencies
WHERE iteration_id = %(iteration)s
"""
_GUARDS = text(
    """
    SELECT g.step_id, g.source, g.open, g.reason FROM guards AS g
    JOIN iteration_steps AS s ON s.id = g.step_id WHERE s.iteration_id = :iteration AND NOT g.open
    """
)
_PHASES = text(
    "SELECT id, code, name, position FROM iteration_macro_phases WHERE iteration_id = :iteration ORDER BY position"
)
_CHAPTERS = text(
    """
    SELECT c.id, c.macro_phase_id, c.code, c.name, c.rollback, c.position
    FROM iteration_chapters AS c JOIN iteration_macro_phases AS m ON m.id = c.macro_phase_id
    WHERE c.iteration_id = :iteration ORDER BY m.position, c.position
    """
)
_TEAMS = text("SELECT id, code, name, phone FROM teams WHERE migration_id = :migration ORDER BY name")


async def board(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return the whole runsheet with the number of the newest event in it."""
    row, iteration = await visible_iteration(connection, person, iteration_id)
    of = {"iteration": iteration_id}
    rows = await many_rows(connection, _STEPS, of)
    network = await _network(connection, iteration_id, rows)
    now = await server_now(connection)
    relation_to = _relations(person, iteration.migration_id)
    steps = [
        step_row(
            one,
            step := network.steps[one.id],
            iteration,
            person,
            network,
            now,
            relation_to(step.behaviour, step.team_id),
        )
        for one in rows
    ]
    teams = await connection.execute(_TEAMS, {"migration": iteration.migration_id})
    return {
        "seq": await newest_of_iteration(connection, iteration_id),
        "iteration": view_of(row, iteration, person),
        "viewer": viewer(person, iteration.migration_id),
        "teams": [{"id": str(t.id), "code": t.code, "name": t.name, "phone": t.phone} for t in teams],
        "macroPhases": [
            {
                "id": str(m.id),
                "code": m.code,
                "name": m.name,
                "position": m.position,
                "after": after(network, m.id),
            }
            for m in await connection.execute(_PHASES, of)
        ],
        "chapters": [
            {
                "id": str(c.id),
                "macroPhaseId": str(c.macro_phase_id),
                "code": c.code,
                "name": c.name,
                "rollback": c.rollback,
                "position": c.position,
                "after": after(network, c.id),
            }
            for c in await connection.execute(_CHAPTERS, of)
        ],
        "steps": steps,
    }


def _relations(person: Person, migration_id: UUID) -> Callable[[Behaviour, UUID | None], Relation]:
    """How the person stands to a step, asked once for each team and behaviour."""

    @cache
    def relation_to(behaviour: Behaviour, team_id: UUID | None) -> Relation:
        return relation(person, migration_id, behaviour, team_id)

    return relation_to


async def _network(connection: AsyncConnection, iteration_id: UUID, rows: Any) -> Neighbourhood:
    steps = {row.id: step_from(row) for row in rows}
    order = {row.id: row.position for row in rows}
    links: dict[UUID, list[Link]] = {}
    for one in await many_rows(connection, _LINKS, {"iteration": iteration_id}):
        links.setdefault(one.successor_id, []).append(
            Link(one.predecessor_id, LinkKind(one.kind), one.lag_seconds, one.waived_at)
        )
    ordered = {
        key: tuple(sorted(into, key=lambda link: order[link.predecessor])) for key, into in links.items()
    }
    guards: dict[UUID, tuple[Guard, ...]] = {}
    for guard in await connection.execute(_GUARDS, {"iteration": iteration_id}):
        known = guards.get(guard.step_id, ())
        guards[guard.step_id] = (*known, Guard(guard.source, guard.open, guard.reason))
    found = (await ask(connection, *loading_groups(iteration_id)))[0]
    network = Neighbourhood(steps, tuple(steps), ordered, guards)
    return with_groups(network, found.groups or (), found.links or ())


def viewer(person: Person, migration_id: UUID) -> dict[str, Any]:
    """Return who looks, and with which roles and teams."""
    return {
        "userId": str(person.id) if person.id else None,
        "roles": sorted(role.value for role in person.roles_in(migration_id)),
        "teamIds": sorted(str(team) for team in person.all_teams),
    }
