"""SQL of import batches: receiving one, working on it, what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, func, insert, or_, select, text, update
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.clock import server_now
from tminus.platform.database import PATIENT
from tminus.runbook.store.imports.script import carry_out
from tminus.runbook.store.tables.imports import import_batches, import_files

LEFT_ALONE = timedelta(seconds=20)
"""Who works on a batch says so more often than this; after it, another one takes over."""
_OVER_BATCHES = f"{PATIENT}; SET LOCAL work_mem = '64MB'"
"""The bounds of a command are too short for statements over whole batches."""
_STAGED = ("import_rows", "import_links", "import_things", "import_thing_links")

_WRITE_FILES = text(
    """
    WITH counted AS (SELECT file, count(*) AS rows FROM import_rows WHERE batch_id = :batch GROUP BY file)
    INSERT INTO import_files (batch_id, number, name, format, rows)
    SELECT :batch, r.number, r.name, r.format, coalesce(c.rows, 0)
    FROM jsonb_to_recordset(:rows) AS r (number int, name text, format text)
    LEFT JOIN counted AS c ON c.file = r.number
    """
).bindparams(bindparam("rows", type_=JSONB))


async def over_batches(connection: AsyncConnection) -> None:
    """Give this transaction the patience and the memory of statements that run over whole batches."""
    await connection.execute(text(_OVER_BATCHES))


async def now_of(connection: AsyncConnection) -> datetime:
    """Return the moment of what an import makes, by Tminus's clock, like that of every other command."""
    return await server_now(connection)


async def insert_batch(connection: AsyncConnection, values: Mapping[str, Any]) -> None:
    """Keep a batch that was received; `created_at` is the database's now."""
    await connection.execute(insert(import_batches).values({"created_at": func.now()} | dict(values)))


async def load_batch(connection: AsyncConnection, batch_id: UUID, *, lock: bool = False) -> Row[Any] | None:
    """Return a batch, locked where it is to be changed."""
    query = select(import_batches).where(import_batches.c.id == batch_id)
    return (await connection.execute(query.with_for_update() if lock else query)).one_or_none()


async def change_batch(connection: AsyncConnection, batch_id: UUID, values: Mapping[str, Any]) -> None:
    """Change a batch's columns."""
    where = import_batches.c.id == batch_id
    await connection.execute(update(import_batches).where(where).values(dict(values)))


async def claim_batch(connection: AsyncConnection, batch_id: UUID, states: Sequence[str]) -> Row[Any] | None:
    """Take a batch to work on, out of one of the states or from one who died; None: another has it, or it is over."""
    abandoned = (import_batches.c.state == "staging") & (import_batches.c.heard_at < func.now() - LEFT_ALONE)
    where = (import_batches.c.id == batch_id) & or_(import_batches.c.state.in_(states), abandoned)
    # Whoever checks one holds its row, and is not dead, however long it takes.
    free = select(import_batches.c.id).where(where).with_for_update(skip_locked=True).scalar_subquery()
    values = {
        "state": "staging",
        "working_since": func.now(),
        "heard_at": func.now(),
        "rows_done": 0,
        "bytes_done": 0,
        "problem": None,
    }
    statement = (
        update(import_batches).where(import_batches.c.id == free).values(values).returning(*import_batches.c)
    )
    return (await connection.execute(statement)).one_or_none()


async def say_alive(connection: AsyncConnection, batch_id: UUID) -> None:
    """Say that somebody works on a batch; while it is checked its row is held, which says so too."""
    query = text(
        """
        UPDATE import_batches SET heard_at = now() WHERE id = (
            SELECT id FROM import_batches WHERE id = :id AND state = 'staging' FOR UPDATE SKIP LOCKED
        )
        """
    )
    await connection.execute(query, {"id": batch_id})


async def kept_mapping(connection: AsyncConnection, migration_id: UUID | None) -> dict[str, str | None]:
    """Return how the columns of the migration's last mapped import were understood; empty where there is none."""
    query = (
        select(import_batches.c.mapping)
        .where(import_batches.c.migration_id == migration_id, import_batches.c.state == "committed")
        .where(import_batches.c.mapping != {})
        .order_by(import_batches.c.created_at.desc())
        .limit(1)
    )
    return dict((await connection.execute(query)).scalar_one_or_none() or {})


async def abandoned_batches(connection: AsyncConnection) -> list[UUID]:
    """Return the batches whose worker has died, or that nobody has begun."""
    where = or_(
        (import_batches.c.state == "staging") & (import_batches.c.heard_at < func.now() - LEFT_ALONE),
        (import_batches.c.state == "received") & (import_batches.c.created_at < func.now() - LEFT_ALONE),
    )
    return [row.id for row in await connection.execute(select(import_batches.c.id).where(where))]


async def write_files(
    connection: AsyncConnection, batch_id: UUID, files: Sequence[Mapping[str, Any]]
) -> None:
    """Replace what is known of a batch's files; its rows are staged already, and are counted."""
    await connection.execute(import_files.delete().where(import_files.c.batch_id == batch_id))
    if files:
        rows = [{"number": number, **one} for number, one in enumerate(files)]
        await connection.execute(_WRITE_FILES, {"batch": batch_id, "rows": rows})


async def clear_staged(connection: AsyncConnection, batch_id: UUID, *, findings: bool = False) -> None:
    """Forget what was staged of a batch; its raw file stays, so it can be staged again."""
    more = ("import_findings", "import_changes") if findings else ()
    await carry_out(connection, *(forget(table) for table in (*_STAGED, *more)), batch=batch_id)


def forget(table: str) -> str:
    """Return the statement that empties a table of what it has of a batch."""
    return f"DELETE FROM {table} WHERE batch_id = :batch"  # noqa: S608 - our own tables


async def staged_rows(connection: AsyncConnection, batch_id: UUID) -> int:
    """Return how many rows are staged; fewer than were, where the server has crashed since."""
    query = text("SELECT count(*) FROM import_rows WHERE batch_id = :batch")
    return int((await connection.execute(query, {"batch": batch_id})).scalar_one())
