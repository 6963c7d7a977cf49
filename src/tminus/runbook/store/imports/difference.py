"""What differs between the plan as it is and as it would be, thing by thing, matched by code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.plan_diff import moved_among
from tminus.runbook.store.imports.fields import FIELDS, ORDERED, spoken
from tminus.runbook.store.imports.script import carry_out

KINDS = tuple(FIELDS)
"""Kinds of things, in the order in which changes are listed."""
_NODES = ("macroPhase", "chapter", "step")
_AFTER = """
    CREATE TEMP TABLE {name} ON COMMIT DROP AS
    SELECT successor, array_agg(format('%s %s %s', predecessor, kind, lag_seconds) ORDER BY predecessor, kind) AS links
    FROM {source} GROUP BY successor
"""


def _fields(kind: str) -> str:
    cases = [
        f"CASE WHEN b.{column} IS DISTINCT FROM t.{column} THEN '{spoken(kind, column)}' END"
        for column in FIELDS[kind]
    ]
    if kind in _NODES:
        cases.append("CASE WHEN p.links IS DISTINCT FROM q.links THEN 'after' END")
    cases.append("CASE WHEN b.parent IS DISTINCT FROM t.parent THEN 'parent' END")
    if kind == "task":
        cases.append("CASE WHEN b.was <> b.code THEN 'code' END")
    return f"array_remove(ARRAY[{', '.join(cases)}]::text[], NULL)"


def _object(kind: str, alias: str, links: str) -> str:
    pairs = [f"'{spoken(kind, column)}', to_jsonb({alias}.{column})" for column in FIELDS[kind]]
    if kind in _NODES:
        pairs.append(f"'after', to_jsonb({links}.links)")
    pairs.append(f"'parent', to_jsonb({alias}.parent)")
    if kind == "task":
        pairs.append(f"'code', to_jsonb({'b.was' if alias == 'b' else 't.code'})")
    return (
        f"(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each(jsonb_build_object({', '.join(pairs)})) AS e"  # noqa: S608 - our columns
        " WHERE e.key = ANY (d.fields))"
    )


def _changes(kind: str) -> str:
    joins = (
        "LEFT JOIN base_after AS p ON p.successor = b.code LEFT JOIN now_after AS q ON q.successor = t.code"
        if kind in _NODES
        else ""
    )
    return f"""
        INSERT INTO import_changes (batch_id, kind, code, change, parent, position, name, fields, before, after)
        SELECT :batch, '{kind}', coalesce(t.code, b.code),
               CASE WHEN b.code IS NULL THEN 'added' WHEN t.code IS NULL THEN 'removed' ELSE 'changed' END,
               coalesce(t.parent, b.parent), coalesce(t.position, b.position),
               {"coalesce(t.code, b.code)" if kind == "plan" else "coalesce(t.name, b.name)"},
               CASE WHEN b.code IS NULL OR t.code IS NULL THEN '{{}}' ELSE d.fields END,
               CASE WHEN b.code IS NOT NULL AND t.code IS NOT NULL THEN {_object(kind, "b", "p")} END,
               CASE WHEN b.code IS NOT NULL AND t.code IS NOT NULL THEN {_object(kind, "t", "q")} END
        FROM (SELECT * FROM base_things WHERE kind = '{kind}') AS b
        FULL JOIN (SELECT * FROM now_things WHERE kind = '{kind}') AS t ON t.code = b.code
        {joins}
        CROSS JOIN LATERAL (SELECT {_fields(kind)} AS fields) AS d
        WHERE b.code IS NULL OR t.code IS NULL OR cardinality(d.fields) > 0
    """  # noqa: S608 - names of our own columns


_REORDERED = text(
    """
    WITH common AS (
        SELECT b.kind, b.parent, b.code, b.position AS was, t.position AS is_,
               row_number() OVER (PARTITION BY b.kind, b.parent ORDER BY b.position) AS was_nth,
               row_number() OVER (PARTITION BY b.kind, b.parent ORDER BY t.position) AS is_nth
        FROM base_things AS b JOIN now_things AS t
            ON t.kind = b.kind AND t.code = b.code AND t.parent IS NOT DISTINCT FROM b.parent
        WHERE b.kind = ANY (:kinds)
    ), parents AS (SELECT DISTINCT kind, coalesce(parent, '') AS parent FROM common WHERE was_nth <> is_nth)
    SELECT c.kind, c.parent, c.code, c.was FROM common AS c
    JOIN parents AS p ON p.kind = c.kind AND p.parent = coalesce(c.parent, '') ORDER BY c.kind, c.parent, c.is_
    """
)
_MOVED = text(
    """
    INSERT INTO import_changes (batch_id, kind, code, change, parent, position, name, fields)
    SELECT :batch, r.kind, r.code, 'changed', t.parent, t.position, t.name, ARRAY['order']
    FROM jsonb_to_recordset(:rows) AS r (kind text, code text)
    JOIN now_things AS t ON t.kind = r.kind AND t.code = r.code
    ON CONFLICT (batch_id, kind, code) DO UPDATE SET fields = import_changes.fields || 'order'::text
    """
).bindparams(bindparam("rows", type_=JSONB))
_COUNTED = text(
    """
    WITH c AS (SELECT change, count(*) AS times FROM import_changes WHERE batch_id = :batch GROUP BY change)
    SELECT change, times FROM c
    UNION ALL
    SELECT 'unchanged', (SELECT count(*) FROM now_things)
        - (SELECT coalesce(sum(times), 0) FROM c WHERE change <> 'removed')::bigint
    """
)
_ALL = text(
    """
    SELECT kind, code, change, parent, position, name, fields, before, after FROM import_changes
    WHERE batch_id = :batch ORDER BY array_position(CAST(:kinds AS text[]), kind), position, code LIMIT :most
    """
)


async def compare(connection: AsyncConnection, batch_id: UUID) -> None:
    """Write `import_changes`: what has to happen to the base to make it what the things are."""
    await carry_out(
        connection,
        "DROP TABLE IF EXISTS base_after, now_after",
        _AFTER.format(name="base_after", source="base_links"),
        _AFTER.format(name="now_after", source="now_links"),
        "ANALYZE base_after",
        "ANALYZE now_after",
        *(_changes(kind) for kind in FIELDS),
        batch=batch_id,
    )
    await _mark_moved(connection, batch_id)


async def _mark_moved(connection: AsyncConnection, batch_id: UUID) -> None:
    groups: dict[tuple[str, str | None], list[tuple[str, int]]] = defaultdict(list)
    for row in await connection.execute(_REORDERED, {"kinds": list(ORDERED)}):
        groups[row.kind, row.parent].append((row.code, row.was))
    rows = [
        {"kind": kind, "code": code} for (kind, _), pairs in groups.items() for code in moved_among(pairs)
    ]
    if rows:
        await connection.execute(_MOVED, {"batch": batch_id, "rows": rows})


async def count_changes(connection: AsyncConnection, batch_id: UUID) -> dict[str, int]:
    """Return how many things are added, changed, removed and the same."""
    found = dict.fromkeys(("added", "changed", "removed"), 0)
    counted = await connection.execute(_COUNTED, {"batch": batch_id})
    return found | {row.change: row.times for row in counted}


_OF_KINDS = text(
    """
    SELECT kind, code, change, parent, position, name, fields, before, after FROM import_changes
    WHERE batch_id = :batch AND kind = ANY (:kinds) ORDER BY kind, code
    """
)
_COUNT_OTHERS = text(
    "SELECT count(*) FROM import_changes WHERE batch_id = :batch AND NOT (kind = ANY (:kinds))"
)


async def changes_of_kinds(
    connection: AsyncConnection, batch_id: UUID, kinds: Sequence[str]
) -> list[Row[Any]]:
    """Return all changes of some kinds."""
    return list(await connection.execute(_OF_KINDS, {"batch": batch_id, "kinds": list(kinds)}))


async def count_others(connection: AsyncConnection, batch_id: UUID, kinds: Sequence[str]) -> int:
    """Return how many changes there are of other kinds than these."""
    values = {"batch": batch_id, "kinds": list(kinds)}
    return int((await connection.execute(_COUNT_OTHERS, values)).scalar_one())


async def changes_of(connection: AsyncConnection, batch_id: UUID, most: int) -> list[Row[Any]]:
    """Return the first changes, by kind and place in the plan."""
    values = {"batch": batch_id, "kinds": list(FIELDS), "most": most}
    return list(await connection.execute(_ALL, values))
