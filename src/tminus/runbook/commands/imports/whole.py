"""Checking the plan as it would be, as a whole: what rows by themselves do not show."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.commands.imports.links import about_circle
from tminus.runbook.domain.import_circles import Tie, circles_across
from tminus.runbook.domain.import_words import Repair
from tminus.runbook.store.imports import findings, whole

_ROUNDS = 20


async def check_whole(connection: AsyncConnection, batch: Row[Any], accepted: Collection[Repair]) -> None:
    """List what could not be carried out; circles through chapters are broken where that repair is accepted."""
    await whole.find_in_whole(connection, batch.id)
    if await whole.has_group_links(connection):
        await whole.find_into_itself(connection, batch.id)
        await _circles(connection, batch, mend=Repair.CYCLE in accepted)


async def _circles(connection: AsyncConnection, batch: Row[Any], *, mend: bool) -> None:
    tree, ties = await whole.tree_and_ties(connection)
    dropped: set[Tie] = set()
    for _ in range(_ROUNDS):
        left = [tie for tie in ties if tie not in dropped]
        found = await asyncio.to_thread(circles_across, tree, left)
        if not found:
            break
        rows = [about_circle(one, mend) for one in found if not one.closing.proposed]
        await findings.list_findings(connection, batch.id, rows)
        dropped |= {one.closing for one in found}
    away = [tie for tie in dropped if tie.n >= 0 and (mend or tie.proposed)]
    await whole.drop_ties(connection, batch.id, away)
    withdrawn = [(tie.predecessor, tie.successor) for tie in away if tie.proposed]
    await findings.withdraw_offers(connection, batch.id, withdrawn)
