"""Controls: who passes them, what holds, by whose order, and what another attempt makes of them."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.db.shown import controlled, in_team, now, running, show
from tests.world import World
from tminus.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tminus.runbook.commands.control import ControlCommand, Written, act_on_control
from tminus.runbook.commands.decision import AnswerCommand, answer_decision
from tminus.runbook.commands.evidence_place import Aim
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.control import ControlAction
from tminus.runbook.domain.decision import Answer
from tminus.runbook.domain.state import StepState
from tminus.runbook.queries.controls import controls_view
from tminus.runbook.queries.step_detail import step_detail


async def say(world: World, who: str, i: UUID, action: str, **more: object) -> Written:
    """Let somebody say something of C1."""
    command = ControlCommand(i, "C1", ControlAction(action), **more)  # type: ignore[arg-type] # test's own words
    return await act_on_control(world.services, Caller(world.people[who]), command)


async def test_a_critical_control_holds_its_step_until_its_validators_pass_it(world: World) -> None:
    i = await world.iteration(controlled())
    in_team(world, "Lena", "APP")
    await running(world, i)
    done = await world.press("Dana", i, "TRT-1", "complete")
    assert (done.step.state, done.step.controls_open) == (StepState.VERIFYING, 1)
    async with world.database.read() as connection:
        detail = await step_detail(connection, world.people["Dana"], i, "TRT-1")
    why = [one["sentence"] for one in detail["blockedBy"]]
    assert why == ["It waits for the critical control C1 “Balances agree”, which Applications validates"]
    with pytest.raises(Forbidden, match="Applications, which validates it"):
        await say(world, "Dana", i, "pass")
    with pytest.raises(Invalid, match="takes a reason"):
        await say(world, "Lena", i, "fail")
    await say(world, "Lena", i, "fail", reason="12 cents off")
    assert (await now(world, i, "TRT-1")).state is StepState.VERIFYING
    written = await say(world, "Lena", i, "pass")
    types = [entry.type for entry in written.entries]
    assert types[:2] == ["control.passed", "step.completed"]
    assert "step.ready" in types
    assert (await now(world, i, "TRT-1")).controls_open == 0
    assert (await now(world, i, "TRT-2")).controls_open == 0


async def test_another_attempt_has_its_controls_pending_again_for_all_who_are_tied(world: World) -> None:
    i = await world.iteration(controlled())
    await say(world, "Priya", i, "pass")
    await running(world, i)
    await world.press("Dana", i, "TRT-1", "fail", reason="it broke")
    retried = await world.press("Priya", i, "TRT-1", "retry")
    assert retried.step.controls_open == 1
    other = await now(world, i, "TRT-2")
    assert other.controls_open == 1
    changes = retried.entries[0].detail["waiting"]
    assert changes[str(other.id)]["controlsOpen"] == 1
    await say(world, "Priya", i, "cancel", reason="replaced by C2")
    assert (await now(world, i, "TRT-1")).controls_open == 0
    await running(world, i)
    await world.press("Dana", i, "TRT-1", "fail", reason="again")
    assert (await world.press("Priya", i, "TRT-1", "retry")).step.controls_open == 0


async def test_what_is_not_critical_holds_nothing(world: World) -> None:
    i = await world.iteration(controlled(critical=False))
    await running(world, i)
    assert (await world.press("Dana", i, "TRT-1", "complete")).step.state is StepState.COMPLETE


async def test_a_control_moves_as_it_was_seen_and_by_pilots_where_it_is_theirs(world: World) -> None:
    i = await world.iteration(controlled())
    in_team(world, "Lena", "APP")
    with pytest.raises(Refused, match="has changed since you looked") as stale:
        await say(world, "Lena", i, "pass", version=7)
    assert stale.value.code == "control_changed"
    for action in ("cancel", "override"):
        with pytest.raises(Forbidden):
            await say(world, "Lena", i, action, reason="no")
    await say(world, "Lena", i, "pass", version=1)
    with pytest.raises(Forbidden):
        await say(world, "Lena", i, "reopen", reason="no")
    await say(world, "Marco", i, "reopen", reason="wrong figures")
    with pytest.raises(NotFound):
        await act_on_control(
            world.services, Caller(world.people["Priya"]), ControlCommand(i, "C9", ControlAction.PASS)
        )
    with pytest.raises(Forbidden):
        await say(world, "Vera", i, "pass")


async def test_a_critical_control_is_passed_by_order_of_two(world: World) -> None:
    i = await world.iteration(controlled())
    await running(world, i)
    await world.press("Dana", i, "TRT-1", "complete")
    asked = await say(world, "Priya", i, "override", reason="the difference is known")
    assert [entry.type for entry in asked.entries] == ["decision.asked"]
    assert (await now(world, i, "TRT-1")).state is StepState.VERIFYING
    key = UUID(asked.entries[0].detail["decisionId"])
    await sign(world, "Marco", key)
    async with world.database.read() as connection:
        view = await controls_view(connection, world.people["Vera"], i)
    (item,) = view["items"]
    assert (item["state"], item["overridden"], item["by"]) == ("passed", True, "Priya and Marco")
    assert (await now(world, i, "TRT-1")).state is StepState.COMPLETE


async def sign(world: World, who: str, key: UUID) -> None:
    """Let somebody give the second signature."""
    await answer_decision(
        world.services, Caller(world.people[who]), AnswerCommand(key, Answer.GO, "I have looked")
    )


async def test_who_waits_for_the_second_signature_stands_on_the_control_and_on_its_steps(
    world: World,
) -> None:
    i = await world.iteration(controlled())
    await say(world, "Priya", i, "override", reason="the difference is known")
    async with world.database.read() as connection:
        (item,) = (await controls_view(connection, world.people["Marco"], i))["items"]
        seen = [await step_detail(connection, world.people["Marco"], i, code) for code in ("TRT-1", "TRT-3")]
    asked = item["overrideAsked"]
    assert (asked["askedBy"], asked["detail"]) == ("Priya", "the difference is known")
    assert [one["name"] for one in asked["asked"]] == ["Arno", "Marco"]
    assert asked["allowedAnswers"] == ["go", "no_go"]
    assert [[one["id"] for one in detail["signatures"]] for detail in seen] == [[asked["id"]], []]
    await say(world, "Priya", i, "pass")  # it has changed: what was asked can be signed no more
    async with world.database.read() as connection:
        (item,) = (await controls_view(connection, world.people["Marco"], i))["items"]
        detail = await step_detail(connection, world.people["Marco"], i, "TRT-1")
    assert (item["overrideAsked"], detail["signatures"]) == (None, [])


async def test_what_was_shown_for_a_control_alone_stays_with_the_attempt_it_was_shown_in(
    world: World,
) -> None:
    i = await world.iteration(controlled())
    await running(world, i)
    await show(world, "Dana", Aim(i, control_code="C1"), "the first comparison")
    await world.press("Dana", i, "TRT-1", "fail", reason="it broke")
    await world.press("Priya", i, "TRT-1", "retry")
    await show(world, "Dana", Aim(i, control_code="C1"), "the second comparison")
    # the pilot wants it validated anew: only the verdict is taken back, what was shown goes on counting
    await say(world, "Priya", i, "pass")
    await say(world, "Priya", i, "reopen", reason="look again")
    async with world.database.read() as connection:
        (item,) = (await controls_view(connection, world.people["Marco"], i))["items"]
    assert [(one["words"], one["attempt"], one["counted"]) for one in item["evidence"]] == [
        ("the first comparison", 1, False),
        ("the second comparison", 2, True),
    ]
