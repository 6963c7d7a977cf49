"""The roll-call before T-0: who is asked, who is here, and who is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, plan_of, step, tasks
from tminus.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tminus.platform.eventlog.store import read_iteration
from tminus.runbook.commands.roll_call import OpenRollCall, open_roll_call
from tminus.runbook.commands.roll_call_close import close_roll_call
from tminus.runbook.commands.roll_call_here import SayHere, say_here
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import Comms
from tminus.runbook.queries.roll_call import roll_call_view

PLAN = plan_of(step("TRT-1"), step("TRT-2", tasks=(replace(tasks("TRT-2", 1)[0], team="APP"),)))


async def call(world: World, who: str, i: UUID, **more: Any) -> UUID:
    return await open_roll_call(world.services, Caller(world.people[who]), OpenRollCall(i, **more))


async def here(world: World, who: str, i: UUID, team: str, note: str = "") -> None:
    await say_here(world.services, Caller(world.people[who]), SayHere(i, world.teams[team], note))


async def shown(world: World, who: str, i: UUID) -> dict[str, Any]:
    async with world.database.read() as connection:
        return await roll_call_view(connection, world.people[who], i)


async def facts(world: World, i: UUID) -> list[str]:
    async with world.database.read() as connection:
        entries = await read_iteration(connection, i, 0)
    return [entry.sentence for entry in entries if entry.type.startswith("roll_call.")]


async def test_the_teams_at_work_are_asked_and_told(world: World) -> None:
    i = await world.iteration(PLAN, live=True)
    assert (await shown(world, "Priya", i)) == {
        "rollCall": None,
        "allowedActions": ["open"],
        "asksComms": False,
        "commsRequired": False,
        "messages": "Comms are on: its messages go to the teams.",
    }
    assert (await shown(world, "Dana", i))["allowedActions"] == []
    await call(world, "Priya", i, due_at=NIGHT + timedelta(minutes=30))
    called = (await shown(world, "Dana", i))["rollCall"]
    assert called["told"] == "comms on: messages to the teams"
    assert [(team["code"], team["allowedActions"]) for team in called["teams"]] == [
        ("APP", []),
        ("DBA", ["here"]),
    ]
    assert [one["name"] for one in called["teams"][1]["people"]] == ["Dana"]
    query = text("SELECT recipient FROM outbox WHERE occasion = 'roll_call'")
    async with world.database.read() as connection:
        heard = set((await connection.execute(query)).scalars())
    assert {"app@erp.example", "dana@erp.example"} <= heard


async def mails(world: World, i: UUID) -> set[tuple[str, str]]:
    query = text("SELECT recipient, status FROM outbox WHERE occasion = 'roll_call' AND iteration_id = :i")
    async with world.database.read() as connection:
        return {(row.recipient, row.status) for row in await connection.execute(query, {"i": i})}


@pytest.mark.parametrize(
    ("chosen", "heard", "told"),
    [
        (
            None,
            {("app@erp.example", "suppressed"), ("dana@erp.example", "suppressed")},
            "off: no message goes out",
        ),
        (
            Comms.ON,
            {("app@erp.example", "queued"), ("dana@erp.example", "queued")},
            "on: messages to the teams",
        ),
        (Comms.TEST, {("priya@erp.example", "queued")}, "in test: messages to the tester alone"),
    ],
)
async def test_before_the_start_whom_it_tells_is_chosen_for_it_alone(
    world: World, chosen: Comms | None, heard: set[tuple[str, str]], told: str
) -> None:
    i = await world.iteration(PLAN, "RUN1", live=False)
    before = await shown(world, "Priya", i)
    assert (before["asksComms"], before["commsRequired"]) == (True, False)
    assert "RUN1 has not started: none goes out, unless" in before["messages"]
    await call(world, "Priya", i, comms=chosen)
    assert heard <= await mails(world, i)
    assert {status for _, status in await mails(world, i)} == {status for _, status in heard}
    called = (await shown(world, "Dana", i))["rollCall"]
    assert called["told"] == f"comms {told}"
    (sentence,) = await facts(world, i)
    assert sentence == f"Priya called the roll of RUN1: 2 teams are asked; comms {told}"
    async with world.database.read() as connection:
        query = text("SELECT comms FROM iterations WHERE id = :i")
        assert (await connection.execute(query, {"i": i})).scalar_one() is None  # the start still asks


async def test_a_cutover_that_has_not_started_asks_and_a_start_meanwhile_decides(world: World) -> None:
    i = await world.iteration(PLAN, live=False)
    assert (await shown(world, "Priya", i))["commsRequired"] is True
    with pytest.raises(Invalid, match="has to be chosen"):
        await call(world, "Priya", i)
    assert await facts(world, i) == []
    await world.move("Priya", i, "start", comms=Comms.OFF)
    with pytest.raises(Refused, match="was started with comms off"):
        await call(world, "Priya", i, comms=Comms.ON)
    await call(world, "Priya", i, comms=Comms.OFF)
    assert {status for _, status in await mails(world, i)} == {"suppressed"}


async def test_a_team_checks_in_once_and_a_pilot_may_say_it_for_another(world: World) -> None:
    i = await world.iteration(PLAN)
    await call(world, "Priya", i)
    await here(world, "Dana", i, "DBA", "all four of us")
    await here(world, "Dana", i, "DBA", "again")
    await here(world, "Marco", i, "APP")
    with pytest.raises(Forbidden, match="Checking in for this team"):
        await here(world, "Dana", i, "APP")
    with pytest.raises(Forbidden):
        await here(world, "Vera", i, "DBA")
    called = (await shown(world, "Priya", i))["rollCall"]
    assert called["here"] == 2
    by = {team["code"]: (team["hereBy"], team["onBehalf"], team["note"]) for team in called["teams"]}
    assert by == {"DBA": ("Dana", False, "all four of us"), "APP": ("Marco", True, None)}
    assert (await facts(world, i))[1:] == [
        "DBA is here: Dana (all four of us)",
        "Marco said for APP that it is here",
    ]


async def test_the_missing_ones_stay_missing_once_it_is_closed_and_another_may_follow(world: World) -> None:
    i = await world.iteration(PLAN)
    first = await call(world, "Priya", i)
    with pytest.raises(Refused, match="Priya opened a roll-call at 21:30 CET"):
        await call(world, "Marco", i)
    await here(world, "Dana", i, "DBA")
    with pytest.raises(Forbidden):
        await close_roll_call(world.services, Caller(world.people["Dana"]), i)
    await close_roll_call(world.services, Caller(world.people["Priya"]), i)
    assert (await facts(world, i))[-1] == "Priya closed the roll-call: 1 of 2 teams here"
    with pytest.raises(Refused, match="Priya closed the roll-call at 21:30 CET"):
        await here(world, "Marco", i, "APP")
    closed = await shown(world, "Priya", i)
    assert (closed["rollCall"]["teams"][0]["code"], closed["allowedActions"]) == ("APP", ["open"])
    second = await call(world, "Priya", i)
    assert (await shown(world, "Priya", i))["rollCall"]["id"] == second != first
    assert (await shown(world, "Priya", i))["rollCall"]["here"] == 0


async def test_it_is_a_pilots_before_or_in_the_night_with_somebody_to_ask(world: World) -> None:
    i = await world.iteration(PLAN, live=False)
    with pytest.raises(Forbidden, match="Calling the roll takes a pilot's role"):
        await call(world, "Dana", i)
    with pytest.raises(NotFound, match="No roll was called"):
        await here(world, "Dana", i, "DBA")
    with pytest.raises(Invalid, match="is over"):
        await call(world, "Priya", i, due_at=NIGHT - timedelta(minutes=1))
    await call(world, "Priya", i, comms=Comms.OFF)  # scheduled is early enough
    lonely = await world.iteration(plan_of(step("TRT-1", team=None)), "RUN1", live=False)
    with pytest.raises(Refused, match="No team owns"):
        await call(world, "Priya", lonely)
    over = await world.iteration(plan_of(step("TRT-1")), "RUN2")
    await world.press("Priya", over, "TRT-1", "skip", reason="not needed")
    await world.move("Priya", over, "complete")
    with pytest.raises(Refused, match="is complete since"):
        await call(world, "Priya", over)


async def test_only_teams_that_were_asked_check_in(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", team="APP")), "RUN1")
    await call(world, "Priya", i)
    with pytest.raises(NotFound, match="This team is not asked"):
        await here(world, "Dana", i, "DBA")
