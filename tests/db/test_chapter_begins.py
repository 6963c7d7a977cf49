"""When a chapter has begun: with the first actual start in it, and by nothing else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.db.test_levels import SS, chapter, chapters, detail, done, states
from tests.world import NIGHT, World, step
from tminus.kernel.errors import Refused
from tminus.runbook.commands.ticker import open_due_steps
from tminus.runbook.domain.plan import Dependency


async def group(world: World, iteration_id: UUID, code: str) -> Any:
    async with world.database.read() as connection:
        found = await connection.execute(
            text("SELECT * FROM iteration_groups WHERE iteration_id = :i AND code = :code"),
            {"i": iteration_id, "code": code},
        )
        return found.one()


async def test_a_chapter_skipped_and_reopened_has_not_begun(world: World) -> None:
    then = chapter("B1", step("TRT-2"), step("DUM-3"), after=(Dependency("A1", SS),))
    i = await world.iteration(chapters(chapter("A1", step("TRT-1")), then))
    await world.press("Priya", i, "TRT-1", "skip", reason="not tonight")
    assert await states(world, i) == {"TRT-1": "skipped", "TRT-2": "ready", "DUM-3": "complete"}
    skipped = await group(world, i, "A1")
    assert (skipped.begun_at, skipped.finished_at) == (None, NIGHT)
    await world.press("Priya", i, "TRT-1", "reopen", reason="tonight after all")
    assert await states(world, i) == {"TRT-1": "ready", "TRT-2": "not_ready", "DUM-3": "not_ready"}
    with pytest.raises(Refused, match="its chapter B1 waits for chapter A1"):
        await world.press("Priya", i, "TRT-2", "start")
    (held,) = (await detail(world, i, "TRT-2"))["blockedBy"]
    assert held["since"] is None
    await world.press("Priya", i, "TRT-1", "start")
    assert await states(world, i) == {"TRT-1": "in_progress", "TRT-2": "ready", "DUM-3": "complete"}


async def test_a_chapter_skipped_and_reopened_is_not_about_to_end(world: World) -> None:
    early = step("TRT-2", Dependency("A1", lag_seconds=-3600))
    i = await world.iteration(chapters(chapter("A1", step("TRT-1")), chapter("B1", early)))
    await world.press("Priya", i, "TRT-1", "skip", reason="not tonight")
    await world.press("Priya", i, "TRT-1", "reopen", reason="tonight after all")
    assert (await states(world, i))["TRT-2"] == "not_ready"
    await world.press("Priya", i, "TRT-1", "start")
    assert (await states(world, i))["TRT-2"] == "ready"


async def test_a_chapter_that_began_stays_begun_when_it_is_reopened(world: World) -> None:
    then = chapter("B1", step("TRT-2"), after=(Dependency("A1", SS),))
    i = await world.iteration(chapters(chapter("A1", step("TRT-1")), then))
    await done(world, i, "TRT-1")
    await world.press("Priya", i, "TRT-1", "reopen", reason="again")
    assert (await states(world, i))["TRT-2"] == "ready"


async def test_a_start_told_after_a_later_one_is_the_chapters(world: World) -> None:
    watch = chapter("B1", step("TRT-3"), after=(Dependency("A1", SS, 1800),))
    first = chapter("A1", step("TRT-1"), step("TRT-2"), step("TRT-9"))
    i = await world.iteration(chapters(first, watch))
    await world.at(NIGHT + timedelta(minutes=5))
    await world.press("Priya", i, "TRT-1", "activate")
    await world.at(NIGHT + timedelta(minutes=10))
    await world.press("Priya", i, "TRT-2", "start")
    assert (await group(world, i, "A1")).begun_at == NIGHT + timedelta(minutes=10)
    await world.at(NIGHT + timedelta(minutes=20))
    await world.press("Priya", i, "TRT-1", "complete")
    assert (await group(world, i, "A1")).begun_at == NIGHT + timedelta(minutes=5)
    told = {"happened_at": NIGHT + timedelta(minutes=2), "reason": "on the phone"}
    await world.press("Priya", i, "TRT-9", "start", **told)
    assert (await group(world, i, "A1")).begun_at == NIGHT + timedelta(minutes=2)
    await world.at(NIGHT + timedelta(minutes=32))
    assert await open_due_steps(world.services) == 1
    assert (await states(world, i))["TRT-3"] == "ready"
