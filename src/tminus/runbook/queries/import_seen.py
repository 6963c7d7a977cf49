"""An import as whoever handed it in sees it at once: what was found, and whether anything stops it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tminus.kernel.errors import NotFound
from tminus.platform.database import Database
from tminus.runbook.queries.imports import import_view
from tminus.runbook.store.imports import batches


async def import_seen(database: Database, batch_id: UUID) -> dict[str, Any]:
    """Return the view of an import; `canCommit` tells whether anything stops it. Raises `NotFound`."""
    async with database.read() as connection:
        batch = await batches.load_batch(connection, batch_id)
        if batch is None:
            raise NotFound("There is no such import.", hint="Import the file again.")
        return await import_view(connection, batch)
