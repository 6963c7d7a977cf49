"""The statements of `plan_edit_write`: each names things of one version by their codes."""

from __future__ import annotations

from tminus.runbook.domain.plan_edit import Level

_TABLES = {
    Level.MACRO_PHASE: "macro_phases",
    Level.CHAPTER: "chapters",
    Level.STEP: "steps",
    Level.TASK: "tasks",
    Level.CONTROL: "controls",
    Level.TYPE: "step_types",
}
_MIGRATION = """
    (SELECT p.migration_id FROM plan_versions AS v JOIN plans AS p ON p.id = v.plan_id WHERE v.id = %(version)s)
"""


def _looked_up(table: str) -> str:
    return f"(SELECT id FROM {table} WHERE code = %(value)s::text AND migration_id = {_MIGRATION})"  # noqa: S608 - names of our own tables


def _set(level: Level, column: str, value: str) -> bytes:
    return f"""
        UPDATE {_TABLES[level]} SET {column} = {value} WHERE plan_version_id = %(version)s AND code = %(code)s
    """.encode()  # noqa: S608 - names of our own tables


_PLAIN: dict[Level, dict[str, str]] = {
    Level.MACRO_PHASE: {"code": "code", "name": "name"},
    Level.CHAPTER: {"code": "code", "name": "name", "rollback": "rollback"},
    Level.STEP: {
        "code": "code",
        "name": "name",
        "type": "type",
        "behaviour": "behaviour",
        "durationSeconds": "duration_seconds",
        "instructions": "instructions",
        "autoActivate": "auto_activate",
        "pointOfNoReturn": "point_of_no_return",
        "evidence": "evidence_required",
        "labels": "labels",
        "notBefore": "not_before",
        "fixedStart": "fixed_start",
    },
    Level.TASK: {
        "code": "code",
        "title": "title",
        "instructions": "instructions",
        "required": "required",
        "nominee": "nominee",
    },
    Level.CONTROL: {"code": "code", "name": "name", "description": "description", "critical": "critical"},
    Level.TYPE: {"code": "code", "name": "name", "behaviour": "behaviour"},
}
_REFERENCES: dict[Level, dict[str, tuple[str, str]]] = {
    Level.STEP: {"team": ("team_id", "teams"), "environment": ("environment_role_id", "environment_roles")},
    Level.TASK: {"team": ("team_id", "teams")},
    Level.CONTROL: {"producer": ("producer_team_id", "teams"), "validator": ("validator_team_id", "teams")},
}
COLUMNS: dict[Level, dict[str, bytes]] = {
    level: {
        **{member: _set(level, column, "%(value)s") for member, column in _PLAIN[level].items()},
        **{
            member: _set(level, column, _looked_up(table))
            for member, (column, table) in _REFERENCES.get(level, {}).items()
        },
    }
    for level in Level
}
"""For each member that is one value, the statement that writes it."""

RETYPE = b"""
UPDATE steps SET type = %(type)s, behaviour = %(behaviour)s WHERE plan_version_id = %(version)s AND type = %(was)s
"""

INSERT: dict[Level, bytes] = {
    Level.MACRO_PHASE: b"""
        INSERT INTO macro_phases (id, plan_version_id, code, name, position)
        SELECT id, %(version)s, code, name, position
        FROM jsonb_to_recordset(%(rows)s) AS r (id uuid, code text, name text, position int)
    """,
    Level.CHAPTER: b"""
        INSERT INTO chapters (id, plan_version_id, macro_phase_id, code, name, rollback, position)
        SELECT r.id, %(version)s, m.id, r.code, r.name, r.rollback, r.position
        FROM jsonb_to_recordset(%(rows)s) AS r
            (id uuid, parent text, code text, name text, rollback boolean, position int)
        JOIN macro_phases AS m ON m.plan_version_id = %(version)s AND m.code = r.parent
    """,
    Level.STEP: f"""
        INSERT INTO steps
            (id, plan_version_id, chapter_id, code, name, type, behaviour, instructions, team_id, duration_seconds,
             auto_activate, point_of_no_return, evidence_required, position, labels, environment_role_id, not_before,
             fixed_start)
        SELECT r.id, %(version)s, c.id, r.code, r.name, r.type, r.behaviour, r.instructions, t.id,
               r."durationSeconds", r."autoActivate", r."pointOfNoReturn", r.evidence, r.position, r.labels, e.id,
               r."notBefore", r."fixedStart"
        FROM jsonb_to_recordset(%(rows)s) AS r
            (id uuid, parent text, code text, name text, type text, behaviour text, instructions text, team text,
             "durationSeconds" int, "autoActivate" boolean, "pointOfNoReturn" boolean, evidence boolean, position int,
             labels text[], environment text, "notBefore" text, "fixedStart" text)
        JOIN chapters AS c ON c.plan_version_id = %(version)s AND c.code = r.parent
        LEFT JOIN teams AS t ON t.code = r.team AND t.migration_id = {_MIGRATION}
        LEFT JOIN environment_roles AS e ON e.code = r.environment AND e.migration_id = {_MIGRATION}
    """.encode(),  # noqa: S608 - a part of this file
    Level.TASK: f"""
        INSERT INTO tasks
            (id, plan_version_id, step_id, code, title, instructions, team_id, required, position, nominee)
        SELECT r.id, %(version)s, s.id, r.code, r.title, r.instructions, t.id, r.required, r.position, r.nominee
        FROM jsonb_to_recordset(%(rows)s) AS r
            (id uuid, parent text, code text, title text, instructions text, team text, required boolean,
             position int, nominee text)
        JOIN steps AS s ON s.plan_version_id = %(version)s AND s.code = r.parent
        LEFT JOIN teams AS t ON t.code = r.team AND t.migration_id = {_MIGRATION}
    """.encode(),  # noqa: S608 - a part of this file
    Level.CONTROL: f"""
        INSERT INTO controls
            (id, plan_version_id, code, name, description, producer_team_id, validator_team_id, critical)
        SELECT r.id, %(version)s, r.code, r.name, r.description, p.id, v.id, r.critical
        FROM jsonb_to_recordset(%(rows)s) AS r
            (id uuid, code text, name text, description text, producer text, validator text, critical boolean)
        LEFT JOIN teams AS p ON p.code = r.producer AND p.migration_id = {_MIGRATION}
        LEFT JOIN teams AS v ON v.code = r.validator AND v.migration_id = {_MIGRATION}
    """.encode(),  # noqa: S608 - a part of this file
    Level.TYPE: b"""
        INSERT INTO step_types (plan_version_id, code, name, behaviour)
        SELECT %(version)s, code, name, behaviour
        FROM jsonb_to_recordset(%(rows)s) AS r (code text, name text, behaviour text)
    """,
}

_LISTS = {
    "impactedTeams": ("step_impacted_teams", "step_id", "steps", "team_id", "teams"),
    "applications": ("step_applications", "step_id", "steps", "application_id", "applications"),
    "controls": ("task_controls", "task_id", "tasks", "control_id", "controls"),
}
_ROWS = "jsonb_to_recordset(%(rows)s) AS r (code text, value text)"
FILL_LIST: dict[str, bytes] = {
    **{
        member: f"""
            INSERT INTO {table} ({owner}, {other}, plan_version_id)
            SELECT o.id, n.id, %(version)s FROM {_ROWS}
            JOIN {owners} AS o ON o.plan_version_id = %(version)s AND o.code = r.code
            JOIN {others} AS n ON n.code = r.value
                AND n.{"plan_version_id = %(version)s" if member == "controls" else f"migration_id = {_MIGRATION}"}
        """.encode()  # noqa: S608 - names of our own tables
        for member, (table, owner, owners, other, others) in _LISTS.items()
    },
    "undoes": f"""
        INSERT INTO step_undoes (step_id, undone_step_id, plan_version_id)
        SELECT s.id, u.id, %(version)s FROM {_ROWS}
        JOIN steps AS s ON s.plan_version_id = %(version)s AND s.code = r.code
        JOIN steps AS u ON u.plan_version_id = %(version)s AND u.code = r.value
    """.encode(),  # noqa: S608 - a part of this file
    "scope": f"""
        INSERT INTO step_iteration_scope (step_id, part_of, plan_version_id)
        SELECT s.id, r.value, %(version)s FROM {_ROWS}
        JOIN steps AS s ON s.plan_version_id = %(version)s AND s.code = r.code
    """.encode(),  # noqa: S608 - a part of this file
}
"""For each member that is a list of codes or words, the statement that fills it."""
CLEAR_LIST: dict[str, bytes] = {
    member: f"""
        DELETE FROM {table} WHERE {owner} IN
            (SELECT id FROM {owners} WHERE plan_version_id = %(version)s AND code = ANY(%(codes)s::text[]))
    """.encode()  # noqa: S608 - names of our own tables
    for member, (table, owner, owners) in {
        "impactedTeams": ("step_impacted_teams", "step_id", "steps"),
        "applications": ("step_applications", "step_id", "steps"),
        "scope": ("step_iteration_scope", "step_id", "steps"),
        "undoes": ("step_undoes", "step_id", "steps"),
        "controls": ("task_controls", "task_id", "tasks"),
    }.items()
}

_NODES = """
    WITH nodes AS (
        SELECT id, code, true AS step FROM steps WHERE plan_version_id = %(version)s
        UNION ALL SELECT id, code, false FROM chapters WHERE plan_version_id = %(version)s
        UNION ALL SELECT id, code, false FROM macro_phases WHERE plan_version_id = %(version)s
    )
"""
LINK = tuple(
    f"""
    {_NODES}
    INSERT INTO {table} (predecessor_id, successor_id, kind, lag_seconds, plan_version_id)
    SELECT p.id, s.id, r.kind, r.lag, %(version)s
    FROM jsonb_to_recordset(%(rows)s) AS r ("to" text, code text, kind text, lag int)
    JOIN nodes AS s ON s.code = r."to" JOIN nodes AS p ON p.code = r.code WHERE {which} (s.step AND p.step)
    """.encode()  # noqa: S608 - names of our own tables
    for table, which in (("step_dependencies", ""), ("group_dependencies", "NOT"))
)
"""Links between two steps, and those of which an end is none."""
UNLINK = f"""
{_NODES}, one AS (
    SELECT p.id AS predecessor, s.id AS successor FROM nodes AS p CROSS JOIN nodes AS s
    WHERE p.code = %(code)s AND s.code = %(to)s
), of_steps AS (
    DELETE FROM step_dependencies AS d USING one
    WHERE d.predecessor_id = one.predecessor AND d.successor_id = one.successor AND d.kind = %(kind)s
)
DELETE FROM group_dependencies AS d USING one
WHERE d.predecessor_id = one.predecessor AND d.successor_id = one.successor AND d.kind = %(kind)s
""".encode()  # noqa: S608 - a part of this file
_GONE = """
    WITH gone AS (
        SELECT id FROM steps WHERE plan_version_id = %(version)s AND code = ANY(%(steps)s::text[])
        UNION ALL
        SELECT id FROM chapters WHERE plan_version_id = %(version)s AND code = ANY(%(chapters)s::text[])
        UNION ALL
        SELECT id FROM macro_phases WHERE plan_version_id = %(version)s AND code = ANY(%(phases)s::text[])
    )
"""
UNLINK_ALL = tuple(
    f"""
    {_GONE}
    DELETE FROM {table} WHERE plan_version_id = %(version)s
        AND (predecessor_id IN (SELECT id FROM gone) OR successor_id IN (SELECT id FROM gone))
    """.encode()  # noqa: S608 - names of our own tables
    for table in ("step_dependencies", "group_dependencies")
)


def _delete(level: Level) -> bytes:
    return f"""
        DELETE FROM {_TABLES[level]} WHERE plan_version_id = %(version)s AND code = ANY(%(codes)s::text[])
    """.encode()  # noqa: S608 - names of our own tables


DELETE: dict[Level, tuple[bytes, ...]] = {
    level: (_delete(level),) for level in (Level.MACRO_PHASE, Level.CHAPTER, Level.TYPE)
} | {
    Level.STEP: (
        *(CLEAR_LIST[member] for member in ("impactedTeams", "applications", "scope", "undoes")),
        b"""
        DELETE FROM step_undoes WHERE undone_step_id IN
            (SELECT id FROM steps WHERE plan_version_id = %(version)s AND code = ANY(%(codes)s::text[]))
        """,
        _delete(Level.STEP),
    ),
    Level.TASK: (CLEAR_LIST["controls"], _delete(Level.TASK)),
    Level.CONTROL: (
        b"""
        DELETE FROM task_controls WHERE control_id IN
            (SELECT id FROM controls WHERE plan_version_id = %(version)s AND code = ANY(%(codes)s::text[]))
        """,
        _delete(Level.CONTROL),
    ),
}
"""What takes things of a level out, with what hangs on them alone."""

_INSIDE_OF = {
    Level.MACRO_PHASE: "%(parent)s::text IS NULL",
    Level.CHAPTER: """macro_phase_id =
        (SELECT id FROM macro_phases WHERE plan_version_id = %(version)s AND code = %(parent)s)""",
    Level.STEP: """chapter_id =
        (SELECT id FROM chapters WHERE plan_version_id = %(version)s AND code = %(parent)s)""",
    Level.TASK: """step_id =
        (SELECT id FROM steps WHERE plan_version_id = %(version)s AND code = %(parent)s)""",
}


def _shift(by: str, which: str) -> dict[Level, bytes]:
    return {
        level: f"""
            UPDATE {_TABLES[level]} SET position = position {by}
            WHERE plan_version_id = %(version)s AND {inside} AND position {which} %(position)s
        """.encode()  # noqa: S608 - names of our own tables
        for level, inside in _INSIDE_OF.items()
    }


MAKE_ROOM = _shift("+ 1", ">=")
CLOSE_GAP = _shift("- 1", ">")
_STANDS_IN = {Level.CHAPTER: "macro_phase_id", Level.STEP: "chapter_id", Level.TASK: "step_id"}
PLACE: dict[Level, bytes] = {
    level: _set(level, "position", "%(position)s")
    if level is Level.MACRO_PHASE
    else _set(
        level,
        f"({_STANDS_IN[level]}, position)",
        f"""(
            (SELECT id FROM {_TABLES[outer]} WHERE plan_version_id = %(version)s AND code = %(parent)s), %(position)s
        )""",  # noqa: S608 - names of our own tables
    )
    for level, outer in (
        (Level.MACRO_PHASE, Level.MACRO_PHASE),
        (Level.CHAPTER, Level.MACRO_PHASE),
        (Level.STEP, Level.CHAPTER),
        (Level.TASK, Level.STEP),
    )
}
"""What puts a thing into a parent, at a place."""
