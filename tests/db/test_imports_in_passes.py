"""Repairs accepted in two passes come to the plan that accepting them at once comes to; nothing is there twice."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.broken.kit import json_of, page, zip_of
from tests.confluence_export import confluence_export
from tests.db.importing import ALL, Desk, desk_of
from tests.world import World
from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_diff import diff

STOPPING = ("cycle", "duplicate_code", "null_number")
FIRST = {
    "what stops it": STOPPING,
    "all but the tasks": tuple(kind for kind in ALL if kind != "task_not_under_its_step"),
    "all but the links": tuple(kind for kind in ALL if not kind.endswith("_predecessor")),
    "all but the words": tuple(
        kind for kind in ALL if kind not in ("html_entity", "team_variant", "unknown_type")
    ),
}
PAGES = confluence_export(300, 7).files()


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return desk_of(world, tmp_path)


async def taken_over(desk: Desk, data: bytes, accept: tuple[str, ...], **more: Any) -> UUID:
    return (await desk.commit(await desk.bring(data, accept=accept, **more))).version_id


def differences(plan: Plan, other: Plan) -> list[tuple[str, ...]]:
    """What differs of the plans themselves: a team that a spelling has made stays in its migration."""
    found = diff(plan, replace(other, name=plan.name)).items
    return [
        (one.kind, one.code, one.change, *one.fields) for one in found if one.kind not in ("team", "plan")
    ]


@pytest.mark.parametrize("first", FIRST.values(), ids=FIRST)
async def test_some_repairs_and_then_all_is_all_at_once(desk: Desk, first: tuple[str, ...]) -> None:
    data = zip_of(PAGES)
    once = await desk.plan(await taken_over(desk, data, ALL, plan="Once"))
    some = await desk.plan(await taken_over(desk, data, first, plan="Twice"))
    assert differences(some, once)
    then = await desk.plan(await taken_over(desk, data, ALL, plan="Twice"))
    assert differences(then, once) == []
    again = await desk.bring(data, accept=ALL, plan="Twice")
    assert await desk.changes(again) == []


async def test_all_repairs_and_then_few_has_no_task_twice(desk: Desk) -> None:
    data = zip_of(PAGES)
    await taken_over(desk, data, ALL)
    fewer = await desk.plan(await taken_over(desk, data, STOPPING))
    codes = [task.code for step in fewer.steps() for task in step.tasks]
    assert (
        len(codes)
        == len(set(codes))
        == sum(len(one["task_list"]) for _, one in confluence_export(300, 7).pages)
    )


def tasks(plan: Plan) -> dict[str, str]:
    return {task.code: task.title for step in plan.steps() for task in step.tasks}


STRAY = zip_of(
    {
        "TRT-12.json": json_of(
            page(task_list=[{"instruction_id": "OLD-12-1", "instruction_title": "Stop the queue"}])
        )
    }
)


async def test_a_task_that_two_passes_had_doubled_is_one_again(desk: Desk) -> None:
    await taken_over(desk, STRAY, (), plan="Night")
    doubled = b"Kind,Step,Code,Name,Instructions\ntask,TRT-12,TRT-12-1,Stop the queue,Formerly OLD-12-1.\n"
    both = await desk.plan(await taken_over(desk, doubled, (), name="more.csv", plan="Night"))
    assert set(tasks(both)) == {"OLD-12-1", "TRT-12-1"}
    healed = await desk.plan(await taken_over(desk, STRAY, ALL, plan="Night"))
    assert tasks(healed) == {"TRT-12-1": "Stop the queue"}


async def test_no_number_of_somebody_elses_task_is_given_away(desk: Desk) -> None:
    await taken_over(desk, STRAY, (), plan="Night")
    own = b"Kind,Step,Code,Name\ntask,TRT-12,TRT-12-1,Call the bank\n"
    await taken_over(desk, own, (), name="own.csv", plan="Night")
    then = await desk.plan(await taken_over(desk, STRAY, ALL, plan="Night"))
    assert tasks(then) == {"TRT-12-1": "Call the bank", "TRT-12-2": "Stop the queue"}
    again = await desk.bring(STRAY, accept=ALL, plan="Night")
    assert await desk.changes(again) == []
