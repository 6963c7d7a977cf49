"""Removing files that no evidence names: their request was cut off before it was written down."""

from __future__ import annotations

from datetime import datetime

from tminus.runbook.commands.evidence_file import FOLDER
from tminus.runbook.commands.services import Services
from tminus.runbook.store import evidence

_AT_ONCE = 500


async def sweep_orphans(services: Services, before: datetime) -> int:
    """Remove objects written before a moment that no evidence names; return how many. Safe to repeat.

    The moment is the store's own, wall time, whatever Tminus's clock was moved to.
    """
    if services.objects is None:
        return 0
    old = await services.objects.older_than(FOLDER, before)
    removed = 0
    for first in range(0, len(old), _AT_ONCE):
        some = old[first : first + _AT_ONCE]
        async with services.database.read() as connection:
            known = await evidence.known_objects(connection, some)
        orphans = [key for key in some if key not in known]
        await services.objects.delete(orphans)
        removed += len(orphans)
    return removed
