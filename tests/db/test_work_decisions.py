"""Polls and second signatures that wait for somebody stand in their work, until they are answered or over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.db.shown import controlled
from tests.db.test_controls import say as say_of_control
from tests.db.test_polls import DUE, GO, poll, say
from tests.world import NIGHT, World, plan_of, step
from tminus.runbook.commands.decision_withdraw import Withdraw, withdraw
from tminus.runbook.commands.services import Caller
from tminus.runbook.queries.my_work import my_work

PLAN = plan_of(step("TRT-1"))


async def waiting(world: World, who: str) -> list[dict[str, Any]]:
    """What waits for somebody's answer."""
    async with world.database.read() as connection:
        work = await my_work(connection, world.people[who])
    heads = {one["iterationId"] for one in work["heads"]}
    assert {one["iteration"]["id"] for one in work["decisions"]} <= heads, "or nothing would be heard of them"
    found: list[dict[str, Any]] = work["decisions"]
    return found


async def test_a_poll_waits_for_those_it_names_until_each_has_answered(world: World) -> None:
    i = await world.iteration(PLAN, live=False)
    key = await poll(world, i, "Dana", "Arno", "Vera")
    (one,) = await waiting(world, "Dana")
    assert (one["decision"]["id"], one["decision"]["question"]) == (str(key), "Go live?")
    assert (one["iteration"]["name"], one["iteration"]["state"]) == ("CUTOVER", "scheduled")
    assert await waiting(world, "Marco") == []
    await say(world, key, "Dana", GO)
    assert await waiting(world, "Dana") == []
    assert len(await waiting(world, "Arno")) == 1
    await withdraw(world.services, Caller(world.people["Priya"]), Withdraw(key, "Asked too early"))
    assert await waiting(world, "Arno") == []


async def test_the_soonest_deadline_is_first_and_what_has_ended_waits_no_more(world: World) -> None:
    i = await world.iteration(PLAN)
    late = await poll(world, i, "Dana", deadline=DUE + timedelta(hours=1))
    never = await poll(world, i, "Dana", deadline=None)
    soon = await poll(world, i, "Dana")
    shown = [one["decision"]["id"] for one in await waiting(world, "Dana")]
    assert shown == [str(soon), str(late), str(never)]
    await world.at(NIGHT + timedelta(minutes=30))
    shown = [one["decision"]["id"] for one in await waiting(world, "Dana")]
    assert shown == [str(late), str(never)]


async def test_a_second_signature_waits_for_every_other_person_who_may_sign(world: World) -> None:
    i = await world.iteration(controlled())
    await say_of_control(world, "Priya", i, "override", reason="The difference is known")
    assert [one["decision"]["kind"] for one in await waiting(world, "Marco")] == ["second_signature"]
    assert len(await waiting(world, "Arno")) == 1
    assert await waiting(world, "Priya") == []
    assert await waiting(world, "Dana") == []
