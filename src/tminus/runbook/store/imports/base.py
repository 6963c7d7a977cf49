"""The plan as it is, in the shape of what is staged: temporary tables of the transaction that compares."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.imports.fields import TYPES
from tminus.runbook.store.imports.script import carry_out
from tminus.runbook.store.tables.imports import VALUES


def _things(
    kind: str,
    source: str,
    *,
    code: str = "x.code",
    parent: str = "NULL",
    position: str = "0",
    loose: str = "false",
    **values: str,
) -> str:
    """Return a SELECT of things of one kind; `values` = expressions by column, null for the others.

    `loose`: nobody has said anything of it but its name, as of what an import made of a word. `was` = the code by
    which an earlier import of the same file had it, `gone`: an earlier import had it twice; both are found later.
    """
    columns = ", ".join(f"({values.get(name, 'NULL')})::{TYPES[name]} AS {name}" for name in VALUES)
    return (
        f"SELECT '{kind}'::text AS kind, {code} AS code, ({parent})::text AS parent, {position} AS position,"  # noqa: S608 - parts of this file
        f" ({loose}) AS loose, NULL::text AS was, false AS gone,"
        f" {columns} FROM {source}"
    )


def _same(*names: str) -> dict[str, str]:
    return {name: f"x.{name}" for name in names}


def _words(table: str, of: str, column: str, word: str, where: str) -> str:
    """An array of the codes that a step or task names, in order."""
    return (
        f"coalesce((SELECT array_agg(w.{word} ORDER BY w.{word}) FROM {table} AS l"  # noqa: S608 - parts of this file
        f" JOIN {where} AS w ON w.id = l.{column} WHERE l.{of} = x.id), '{{}}')"
    )


_VERSION = (
    _things(
        "type",
        "step_types AS x WHERE x.plan_version_id = :version",
        loose="upper(x.name) = x.code AND x.behaviour = 'work'",
        **_same("name", "behaviour"),
    ),
    _things(
        "control",
        "controls AS x LEFT JOIN teams AS p ON p.id = x.producer_team_id"
        " LEFT JOIN teams AS v ON v.id = x.validator_team_id WHERE x.plan_version_id = :version",
        producer="p.code",
        validator="v.code",
        **_same("name", "description", "critical"),
    ),
    _things(
        "macroPhase",
        "macro_phases AS x WHERE x.plan_version_id = :version",
        position="x.position",
        **_same("name"),
    ),
    _things(
        "chapter",
        "chapters AS x JOIN macro_phases AS m ON m.id = x.macro_phase_id WHERE x.plan_version_id = :version",
        parent="m.code",
        position="x.position",
        **_same("name", "rollback"),
    ),
    _things(
        "step",
        "steps AS x JOIN chapters AS c ON c.id = x.chapter_id LEFT JOIN teams AS t ON t.id = x.team_id"
        " LEFT JOIN environment_roles AS e ON e.id = x.environment_role_id WHERE x.plan_version_id = :version",
        parent="c.code",
        position="x.position",
        team="t.code",
        environment="e.code",
        scope="coalesce((SELECT array_agg(l.part_of ORDER BY l.part_of) FROM step_iteration_scope AS l"
        " WHERE l.step_id = x.id), '{}')",
        impacted_teams=_words("step_impacted_teams", "step_id", "team_id", "code", "teams"),
        applications=_words("step_applications", "step_id", "application_id", "code", "applications"),
        undoes=_words("step_undoes", "step_id", "undone_step_id", "code", "steps"),
        labels="(SELECT coalesce(array_agg(DISTINCT l ORDER BY l), '{}') FROM unnest(x.labels) AS l)",
        **_same(
            "name",
            "type",
            "duration_seconds",
            "instructions",
            "auto_activate",
            "point_of_no_return",
            "evidence_required",
            "not_before",
            "fixed_start",
        ),
    ),
    _things(
        "task",
        "tasks AS x JOIN steps AS s ON s.id = x.step_id LEFT JOIN teams AS t ON t.id = x.team_id"
        " WHERE x.plan_version_id = :version",
        parent="s.code",
        position="x.position",
        name="x.title",
        team="t.code",
        controls=_words("task_controls", "task_id", "control_id", "code", "controls"),
        **_same("instructions", "required", "nominee"),
    ),
)
_PLAN = _things("plan", "plans AS x WHERE x.id = :plan", code="x.name", **_same("description"))
_MIGRATION = (
    _things(
        "team",
        "teams AS x WHERE x.migration_id = :migration",
        loose="x.email IS NULL AND x.phone IS NULL"
        " AND NOT EXISTS (SELECT FROM team_members AS m WHERE m.team_id = x.id)",
        **_same("name", "email", "phone"),
    ),
    *(
        _things(kind, f"{table} AS x WHERE x.migration_id = :migration", **_same("name"))
        for kind, table in (
            ("application", "applications"),
            ("environment", "environments"),
            ("environmentRole", "environment_roles"),
        )
    ),
)
_EMPTY = _things("none", "(SELECT NULL::text AS code) AS x WHERE false")
_LINKS = """
    WITH nodes AS (
        SELECT id, code FROM steps WHERE plan_version_id = :version
        UNION ALL SELECT id, code FROM chapters WHERE plan_version_id = :version
        UNION ALL SELECT id, code FROM macro_phases WHERE plan_version_id = :version
    )
    SELECT p.code AS predecessor, s.code AS successor, d.kind, d.lag_seconds
    FROM (
        SELECT predecessor_id, successor_id, kind, lag_seconds FROM step_dependencies WHERE plan_version_id = :version
        UNION ALL
        SELECT predecessor_id, successor_id, kind, lag_seconds FROM group_dependencies WHERE plan_version_id = :version
    ) AS d JOIN nodes AS p ON p.id = d.predecessor_id JOIN nodes AS s ON s.id = d.successor_id
"""
_NO_LINKS = (
    "SELECT ''::text AS predecessor, ''::text AS successor, ''::text AS kind, 0 AS lag_seconds WHERE false"
)


async def lay_out_base(
    connection: AsyncConnection, migration_id: UUID | None, plan_id: UUID | None, version_id: UUID | None
) -> None:
    """Make `base_things` and `base_links`, for this transaction: a version and what its migration names.

    What is None is not there yet.
    """
    parts = [_EMPTY]
    keys: dict[str, UUID] = {}
    if migration_id:
        parts += _MIGRATION
        keys["migration"] = migration_id
    if plan_id and version_id:
        parts += [_PLAN, *_VERSION]
        keys |= {"plan": plan_id, "version": version_id}
    await carry_out(
        connection,
        "DROP TABLE IF EXISTS base_things, base_links",
        f"CREATE TEMP TABLE base_things ON COMMIT DROP AS {' UNION ALL '.join(parts)}",
        f"CREATE TEMP TABLE base_links ON COMMIT DROP AS {_LINKS if version_id else _NO_LINKS}",
        "ANALYZE base_things (kind, code, parent, name)",
        "ANALYZE base_links",
        **keys,
    )
