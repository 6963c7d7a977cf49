"""SQL of plans: find one, read a version whole in a few queries, write one set by set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import new_id
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    Chapter,
    Dependency,
    LinkKind,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    Task,
    Team,
)
from tminus.runbook.domain.plan_canonical import normal
from tminus.runbook.store.plan_tables import plan_versions, plans

Children = dict[UUID, list[Any]]


@dataclass(frozen=True, slots=True)
class Version:
    """A plan's version without what it consists of."""

    id: UUID
    plan_id: UUID
    migration_id: UUID
    plan_name: str
    number: int
    status: str
    content_hash: bytes
    created_by: UUID | None
    created_by_name: str
    version: int


@dataclass(frozen=True, slots=True)
class MigrationRow:
    """A migration by its two names."""

    id: UUID
    key: str
    name: str
    zone: str
    description: str


_VERSION = """
    SELECT v.id, v.plan_id, p.migration_id, p.name, v.number, v.status, v.content_hash, v.created_by,
           v.created_by_name, v.version
    FROM plan_versions AS v JOIN plans AS p ON p.id = v.plan_id
"""
_VERSION_BY_ID = text(f"{_VERSION} WHERE v.id = :id")
_NEWEST_VERSION = text(
    f"{_VERSION} WHERE p.migration_id = :migration AND p.name = :name ORDER BY v.number DESC LIMIT 1"
)
_MIGRATIONS = text("SELECT id, key, name, zone, description FROM migrations WHERE key = :key OR id = :id")
_MIGRATIONS_OF_PLAN = text(
    """
    SELECT m.id, m.key, m.name, m.zone, m.description
    FROM plans AS p JOIN migrations AS m ON m.id = p.migration_id
    WHERE p.name = :name ORDER BY m.key
    """
)
_PLAN = text(
    """
    SELECT p.name, p.description, p.migration_id, m.key, m.name AS migration_name, m.zone,
           m.description AS migration_description
    FROM plan_versions AS v JOIN plans AS p ON p.id = v.plan_id JOIN migrations AS m ON m.id = p.migration_id
    WHERE v.id = :id
    """
)
_TEAMS = text("SELECT code, name, email, phone FROM teams WHERE migration_id = :id ORDER BY code")
_PHASES = text("SELECT id, code, name FROM macro_phases WHERE plan_version_id = :id ORDER BY position")
_CHAPTERS = text(
    """
    SELECT id, macro_phase_id AS parent, code, name, rollback FROM chapters
    WHERE plan_version_id = :id ORDER BY position
    """
)
_STEPS = text(
    """
    SELECT s.id, s.chapter_id AS parent, s.code, s.name, s.type, t.code AS team, s.duration_seconds,
           s.instructions, s.auto_activate, s.point_of_no_return
    FROM steps AS s LEFT JOIN teams AS t ON t.id = s.team_id WHERE s.plan_version_id = :id ORDER BY s.position
    """
)
_TASKS = text(
    """
    SELECT k.step_id AS parent, k.code, k.title, k.instructions, t.code AS team, k.required
    FROM tasks AS k LEFT JOIN teams AS t ON t.id = k.team_id WHERE k.plan_version_id = :id ORDER BY k.position
    """
)
_LINKS = text(
    """
    SELECT d.successor_id AS parent, p.code, d.kind, d.lag_seconds
    FROM step_dependencies AS d JOIN steps AS p ON p.id = d.predecessor_id WHERE d.plan_version_id = :id
    """
)
_AUTHORS = text(
    """
    SELECT actor_id FROM event_log
    WHERE stream = :migration AND type = 'plan.imported' AND detail ->> 'versionId' = :version
    """
)


async def load_version(connection: AsyncConnection, version_id: UUID) -> Version | None:
    """Return a version by its key."""
    row = (await connection.execute(_VERSION_BY_ID, {"id": version_id})).one_or_none()
    return Version(*row) if row else None


async def newest_version(connection: AsyncConnection, migration_id: UUID, name: str) -> Version | None:
    """Return the version with the highest number of the plan of that name: its draft, where it has one."""
    row = (await connection.execute(_NEWEST_VERSION, {"migration": migration_id, "name": name})).one_or_none()
    return Version(*row) if row else None


async def find_migration(connection: AsyncConnection, key: str) -> MigrationRow | None:
    """Return the migration with this key, or with this UUID."""
    try:
        by_id = UUID(key)
    except ValueError:
        by_id = None
    row = (await connection.execute(_MIGRATIONS, {"key": key, "id": by_id})).first()
    return MigrationRow(*row) if row else None


async def migrations_of_plan(connection: AsyncConnection, name: str) -> list[MigrationRow]:
    """Return the migrations that have a plan of that name."""
    return [MigrationRow(*row) for row in await connection.execute(_MIGRATIONS_OF_PLAN, {"name": name})]


async def teams_of(connection: AsyncConnection, migration_id: UUID) -> tuple[Team, ...]:
    """Return the teams of a migration by code."""
    return tuple(Team(*row) for row in await connection.execute(_TEAMS, {"id": migration_id}))


async def load_plan(connection: AsyncConnection, version_id: UUID) -> Plan:
    """Return a version as a value, with all teams of its migration."""
    about = (await connection.execute(_PLAN, {"id": version_id})).one()
    chapters = await _children(connection, _CHAPTERS, version_id)
    steps = await _children(connection, _STEPS, version_id)
    tasks = await _children(connection, _TASKS, version_id)
    links = await _children(connection, _LINKS, version_id)

    def step(row: Row[Any]) -> Step:
        return _step(row, links[row.id], tasks[row.id])

    def chapter(row: Row[Any]) -> Chapter:
        return Chapter(row.code, row.name, row.rollback, tuple(step(each) for each in steps[row.id]))

    phases = tuple(
        MacroPhase(row.code, row.name, tuple(chapter(each) for each in chapters[row.id]))
        for row in await connection.execute(_PHASES, {"id": version_id})
    )
    migration = MigrationRef(about.key, about.migration_name, about.zone, about.migration_description)
    teams = await teams_of(connection, about.migration_id)
    return normal(Plan(about.name, about.description, migration, teams, phases))


async def _children(connection: AsyncConnection, query: Any, version_id: UUID) -> Children:
    """Return the rows of a query by the key of what they are in."""
    children: Children = defaultdict(list)
    for row in await connection.execute(query, {"id": version_id}):
        children[row.parent].append(row)
    return children


def _step(row: Row[Any], links: Sequence[Row[Any]], tasks: Sequence[Row[Any]]) -> Step:
    return Step(
        row.code,
        row.name,
        STANDARD_TYPES[row.type],
        row.team,
        row.duration_seconds,
        row.instructions,
        row.auto_activate,
        row.point_of_no_return,
        tuple(Dependency(link.code, LinkKind(link.kind), link.lag_seconds) for link in links),
        tuple(Task(task.code, task.title, task.instructions, task.team, task.required) for task in tasks),
    )


async def ensure_plan(connection: AsyncConnection, migration_id: UUID, plan: Plan) -> UUID:
    """Return the key of the migration's plan of that name; make the plan if it is missing."""
    query = select(plans.c.id).where(plans.c.migration_id == migration_id, plans.c.name == plan.name)
    known: UUID | None = (await connection.execute(query)).scalar_one_or_none()
    if known:
        return known
    key = new_id()
    values = {"id": key, "migration_id": migration_id, "name": plan.name, "description": plan.description}
    await connection.execute(insert(plans).values(values))
    return key


async def describe_plan(connection: AsyncConnection, key: UUID, description: str) -> None:
    """Change what a plan says it is for."""
    await connection.execute(update(plans).where(plans.c.id == key).values(description=description))


async def insert_version(connection: AsyncConnection, values: dict[str, Any]) -> None:
    """Write a draft version, as yet with nothing in it."""
    await connection.execute(insert(plan_versions).values(values))


async def update_version(connection: AsyncConnection, key: UUID, values: dict[str, Any]) -> None:
    """Change a version's own columns; its `version` goes up by one."""
    changed = values | {"version": plan_versions.c.version + 1}
    await connection.execute(update(plan_versions).where(plan_versions.c.id == key).values(changed))


async def supersede(connection: AsyncConnection, plan_id: UUID) -> None:
    """Mark the plan's approved version, where there is one, as superseded."""
    where = (plan_versions.c.plan_id == plan_id) & (plan_versions.c.status == "approved")
    values = {"status": "superseded", "version": plan_versions.c.version + 1}
    await connection.execute(update(plan_versions).where(where).values(values))


async def authors_of(connection: AsyncConnection, version: Version) -> set[UUID | None]:
    """Return everybody who wrote to a version, from the log; None stands for the machine's own user."""
    values = {"migration": version.migration_id, "version": str(version.id)}
    return {version.created_by, *(row.actor_id for row in await connection.execute(_AUTHORS, values))}


def version_values(
    key: UUID, plan_id: UUID, number: int, content_hash: bytes, author: tuple[UUID | None, str], at: datetime
) -> dict[str, Any]:
    """Return the columns of a new draft; `author` is (key, name), the key None for the machine's user."""
    return {
        "id": key,
        "plan_id": plan_id,
        "number": number,
        "content_hash": content_hash,
        "created_by": author[0],
        "created_by_name": author[1],
        "created_at": at,
    }
