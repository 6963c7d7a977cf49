"""A checkpoint and a gate are skipped by two people: asked for by one, signed by another, carried out at once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from tests.world import World, plan_of, step
from tminus.kernel.errors import Forbidden, Refused
from tminus.people.domain.rights import Person
from tminus.platform.unit_of_work import unit_of_work
from tminus.runbook.commands.deciding import Written
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.decision_withdraw import Withdraw, withdraw
from tminus.runbook.commands.second_signature import skip_with_second
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.step import find_step, load_iteration
from tminus.runbook.domain.asking import Ask
from tminus.runbook.domain.decision import Answer
from tminus.runbook.domain.relation import relation
from tminus.runbook.domain.state import StepAction
from tminus.runbook.queries.step_detail import step_detail
from tminus.runbook.store import decisions, execution

PLAN = plan_of(step("CHK-1"), step("TRT-1", "CHK-1"), step("IGO-1", team=None))


async def ask_skip(world: World, iteration: UUID, code: str, who: str = "Priya") -> UUID:
    """Let somebody ask for a skip, in a command as the Skip button's."""
    caller = Caller(world.people[who])
    migration, key = await find_step(world.services, caller, iteration, code)
    async with unit_of_work(world.database, migration, caller.person.actor) as tx:
        night = await load_iteration(tx, iteration)
        network = await execution.load_neighbourhood(tx.connection, iteration, [key])
        one = network.steps[key]
        how = relation(caller.person, migration, one.behaviour, one.team_id)
        ask = Ask(StepAction.SKIP, tx.actor, how, None, "The tape robot is broken")
        return await skip_with_second(world.services, tx, night, ask, one, network)


async def sign(
    world: World, decision: UUID, who: str | Person, answer: Answer = Answer.GO, reason: str = "Seen it."
) -> Written:
    """Let somebody sign or decline."""
    person = world.people[who] if isinstance(who, str) else who
    return await answer_decision(world.services, Caller(person), AnswerCommand(decision, answer, reason))


async def detail(world: World, iteration: UUID, code: str, who: str = "Arno") -> dict[str, Any]:
    """A step as somebody sees it."""
    async with world.database.read() as connection:
        return await step_detail(connection, world.people[who], iteration, code)


@pytest.mark.parametrize("code", ["CHK-1", "IGO-1"])
async def test_two_people_skip_it_and_the_log_names_both(world: World, code: str) -> None:
    iteration = await world.iteration(PLAN)
    key = await ask_skip(world, iteration, code)
    assert (await detail(world, iteration, code))["state"] == "ready"
    (waiting,) = (await detail(world, iteration, code))["signatures"]
    assert (waiting["askedBy"], waiting["detail"]) == ("Priya", "The tape robot is broken")
    assert waiting["allowedAnswers"] == ["go", "no_go"]

    written = await sign(world, key, "Arno")
    types = [entry.type for entry in written.entries]
    assert types[:3] == ["decision.answered", "decision.closed", "step.skipped"]
    skipped = written.entries[2]
    assert (skipped.actor.name, skipped.actor.id) == ("Priya and Arno", world.people["Arno"].id)
    shown = await detail(world, iteration, code)
    assert (shown["state"], shown["reason"], shown["signatures"]) == (
        "skipped",
        "The tape robot is broken",
        [],
    )
    if code == "CHK-1":
        assert (await detail(world, iteration, "TRT-1"))["state"] == "ready"
    else:
        assert shown["decision"]["status"] == "set_aside"


async def test_the_doer_does_not_sign_nor_a_stand_in_nor_a_member(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await ask_skip(world, iteration, "CHK-1")
    stand_in = replace(world.people["Dana"], substituting=(world.people["Priya"],))
    for who in ("Priya", "Dana", "Vera", stand_in):
        with pytest.raises(Forbidden):
            await sign(world, key, who)
    shown = await detail(world, iteration, "CHK-1", "Priya")
    assert shown["signatures"][0]["allowedAnswers"] == []
    assert [one["name"] for one in shown["signatures"][0]["asked"]] == ["Arno", "Marco"]
    await sign(world, key, "Marco")


async def test_declined_it_stays_and_can_be_asked_again(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await ask_skip(world, iteration, "CHK-1")
    with pytest.raises(Refused, match="already asked by Priya at 21:30 CET"):
        await ask_skip(world, iteration, "CHK-1", "Marco")
    await sign(world, key, "Arno", Answer.NO_GO, "Mend it first.")
    assert (await detail(world, iteration, "CHK-1"))["state"] == "ready"
    again = await ask_skip(world, iteration, "CHK-1", "Marco")
    await sign(world, again, "Priya")
    assert (await detail(world, iteration, "CHK-1"))["state"] == "skipped"


async def test_what_is_not_possible_any_more_is_not_signed_and_says_why(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await ask_skip(world, iteration, "CHK-1")
    await world.press("Dana", iteration, "CHK-1", "start")
    with pytest.raises(Refused, match="CHK-1 cannot be skipped: Dana has started it"):
        await sign(world, key, "Arno")
    async with world.database.read() as connection:
        kept = await decisions.load_decision(connection, key)
    assert kept is not None
    assert (kept.outcome, kept.answers) == (None, ())
    await world.press("Dana", iteration, "CHK-1", "fail", reason="No tape.")
    await world.press("Priya", iteration, "CHK-1", "retry")
    with pytest.raises(Refused, match="is in attempt 2 now"):
        await sign(world, key, "Arno")
    await withdraw(world.services, Caller(world.people["Priya"]), Withdraw(key, "Not needed"))
    with pytest.raises(Refused, match="withdrawn by Priya"):
        await sign(world, key, "Arno")


async def test_of_two_who_sign_at_once_one_does_and_the_other_hears_who(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await ask_skip(world, iteration, "CHK-1")
    one, other = sign(world, key, "Arno"), sign(world, key, "Marco", Answer.NO_GO)
    results = await asyncio.gather(one, other, return_exceptions=True)
    (refused,) = [result for result in results if isinstance(result, Refused)]
    assert refused.code == "already_decided"
    assert "already decided" in refused.sentence
    assert sum(isinstance(result, Written) for result in results) == 1


async def test_a_step_of_another_kind_or_a_person_without_the_right_is_refused_as_ever(world: World) -> None:
    iteration = await world.iteration(PLAN)
    with pytest.raises(Forbidden):
        await ask_skip(world, iteration, "CHK-1", "Dana")
