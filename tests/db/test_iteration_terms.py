"""The terms of an iteration: its window, blackouts, data volume and who decides to turn back; and what steps undo."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, insert_plan, plan_of, step
from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.platform.eventlog.store import read_iteration
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.iteration_terms import ChangeTerms, change_terms
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import Comms, IterationKind
from tminus.runbook.domain.terms import Blackout
from tminus.runbook.queries.iteration import iteration_view
from tminus.runbook.queries.step_detail import step_detail

PLAN = plan_of(step("TRT-1"), step("TRT-2", "TRT-1"))
HOUR = timedelta(hours=1)
UNSET: dict[str, Any] = {
    "windowStart": None,
    "windowEnd": None,
    "dataVolume": None,
    "decider": None,
    "decisionSeconds": 1800,
    "blackouts": [],
}


async def change(
    world: World, i: UUID, who: str = "Priya", version: int | None = None, **values: Any
) -> None:
    await change_terms(world.services, Caller(world.people[who]), ChangeTerms(i, values, version))


async def shown(world: World, i: UUID) -> dict[str, Any]:
    async with world.database.read() as connection:
        return await iteration_view(connection, world.people["Vera"], i)


async def terms(world: World, i: UUID) -> dict[str, Any]:
    view = await shown(world, i)
    return {name: view[name] for name in UNSET}


async def events(world: World, i: UUID) -> list[tuple[str, dict[str, Any]]]:
    async with world.database.read() as connection:
        entries = await read_iteration(connection, i, 0)
    return [(one.sentence, dict(one.detail)) for one in entries if one.type == "iteration.terms_changed"]


async def test_terms_are_set_changed_and_cleared_and_the_log_says_what_they_were(world: World) -> None:
    i = await world.iteration(PLAN, live=False)
    assert await terms(world, i) == UNSET
    arno, version = world.people["Arno"], (await shown(world, i))["version"]
    await change(
        world,
        i,
        version=version,
        window_start=NIGHT - HOUR,
        window_end=NIGHT + 9 * HOUR,
        data_volume=12.5,
        decider_id=arno.id,
        decision_seconds=900,
        blackouts=[Blackout(NIGHT + 2 * HOUR, NIGHT + 3 * HOUR, "Backup of the storage")],
    )
    said = await terms(world, i)
    assert said["decider"] == {"id": str(arno.id), "name": "Arno"}
    assert (said["dataVolume"], said["decisionSeconds"]) == (12.5, 900)
    assert [one["reason"] for one in said["blackouts"]] == ["Backup of the storage"]
    await change(world, i, decision_seconds=None, decider_id=None, data_volume=None)
    assert await terms(world, i) == said | {"dataVolume": None, "decider": None, "decisionSeconds": 1800}
    (first, _), (second, detail) = await events(world, i)
    assert first == (
        "Priya changed the start of the window, the end of the window, the data volume, the decider, the time for"
        " deciding and the blackouts of CUTOVER"
    )
    assert second == "Priya changed the data volume, the decider and the time for deciding of CUTOVER"
    assert detail["before"] == {
        "dataVolume": 12.5,
        "decider": {"id": str(arno.id), "name": "Arno"},
        "decisionSeconds": 900,
        "version": version + 1,
    }
    assert detail["after"] == {
        "dataVolume": None,
        "decider": None,
        "decisionSeconds": 1800,
        "version": version + 2,
    }


async def test_the_same_again_writes_nothing(world: World) -> None:
    i = await world.iteration(PLAN, live=False)
    await change(world, i, data_volume=3)
    version = (await shown(world, i))["version"]
    await change(world, i, data_volume=3.0, blackouts=None)
    assert (await shown(world, i))["version"] == version
    assert len(await events(world, i)) == 1


async def test_blackouts_that_overlap_become_one(world: World) -> None:
    i = await world.iteration(PLAN)
    at = [NIGHT + n * HOUR for n in range(9)]
    given = [
        Blackout(at[6], at[7], "Reports"),
        Blackout(at[1], at[3], "Backup"),
        Blackout(at[2], at[4], "Patching"),
        Blackout(at[4], at[5], "Reboot"),
        Blackout(at[1], at[2], "Backup"),
    ]
    await change(world, i, blackouts=given)
    kept = (await terms(world, i))["blackouts"]
    spans = [(datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])) for one in kept]
    assert spans == [(at[1], at[4]), (at[4], at[5]), (at[6], at[7])]
    assert [one["reason"] for one in kept] == ["Backup; Patching", "Reboot", "Reports"]


BAD = [
    ({"window_end": NIGHT}, "windowEnd", "the iteration begins at"),
    (
        {"window_start": NIGHT + 5 * HOUR, "window_end": NIGHT + 4 * HOUR},
        "windowEnd",
        "The window would end at",
    ),
    ({"blackouts": [Blackout(NIGHT + HOUR, NIGHT + HOUR)]}, "blackouts", "A blackout would end at"),
    ({"blackouts": [Blackout(NIGHT, NIGHT + timedelta(days=32))]}, "blackouts", "longer than 31 days"),
    (
        {"window_end": NIGHT + 2 * HOUR, "blackouts": [Blackout(NIGHT - HOUR, NIGHT + 3 * HOUR)]},
        "blackouts",
        "cover the whole window",
    ),
    (  # two that touch leave as little as one
        {
            "window_end": NIGHT + 3 * HOUR,
            "blackouts": [Blackout(NIGHT + HOUR, NIGHT + 4 * HOUR), Blackout(NIGHT - HOUR, NIGHT + HOUR)],
        },
        "blackouts",
        "cover the whole window",
    ),
    (
        {"blackouts": [Blackout(NIGHT + 2 * n * HOUR, NIGHT + (2 * n + 1) * HOUR) for n in range(51)]},
        "blackouts",
        "the most is 50",
    ),
]


@pytest.mark.parametrize(("values", "field", "sentence"), BAD)
async def test_terms_that_make_no_sense_are_refused_in_words(
    world: World, values: dict[str, Any], field: str, sentence: str
) -> None:
    i = await world.iteration(PLAN, live=False)
    with pytest.raises(Invalid, match=sentence) as caught:
        await change(world, i, **values)
    assert caught.value.params["field"] == field
    assert caught.value.sentence.endswith("Nothing was changed.")
    assert await terms(world, i) == UNSET


@pytest.mark.parametrize("who", ["Dana", "Vera"])
async def test_only_an_approver_or_a_pilot_decides_to_turn_back(world: World, who: str) -> None:
    i = await world.iteration(PLAN, live=False)
    with pytest.raises(Invalid, match="is neither") as caught:
        await change(world, i, decider_id=world.people[who].id)
    assert "Arno" in caught.value.hint
    await change(world, i, decider_id=world.people["Marco"].id)
    assert (await terms(world, i))["decider"]["name"] == "Marco"


@pytest.mark.parametrize("who", ["Dana", "Lena", "Arno", "Vera"])
async def test_only_pilots_change_terms(world: World, who: str) -> None:
    i = await world.iteration(PLAN, live=False)
    with pytest.raises(Forbidden, match="Changing the terms of an iteration"):
        await change(world, i, who, data_volume=1)


async def test_whoever_saw_another_version_is_told(world: World) -> None:
    i = await world.iteration(PLAN)
    version = (await shown(world, i))["version"]
    await change(world, i, "Marco", version, data_volume=1)
    with pytest.raises(Refused) as caught:
        await change(world, i, version=version, data_volume=2)
    assert caught.value.code == "iteration_changed"
    assert (await terms(world, i))["dataVolume"] == 1


async def test_they_can_change_while_it_is_live_and_not_once_it_is_over(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await change(world, i, window_end=NIGHT + 3 * HOUR)
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    await world.move("Priya", i, "complete")
    with pytest.raises(Refused) as caught:
        await change(world, i, window_end=NIGHT + 4 * HOUR)
    assert caught.value.code == "iteration_over"
    with pytest.raises(Refused, match="what was agreed on for it stays"):
        await change(world, i, data_volume=12.5, decision_seconds=60)
    assert (await terms(world, i))["dataVolume"] is None
    abandoned = await world.iteration(PLAN, "RUN1", live=False)
    await world.move("Priya", abandoned, "abandon", reason="Not tonight")
    with pytest.raises(Refused, match="RUN1 is abandoned"):
        await change(world, abandoned, data_volume=1)


async def test_how_much_data_was_moved_is_said_once_it_is_known(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    await world.move("Priya", i, "complete")
    with pytest.raises(Forbidden):
        await change(world, i, "Dana", data_volume=12.5)
    for state in ("complete", "closed"):
        volume = 12.5 if state == "complete" else 13.0
        await change(world, i, data_volume=volume)
        assert (await terms(world, i))["dataVolume"] == volume
        told, detail = (await events(world, i))[-1]
        assert told == "Priya changed the data volume of CUTOVER"
        assert detail["after"]["dataVolume"] == volume
        if state == "complete":
            await world.move("Priya", i, "close")


async def test_a_window_may_be_said_when_the_iteration_is_made(world: World) -> None:
    version = await insert_plan(world, PLAN)
    caller = Caller(world.people["Priya"])
    start, end = NIGHT - HOUR, NIGHT + HOUR
    made = CreateIteration(version, "RUN1", IterationKind.RUN, NIGHT, end, window_start=start)
    view = await shown(world, await create_iteration(world.services, caller, made))
    assert datetime.fromisoformat(view["windowStart"]) == start.astimezone(UTC)
    late = CreateIteration(version, "RUN2", IterationKind.RUN, NIGHT, end, window_start=end)
    with pytest.raises(Invalid, match="over before it begins"):
        await create_iteration(world.services, caller, late)


async def test_a_step_shows_what_it_undoes_and_by_whom_it_is_undone(world: World) -> None:
    plan = plan_of(
        step("TRT-1"),
        step("TRT-2", "TRT-1", scope=("cutover",)),
        rollback=(step("TRT-8", undoes=("TRT-2", "TRT-1")), step("TRT-9", undoes=("TRT-1",))),
    )
    i = await world.iteration(plan, "RUN1", live=False)

    async def detail(code: str) -> dict[str, list[tuple[str, bool]]]:
        async with world.database.read() as connection:
            found = await step_detail(connection, world.people["Dana"], i, code)
        return {
            name: [(one["code"], one["inScope"]) for one in found[name]] for name in ("undoes", "undoneBy")
        }

    assert await detail("TRT-8") == {"undoes": [("TRT-1", True), ("TRT-2", False)], "undoneBy": []}
    assert await detail("TRT-1") == {"undoes": [], "undoneBy": [("TRT-8", True), ("TRT-9", True)]}


async def test_other_blackouts_plan_the_steps_anew_until_the_night_begins(world: World) -> None:
    i = await world.iteration(PLAN, live=False)
    minutes = timedelta(minutes=1)

    async def planned() -> list[tuple[float, float]]:
        query = text(
            "SELECT planned_start, planned_end FROM iteration_steps WHERE iteration_id = :i ORDER BY position"
        )
        async with world.database.read() as connection:
            rows = (await connection.execute(query, {"i": i})).all()
        return [((start - NIGHT) / minutes, (end - NIGHT) / minutes) for start, end in rows]

    assert await planned() == [(0, 10), (10, 20)]
    dark = Blackout(NIGHT + 5 * minutes, NIGHT + 65 * minutes, "Backup of the storage")
    await change(world, i, blackouts=[dark])
    assert await planned() == [(0, 70), (70, 80)]
    await world.move("Priya", i, "start", comms=Comms.OFF)
    await change(world, i, blackouts=[])
    assert await planned() == [(0, 70), (70, 80)]
