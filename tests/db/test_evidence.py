"""Evidence: what is asked for completes its step, what is withdrawn stays and counts no more."""

from __future__ import annotations

import asyncio

import pytest

from tests.db.shown import controlled, in_team, now, running, show
from tests.world import World, plan_of, step
from tminus.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tminus.runbook.commands.evidence_place import Aim
from tminus.runbook.commands.evidence_withdraw import WithdrawEvidence, withdraw_evidence
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import StepState
from tminus.runbook.queries.controls import controls_view
from tminus.runbook.queries.step_detail import step_detail


async def test_evidence_that_is_asked_for_completes_the_step_when_it_comes(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", evidence_required=True), step("TRT-2", "TRT-1")))
    aim = Aim(i, "TRT-1")
    with pytest.raises(Refused, match="Nothing can be shown for TRT-1"):
        await show(world, "Dana", aim)
    await running(world, i)
    assert (await world.press("Dana", i, "TRT-1", "complete")).step.state is StepState.VERIFYING
    async with world.database.read() as connection:
        detail = await step_detail(connection, world.people["Dana"], i, "TRT-1")
    assert detail["blockedBy"][0]["sentence"].startswith("It waits for evidence")
    for who in ("Vera", "Arno", "Lena"):
        with pytest.raises(Forbidden, match="Evidence is added by"):
            await show(world, who, aim)
    key = await show(world, "Dana", aim)
    after = await now(world, i, "TRT-1")
    assert (after.state, after.evidence_count) == (StepState.COMPLETE, 1)
    assert (await now(world, i, "TRT-2")).state is StepState.READY
    with pytest.raises(Refused) as last:
        await withdraw_evidence(world.services, Caller(world.people["Dana"]), WithdrawEvidence(key, "wrong"))
    assert last.value.code == "last_evidence"


async def test_withdrawn_evidence_is_kept_and_counts_no_more(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", evidence_required=True)))
    await running(world, i)
    key = await show(world, "Dana", Aim(i, "TRT-1"))
    with pytest.raises(Forbidden, match="only who did"):
        await withdraw_evidence(world.services, Caller(world.people["Lena"]), WithdrawEvidence(key, "wrong"))
    with pytest.raises(Invalid):
        await withdraw_evidence(world.services, Caller(world.people["Dana"]), WithdrawEvidence(key, "  "))
    await withdraw_evidence(
        world.services, Caller(world.people["Dana"]), WithdrawEvidence(key, "wrong night")
    )
    assert (await now(world, i, "TRT-1")).evidence_count == 0
    with pytest.raises(Refused) as again:
        await withdraw_evidence(world.services, Caller(world.people["Dana"]), WithdrawEvidence(key, "wrong"))
    assert again.value.code == "already_withdrawn"
    assert (await world.press("Dana", i, "TRT-1", "complete")).step.state is StepState.VERIFYING


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://host/x", "https://", "http://a b", "data:text/html,x"]
)
async def test_a_link_is_a_web_address(world: World, link: str) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await running(world, i)
    with pytest.raises(Invalid, match="http:// or https://"):
        await show(world, "Dana", Aim(i, "TRT-1"), link, "link")
    await show(world, "Dana", Aim(i, "TRT-1"), " https://wiki.example/run?1 ", "link")
    assert (await now(world, i, "TRT-1")).evidence_count == 1


async def test_two_people_who_show_something_at_once_are_both_counted(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await running(world, i)
    await asyncio.gather(
        *(show(world, who, Aim(i, "TRT-1"), who) for who in ("Dana", "Priya", "Marco", "Dana"))
    )
    assert (await now(world, i, "TRT-1")).evidence_count == 4


async def test_evidence_of_a_control_is_given_by_who_produces_or_validates_it(world: World) -> None:
    i = await world.iteration(controlled())
    in_team(world, "Lena", "APP")
    for who in ("Dana", "Lena", "Priya"):
        await show(world, who, Aim(i, control_code="C1"), who)
    with pytest.raises(Forbidden):
        await show(world, "Vera", Aim(i, control_code="C1"))
    with pytest.raises(NotFound):
        await show(world, "Priya", Aim(i, "TRT-1", control_code="C9"))
    async with world.database.read() as connection:
        view = await controls_view(connection, world.people["Lena"], i)
    assert [one["words"] for one in view["items"][0]["evidence"]] == ["Dana", "Lena", "Priya"]
    assert (view["total"], view["criticalOpen"], view["items"][0]["mine"]) == (1, 1, True)
    assert [place["stepCode"] for place in view["items"][0]["places"]] == ["TRT-1", "TRT-2"]
