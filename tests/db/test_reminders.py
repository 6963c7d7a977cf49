"""What is told because of the time: once, to the right people, whatever crashes."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, plan_of, step
from tminus.runbook.commands import reminders as commands
from tminus.runbook.commands.decision_deadlines import remind_before_deadlines
from tminus.runbook.commands.reminders import tell_in_time
from tminus.runbook.store import reminders


async def asked(world: World, query: str, **values: object) -> list[Any]:
    async with world.database.read() as connection:
        return list(await connection.execute(text(query), values))


async def run_sql(world: World, statement: str, **values: object) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(text(statement), values)


async def told(world: World, occasion: str) -> list[str]:
    rows = await asked(
        world, "SELECT recipient FROM outbox WHERE occasion = :o ORDER BY recipient", o=occasion
    )
    return [row.recipient for row in rows]


async def facts(world: World, type_: str) -> list[Any]:
    return await asked(world, "SELECT * FROM event_log WHERE type = :type ORDER BY seq", type=type_)


async def activated(world: World) -> Any:
    """TRT-1 is activated at the night's beginning; nothing else comes soon."""
    i = await world.iteration(plan_of(step("TRT-1")))
    await tell_in_time(world.services)
    await world.press("Priya", i, "TRT-1", "activate")
    return i


async def test_what_nobody_took_in_time_is_told_to_its_team_again_and_to_the_pilots(world: World) -> None:
    await run_sql(world, "UPDATE teams SET phone = '+49 30 1' WHERE code = 'DBA'")
    await activated(world)
    await world.at(NIGHT + timedelta(seconds=299))
    assert await tell_in_time(world.services) == 0
    await world.at(NIGHT + timedelta(seconds=300))
    assert await tell_in_time(world.services) == 1
    reached = await told(world, "not_taken")
    assert reached == ["dana@erp.example", "dba@erp.example", "marco@erp.example", "priya@erp.example"]
    (body, *_) = await asked(world, "SELECT body_text FROM outbox WHERE occasion = 'not_taken'")
    assert "Call Databases: +49 30 1" in body.body_text
    (fact,) = await facts(world, "step.not_taken")
    assert fact.detail["before"] == {"notTakenAt": None}
    assert fact.detail["after"] == {"notTakenAt": "2026-11-21T20:35:00.000000Z"}
    assert "Nobody has taken TRT-1 “Step TRT-1” for 5m" in fact.detail["sentence"]


async def test_it_is_told_once_however_many_workers_ask(world: World) -> None:
    await activated(world)
    await world.at(NIGHT + timedelta(minutes=6))
    assert sum(await asyncio.gather(*(tell_in_time(world.services) for _ in range(4)))) == 1
    assert await tell_in_time(world.services) == 0
    assert len(await facts(world, "step.not_taken")) == 1


async def test_what_was_taken_meanwhile_is_left_alone_by_who_looked_before(world: World) -> None:
    i = await activated(world)
    await world.at(NIGHT + timedelta(minutes=6))
    async with world.database.read() as connection:
        (due,) = await reminders.find_due(connection)
    await world.press("Dana", i, "TRT-1", "taken")
    assert await commands._tell(world.services, due) == 0
    assert await told(world, "not_taken") == []


async def test_a_worker_that_dies_before_its_commit_has_told_nothing(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    await activated(world)
    await world.at(NIGHT + timedelta(minutes=6))

    async def dies(*_: object) -> None:
        raise ConnectionError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(type(world.services.messages), "tell", dies)
        with pytest.raises(ConnectionError):
            await tell_in_time(world.services)
    assert await facts(world, "step.not_taken") == []
    assert await tell_in_time(world.services) == 1


async def test_nothing_is_told_on_hold(world: World) -> None:
    i = await activated(world)
    await world.move("Priya", i, "hold", reason="Wait.")
    await world.at(NIGHT + timedelta(minutes=6))
    assert await tell_in_time(world.services) == 0
    await world.move("Priya", i, "resume")
    assert await tell_in_time(world.services) == 1


async def test_a_step_that_comes_soon_is_told_once_to_its_team(world: World) -> None:
    i = await world.iteration(
        plan_of(step("TRT-1", minutes=20), step("TRT-2", "TRT-1", minutes=20), step("TRT-3", "TRT-2"))
    )
    await world.at(NIGHT + timedelta(minutes=4, seconds=59))
    assert await tell_in_time(world.services) == 0
    await world.at(NIGHT + timedelta(minutes=5))  # TRT-2 is planned for 15 minutes later
    assert await tell_in_time(world.services) == 1
    assert await tell_in_time(world.services) == 0
    assert await told(world, "upcoming") == ["dana@erp.example", "dba@erp.example"]
    (fact,) = await facts(world, "message.upcoming_told")
    assert (fact.iteration_id, fact.detail["steps"]) == (i, ["TRT-2"])
    (row, _) = await asked(world, "SELECT subject FROM outbox WHERE occasion = 'upcoming'")
    assert row.subject == "[CUTOVER] TRT-2 Step TRT-2: planned for Sat 21 Nov 2026, 21:50 CET"


async def test_how_long_before_is_the_iterations_own(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", minutes=20), step("TRT-2", "TRT-1")))
    await run_sql(world, "UPDATE iterations SET upcoming_seconds = 60 WHERE id = :i", i=i)
    await world.at(NIGHT + timedelta(minutes=10))
    assert await tell_in_time(world.services) == 0
    await world.at(NIGHT + timedelta(minutes=19))
    assert await tell_in_time(world.services) == 1


async def test_who_has_not_answered_is_reminded_once_before_the_deadline(world: World) -> None:
    await world.iteration(plan_of(step("IGO-1", team=None)))
    await run_sql(world, "UPDATE decisions SET deadline = :at", at=NIGHT + timedelta(minutes=30))
    await world.at(NIGHT + timedelta(minutes=19))
    assert await remind_before_deadlines(world.services) == 0
    await world.at(NIGHT + timedelta(minutes=20))
    assert sum(await asyncio.gather(*(remind_before_deadlines(world.services) for _ in range(3)))) == 1
    assert await told(world, "decision_reminder") == ["arno@erp.example"]
    assert len(await facts(world, "decision.reminded")) == 1


async def test_ten_thousand_waiting_steps_cost_the_ticker_no_look_at_each(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1")))
    columns = [row.name for row in await asked(
        world,
        "SELECT attname AS name FROM pg_attribute WHERE attrelid = 'iteration_steps'::regclass"
        " AND attnum > 0 AND NOT attisdropped",
    )]  # fmt: skip
    own = {
        "id": "gen_random_uuid()",
        "code": "'W-' || n",
        "planned_start": "planned_start + n * interval '1 h'",
    }
    chosen = ", ".join(own.get(name, name) for name in columns)
    await run_sql(
        world,
        f"INSERT INTO iteration_steps ({', '.join(columns)}) SELECT {chosen} FROM iteration_steps"  # noqa: S608 - column names alone
        " CROSS JOIN generate_series(1, 10000) AS n WHERE iteration_id = :i AND code = 'TRT-2'",
        i=i,
    )
    async with world.database.engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        found = await connection.execute(text("EXPLAIN (ANALYZE, FORMAT JSON) " + str(reminders._FIND)))
        plan = found.scalar_one()[0]["Plan"]
    read = [node for node in nodes(plan) if node.get("Relation Name") == "iteration_steps"]
    assert read
    for node in read:
        assert "Index" in node["Node Type"] or "Bitmap" in node["Node Type"], node
        seen = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
        assert seen * node["Actual Loops"] < 50, node


def nodes(plan: dict[str, Any]) -> list[dict[str, Any]]:
    return [plan, *(one for child in plan.get("Plans", ()) for one in nodes(child))]
