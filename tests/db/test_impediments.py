"""What stands in the way: who may keep it, and that the log has what changed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.world import NIGHT, World, plan_of, step
from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.platform.eventlog.store import read_iteration
from tminus.runbook.commands.impediment_change import (
    ChangeImpediment,
    MoveImpediment,
    change_impediment,
    reopen_impediment,
    resolve_impediment,
)
from tminus.runbook.commands.impediment_open import OpenImpediment, open_impediment
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.impediment import ImpedimentSeverity
from tminus.runbook.queries.impediments import impediments_view

PLAN = plan_of(step("TRT-1"), step("TRT-2", team="APP"), step("TRT-3", team=None))


async def stands(world: World, who: str, i: UUID, title: str, **more: Any) -> UUID:
    severity = more.pop("severity", ImpedimentSeverity.MEDIUM)
    command = OpenImpediment(i, title, severity, **more)
    return await open_impediment(world.database, Caller(world.people[who]), command)


async def facts(world: World, i: UUID) -> list[tuple[str, str, dict[str, Any]]]:
    async with world.database.read() as connection:
        entries = await read_iteration(connection, i, 0)
    return [
        (one.type, one.sentence, one.detail["impediment"])
        for one in entries
        if one.type.startswith("impediment.")
    ]


async def shown(world: World, who: str, i: UUID, code: str | None = None) -> dict[str, Any]:
    async with world.database.read() as connection:
        return await impediments_view(connection, world.people[who], i, code)


@pytest.mark.parametrize(
    ("who", "code", "may"),
    [
        ("Dana", "TRT-1", True),  # of the team
        ("Dana", "TRT-2", False),
        ("Dana", "TRT-3", False),
        ("Dana", None, False),
        ("Lena", None, True),  # a data lead, of the whole iteration
        ("Lena", "TRT-1", False),
        ("Priya", "TRT-2", True),
        ("Priya", "TRT-3", True),
        ("Priya", None, True),
        ("Arno", None, False),
        ("Vera", "TRT-1", False),
    ],
)
async def test_who_may_open_one(world: World, who: str, code: str | None, may: bool) -> None:
    i = await world.iteration(PLAN)
    assert (await shown(world, who, i, code))["mayOpen"] is may
    if may:
        await stands(world, who, i, "No disk space", step_code=code)
    else:
        with pytest.raises(Forbidden, match="Keeping the impediments of"):
            await stands(world, who, i, "No disk space", step_code=code)
    assert len((await shown(world, who, i))["items"]) == may


async def test_it_is_opened_changed_resolved_and_reopened(world: World) -> None:
    i = await world.iteration(PLAN)
    key = await stands(world, "Dana", i, "No disk space", step_code="TRT-1", severity=ImpedimentSeverity.HIGH)
    dana = Caller(world.people["Dana"])
    later = NIGHT + timedelta(minutes=40)
    lena = world.people["Lena"].id
    changes = {"severity": ImpedimentSeverity.CRITICAL, "owner_id": lena, "expected_at": later}
    await change_impediment(world.database, dana, ChangeImpediment(key, changes, 1))
    await change_impediment(world.database, dana, ChangeImpediment(key, {"owner_id": lena}, 2))
    await resolve_impediment(world.database, dana, MoveImpediment(key, "Disk added", 2))
    with pytest.raises(Refused, match="resolved by Dana since 21:30 CET") as refused:
        await resolve_impediment(world.database, dana, MoveImpediment(key, "Twice"))
    assert refused.value.code == "impediment_resolved"
    (one,) = (await shown(world, "Dana", i, "TRT-1"))["items"]
    assert (one["owner"], one["resolution"], one["allowedActions"]) == ("Lena", "Disk added", ["reopen"])
    await reopen_impediment(
        world.database, Caller(world.people["Priya"]), MoveImpediment(key, "Full again", 3)
    )
    opened, changed, resolved, reopened = await facts(world, i)
    assert opened[1] == "Dana opened impediment 1 on TRT-1: No disk space (HIGH)"
    assert changed[1].endswith("“No disk space”: CRITICAL instead of HIGH")
    assert changed[2]["before"] == {"severity": "HIGH", "ownerId": None, "owner": None, "expectedAt": None}
    assert changed[2]["after"]["owner"] == "Lena"
    assert resolved[2]["after"] == {"state": "resolved", "resolution": "Disk added"}
    assert reopened[2]["reason"] == "Full again"
    assert reopened[2]["before"] == {"state": "resolved", "resolution": "Disk added"}


async def test_who_saw_an_older_one_is_told_what_it_is_now(world: World) -> None:
    i = await world.iteration(PLAN)
    key = await stands(world, "Priya", i, "Phone bridge down")
    priya = Caller(world.people["Priya"])
    await change_impediment(world.database, priya, ChangeImpediment(key, {"title": "Bridge down"}, 1))
    with pytest.raises(Refused) as stale:
        await resolve_impediment(world.database, priya, MoveImpediment(key, "Up", 1))
    assert (stale.value.code, stale.value.params["current"]["title"]) == ("impediment_changed", "Bridge down")
    with pytest.raises(Forbidden):
        await change_impediment(
            world.database, Caller(world.people["Dana"]), ChangeImpediment(key, {"title": "x"})
        )


async def test_the_worst_open_one_comes_first_and_numbers_are_the_iterations_own(world: World) -> None:
    i = await world.iteration(PLAN)
    for title, severity in (
        ("a", ImpedimentSeverity.LOW),
        ("b", ImpedimentSeverity.CRITICAL),
        ("c", ImpedimentSeverity.HIGH),
    ):
        last = await stands(world, "Priya", i, title, severity=severity)
    await resolve_impediment(world.database, Caller(world.people["Priya"]), MoveImpediment(last, "done"))
    found = (await shown(world, "Vera", i))["items"]
    assert [(one["number"], one["title"]) for one in found] == [(2, "b"), (1, "a"), (3, "c")]
    other = await world.iteration(PLAN, "RUN1", live=False)
    await stands(world, "Priya", other, "d")
    assert [one["number"] for one in (await shown(world, "Vera", other))["items"]] == [1]


async def test_an_owner_is_of_the_migration(world: World) -> None:
    i = await world.iteration(PLAN)
    with pytest.raises(Invalid, match="nobody with a role or a team"):
        await stands(world, "Priya", i, "x", owner_id=i)
