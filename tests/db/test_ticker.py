"""What time opens, it opens once: by several tickers at once, after one that died, and with the clock jumping."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from tests.conftest import TestDatabase
from tests.db.test_hot_statements import GROW
from tests.world import NIGHT, World, plan_of, step
from tminus.kernel.errors import Unavailable
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.store import due

LOCKED = 12


@pytest.fixture
async def night(world: World) -> UUID:
    """A live iteration of steps that are locked until T+1h, T+2h and so on."""
    steps = [step(f"TRT-{n}", fixed_start=parse_moment(f"T+{n}h")) for n in range(1, LOCKED + 1)]
    return await world.iteration(plan_of(*steps))


async def opened(world: World, iteration_id: UUID) -> list[str]:
    """The steps that the log says turned ready by time, in its order."""
    query = text(
        """
        SELECT s.code FROM event_log AS e JOIN iteration_steps AS s ON s.id = e.step_id
        WHERE e.type = 'step.ready' AND s.iteration_id = :id ORDER BY e.seq
        """
    )
    async with world.database.read() as connection:
        return list((await connection.execute(query, {"id": iteration_id})).scalars())


async def test_eight_tickers_at_once_open_each_step_once(world: World, night: UUID) -> None:
    await world.at(NIGHT + timedelta(hours=LOCKED))
    await asyncio.gather(*(open_due_steps(world.services) for _ in range(8)))
    codes = await opened(world, night)
    assert sorted(codes) == sorted(f"TRT-{n}" for n in range(1, LOCKED + 1))
    assert await open_due_steps(world.services) == 0


async def test_a_ticker_that_dies_half_way_leaves_nothing_and_the_next_opens_all(
    world: World, night: UUID
) -> None:
    await world.at(NIGHT + timedelta(hours=LOCKED))
    async with world.database.engine.connect() as other:
        waits = text("SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'iteration_steps'::regclass")
        await other.execute(text("LOCK TABLE iteration_steps IN EXCLUSIVE MODE"))
        ticking = asyncio.create_task(open_due_steps(world.services))
        while (found := (await other.execute(waits)).scalar_one_or_none()) is None:  # noqa: ASYNC110 - see below
            await asyncio.sleep(0.01)  # a lock that is waited for tells nobody
        await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": found})
        with pytest.raises(Unavailable):
            await ticking
        await other.rollback()
    assert await opened(world, night) == []
    await open_due_steps(world.services)
    assert len(await opened(world, night)) == LOCKED


async def test_a_clock_that_jumps_opens_each_step_once_and_locks_none_again(
    world: World, night: UUID
) -> None:
    for hours in (1, 5, 2, 0, 7, 3, 12, 1, 12):
        await world.at(NIGHT + timedelta(hours=hours))
        await open_due_steps(world.services)
    codes = await opened(world, night)
    assert len(codes) == len(set(codes)) == LOCKED
    assert codes[0] == "TRT-1"


@pytest.mark.parametrize("counted", [False, True])
async def test_a_look_reads_what_is_due_and_not_every_step_that_waits(
    world: World, db: TestDatabase, counted: bool
) -> None:
    await world.iteration(plan_of(step("TRT-1")))
    with psycopg.connect(db.owner_url, autocommit=True) as connection:
        connection.execute(GROW.replace("%(steps)s", "10000").encode())
        connection.execute(
            "UPDATE iteration_steps SET opens_at = now() + make_interval(mins => position), state = 'not_ready'"
        )
        if counted:
            connection.execute("ANALYZE")
        plan = "\n".join(row[0] for row in connection.execute(f"EXPLAIN {due.DUE}".encode()))
    assert "Seq Scan on iteration_steps" not in plan, plan
