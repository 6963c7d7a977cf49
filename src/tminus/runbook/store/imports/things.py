"""The plan as it would be: what the files say, laid over what is there. Only what a row speaks of changes."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.store.imports.batches import forget
from tminus.runbook.store.imports.fields import FIELDS, INSIDE, NOTHING, OF_MIGRATION, ORDERED, column_list
from tminus.runbook.store.imports.script import carry_out

_LAID_OUT = ("import_things", "import_thing_links", "import_changes")


def _value(column: str, kind: str) -> str:
    nothing = NOTHING.get(column, "NULL")
    if (
        kind in ("control", "application", "environment", "environmentRole", "team", "type")
        and column == "name"
    ):
        nothing = "s.code"
    said = f"coalesce(s.{column}, {nothing})" if nothing != "NULL" else f"s.{column}"
    new = f"coalesce(b.{column}, {nothing})" if nothing != "NULL" else f"b.{column}"
    return f"CASE WHEN '{column}' = ANY (s.given) THEN {said} ELSE {new} END"


def _insert(kind: str) -> str:
    """Things that do not stand in another one: their order is that of their codes."""
    columns = FIELDS[kind]
    values = ", ".join(_value(column, kind) for column in columns)
    return f"""
        INSERT INTO now_things (kind, code, parent, position, {", ".join(columns)})
        SELECT '{kind}', coalesce(s.code, b.code), NULL, 0, {values}
        FROM (SELECT * FROM said WHERE kind = '{kind}') AS s
        FULL JOIN (SELECT * FROM base_things WHERE kind = '{kind}' AND NOT gone AND {{kept}}) AS b ON b.code = s.code
    """  # noqa: S608 - names of our own columns


def _placed(kind: str) -> str:
    """Things in an order: the file's order leads; what it does not name stays behind the one it stood behind.

    `anchor` = the place, in the files, of the last thing before it that they name; it comes after the new things
    that follow this one there, and before the next one that is known.
    """
    columns = FIELDS[kind]
    parent = (
        "CASE WHEN s.code IS NULL OR NOT ('place' = ANY (s.given)) THEN coalesce(b.parent, s.parent)"
        " ELSE s.parent END"
    )
    if kind not in INSIDE:
        parent = "NULL::text"
    return f"""
        WITH s AS (SELECT * FROM said WHERE kind = '{kind}'),
        b AS (SELECT * FROM base_things WHERE kind = '{kind}' AND NOT gone AND {{kept}}),
        joined AS (
            SELECT coalesce(s.code, b.code) AS code, {parent} AS parent, s.n AS said_at, b.position AS base_at,
                   b.parent AS base_parent, {_named(kind)}
            FROM s FULL JOIN b ON b.code = s.code
        ),
        anchored AS (
            SELECT *, max(said_at) OVER (PARTITION BY parent, run) AS anchor FROM (
                SELECT *, count(said_at) OVER (
                    PARTITION BY parent ORDER BY base_at NULLS LAST ROWS UNBOUNDED PRECEDING
                ) AS run FROM joined WHERE base_at IS NOT NULL AND base_parent IS NOT DISTINCT FROM parent
            ) AS r
        ),
        known AS (
            SELECT parent, said_at, lead(said_at) OVER (PARTITION BY parent ORDER BY said_at) AS following
            FROM anchored WHERE said_at IS NOT NULL
        ),
        placed AS (
            SELECT j.*, CASE WHEN j.said_at IS NOT NULL THEN j.said_at
                WHEN a.anchor IS NULL THEN -1000000000
                ELSE coalesce(k.following - 0.5, 1000000000) END AS place
            FROM joined AS j
            LEFT JOIN anchored AS a ON j.said_at IS NULL AND a.code = j.code
            LEFT JOIN known AS k ON k.parent IS NOT DISTINCT FROM a.parent AND k.said_at = a.anchor
        )
        INSERT INTO now_things (kind, code, parent, position, {", ".join(columns)})
        SELECT '{kind}', code, parent,
               row_number() OVER (PARTITION BY parent ORDER BY place, base_at NULLS FIRST) - 1, {", ".join(columns)}
        FROM placed
    """  # noqa: S608 - names of our own columns


def _named(kind: str) -> str:
    """Each value of a kind, as it is chosen between what is said and what is there."""
    return ", ".join(f"{_value(column, kind)} AS {column}" for column in FIELDS[kind])


_PLAN = text(
    """
    INSERT INTO now_things (kind, code, position, description)
    SELECT 'plan', CAST(:name AS text), 0, coalesce(
        (SELECT coalesce(description, '') FROM said
         WHERE kind = 'plan' AND 'description' = ANY (given) ORDER BY n LIMIT 1),
        CASE WHEN :replace_all THEN NULL ELSE (SELECT description FROM base_things WHERE kind = 'plan') END, '')
    """
)
_VALUES = f"kind, code, parent, position, {column_list()}"
_OWN = f"id, {_VALUES}"
_ENDS = "predecessor, successor, kind, lag_seconds"
_KEEP_THINGS = f"""
    INSERT INTO import_things (batch_id, {_OWN})
    SELECT :batch, CAST(r.head || lpad(to_hex(row_number() OVER ()), 8, '0') AS uuid), {_VALUES}
    FROM now_things CROSS JOIN (SELECT left(replace(gen_random_uuid()::text, '-', ''), 24) AS head) AS r
"""  # noqa: S608 - our own columns
"""The keys of one batch begin with the same 90 random bits and are counted on: drawing a number for each takes as
long as writing the row does.
"""
_KEEP_LINKS = f"INSERT INTO import_thing_links (batch_id, {_ENDS}) SELECT :batch, {_ENDS} FROM now_links"  # noqa: S608 - our own columns
_FETCH_THINGS = f"INSERT INTO now_things ({_OWN}) SELECT {_OWN} FROM import_things WHERE batch_id = :batch"  # noqa: S608 - our own columns
_FETCH_LINKS = (
    f"INSERT INTO now_links ({_ENDS}) SELECT {_ENDS} FROM import_thing_links WHERE batch_id = :batch"  # noqa: S608 - our own columns
)
_LINKS = """
    INSERT INTO now_links (predecessor, successor, kind, lag_seconds)
    SELECT predecessor, successor, kind, lag_seconds FROM links_now
    UNION ALL
    SELECT b.predecessor, b.successor, b.kind, b.lag_seconds FROM base_links AS b
    WHERE {kept} AND NOT EXISTS (
        SELECT FROM said AS s WHERE s.code = b.successor AND s.kind IN ('step', 'chapter', 'macroPhase')
            AND 'after' = ANY (s.given)
    )
"""
_EMPTY = (
    "DROP TABLE IF EXISTS now_things, now_links",
    f"CREATE TEMP TABLE now_things ON COMMIT DROP AS SELECT {_OWN} FROM import_things LIMIT 0",  # noqa: S608 - our own columns
    f"CREATE TEMP TABLE now_links ON COMMIT DROP AS SELECT {_ENDS} FROM import_thing_links LIMIT 0",  # noqa: S608 - our own columns
)
_ANALYZE = ("ANALYZE now_things (kind, code, parent)", "ANALYZE now_links")
"""Without figures the planner takes a table of one transaction for a small one; those of a few columns do."""
_NAMED = {
    "macroPhase": "code IN (SELECT parent FROM said WHERE kind = 'chapter' UNION SELECT c.parent FROM base_things AS c"
    " WHERE c.kind = 'chapter' AND c.code IN (SELECT parent FROM said WHERE kind = 'step'))",
    "chapter": "code IN (SELECT parent FROM said WHERE kind = 'step')",
    "type": "code IN (SELECT type FROM said WHERE kind = 'step')",
    "control": "code IN (SELECT unnest(controls) FROM said WHERE kind = 'task')",
}
"""What stays of the version although everything is replaced: the files name it in passing, without a row of its own."""


async def clear_things(connection: AsyncConnection, batch_id: UUID) -> None:
    """Forget what the plan would be."""
    await carry_out(connection, *(forget(table) for table in _LAID_OUT), batch=batch_id)


_DROP_TYPES = text(
    """
    DELETE FROM now_things AS t WHERE t.kind = 'type' AND t.code = ANY (:codes)
        AND NOT EXISTS (SELECT FROM now_things AS s WHERE s.kind = 'step' AND s.type = t.code)
    """
)


async def lay_out_things(
    connection: AsyncConnection,
    batch_id: UUID,
    plan_name: str,
    *,
    replace_all: bool,
    mended_types: Sequence[str] = (),
) -> None:
    """Write `import_things` and their links, from `said`, `links_now` and the base.

    With `replace_all` nothing of the version stays that the files do not name; what is the migration's does.
    `mended_types` = types that an earlier import made of a word that is mended now: they go where no step is left.
    """
    await carry_out(connection, *_EMPTY)
    await connection.execute(_PLAN, {"name": plan_name, "replace_all": replace_all})
    kinds = [kind for kind in FIELDS if kind != "plan"]
    await carry_out(
        connection,
        *(_laid_out(kind, replace_all=replace_all) for kind in kinds),
        _LINKS.format(kept="false" if replace_all else "true"),
    )
    if mended_types:
        await connection.execute(_DROP_TYPES, {"codes": list(mended_types)})
    await carry_out(
        connection,
        _KEEP_THINGS,
        _KEEP_LINKS,
        *_ANALYZE,
        batch=batch_id,
    )


def _laid_out(kind: str, *, replace_all: bool) -> str:
    kept = "true" if kind in OF_MIGRATION or not replace_all else _NAMED.get(kind, "false")
    statement = _placed(kind) if kind in ORDERED else _insert(kind)
    return statement.replace("{kept}", kept)


async def fetch_things(connection: AsyncConnection, batch_id: UUID) -> None:
    """Make `now_things` and `now_links` again, for this transaction, from what was kept of them."""
    await carry_out(connection, *_EMPTY, _FETCH_THINGS, _FETCH_LINKS, *_ANALYZE, batch=batch_id)


async def description_of(connection: AsyncConnection, batch_id: UUID) -> str:
    """Return what the plan would say it is for."""
    query = text("SELECT description FROM import_things WHERE batch_id = :batch AND kind = 'plan'")
    return str((await connection.execute(query, {"batch": batch_id})).scalar_one())


async def team_cards(
    connection: AsyncConnection, batch_id: UUID, codes: Sequence[str]
) -> list[tuple[str, str, str | None, str | None]]:
    """Return (code, name, email, phone) of teams as they would be."""
    query = text(
        "SELECT code, name, email, phone FROM import_things"
        " WHERE batch_id = :batch AND kind = 'team' AND code = ANY (:codes) ORDER BY code"
    )
    rows = await connection.execute(query, {"batch": batch_id, "codes": list(codes)})
    return [(row.code, row.name, row.email, row.phone) for row in rows]


async def cards_there(
    connection: AsyncConnection, migration_id: UUID, codes: Sequence[str]
) -> dict[str, dict[str, str | None]]:
    """Return the cards of teams as they are, by code."""
    query = text(
        "SELECT code, name, email, phone FROM teams WHERE migration_id = :migration AND code = ANY (:codes)"
    )
    rows = await connection.execute(query, {"migration": migration_id, "codes": list(codes)})
    return {row.code: {"name": row.name, "email": row.email, "phone": row.phone} for row in rows}
