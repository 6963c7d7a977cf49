"""A go/no-go poll from its question to its outcome; and a gate with named voters, a quorum and a deadline."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, plan_of, step
from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.runbook.commands.deciding import Written
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.decision_ask import AskPoll, ask_poll
from tminus.runbook.commands.decision_extend import Extend, extend
from tminus.runbook.commands.decision_remind import Remind, remind
from tminus.runbook.commands.decision_terms import SetTerms, set_terms
from tminus.runbook.commands.decision_withdraw import Withdraw, withdraw
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.decision import Answer
from tminus.runbook.queries.decisions import decisions_view, one_decision
from tminus.runbook.queries.step_detail import step_detail

PLAN = plan_of(step("TRT-1"), step("IGO-1", team=None), step("TRT-2", "IGO-1"))
GO, NO = Answer.GO, Answer.NO_GO
DUE = NIGHT + timedelta(minutes=30)


def key_of(world: World, who: str) -> UUID:
    """Somebody's key."""
    key = world.people[who].id
    assert key is not None
    return key


def named(world: World, *who: str) -> list[tuple[UUID, str]]:
    """People with the capacity they are asked in."""
    return [(key_of(world, one), f"{one}'s part") for one in who]


async def poll(world: World, iteration: UUID, *who: str, by: str = "Priya", **more: Any) -> UUID:
    """Ask people."""
    members = {"quorum": len(who), "deadline": DUE, **more}
    command = AskPoll(iteration, "Go live?", "All green but stock.", named(world, *who), **members)
    return (await ask_poll(world.services, Caller(world.people[by]), command)).decision_id


async def say(world: World, decision: UUID, who: str, answer: Answer, why: str = "So it is.") -> Written:
    """Let somebody answer."""
    command = AnswerCommand(decision, answer, why)
    return await answer_decision(world.services, Caller(world.people[who]), command)


async def look(world: World, decision: UUID, who: str = "Priya") -> dict[str, Any]:
    """The decision as somebody sees it."""
    async with world.database.read() as connection:
        return await one_decision(connection, world.people[who], decision)


async def outbox(world: World) -> list[tuple[str, bool, str]]:
    """What was queued about decisions: recipient, whether it holds a secret, body."""
    async with world.database.read() as connection:
        rows = await connection.execute(
            text(
                "SELECT recipient, secret, body_text FROM outbox WHERE occasion LIKE 'decision%'"
                " ORDER BY occasion, recipient"
            )
        )
        return [(row.recipient, row.secret, row.body_text) for row in rows]


async def test_a_poll_closes_at_its_quorum_and_keeps_its_dissent(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await poll(world, iteration, "Arno", "Dana", "Vera")
    assert [one["name"] for one in (await look(world, key))["asked"]] == ["Arno", "Dana", "Vera"]
    await say(world, key, "Vera", GO)
    await say(world, key, "Dana", NO, "Stock is wrong.")
    open_ = await look(world, key, "Arno")
    assert (open_["status"], open_["allowedAnswers"]) == ("open", ["go", "no_go"])
    assert [one["name"] for one in open_["asked"] if not one["answered"]] == ["Arno"]

    written = await say(world, key, "Arno", GO)
    assert [entry.type for entry in written.entries] == ["decision.answered", "decision.closed"]
    closed = await look(world, key)
    assert (closed["status"], closed["outcome"]) == ("decided", "go")
    said = {one["user"]: (one["answer"], one["dissent"]) for one in closed["answers"]}
    assert said == {"Arno": ("go", False), "Dana": ("no_go", True), "Vera": ("go", False)}
    assert closed["decidedOn"]["seq"] == written.entries[0].seq - 1
    assert len(closed["decidedOn"]["hash"]) == 64


async def test_a_tie_is_no_go(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await poll(world, iteration, "Arno", "Dana")
    await say(world, key, "Arno", GO)
    await say(world, key, "Dana", NO)
    assert (await look(world, key))["outcome"] == "no_go"


async def test_nobody_answers_who_is_not_asked_nor_twice_nor_after_it_closed(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await poll(world, iteration, "Arno", "Dana", "Vera", quorum=2)
    with pytest.raises(Forbidden, match="is asked of Arno, Dana, Vera"):
        await say(world, key, "Marco", GO)
    await say(world, key, "Arno", GO)
    with pytest.raises(Refused, match="already answered go"):
        await say(world, key, "Arno", NO)
    results = await asyncio.gather(
        say(world, key, "Dana", NO), say(world, key, "Vera", GO), return_exceptions=True
    )
    (late,) = [one for one in results if isinstance(one, Refused)]
    assert late.code == "already_decided"
    assert "21:30 CET" in late.sentence


async def test_after_the_deadline_nobody_answers_until_it_is_extended(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await poll(world, iteration, "Arno", "Dana")
    await say(world, key, "Arno", GO)
    await world.at(DUE)
    with pytest.raises(Refused, match="ended without a decision at 22:00 CET, with 1 of 2 answers"):
        await say(world, key, "Dana", GO)
    ended = await look(world, key)
    assert (ended["status"], ended["allowedActions"]) == ("ended", ["extend", "withdraw"])
    with pytest.raises(Forbidden):
        await extend(world.services, Caller(world.people["Dana"]), Extend(key, DUE + timedelta(hours=1)))
    with pytest.raises(Invalid, match="has passed"):
        await extend(world.services, Caller(world.people["Marco"]), Extend(key, DUE - timedelta(minutes=1)))
    written = await extend(
        world.services, Caller(world.people["Marco"]), Extend(key, DUE + timedelta(hours=1))
    )
    assert written.entries[0].detail["was"] == {"deadline": "2026-11-21T21:00:00.000000Z"}
    await say(world, key, "Dana", GO)
    assert (await look(world, key))["outcome"] == "go"


async def test_withdrawn_by_the_asker_with_a_reason_it_is_over(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await poll(world, iteration, "Dana", by="Arno", quorum=1)
    with pytest.raises(Invalid, match="takes a reason"):
        await withdraw(world.services, Caller(world.people["Arno"]), Withdraw(key, " "))
    with pytest.raises(Refused, match="changed since you looked"):
        await withdraw(world.services, Caller(world.people["Arno"]), Withdraw(key, "Too early", version=9))
    await withdraw(world.services, Caller(world.people["Arno"]), Withdraw(key, "Too early"))
    assert (await look(world, key))["sentence"].endswith("withdrawn by Arno at 21:30 CET: Too early.")
    with pytest.raises(Refused, match="withdrawn by Arno"):
        await say(world, key, "Dana", GO)


async def test_what_cannot_be_asked_is_refused_and_nothing_is_written(world: World) -> None:
    iteration = await world.iteration(PLAN)
    with pytest.raises(Invalid, match="3 answers are asked for, and only 2 people"):
        await poll(world, iteration, "Arno", "Dana", quorum=3)
    with pytest.raises(Invalid, match="has passed"):
        await poll(world, iteration, "Arno", deadline=NIGHT)
    with pytest.raises(Invalid, match="named twice"):
        await poll(world, iteration, "Arno", "Arno", quorum=1)
    with pytest.raises(Forbidden):
        await poll(world, iteration, "Arno", by="Dana")
    async with world.database.read() as connection:
        there = await decisions_view(connection, world.people["Priya"], iteration)
    assert [one["kind"] for one in there["items"]] == ["gate"]


async def test_those_asked_get_a_link_each_and_a_reminder_goes_to_who_is_missing(world: World) -> None:
    iteration = await world.iteration(PLAN)
    key = await poll(world, iteration, "Arno", "Dana")
    about = [one for one in await outbox(world) if "Go live?" in one[2]]
    assert [(recipient, secret) for recipient, secret, _ in about] == [
        ("arno@erp.example", True),
        ("dana@erp.example", True),
    ]
    links = {body.split("/decide#", 1)[1].split()[0] for _, _, body in about}
    assert len(links) == 2
    async with world.database.read() as connection:
        kept = await connection.execute(text("SELECT link_hash FROM decision_voters"))
        assert all(link.encode() not in bytes(row.link_hash) for row in kept for link in links)
    await say(world, key, "Arno", GO)
    written = await remind(world.services, Caller(world.people["Priya"]), Remind(key))
    assert written.entries[0].detail["of"] == ["Dana"]
    again = [one for one in await outbox(world) if "Go live?" in one[2]][2:]
    assert [recipient for recipient, _, _ in again] == ["dana@erp.example"]


async def gate_of(world: World, iteration: UUID, who: str = "Priya") -> dict[str, Any]:
    """The gate's decision as its panel shows it."""
    async with world.database.read() as connection:
        detail = await step_detail(connection, world.people[who], iteration, "IGO-1")
    decision: dict[str, Any] = detail["decision"]
    return decision


async def test_a_gate_asks_whom_a_pilot_names_and_never_anybody_but_approvers(world: World) -> None:
    iteration = await world.iteration(PLAN)
    gate = await gate_of(world, iteration)
    assert (gate["allowedActions"], [one["name"] for one in gate["asked"]]) == (
        ["remind", "extend", "terms"],
        ["Arno"],
    )
    key = UUID(gate["id"])
    caller = Caller(world.people["Priya"])
    with pytest.raises(Invalid, match="is no approver"):
        await set_terms(world.services, caller, SetTerms(key, named(world, "Priya"), 1, None))
    with pytest.raises(Invalid, match="only 1 person can"):
        await set_terms(world.services, caller, SetTerms(key, [], 2, None))
    with pytest.raises(Forbidden):
        await set_terms(world.services, Caller(world.people["Arno"]), SetTerms(key, [], 1, None))
    await set_terms(world.services, caller, SetTerms(key, named(world, "Arno"), 1, DUE, gate["version"]))
    with pytest.raises(Refused, match="changed since you looked"):
        await set_terms(world.services, caller, SetTerms(key, [], 1, None, gate["version"]))
    with pytest.raises(Refused, match="not withdrawn"):
        await withdraw(world.services, caller, Withdraw(key, "No"))
    await world.at(DUE)
    with pytest.raises(Refused, match="ended without a decision"):
        await say(world, key, "Arno", GO)
    await extend(world.services, caller, Extend(key, DUE + timedelta(minutes=5)))
    await say(world, key, "Arno", GO, "All checked.")
    assert (await gate_of(world, iteration))["outcome"] == "go"


async def test_a_poll_is_about_any_step_but_a_gate_which_asks_its_own_question(world: World) -> None:
    iteration = await world.iteration(PLAN)
    await poll(world, iteration, "Arno", step_code="TRT-1")
    with pytest.raises(Refused, match="IGO-1 is a gate, and asks its own question"):
        await poll(world, iteration, "Arno", step_code="IGO-1")
