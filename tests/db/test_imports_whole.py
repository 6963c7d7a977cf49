"""What could not be carried out is an error of the import already, as it is of a plan file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.db.importing import ALL, Desk, desk_of
from tests.world import World
from tminus.runbook.domain.plan_check import check_plan

HEAD = "Kind,Code,Name,Type,Macro-phase,Chapter,Duration,Predecessors,Rollback,Scope\n"
GROUPS = "macroPhase,A,All,,,,,,,\nchapter,A1,One,,A,,,,,\nchapter,A2,Two,,A,,,,,\n"
STEPS = "step,TRT-1,First,TRT,A,A1,10m,,,\nstep,TRT-2,Second,TRT,A,A2,10m,TRT-1,,\n"


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return desk_of(world, tmp_path)


async def errors(desk: Desk, rows: str, accept: tuple[str, ...] = ()) -> dict[str, str | None]:
    batch = await desk.bring((HEAD + rows).encode(), "night.csv", accept)
    found = {row.code: row.subject for row in await desk.found(batch) if row.severity == "error"}
    assert bool(found) == bool(batch.totals["blocking"]) or accept
    return found


async def test_what_is_sound_has_no_errors(desk: Desk) -> None:
    assert await errors(desk, GROUPS + STEPS) == {}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (GROUPS.replace("chapter,A1,One,,A,,,,", "chapter,A1,One,,A,,,A2,"), ("cycle", "TRT-2")),
        (GROUPS.replace("chapter,A1,One,,A,,,,", "chapter,A1,One,,A,,,TRT-2,"), ("cycle", "TRT-2")),
        (GROUPS.replace("chapter,A2,Two,,A,,,,", "chapter,A2,Two,,A,,,A,"), ("link_into_itself", "A2")),
        (GROUPS.replace("macroPhase,A,All,,,,,,", "macroPhase,A,All,,,,,TRT-2,"), ("link_into_itself", "A")),
        (GROUPS.replace("chapter,A1,One,,A,,,,,", "chapter,A1,One,,A,,,,yes,"), ("waits_for_rollback", "TRT-2")),
        (GROUPS + "step,DUM-1,Then,DUM,A,A1,5m,,,\n", ("milestone_with_duration", "DUM-1")),
        (GROUPS + "type,TRT,Mine,,,,,,,\n", ("standard_type", "TRT")),
    ],
)  # fmt: skip
async def test_what_could_not_be_carried_out_is_told(
    desk: Desk, rows: str, expected: tuple[str, str]
) -> None:
    assert await errors(desk, rows + STEPS) == dict([expected])


async def test_a_circle_through_chapters_is_broken_by_its_repair(desk: Desk) -> None:
    rows = GROUPS.replace("chapter,A1,One,,A,,,,", "chapter,A1,One,,A,,,A2,") + STEPS
    batch = await desk.bring((HEAD + rows).encode(), "night.csv", ALL)
    assert (batch.totals["errors"], batch.totals["blocking"]) == (1, 0)
    (found,) = await desk.found(batch, "cycle")
    assert found.mended
    plan = await desk.plan((await desk.commit(batch)).version_id)
    assert [one for one in check_plan(plan) if one.is_error] == []
    # Of the two links that close it, the one that stands last in the file is dropped.
    assert [link.code for chapter in plan.chapters() for link in chapter.after] == ["A2"]
    assert [step.after for step in plan.steps()] == [(), ()]


UNDOING = "Kind,Code,Name,Macro-phase,Chapter,Rollback,Undoes\n"
BACK = "chapter,R1,Back,A,,yes,\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("step,TRT-8,Back,A,R1,,TRT-1; TRT-2\n", {}),
        ("step,TRT-8,Back,A,R1,,TRT-7\n", {"unknown_undone": "TRT-8"}),
        ("step,TRT-8,Back,A,R1,,A1\n", {"unknown_undone": "TRT-8"}),
        ("step,TRT-8,Back,A,R1,,TRT-8\n", {"undoes_itself": "TRT-8"}),
        ("step,TRT-8,Back,A,R1,,TRT-1\nstep,TRT-9,Also,A,R1,,TRT-8\n", {"undoes_rollback": "TRT-9"}),
        ("step,TRT-8,On,A,A2,,TRT-1\n", {"undoes_outside_rollback": "TRT-8"}),
    ],
)
async def test_what_a_table_says_of_undoing_is_checked(
    desk: Desk, rows: str, expected: dict[str, str]
) -> None:
    await desk.commit(await desk.bring((HEAD + GROUPS + STEPS).encode(), "night.csv"))
    batch = await desk.bring((UNDOING + BACK + rows).encode(), "night.csv")
    found = {row.code: row.subject for row in await desk.found(batch) if row.severity == "error"}
    assert found == expected


async def test_what_a_step_undoes_is_taken_from_a_table_changed_by_it_and_cleared(desk: Desk) -> None:
    await desk.commit(await desk.bring((HEAD + GROUPS + STEPS).encode(), "night.csv"))

    async def after(undoes: str) -> list[tuple[str, ...]]:
        rows = f'{BACK}step,TRT-8,Back,A,R1,,"{undoes}"\n'
        batch = await desk.bring((UNDOING + rows).encode(), "night.csv")
        plan = await desk.plan((await desk.commit(batch)).version_id)
        return [step.undoes for step in plan.steps() if step.code == "TRT-8"]

    assert await after("TRT-2, TRT-1") == [("TRT-1", "TRT-2")]
    assert await after("TRT-2") == [("TRT-2",)]
    assert await after("") == [()]
