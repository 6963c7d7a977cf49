"""The forecast that is kept of an iteration, as far as the macro-plan and its calendars need it."""

from __future__ import annotations

import asyncio
import gzip
import json
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.macro_outlook import Foreseen, foreseen_in
from tminus.runbook.store.forecasts import kept_forecast


async def load_foreseen(connection: AsyncConnection, iteration_id: UUID) -> tuple[Foreseen | None, int]:
    """Return what is foreseen, and how often it was renewed; None and 0 where no forecast is made yet."""
    kept = await kept_forecast(connection, iteration_id)
    if kept is None:
        return None, 0
    # Megabytes of thousands of steps: nobody who presses a button meanwhile waits for it.
    return await asyncio.to_thread(_read, kept[0]), kept[1]


def _read(packed: bytes) -> Foreseen:
    return foreseen_in(json.loads(gzip.decompress(packed)))
