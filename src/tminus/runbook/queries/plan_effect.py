"""What a version of a plan changes of when everything is over, against another one."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.network import Cyclic
from tminus.people.domain.rights import Person
from tminus.runbook.domain.plan_length import Effect, Length, effect, length_of
from tminus.runbook.queries.plan_compare import same_plan
from tminus.runbook.store.plan_lengths import load_lengths

_NAMED = 50
"""Steps of a chain that are named one by one."""


async def effect_view(
    connection: AsyncConnection, person: Person, version_id: UUID, base_id: UUID
) -> dict[str, Any]:
    """Return the planned length and the longest chain of both versions, and how the chain differs.

    Null where the links of either run in a circle. Raises `NotFound`, `Forbidden`.
    """
    await same_plan(connection, person, version_id, base_id)
    before, after = await load_lengths(connection, base_id), await load_lengths(connection, version_id)

    def reckon() -> Effect:
        return effect(length_of(*before), length_of(*after))

    try:
        # A plan of 50,000 steps takes a second of arithmetic: others are answered meanwhile.
        found = await asyncio.to_thread(reckon)
    except Cyclic:
        return {"before": None, "after": None, "joined": [], "left": []}
    return {
        "before": _length(found.before),
        "after": _length(found.after),
        "joined": list(found.joined[:_NAMED]),
        "left": list(found.left[:_NAMED]),
    }


def _length(length: Length) -> dict[str, Any]:
    return {
        "durationSeconds": length.seconds,
        "steps": length.steps,
        "criticalSteps": len(length.chain),
    }
