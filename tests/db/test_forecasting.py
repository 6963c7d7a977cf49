"""Forecasts of real nights: made after events by the worker's part, kept once, told to who listens."""

from __future__ import annotations

import gzip
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, plan_of, step
from tminus.kernel.errors import NotFound
from tminus.kernel.instants import instant
from tminus.runbook.commands.forecasting import Forecaster
from tminus.runbook.queries.forecast import forecast_view
from tminus.runbook.store.durations import load_history_of_plan
from tminus.runbook.store.forecasts import CHANNEL

Json = dict[str, Any]
CHAIN = (step("TRT-1", minutes=30), step("TRT-2", "TRT-1", minutes=30), step("TRT-3", "TRT-2", minutes=30))


@pytest.fixture
async def forecaster(world: World) -> AsyncIterator[Forecaster]:
    forecaster = Forecaster(world.services)
    yield forecaster
    forecaster.close()


async def forecast(world: World, iteration_id: UUID, who: str = "Vera") -> Json:
    async with world.database.read() as connection:
        document, _ = await forecast_view(connection, world.people[who], iteration_id)
    found: Json = json.loads(gzip.decompress(document))
    return found


def steps_of(document: Json) -> dict[str, Json]:
    return {one["code"]: one for one in document["steps"]}


async def test_there_is_none_until_the_first_was_made(world: World, forecaster: Forecaster) -> None:
    iteration = await world.iteration(plan_of(*CHAIN), live=False)
    with pytest.raises(NotFound) as refused:
        await forecast(world, iteration)
    assert refused.value.code == "no_forecast_yet"
    await forecaster.note_running()
    assert await forecaster.round() == 1
    document = await forecast(world, iteration)
    assert document["basis"] == "plan"
    assert document["finish"]["forecast"] == instant(NIGHT + timedelta(minutes=90))


async def test_a_late_step_moves_the_finish_and_is_named(world: World, forecaster: Forecaster) -> None:
    iteration = await world.iteration(plan_of(*CHAIN))
    await world.press("Dana", iteration, "TRT-1", "start")
    await world.at(NIGHT + timedelta(minutes=50))
    await world.press("Dana", iteration, "TRT-1", "complete")
    await forecaster.renew(iteration)
    document = await forecast(world, iteration)
    steps = steps_of(document)
    assert document["basis"] == "live"
    assert document["finish"]["delaySeconds"] == 20 * 60
    assert steps["TRT-1"]["delay"]["ownSeconds"] == 20 * 60
    assert steps["TRT-3"]["delay"]["origin"] == {"code": "TRT-1", "seconds": 20 * 60}
    assert document["criticalPath"] == ["TRT-1", "TRT-2", "TRT-3"]


async def test_ready_is_the_first_attempts_and_a_waived_link_no_longer_holds(
    world: World, forecaster: Forecaster
) -> None:
    iteration = await world.iteration(plan_of(*CHAIN))
    await world.press("Dana", iteration, "TRT-1", "start")
    await world.at(NIGHT + timedelta(minutes=5))
    await world.press("Dana", iteration, "TRT-1", "fail", reason="no space")
    await world.at(NIGHT + timedelta(minutes=10))
    await world.press("Priya", iteration, "TRT-1", "retry")
    await forecaster.renew(iteration)
    delay = steps_of(await forecast(world, iteration))["TRT-1"]["delay"]
    assert (delay["inheritedSeconds"], delay["ownSeconds"]) == (0, 10 * 60)


async def test_a_hold_is_counted_as_inherited(world: World, forecaster: Forecaster) -> None:
    iteration = await world.iteration(plan_of(*CHAIN))
    await world.move("Priya", iteration, "hold", reason="power")
    await world.at(NIGHT + timedelta(minutes=15))
    await world.move("Priya", iteration, "resume")
    await world.press("Dana", iteration, "TRT-1", "start")
    await forecaster.renew(iteration)
    delay = steps_of(await forecast(world, iteration))["TRT-1"]["delay"]
    assert (delay["inheritedSeconds"], delay["ownSeconds"]) == (15 * 60, 0)
    assert delay["reasons"][0]["code"] == "hold"


def fractions(document: Json) -> set[int]:
    """The microseconds of every moment of the steps."""
    moments = [one[name] for one in document["steps"] for name in ("start", "end", "p80End")]
    return {datetime.fromisoformat(one).microsecond for one in moments if one}


async def test_moments_are_whole_seconds_and_nothing_begins_before_it_was_planned(
    world: World, forecaster: Forecaster
) -> None:
    iteration = await world.iteration(plan_of(*CHAIN), live=False)
    await world.at(NIGHT - timedelta(hours=3, microseconds=340_123))
    await forecaster.renew(iteration)
    document = await forecast(world, iteration)
    assert steps_of(document)["TRT-1"]["start"] == instant(NIGHT)
    assert document["finish"]["delaySeconds"] == 0
    assert fractions(document) == {0}


async def test_what_is_critical_does_not_change_with_a_fraction_of_a_second(
    world: World, forecaster: Forecaster
) -> None:
    links = [step("TRT-4", "TRT-2", minutes=7), step("TRT-5", "TRT-3", "TRT-4", minutes=11)]
    iteration = await world.iteration(plan_of(*CHAIN, *links))
    await world.at(NIGHT + timedelta(seconds=3, microseconds=912_345))
    await world.press("Dana", iteration, "TRT-1", "start")
    await world.at(NIGHT + timedelta(minutes=7, microseconds=333_333))
    await world.press("Dana", iteration, "TRT-1", "complete")
    for second in range(7):
        await world.at(NIGHT + timedelta(minutes=8, seconds=second, microseconds=142_857 * second))
        await forecaster.renew(iteration)
        document = await forecast(world, iteration)
        steps = steps_of(document)
        assert document["criticalPath"] == ["TRT-2", "TRT-3", "TRT-5"]
        assert [code for code, one in steps.items() if one["critical"]] == ["TRT-2", "TRT-3", "TRT-5"]
        assert steps["TRT-1"]["delay"]["ownSeconds"] == 7 * 60 - 30 * 60
        assert fractions(document) == {0}


async def test_unblocking_makes_nothing_worse_and_blocked_time_is_learned_by_nobody(
    world: World, forecaster: Forecaster
) -> None:
    first = await world.iteration(plan_of(*CHAIN), "RUN1")
    await world.press("Dana", first, "TRT-1", "start")
    await world.at(NIGHT + timedelta(minutes=10))
    back = NIGHT + timedelta(minutes=51)
    await world.press("Dana", first, "TRT-1", "block", reason="vendor", expected_at=back)
    await world.at(NIGHT + timedelta(minutes=50))
    await forecaster.renew(first)
    blocked = steps_of(await forecast(world, first))["TRT-1"]
    assert blocked["end"] == instant(NIGHT + timedelta(minutes=71))
    await world.press("Dana", first, "TRT-1", "unblock")
    await forecaster.renew(first)
    assert steps_of(await forecast(world, first))["TRT-1"]["end"] == instant(NIGHT + timedelta(minutes=70))
    await world.at(NIGHT + timedelta(minutes=70))
    for code in ("TRT-1", "TRT-2", "TRT-3"):
        if code != "TRT-1":
            await world.press("Dana", first, code, "start")
            await world.at(NIGHT + timedelta(minutes=100 if code == "TRT-2" else 130))
        await world.press("Dana", first, code, "complete")
    await world.move("Priya", first, "complete")
    async with world.database.read() as connection:
        plan = (await connection.execute(text("SELECT id FROM plans"))).scalar_one()
        (night,) = await load_history_of_plan(connection, plan)
    assert {one.step: one.actual for one in night.observations} == dict.fromkeys(
        ("TRT-1", "TRT-2", "TRT-3"), 30 * 60
    )


async def test_an_older_one_never_takes_the_place_of_a_newer(world: World, forecaster: Forecaster) -> None:
    iteration = await world.iteration(plan_of(*CHAIN))
    await forecaster.renew(iteration)
    newest = (await forecast(world, iteration))["seq"]
    await world.press("Dana", iteration, "TRT-1", "start")
    await forecaster.renew(iteration)
    assert (await forecast(world, iteration))["seq"] > newest


async def test_who_listens_is_told_of_each_renewal(world: World, forecaster: Forecaster) -> None:
    iteration = await world.iteration(plan_of(*CHAIN))
    async with await psycopg.AsyncConnection.connect(world.database.url, autocommit=True) as listening:
        await listening.execute(f"LISTEN {CHANNEL}")
        await forecaster.renew(iteration)
        notes = [note.payload async for note in listening.notifies(timeout=10, stop_after=1)]
    assert notes == [f"{iteration}:1"]


async def test_a_night_that_cannot_be_forecast_keeps_no_other_from_its_forecast(
    world: World, forecaster: Forecaster, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await world.iteration(plan_of(*CHAIN), "RUN1")
    whole = await world.iteration(plan_of(*CHAIN), "RUN2")
    async with world.database.engine.begin() as connection:
        spoilt = text('UPDATE iterations SET blackouts = \'[{"start": "soon"}]\' WHERE id = :id')
        await connection.execute(spoilt, {"id": broken})
    forecaster.note([broken, whole])
    assert await forecaster.round() == 1
    assert (await forecast(world, whole))["basis"] == "live"
    assert f"{broken} could not be forecast" in caplog.text
