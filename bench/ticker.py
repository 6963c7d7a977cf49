"""B15: one look of the ticker at 10,000 steps that wait for their time; beside it one hand-written statement.

Nothing due: `open_due_steps` as the worker calls it each second, beside the bare SELECT of what is due, over a
connection that is kept and with the time given. A hundred due: the same call, which decides under the head lock and
writes a hundred chained events, beside one UPDATE that makes the very same steps of another iteration ready; the
peer records nothing, moves no counters and asks no other condition.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from time import perf_counter
from typing import LiteralString
from uuid import UUID

import psycopg
from sqlalchemy import text

from bench import plans
from bench.product import Product, peak_mb, quiet
from bench.report import Line, compare
from bench.world import BEGIN, make_world
from tminus.platform.clock import freeze
from tminus.platform.database import Database
from tminus.runbook.commands.services import Services
from tminus.runbook.commands.ticker import open_due_steps

STEPS = 10_000
DUE = 100
LOOKS = 20
LOOK_AIM = ("≤", 3.0)
OPEN_AIM = ("≤", 10.0)
_FIND: LiteralString = """
    SELECT iteration_id, id FROM iteration_steps
    WHERE opens_at <= %(now)s AND state IN ('not_ready', 'verifying')
"""
_OPEN: LiteralString = """
    UPDATE iteration_steps SET state = 'ready', ready_at = %(now)s, opens_at = NULL, version = version + 1
    WHERE iteration_id = %(i)s AND opens_at <= %(now)s AND state = 'not_ready'
"""
_READY: LiteralString = "SELECT count(*) FROM iteration_steps WHERE iteration_id = %s AND state = 'ready'"
_RUNS = text("UPDATE server_clock SET shift = '0', frozen_at = NULL")

Pair = tuple[float, float]
Peer = psycopg.AsyncConnection[tuple[object, ...]]


async def run(product: Product, rounds: int) -> list[Line]:
    """Measure `rounds` pairs of each kind, an hour of the plan to a round; return the lines."""
    assert rounds < STEPS // DUE
    database = Database(product.database_url)
    await _stop_at(database, BEGIN)
    mine = await make_world(database, "TICK", plans.timed("TICK", STEPS, DUE), 0)
    other = await make_world(database, "TICKPEER", plans.timed("TICKPEER", STEPS, DUE), 0)
    nights = await mine.night("R1"), await other.night("R1")
    looks: list[Pair] = []
    opens: list[Pair] = []
    await quiet()
    async with await psycopg.AsyncConnection.connect(product.database_url, autocommit=True) as peer:
        for n in range(rounds + 1):
            now = BEGIN + timedelta(hours=n + 1)
            opened = await _opens(database, mine.services, peer, nights, now)
            looked = await _looks(mine.services, peer, now)
            await _check(peer, nights, DUE * (n + 1))
            if n:  # the first pair warms both sides
                opens.append(opened)
                looks.append(looked)
    async with database.engine.begin() as connection:
        await connection.execute(_RUNS)
    await database.close()
    memory = f"ticker {peak_mb(os.getpid()):.0f} MB, PostgreSQL {product.postgres_mb():.0f} MB"
    return [
        compare("B15", f"a tick over {STEPS:,} waiting steps, nothing due", "ms", looks, LOOK_AIM, memory),
        compare("B15", f"a tick that opens {DUE} of them", "ms", opens, OPEN_AIM),
    ]


async def _stop_at(database: Database, moment: datetime) -> None:
    async with database.engine.begin() as connection:
        await freeze(connection, moment)


async def _opens(
    database: Database, services: Services, peer: Peer, nights: tuple[UUID, UUID], now: datetime
) -> Pair:
    """The peer goes first, on its own iteration, so that the ticker finds its own hundred alone."""
    begun = perf_counter()
    await peer.execute(_OPEN, {"i": nights[1], "now": now}, prepare=True)
    theirs = perf_counter() - begun
    await _stop_at(database, now)
    begun = perf_counter()
    changes = await open_due_steps(services)
    ours = perf_counter() - begun
    assert changes == DUE, changes
    return ours * 1000, theirs * 1000


async def _looks(services: Services, peer: Peer, now: datetime) -> Pair:
    """The mean of some looks that find nothing, in turns."""
    ours = theirs = 0.0
    for _ in range(LOOKS):
        begun = perf_counter()
        assert await open_due_steps(services) == 0
        between = perf_counter()
        assert not await (await peer.execute(_FIND, {"now": now}, prepare=True)).fetchall()
        ours, theirs = ours + between - begun, theirs + perf_counter() - between
    return ours * 1000 / LOOKS, theirs * 1000 / LOOKS


async def _check(peer: Peer, nights: tuple[UUID, UUID], ready: int) -> None:
    """Both made as many steps ready."""
    for night in nights:
        assert await (await peer.execute(_READY, [night])).fetchone() == (ready,)
