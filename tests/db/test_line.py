"""Commands that wait share a commit: each is answered when it is kept, and a bad one spoils no other."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from itertools import pairwise
from typing import Any

import psycopg
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tests.conftest import TestDatabase
from tests.world import World, plan_of, step
from tminus.kernel.actor import SYSTEM
from tminus.kernel.errors import Refused, Unavailable
from tminus.kernel.facts import Fact
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work

Body = Callable[[Transaction], Awaitable[None]]


async def nothing(_: Transaction) -> None:
    """A command that only states its fact."""


async def together(world: World, *bodies: Body) -> list[Any]:
    """Let commands come at once: the first one holds the turn until all the others stand in line."""
    in_line = asyncio.Event()

    async def run(n: int, body: Body) -> int:
        async with unit_of_work(world.database, world.migration_id, SYSTEM) as tx:
            if n == 0:
                await in_line.wait()
            tx.record(Fact(f"test.number_{n}", f"Number {n}", None, None, {}))
            await body(tx)
        return tx.seq

    tasks = [asyncio.create_task(run(n, body)) for n, body in enumerate(bodies)]
    await asyncio.sleep(0)  # each runs up to where it waits for its turn
    in_line.set()
    return await asyncio.gather(*tasks, return_exceptions=True)


async def log_of(world: World) -> list[Any]:
    async with world.database.read() as connection:
        query = text("SELECT *, xmin::text AS written_by FROM event_log WHERE stream = :s ORDER BY seq")
        found = (await connection.execute(query, {"s": world.migration_id})).all()
    assert [row.seq for row in found] == list(range(1, len(found) + 1))
    assert all(b.prev_hash == a.hash for a, b in pairwise(found))
    return list(found)


async def test_a_whole_crowd_is_kept_in_one_chain(world: World) -> None:
    codes = [f"TRT-{n}" for n in range(40)]
    i = await world.iteration(plan_of(*(step(code) for code in codes)))
    for code in codes:
        await world.press("Dana", i, code, "start")
    done = await asyncio.gather(*(world.press("Dana", i, code, "complete") for code in codes))
    assert len({one.seq for one in done}) == 40
    entries = await log_of(world)
    assert {e.detail["stepCode"] for e in entries if e.type == "step.completed"} == set(codes)


async def test_those_who_wait_share_a_transaction_each_in_its_savepoint(world: World) -> None:
    seen: list[int] = []

    async def look(tx: Transaction) -> None:
        row = (await tx.connection.execute(text("SELECT pg_current_xact_id()::text::bigint AS id"))).one()
        seen.append(row.id)

    assert await together(world, look, look, look) == [1, 2, 3]
    assert len(set(seen)) == 1
    assert [e.type for e in await log_of(world)] == ["test.number_0", "test.number_1", "test.number_2"]


async def test_a_refused_one_and_one_that_the_database_refuses_spoil_no_other(world: World) -> None:
    async def refuse(_: Transaction) -> None:
        raise Refused("Not now.")

    async def divide(tx: Transaction) -> None:
        await tx.connection.execute(text("UPDATE migrations SET name = 'half done'"))
        await tx.connection.execute(text("SELECT 1 / 0"))

    first, second, third, last = await together(world, nothing, refuse, divide, nothing)
    assert (first, last) == (1, 2)
    assert isinstance(second, Refused)
    assert isinstance(third, DBAPIError)
    assert [e.type for e in await log_of(world)] == ["test.number_0", "test.number_3"]
    async with world.database.read() as connection:
        name = (await connection.execute(text("SELECT name FROM migrations"))).scalar_one()
    assert name == "ERP go-live"


async def test_a_refused_first_one_leaves_the_line_to_the_others(world: World) -> None:
    async def refuse(_: Transaction) -> None:
        raise Refused("Not now.")

    first, second = await together(world, refuse, nothing)
    assert isinstance(first, Refused)
    assert second == 1


async def test_a_lost_connection_is_told_to_all_who_were_not_committed(
    world: World, db: TestDatabase
) -> None:
    async def cut(tx: Transaction) -> None:
        pid = (await tx.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
        async with await psycopg.AsyncConnection.connect(db.superuser_url, autocommit=True) as other:
            await other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])

    first, second, third = await together(world, nothing, cut, nothing)
    for told in (first, second):
        assert isinstance(told, Unavailable)
        assert "not done" in told.sentence or "not known" in told.sentence
    assert third == 1  # it came after, on a new connection, and nothing of the others was kept
    assert [e.type for e in await log_of(world)] == ["test.number_2"]


async def test_a_cancelled_one_is_undone_and_the_next_goes_on(world: World) -> None:
    begun = asyncio.Event()

    async def hang() -> None:
        async with unit_of_work(world.database, world.migration_id, SYSTEM) as tx:
            tx.record(Fact("test.never", "Never", None, None, {}))
            begun.set()
            await tx.connection.execute(text("SELECT pg_sleep(30)"))

    task = asyncio.create_task(hang())
    await begun.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert task.cancelled()
    assert await together(world, nothing) == [1]


async def test_two_processes_number_one_iteration_without_a_hole(world: World) -> None:
    """The number before, in the same iteration, is read after the lock was waited for, not before."""
    codes = [f"TRT-{n}" for n in range(30)]
    i = await world.iteration(plan_of(*(step(code) for code in codes)))
    other = Database(world.database.url, pool_size=4)
    here, there = world.services, type(world.services)(other, world.services.messages)
    elsewhere = World(other, there, world.migration_id, world.people, world.teams)
    assert here.database is not other
    await asyncio.gather(
        *((world, elsewhere)[n % 2].press("Dana", i, code, "start") for n, code in enumerate(codes))
    )
    await other.close()
    entries = [e for e in await log_of(world) if e.iteration_id == i]
    assert [e.detail["prev"] for e in entries] == [0, *(e.seq for e in entries[:-1])]
