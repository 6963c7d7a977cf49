"""SQL of a migration's applications, environments and environment roles, and of what uses them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Table, TextClause, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.tables import applications, environment_roles, environments


class CatalogueKind(StrEnum):
    """What is kept; the values stand in addresses."""

    APPLICATIONS = "applications"
    ENVIRONMENTS = "environments"
    ENVIRONMENT_ROLES = "environment-roles"

    @property
    def words(self) -> str:
        """How people call one of them."""
        return {"applications": "application", "environments": "environment"}.get(
            self.value, "environment role"
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """One of them; `used_by` = steps of plans, one in several versions counted once, or iterations."""

    id: UUID
    migration_id: UUID
    code: str
    name: str
    version: int
    used_by: int = 0


_TABLES: dict[CatalogueKind, Table] = {
    CatalogueKind.APPLICATIONS: applications,
    CatalogueKind.ENVIRONMENTS: environments,
    CatalogueKind.ENVIRONMENT_ROLES: environment_roles,
}
_STEPS_OF = """
    SELECT s.code || ' (version ' || v.number || ' of ' || p.name || ')' AS used_in, p.id || s.code AS what
    FROM steps AS s
    JOIN plan_versions AS v ON v.id = s.plan_version_id JOIN plans AS p ON p.id = v.plan_id
"""
_USES: dict[CatalogueKind, str] = {
    CatalogueKind.APPLICATIONS: f"""
        {_STEPS_OF} JOIN step_applications AS x ON x.step_id = s.id WHERE x.application_id = e.id
    """,
    CatalogueKind.ENVIRONMENTS: """
        SELECT i.name AS used_in, i.name AS what
        FROM iteration_environments AS x JOIN iterations AS i ON i.id = x.iteration_id
        WHERE i.migration_id = e.migration_id AND x.environment = e.code
    """,
    CatalogueKind.ENVIRONMENT_ROLES: f"{_STEPS_OF} WHERE s.environment_role_id = e.id",
}


def table_of(kind: CatalogueKind) -> Table:
    """Return the table that holds a kind."""
    return _TABLES[kind]


def _listing(kind: CatalogueKind) -> TextClause:
    return text(
        f"""
        SELECT e.id, e.migration_id, e.code, e.name, e.version,
               (SELECT count(DISTINCT u.what) FROM ({_USES[kind]}) AS u) AS used_by
        FROM {_TABLES[kind].name} AS e WHERE e.migration_id = :migration ORDER BY e.code
        """  # noqa: S608 - names of our own tables
    )


def _uses(kind: CatalogueKind) -> TextClause:
    return text(
        f"""
        SELECT DISTINCT u.used_in FROM {_TABLES[kind].name} AS e CROSS JOIN LATERAL ({_USES[kind]}) AS u
        WHERE e.id = :id ORDER BY 1
        """  # noqa: S608 - names of our own tables
    )


_LIST = {kind: _listing(kind) for kind in CatalogueKind}
_USED_IN = {kind: _uses(kind) for kind in CatalogueKind}


async def entries_of(connection: AsyncConnection, kind: CatalogueKind, migration_id: UUID) -> list[Entry]:
    """Return a migration's entries of a kind, by code."""
    return [Entry(*row) for row in await connection.execute(_LIST[kind], {"migration": migration_id})]


async def find_entry(connection: AsyncConnection, kind: CatalogueKind, key: UUID) -> Entry | None:
    """Return an entry by its key; what uses it is not counted."""
    table = _TABLES[kind]
    columns = (table.c.id, table.c.migration_id, table.c.code, table.c.name, table.c.version)
    row = (await connection.execute(select(*columns).where(table.c.id == key))).one_or_none()
    return Entry(*row) if row else None


async def users_of(connection: AsyncConnection, kind: CatalogueKind, key: UUID) -> Sequence[str]:
    """Return what uses an entry, in words: `Plan 3: TRT-1010`, or an iteration's name."""
    return list((await connection.execute(_USED_IN[kind], {"id": key})).scalars())


async def insert_entry(connection: AsyncConnection, kind: CatalogueKind, values: dict[str, Any]) -> None:
    """Add an entry."""
    await connection.execute(insert(_TABLES[kind]).values(values))


async def rename_entry(connection: AsyncConnection, kind: CatalogueKind, key: UUID, name: str) -> None:
    """Give an entry another name; its `version` goes up by one."""
    table = _TABLES[kind]
    changed = {"name": name, "version": table.c.version + 1}
    await connection.execute(update(table).where(table.c.id == key).values(changed))


async def delete_entry(connection: AsyncConnection, kind: CatalogueKind, key: UUID) -> None:
    """Remove an entry that nothing uses."""
    table = _TABLES[kind]
    await connection.execute(delete(table).where(table.c.id == key))
