"""Taking what somebody copied in with psql: from then on it is a file like any other."""

from __future__ import annotations

from typing import BinaryIO

from tminus.kernel.errors import Invalid
from tminus.platform.database import Database
from tminus.runbook.store.imports.copied import take_copied


async def take(database: Database, content: BinaryIO) -> None:
    """Write the rows that were copied in to a file, from its beginning, and empty their table.

    Raises `Invalid` where there are none.
    """
    async with database.engine.begin() as connection:
        if not await take_copied(connection, content):
            raise Invalid(
                "Nothing is copied in: import_copied is empty.", hint="Copy a runsheet into it first."
            )
    content.seek(0)
