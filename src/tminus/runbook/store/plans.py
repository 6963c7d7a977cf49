"""SQL of plans: find one, read a version whole in a few queries, write one set by set."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import new_id
from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    Application,
    Behaviour,
    Chapter,
    Control,
    Dependency,
    Environment,
    EnvironmentRole,
    LinkKind,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    StepType,
    Task,
    Team,
)
from tminus.runbook.domain.plan_canonical import normal
from tminus.runbook.store.tables import plan_versions, plans
from tminus.runbook.store.version import Version

Children = dict[UUID, list[Any]]


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
    f"{_VERSION} WHERE p.migration_id = :migration AND p.name = :name AND v.number > 0 AND v.status <> 'undone'"
    " ORDER BY v.number DESC LIMIT 1"
)
_NEXT_NUMBER = text("SELECT greatest(max(number), 0) + 1 FROM plan_versions WHERE plan_id = :plan")
_MIGRATIONS = text(
    "SELECT id, key, name, zone, description FROM migrations WHERE lower(key) = lower(:key) OR id = :id"
)
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
_CATALOGUES = {
    table: text(f"SELECT code, name FROM {table} WHERE migration_id = :id ORDER BY code")  # noqa: S608 - our tables
    for table in ("applications", "environments", "environment_roles")
}
_TYPES = text("SELECT code, name, behaviour FROM step_types WHERE plan_version_id = :id ORDER BY code")
_CONTROLS = text(
    """
    SELECT c.code, c.name, c.description, p.code AS producer, v.code AS validator, c.critical
    FROM controls AS c LEFT JOIN teams AS p ON p.id = c.producer_team_id
    LEFT JOIN teams AS v ON v.id = c.validator_team_id
    WHERE c.plan_version_id = :id ORDER BY c.code
    """
)
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
           s.instructions, s.auto_activate, s.point_of_no_return, s.evidence_required, s.labels,
           r.code AS environment, s.not_before, s.fixed_start
    FROM steps AS s LEFT JOIN teams AS t ON t.id = s.team_id
    LEFT JOIN environment_roles AS r ON r.id = s.environment_role_id
    WHERE s.plan_version_id = :id ORDER BY s.position
    """
)
_TASKS = text(
    """
    SELECT k.step_id AS parent, k.id, k.code, k.title, k.instructions, t.code AS team, k.required, k.nominee
    FROM tasks AS k LEFT JOIN teams AS t ON t.id = k.team_id WHERE k.plan_version_id = :id ORDER BY k.position
    """
)
_LINKS = text(
    """
    SELECT d.successor_id AS parent, p.code, d.kind, d.lag_seconds
    FROM step_dependencies AS d JOIN steps AS p ON p.id = d.predecessor_id WHERE d.plan_version_id = :id
    UNION ALL
    SELECT d.successor_id, n.code, d.kind, d.lag_seconds FROM group_dependencies AS d JOIN (
        SELECT id, code FROM steps WHERE plan_version_id = :id
        UNION ALL SELECT id, code FROM chapters WHERE plan_version_id = :id
        UNION ALL SELECT id, code FROM macro_phases WHERE plan_version_id = :id
    ) AS n ON n.id = d.predecessor_id WHERE d.plan_version_id = :id
    """
)
# What a step or task names, by one word each.
_IMPACTED = text(
    """
    SELECT i.step_id AS parent, t.code AS word FROM step_impacted_teams AS i JOIN teams AS t ON t.id = i.team_id
    WHERE i.plan_version_id = :id ORDER BY t.code
    """
)
_APPLIED = text(
    """
    SELECT l.step_id AS parent, a.code AS word FROM step_applications AS l
    JOIN applications AS a ON a.id = l.application_id WHERE l.plan_version_id = :id ORDER BY a.code
    """
)
_SCOPES = text(
    """
    SELECT step_id AS parent, part_of AS word FROM step_iteration_scope
    WHERE plan_version_id = :id ORDER BY part_of
    """
)
_UNDONE = text(
    """
    SELECT l.step_id AS parent, s.code AS word FROM step_undoes AS l JOIN steps AS s ON s.id = l.undone_step_id
    WHERE l.plan_version_id = :id ORDER BY s.code
    """
)
_CONTROLLED = text(
    """
    SELECT l.task_id AS parent, c.code AS word FROM task_controls AS l JOIN controls AS c ON c.id = l.control_id
    WHERE l.plan_version_id = :id ORDER BY c.code
    """
)
_AUTHORS = text(
    """
    WITH RECURSIVE held AS (
        SELECT id, based_on, created_by FROM plan_versions WHERE id = CAST(:version AS uuid)
        UNION ALL
        SELECT b.id, b.based_on, b.created_by FROM held AS h
        JOIN plan_versions AS b ON b.id = h.based_on AND b.approved_at IS NULL
    )
    SELECT created_by AS actor_id FROM held
    UNION SELECT l.actor_id FROM event_log AS l JOIN held AS h ON l.detail ->> 'versionId' = h.id::text
        WHERE l.stream = :migration AND l.type = 'plan.imported'
    UNION SELECT e.by_id FROM plan_edits AS e JOIN held AS h ON h.id = e.plan_version_id
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
    """Return a version as a value, with all that its migration names: teams, applications, environments, roles."""
    about = (await connection.execute(_PLAN, {"id": version_id})).one()
    chapters = await _children(connection, _CHAPTERS, version_id)
    parts = _Parts(
        await _types(connection, version_id),
        await _children(connection, _STEPS, version_id),
        await _children(connection, _TASKS, version_id),
        await _children(connection, _LINKS, version_id),
        await _words(connection, _IMPACTED, version_id),
        await _words(connection, _APPLIED, version_id),
        await _words(connection, _SCOPES, version_id),
        await _words(connection, _CONTROLLED, version_id),
        await _words(connection, _UNDONE, version_id),
    )
    phases = tuple(
        MacroPhase(
            row.code, row.name, tuple(parts.chapter(each) for each in chapters[row.id]), parts.after(row)
        )
        for row in await connection.execute(_PHASES, {"id": version_id})
    )
    plan = Plan(
        about.name,
        about.description,
        MigrationRef(about.key, about.migration_name, about.zone, about.migration_description),
        await teams_of(connection, about.migration_id),
        phases,
        tuple(one for code, one in parts.types.items() if code not in STANDARD_TYPES),
        tuple(Control(*row) for row in await connection.execute(_CONTROLS, {"id": version_id})),
    )
    return normal(replace(plan, **await catalogue_of(connection, about.migration_id)))


async def catalogue_of(connection: AsyncConnection, migration_id: UUID) -> dict[str, Any]:
    """Return the applications, environments and environment roles of a migration, as members of a plan."""
    kinds = {"applications": Application, "environments": Environment, "environment_roles": EnvironmentRole}
    found: dict[str, Any] = {}
    for table, kind in kinds.items():
        rows = await connection.execute(_CATALOGUES[table], {"id": migration_id})
        found[table] = tuple(kind(row.code, row.name) for row in rows)
    return found


async def _types(connection: AsyncConnection, version_id: UUID) -> dict[str, StepType]:
    own = (
        StepType(row.code, row.name, Behaviour(row.behaviour))
        for row in await connection.execute(_TYPES, {"id": version_id})
    )
    return STANDARD_TYPES | {one.code: one for one in own}


async def _children(connection: AsyncConnection, query: Any, version_id: UUID) -> Children:
    """Return the rows of a query by the key of what they are in."""
    children: Children = defaultdict(list)
    for row in await connection.execute(query, {"id": version_id}):
        children[row.parent].append(row)
    return children


async def _words(connection: AsyncConnection, query: Any, version_id: UUID) -> dict[UUID, tuple[str, ...]]:
    children = await _children(connection, query, version_id)
    return {key: tuple(row.word for row in rows) for key, rows in children.items()}


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a version consists of, by the key of what it is in, put together from the inside out."""

    types: dict[str, StepType]
    steps: Children
    tasks: Children
    links: Children
    impacted: dict[UUID, tuple[str, ...]]
    applications: dict[UUID, tuple[str, ...]]
    scope: dict[UUID, tuple[str, ...]]
    controls: dict[UUID, tuple[str, ...]]
    undone: dict[UUID, tuple[str, ...]]

    def after(self, row: Row[Any]) -> tuple[Dependency, ...]:
        links = self.links.get(row.id, ())
        return tuple(Dependency(link.code, LinkKind(link.kind), link.lag_seconds) for link in links)

    def chapter(self, row: Row[Any]) -> Chapter:
        steps = tuple(self.step(each) for each in self.steps.get(row.id, ()))
        return Chapter(row.code, row.name, row.rollback, steps, self.after(row))

    def step(self, row: Row[Any]) -> Step:
        return Step(
            row.code,
            row.name,
            self.types[row.type],
            row.team,
            row.duration_seconds,
            row.instructions,
            row.auto_activate,
            row.point_of_no_return,
            self.after(row),
            tuple(self.task(each) for each in self.tasks.get(row.id, ())),
            self.impacted.get(row.id, ()),
            tuple(row.labels),
            self.applications.get(row.id, ()),
            row.environment,
            self.scope.get(row.id, ()),
            parse_moment(row.not_before) if row.not_before else None,
            parse_moment(row.fixed_start) if row.fixed_start else None,
            row.evidence_required,
            self.undone.get(row.id, ()),
        )

    def task(self, row: Row[Any]) -> Task:
        controls = self.controls.get(row.id, ())
        return Task(row.code, row.title, row.instructions, row.team, row.required, row.nominee, controls)


async def ensure_plan(connection: AsyncConnection, migration_id: UUID, plan: Plan) -> UUID:
    """Return the key of the migration's plan of that name; make the plan if it is missing."""
    values = {
        "id": new_id(),
        "migration_id": migration_id,
        "name": plan.name,
        "description": plan.description,
    }
    # Waits for whoever is just making the same plan, and then takes theirs.
    made = pg_insert(plans).values(values).on_conflict_do_nothing().returning(plans.c.id)
    key: UUID | None = (await connection.execute(made)).scalar_one_or_none()
    if key:
        return key
    query = select(plans.c.id).where(plans.c.migration_id == migration_id, plans.c.name == plan.name)
    known: UUID = (await connection.execute(query)).scalar_one()
    return known


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


async def next_number(connection: AsyncConnection, plan_id: UUID) -> int:
    """Return the number of the plan's next version; a number is never used twice. The migration is locked."""
    return int((await connection.execute(_NEXT_NUMBER, {"plan": plan_id})).scalar_one())


async def set_number(connection: AsyncConnection, key: UUID, number: int) -> None:
    """Number a version that was written before the lock; from now on others see it."""
    where = plan_versions.c.id == key
    await connection.execute(update(plan_versions).where(where).values(number=number))


async def supersede(connection: AsyncConnection, plan_id: UUID) -> None:
    """Mark the plan's approved version, where there is one, as superseded."""
    where = (plan_versions.c.plan_id == plan_id) & (plan_versions.c.status == "approved")
    values = {"status": "superseded", "version": plan_versions.c.version + 1}
    await connection.execute(update(plan_versions).where(where).values(values))


async def authors_of(connection: AsyncConnection, version: Version) -> set[UUID | None]:
    """Return everybody who wrote to a version, or to a draft that it took over; None = the machine's own user."""
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
