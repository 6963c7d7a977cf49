"""Links of an import: whom they mean, what is offered for those that mean nobody, and the circles they close."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.network import describe_cycle
from tminus.runbook.domain.findings import nearest
from tminus.runbook.domain.import_circles import Circle, Tie, circles_of, nodes_in_knots
from tminus.runbook.domain.import_words import Repair
from tminus.runbook.store.imports import findings, links

_BUDGET = 20_000_000
"""Comparisons of two codes; beyond, the rest is offered no nearest code. Some two seconds."""
_ALIKE = 0.75
_ROUNDS = 200
_SPOKEN = 12


async def check_links(
    connection: AsyncConnection, batch: Row[Any], accepted: Collection[Repair]
) -> list[dict[str, Any]]:
    """Lay out the links as they would be, list what is wrong with them, and return the circles as findings."""
    await links.lay_out_links(connection, batch.id, replace_all=batch.replace_all)
    await links.write_nearest(connection, await _nearest(connection))
    mend_self = Repair.SELF_PREDECESSOR in accepted
    mend_unknown = Repair.UNKNOWN_PREDECESSOR in accepted
    if await links.any_offer(connection):
        await _refuse_circles(connection, replace_all=batch.replace_all)
    await links.lay_out_links_now(connection, mend_self=mend_self, mend_unknown=mend_unknown)
    found = await _circles(connection, batch, accepted)
    await findings.find(connection, batch.id, findings.SELF, accepted=mend_self)
    await findings.find(connection, batch.id, findings.UNKNOWN, accepted=mend_unknown)
    return found


async def _nearest(connection: AsyncConnection) -> dict[str, tuple[str, float]]:
    unknown = await links.unknown_codes(connection)
    if not unknown:
        return {}
    known = await links.node_codes(connection)
    most = max(1, _BUDGET // max(1, len(known)))
    found = ((word, nearest(word, known, _ALIKE)) for word in unknown[:most])
    return {word: (near[0], round(near[1], 2)) for word, near in found if near}


async def _refuse_circles(connection: AsyncConnection, *, replace_all: bool) -> None:
    """Withdraw the offers that would close a circle if all were taken, so that what is offered is what one gets."""
    await links.lay_out_links_now(connection, mend_self=True, mend_unknown=True)
    _, dropped = await _knots(connection, replace_all=replace_all)
    closing = ((tie.predecessor, tie.successor) for tie in dropped if tie.proposed)
    await links.refuse_offers(connection, closing)


async def _circles(
    connection: AsyncConnection, batch: Row[Any], accepted: Collection[Repair]
) -> list[dict[str, Any]]:
    """With the repair accepted, break every circle; name them all."""
    named, dropped = await _knots(connection, replace_all=batch.replace_all)
    mend = Repair.CYCLE in accepted
    away = [tie for tie in dropped if tie.proposed or mend]
    await links.drop_links(connection, ((tie.predecessor, tie.successor) for tie in away))
    return [about_circle(circle, mend) for circle in named]


async def _knots(connection: AsyncConnection, *, replace_all: bool) -> tuple[list[Circle], list[Tie]]:
    """Return the circles that the files or the plan have closed, and the links to drop so that none is left."""
    if await links.lead_forward(connection, replace_all=replace_all):
        return [], []
    predecessors, successors = await links.numbered_links(connection, replace_all=replace_all)
    knots = nodes_in_knots(predecessors, successors)
    if not knots:
        return [], []
    codes = await links.codes_of_numbers(connection, knots, replace_all=replace_all)
    ties = [Tie(*row) for row in await links.links_among(connection, codes, replace_all=replace_all)]
    dropped: list[Tie] = []
    named: list[Circle] = []
    for _ in range(_ROUNDS):
        circles = circles_of(ties)
        if not circles:
            break
        named += [circle for circle in circles if not circle.closing.proposed]
        closing = {circle.closing for circle in circles}
        dropped += closing
        ties = [tie for tie in ties if tie not in closing]
    return named, dropped


def about_circle(circle: Circle, mended: bool) -> dict[str, Any]:
    """Return the finding of a circle: its path, and the link that closes it."""
    closing = circle.closing
    path = list(circle.path)
    if len(path) > _SPOKEN:
        path = [*path[: _SPOKEN - 2], "…", path[-1]]
    movable = closing.n >= 0
    return {
        "n": None,
        "link": closing.n,
        "code": Repair.CYCLE.value,
        "severity": "error",
        "column": "after",
        "subject": closing.successor,
        "message": f"These wait for each other in a circle: {describe_cycle(path)}.",
        "suggestion": "Drop one of its links."
        if movable
        else "All of it is in the plan already: mend it there.",
        "repair": f"The link by which {closing.successor} waits for {closing.predecessor} is dropped."
        if movable
        else None,
        "mended": mended and movable,
        "confidence": None,
    }
