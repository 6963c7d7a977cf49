"""Commands that wait share a commit: each is answered when it is kept, and a bad one spoils no other."""

from __future__ import annotations

import asyncio
import itertools

import pytest
from sqlalchemy import text

from tests.conftest import TestDatabase
from tests.world import World, plan_of, step
from tminus.kernel.errors import Refused


async def _commits(db: TestDatabase, world: World) -> int:
    async with world.database.read() as connection:
        query = text("SELECT count(DISTINCT xmin::text) FROM event_log WHERE type = 'step.completed'")
        return int((await connection.execute(query)).scalar_one())


async def test_those_who_wait_share_a_commit_and_all_is_kept(world: World, db: TestDatabase) -> None:
    codes = [f"TRT-{n}" for n in range(40)]
    i = await world.iteration(plan_of(*(step(code) for code in codes)))
    for code in codes:
        await world.press("Dana", i, code, "start")
    done = await asyncio.gather(*(world.press("Dana", i, code, "complete") for code in codes))
    assert len({one.seq for one in done}) == 40
    async with world.database.read() as connection:
        found = (
            await connection.execute(
                text("SELECT seq, prev_hash, hash FROM event_log WHERE stream = :s ORDER BY seq"),
                {"s": world.migration_id},
            )
        ).all()
    assert [row.seq for row in found] == list(range(1, len(found) + 1))
    assert all(b.prev_hash == a.hash for a, b in itertools.pairwise(found))


async def test_a_refused_one_spoils_no_other(world: World) -> None:
    codes = [f"TRT-{n}" for n in range(12)]
    i = await world.iteration(plan_of(*(step(code) for code in codes)))
    wanted = [world.press("Dana", i, code, "start") for code in codes for _ in range(2)]
    results = await asyncio.gather(*wanted, return_exceptions=True)
    refused = [one for one in results if isinstance(one, Refused)]
    assert len(refused) == 12
    assert not [one for one in results if isinstance(one, BaseException) and not isinstance(one, Refused)]
    async with world.database.read() as connection:
        states = await connection.execute(text("SELECT DISTINCT state FROM iteration_steps"))
        assert [row.state for row in states] == ["in_progress"]


_ = pytest
