"""Rows that somebody copied in with psql, as the CSV file they came from."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.readers.table.columns import COLUMNS
from tminus.runbook.store.tables.imports import COPIED

_HEADINGS = ",".join(column.heading for column in COLUMNS if column.field != "number")
_COLUMNS = ", ".join(COPIED)


async def take_copied(connection: AsyncConnection, content: BinaryIO) -> int:
    """Write what was copied in to a file and empty the table; return the number of rows.

    Nobody copies in meanwhile: the table is locked, so that no row is taken that was not written.
    """
    await connection.execute(text("LOCK TABLE import_copied IN SHARE ROW EXCLUSIVE MODE"))
    raw = await connection.get_raw_connection()
    driver = cast("Any", raw.driver_connection)
    content.write(f"{_HEADINGS}\n".encode())
    query = f"COPY (SELECT {_COLUMNS} FROM import_copied ORDER BY at) TO STDOUT (FORMAT csv)"  # noqa: S608 - our columns
    async with driver.cursor() as cursor, cursor.copy(query) as copy:
        async for piece in copy:
            content.write(bytes(piece))
    gone = await connection.execute(text("DELETE FROM import_copied"))
    return int(gone.rowcount)
