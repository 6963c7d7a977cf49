"""Several steps at once: all of them or none, or each on its own; always one answer a step."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from tests.db.test_levels import states
from tests.world import World, plan_of, step
from tminus.kernel.errors import Forbidden, NotFound, Refused
from tminus.platform.idempotency import IdempotencyKey
from tminus.runbook.commands.bulk import BulkCommand, BulkDone, Chosen, act_on_steps
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import StepAction


async def do(
    world: World, who: str, i: UUID, action: str, *codes: str, together: bool, key: str = "", **more: Any
) -> BulkDone:
    chosen = tuple(Chosen(code) for code in codes)
    keyed = IdempotencyKey.of(who, key, action.encode()) if key else None
    command = BulkCommand(i, StepAction(action), chosen, together, **more)
    return await act_on_steps(world.services, Caller(world.people[who], keyed), command)


async def test_together_is_one_transaction(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2"), step("TRT-3", "TRT-1", "TRT-2")))
    done = await do(world, "Priya", i, "skip", "TRT-1", "TRT-2", together=True, reason="not tonight")
    assert done.refused == {"TRT-1": None, "TRT-2": None}
    assert [entry.type for entry in done.entries] == ["step.skipped", "step.skipped", "step.ready"]
    assert await states(world, i) == {"TRT-1": "skipped", "TRT-2": "skipped", "TRT-3": "ready"}


async def test_together_one_refusal_lets_nothing_happen_and_names_all(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), step("TRT-3", "TRT-1")))
    with pytest.raises(Refused, match="Nothing was done: 2 of 3 steps could not be") as refusal:
        await do(world, "Priya", i, "start", "TRT-1", "TRT-2", "TRT-3", together=True)
    assert [one["code"] for one in refusal.value.params["results"]] == ["TRT-2", "TRT-3"]
    assert (await states(world, i))["TRT-1"] == "ready"
    with pytest.raises(NotFound, match="no step TRT-9"):
        await do(world, "Priya", i, "start", "TRT-1", "TRT-9", together=True)


async def test_each_on_its_own_leaves_the_others_alone(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), step("TRT-3")))
    done = await do(world, "Priya", i, "start", "TRT-1", "TRT-2", "TRT-3", together=False)
    assert [code for code, refusal in done.refused.items() if refusal] == ["TRT-2"]
    assert await states(world, i) == {"TRT-1": "in_progress", "TRT-2": "not_ready", "TRT-3": "in_progress"}


async def test_sent_twice_it_acts_on_each_step_once(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), step("TRT-3")))
    first = await do(world, "Priya", i, "start", "TRT-1", "TRT-3", together=False, key="k")
    again = await do(world, "Priya", i, "start", "TRT-1", "TRT-3", together=False, key="k")
    assert first.refused == again.refused == {"TRT-1": None, "TRT-3": None}
    assert (len(first.entries), again.entries) == (2, ())


async def test_the_later_ones_stand_on_the_earlier_ones(world: World) -> None:
    """Skipping the first makes the second ready: its own event says so before it is skipped too."""
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1"), step("TRT-3", "TRT-2")))
    done = await do(world, "Priya", i, "skip", "TRT-1", "TRT-2", together=True, reason="no")
    assert [entry.type for entry in done.entries] == [
        "step.skipped",
        "step.ready",
        "step.skipped",
        "step.ready",
    ]


async def test_ones_rights_are_asked_for_each(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2")))
    with pytest.raises(Forbidden, match="takes a pilot"):
        await do(world, "Dana", i, "skip", "TRT-1", "TRT-2", together=True, reason="no")
    outsider = await do(world, "Dana", i, "skip", "TRT-1", together=False, reason="no")
    assert isinstance(outsider.refused["TRT-1"], Forbidden)
