"""Statements that follow each other without an answer, sent as one: the way there takes longer than most of them."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

_KEY = re.compile(r"(?<![:\w]):([a-z_]+)\b")


async def carry_out(connection: AsyncConnection, *statements: str, **keys: UUID) -> None:
    """Carry out statements in order, in one round trip; `:name` in them is the key of that name.

    Keys are written into the text: sent without parameters it may be many statements, and CREATE TABLE AS takes
    none anyhow. Nothing that comes from a file may stand in one. Where one fails, those after it are not run.
    """
    script = ";\n".join(statements)
    literal = {name: f"CAST('{key!s}' AS uuid)" for name, key in keys.items()}
    await connection.exec_driver_sql(
        _KEY.sub(lambda found: literal[found[1]], script), execution_options={"no_parameters": True}
    )
