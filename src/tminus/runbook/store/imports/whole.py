"""What could not be carried out in the plan as it would be: rules over `now_things` and their links.

They are those of `domain.plan_check` that stop an approval and that rows by themselves do not show.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.import_circles import Tie, Tree
from tminus.runbook.domain.plan import STANDARD_TYPES
from tminus.runbook.domain.plan_check import PERFORMED
from tminus.runbook.store.imports import undoing
from tminus.runbook.store.imports.fields import STANDARD
from tminus.runbook.store.imports.findings import rule
from tminus.runbook.store.imports.script import carry_out

_SAID = "LEFT JOIN said AS s ON s.kind = x.kind AND s.code = x.code AND NOT s.implied"
_STANDARD_CODES = ", ".join(f"'{code}'" for code in STANDARD_TYPES)
WAITS_FOR_ROLLBACK = rule(
    "waits_for_rollback",
    "(SELECT l.*, (SELECT kind FROM asleep AS a WHERE a.code = l.predecessor) AS back FROM now_links AS l) AS l"
    " LEFT JOIN (SELECT DISTINCT ON (code) * FROM said WHERE kind IN ('step', 'chapter', 'macroPhase')) AS s"
    " ON s.code = l.successor"
    " WHERE l.back IS NOT NULL AND NOT EXISTS (SELECT FROM asleep AS o WHERE o.code = l.successor)",
    "format('%s waits for %s, on the way back, which sleeps unless there is a back-out: %s would never be ready.',"
    " l.successor, l.predecessor, l.successor)",
    severity="error",
    column="'after'",
    subject="l.successor",
)
STANDARD_TYPE = rule(
    "standard_type",
    f"now_things AS x {_SAID} WHERE x.kind = 'type' AND x.code IN ({_STANDARD_CODES})",
    "format('“%s” is one of the standard types, and what it means stays.', x.code)",
    severity="error",
    column="'code'",
    subject="x.code",
    suggestion="'Give the type a code of its own.'",
)
MILESTONE_WITH_DURATION = rule(
    "milestone_with_duration",
    f"now_things AS x JOIN behaviours AS b ON b.code = x.type {_SAID}"
    " WHERE x.kind = 'step' AND b.behaviour = 'milestone' AND x.duration_seconds > 0",
    "format('%s is a milestone, which takes no time.', x.code)",
    severity="error",
    column="'duration'",
    subject="x.code",
    suggestion="'Leave the duration out.'",
)
BAD_SCOPE = rule(
    "bad_scope",
    f"now_things AS x CROSS JOIN unnest(x.scope) AS w {_SAID} WHERE x.kind = 'step' AND length(w) > 60",
    "format('“%s…” is too long to be the name of an iteration.', left(w, 40))",
    severity="error",
    column="'scope'",
    subject="x.code",
)
INTO_ITSELF = rule(
    "link_into_itself",
    "(SELECT l.predecessor, l.successor FROM now_links AS l JOIN containing AS c"
    " ON c.code = l.successor AND c.around = l.predecessor"
    " UNION SELECT l.predecessor, l.successor FROM now_links AS l JOIN containing AS c"
    " ON c.code = l.predecessor AND c.around = l.successor) AS l"
    " LEFT JOIN (SELECT DISTINCT ON (code) * FROM said WHERE kind IN ('step', 'chapter', 'macroPhase')) AS s"
    " ON s.code = l.successor",
    "format('%s waits for %s, and one is in the other: neither could ever end.', l.successor, l.predecessor)",
    severity="error",
    column="'after'",
    subject="l.successor",
    suggestion="'Drop the link.'",
)
_CONTAINING = """
    CREATE TEMP TABLE containing ON COMMIT DROP AS
    SELECT code, parent AS around FROM now_things WHERE kind IN ('chapter', 'step')
    UNION ALL SELECT s.code, c.parent FROM now_things AS s
    JOIN now_things AS c ON c.kind = 'chapter' AND c.code = s.parent WHERE s.kind = 'step'
"""
_ASLEEP = """
    CREATE TEMP TABLE asleep ON COMMIT DROP AS
    WITH c AS (SELECT code FROM now_things WHERE kind = 'chapter' AND rollback)
    SELECT code, 'chapter' AS kind FROM c
    UNION ALL SELECT t.code, 'step' FROM now_things AS t JOIN c ON t.kind = 'step' AND t.parent = c.code
"""
_BEHAVIOURS = f"""
    CREATE TEMP TABLE behaviours ON COMMIT DROP AS
    SELECT code, behaviour FROM now_things WHERE kind = 'type' UNION ALL VALUES {STANDARD}
"""  # noqa: S608 - constants of our own
_HAS_GROUP_LINKS = text(
    """
    WITH g AS MATERIALIZED (SELECT code FROM now_things WHERE kind IN ('chapter', 'macroPhase'))
    SELECT EXISTS (SELECT FROM now_links WHERE predecessor IN (SELECT code FROM g))
        OR EXISTS (SELECT FROM now_links WHERE successor IN (SELECT code FROM g))
    """
)
_NODES = text(
    "SELECT code, parent, kind, duration_seconds FROM now_things WHERE kind IN ('macroPhase', 'chapter', 'step')"
)
_LINKS = text(
    """
    SELECT l.predecessor, l.successor, coalesce(f.n, -1) AS n, coalesce(f.proposed, false) AS proposed, l.kind
    FROM now_links AS l LEFT JOIN links_now AS f
        ON f.predecessor = l.predecessor AND f.successor = l.successor AND f.kind = l.kind
    """
)
_DROP = """
    DELETE FROM {table} AS l USING jsonb_to_recordset(:rows) AS r (predecessor text, successor text)
    WHERE l.predecessor = r.predecessor AND l.successor = r.successor AND {where}
"""


async def find_in_whole(connection: AsyncConnection, batch_id: UUID) -> None:
    """List what could not be carried out."""
    await carry_out(
        connection,
        "DROP TABLE IF EXISTS asleep, behaviours",
        _ASLEEP,
        _BEHAVIOURS,
        "ANALYZE asleep",
        *(WAITS_FOR_ROLLBACK, STANDARD_TYPE, MILESTONE_WITH_DURATION, BAD_SCOPE),
        *undoing.STATEMENTS,
        batch=batch_id,
    )


async def find_into_itself(connection: AsyncConnection, batch_id: UUID) -> None:
    """List the links between what contains and what is contained."""
    await carry_out(
        connection,
        "DROP TABLE IF EXISTS containing",
        _CONTAINING,
        "ANALYZE containing",
        INTO_ITSELF,
        batch=batch_id,
    )


async def has_group_links(connection: AsyncConnection) -> bool:
    """Tell whether anything waits for a chapter or macro-phase, or one of them for anything."""
    return bool((await connection.execute(_HAS_GROUP_LINKS)).scalar_one())


async def tree_and_ties(connection: AsyncConnection) -> tuple[Tree, list[Tie]]:
    """Return what stands in what in the plan as it would be, and its links."""
    nodes = list(await connection.execute(_NODES))
    tree = Tree(
        {row.code: row.duration_seconds for row in nodes if row.kind == "step"},
        [row.code for row in nodes if row.kind != "step"],
        {row.code: row.parent for row in nodes if row.parent},
    )
    return tree, [Tie(*row) for row in await connection.execute(_LINKS)]


_LACKING = text(
    """
    SELECT count(*) AS steps, count(*) FILTER (WHERE x.duration_seconds = 0) AS no_duration,
           count(*) FILTER (WHERE x.team IS NULL) AS no_team
    FROM now_things AS x JOIN behaviours AS b ON b.code = x.type
    WHERE x.kind = 'step' AND b.behaviour = ANY (:performed)
      AND x.code IN (SELECT code FROM said WHERE kind = 'step')
    """
)


async def lacking(connection: AsyncConnection) -> dict[str, int]:
    """Return how many of the files' steps are work or checks, and how many of these would have no duration, no team."""
    performed = [behaviour.value for behaviour in PERFORMED]
    row = (await connection.execute(_LACKING, {"performed": performed})).one()
    return {"performed": row.steps, "no_duration": row.no_duration, "no_team": row.no_team}


async def drop_ties(connection: AsyncConnection, batch_id: UUID, ties: Iterable[Tie]) -> None:
    """Take links out of the plan as it would be."""
    rows = [{"predecessor": tie.predecessor, "successor": tie.successor} for tie in ties]
    for table, where in (("now_links", "true"), ("import_thing_links", "l.batch_id = :batch")):
        statement = text(_DROP.format(table=table, where=where)).bindparams(bindparam("rows", type_=JSONB))
        values = {"rows": rows} | ({"batch": batch_id} if ":batch" in where else {})
        if rows:
            await connection.execute(statement, values)
