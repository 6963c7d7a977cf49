"""Who stands in for somebody acts with that person's rights, and the log has both names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.world import World, plan_of, step, tasks
from tminus.kernel.errors import Forbidden
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.step import StepCommand, act_on_step
from tminus.runbook.domain.state import StepAction


async def names(world: World, who: object, code: str, action: str, iteration_id: object) -> list[str]:
    command = StepCommand(iteration_id, code, StepAction(action))  # type: ignore[arg-type] # test's own words
    done = await act_on_step(world.services, Caller(who), command)  # type: ignore[arg-type] # test's own words
    return [entry.actor.name for entry in done.entries if entry.actor.name != "system"]


async def test_the_log_has_both_names_only_where_it_takes_the_others_rights(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", tasks=tasks("TRT-1", 1)), step("TRT-2", team="APP")))
    vera, dana, priya = (world.people[name] for name in ("Vera", "Dana", "Priya"))
    with pytest.raises(Forbidden):
        await names(world, vera, "TRT-1", "start", i)
    for_dana = replace(vera, substituting=(dana,))
    assert await names(world, for_dana, "TRT-1", "start", i) == ["Vera for Dana"]
    with pytest.raises(Forbidden):
        await names(world, for_dana, "TRT-2", "start", i)
    dana_for_priya = replace(dana, substituting=(priya,))
    assert await names(world, dana_for_priya, "TRT-2", "activate", i) == ["Dana for Priya"]
    assert await names(world, dana_for_priya, "TRT-1", "complete", i) == ["Dana"]
