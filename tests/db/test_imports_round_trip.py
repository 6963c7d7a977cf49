"""What goes out comes back as it was, whatever the format; and laying rows over a plan is what the pure rules say."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, TypeVar
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.db.importing import Desk, desk_of
from tests.unit.plan_strategies import plans
from tests.unit.staged_plan import patch_of, rows_of, source
from tests.unit.test_table_round_trip import examples, writable
from tests.world import World
from tminus.kernel.ids import new_id
from tminus.runbook.domain.plan import (
    Behaviour,
    Chapter,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    map_steps,
)
from tminus.runbook.domain.plan_canonical import normal
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_diff import diff
from tminus.runbook.domain.plan_facts import PlanFacts
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.domain.plan_patch import ABSENT
from tminus.runbook.readers.msproject.writer import plan_as_msproject
from tminus.runbook.readers.plan_writer import plan_as_yaml
from tminus.runbook.readers.table.csv import read_csv
from tminus.runbook.readers.table.writer import plan_as_csv
from tminus.runbook.readers.table.xlsx_writer import plan_as_xlsx
from tminus.runbook.store.imports import difference, from_plan, things
from tminus.runbook.store.imports.fields import TYPES

FORMATS: dict[str, Callable[[Plan], bytes]] = {
    "night.csv": lambda plan: "".join(plan_as_csv(plan)).encode(),
    "night.xlsx": plan_as_xlsx,
    "night.xml": lambda plan: plan_as_msproject(plan).encode(),
    "night.yaml": lambda plan: plan_as_yaml(plan).encode(),
}
WHOLE = ("night.csv", "night.xlsx", "night.yaml")
MANY = settings(
    max_examples=8,
    deadline=None,
    # Each example is a story in the database: to make a failing one smaller would take minutes.
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    # One database for all examples: each has a migration of its own.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return desk_of(world, tmp_path)


def placed(plan: Plan) -> Plan:
    """The plan in a migration that nobody has yet."""
    return replace(plan, migration=MigrationRef(f"M-{new_id().hex[:20].upper()}", "Here", "Europe/Paris"))


Node = TypeVar("Node", Step, Chapter, MacroPhase)


def sound(plan: Plan) -> Plan:
    """The plan without what could not be carried out: milestones that take time, waiting for the way back."""

    def fine(step: Step) -> Step:
        idle = step.behaviour is Behaviour.MILESTONE
        return replace(step, duration_seconds=0 if idle else step.duration_seconds)

    timed = replace(plan, macro_phases=tuple(map_steps(phase, fine) for phase in plan.macro_phases))
    asleep = PlanFacts.of(timed).rollback

    def after(node: Node) -> Node:
        kept = tuple(one for one in node.after if node.code in asleep or one.code not in asleep)
        return replace(node, after=kept)

    def chapter(one: Chapter) -> Chapter:
        return replace(after(one), steps=tuple(after(step) for step in one.steps))

    def phase(one: MacroPhase) -> MacroPhase:
        return replace(after(one), chapters=tuple(chapter(each) for each in one.chapters))

    return replace(timed, macro_phases=tuple(phase(one) for one in timed.macro_phases))


def whole_lags(plan: Plan) -> Plan:
    """With lags that MS Project can hold: tenths of a minute."""

    def after(node: Node) -> Node:
        links = (replace(one, lag_seconds=round(one.lag_seconds / 6) * 6) for one in node.after)
        return replace(node, after=tuple(links))

    phases = (
        replace(
            after(phase),
            chapters=tuple(
                replace(after(one), steps=tuple(after(step) for step in one.steps)) for one in phase.chapters
            ),
        )
        for phase in plan.macro_phases
    )
    return replace(plan, macro_phases=tuple(phases))


async def errors_of(desk: Desk, batch: Any) -> list[str]:
    return [row.message for row in await desk.found(batch) if row.severity == "error"]


async def laid_down(desk: Desk, plan: Plan, name: str = "night.yaml") -> Plan:
    """Import a plan as a new one, by a file of this format; what stands then."""
    batch = await desk.bring(FORMATS[name](plan), name)
    assert await errors_of(desk, batch) == []
    done = await desk.commit(batch)
    return await desk.plan(done.version_id)


async def assert_unchanged(desk: Desk, plan: Plan, name: str) -> None:
    batch = await desk.bring(FORMATS[name](plan), name)
    assert await errors_of(desk, batch) == [], name
    assert await desk.changes(batch) == [], name
    assert (await desk.commit(batch)).changes == 0


@pytest.mark.parametrize("plan", examples(), ids=lambda plan: plan.name)
async def test_the_example_plans_survive_every_format(desk: Desk, plan: Plan) -> None:
    for name in WHOLE:
        there = placed(plan)
        stands = await laid_down(desk, there, name)
        assert stands == normal(there), name
        for other in FORMATS:
            await assert_unchanged(desk, stands, other)


@MANY
@given(plans().map(sound))
async def test_any_plan_survives_every_format(desk: Desk, plan: Plan) -> None:
    assume(writable(plan) and not [one for one in check_plan(plan) if one.is_error])
    there = placed(whole_lags(plan))
    stands = await laid_down(desk, there, "night.csv")
    assert stands == normal(there)
    for name in FORMATS if list(plan.steps()) else WHOLE:  # MS Project takes no file without a task
        await assert_unchanged(desk, stands, name)


@MANY
@given(plans().map(sound), st.sampled_from(WHOLE))
async def test_any_plan_lands_whole_as_a_new_one(desk: Desk, plan: Plan, name: str) -> None:
    assume(writable(plan) and not [one for one in check_plan(plan) if one.is_error])
    there = placed(plan)
    assert await laid_down(desk, there, name) == normal(there)


def stirred(plan: Plan, rng: Random) -> Plan:
    """The plan with parts in another order and another place, some of them gone, some of them new."""
    steps = [step for step in plan.steps() if rng.random() > 0.1]
    steps += [Step(f"N-{n}", f"New {n}", duration_seconds=60) for n in range(rng.randrange(3))]
    chapters = [replace(one, steps=()) for one in plan.chapters()] + [Chapter("NEW", "New")]
    homes = {step.code: chapter.code for chapter in plan.chapters() for step in chapter.steps}
    for few, most in ((0.2, steps), (0.2, chapters)):
        if rng.random() < 0.7:
            _shuffle(most, few, rng)
    filled = {one.code: one for one in chapters}
    for step in steps:
        home = homes.get(step.code)
        if home is None or rng.random() < 0.15:
            home = rng.choice(chapters).code
        filled[home] = replace(filled[home], steps=(*filled[home].steps, _restated(step, rng)))
    phases = [replace(phase, chapters=()) for phase in plan.macro_phases] + [MacroPhase("NEWER", "Newer")]
    where = {one.code: phase.code for phase in plan.macro_phases for one in phase.chapters}
    if rng.random() < 0.3:
        rng.shuffle(phases)
    full = {one.code: one for one in phases}
    for chapter in filled.values():
        at = where.get(chapter.code)
        if at is None or rng.random() < 0.15:
            at = rng.choice(phases).code
        full[at] = replace(full[at], chapters=(*full[at].chapters, chapter))
    return replace(plan, macro_phases=tuple(full.values()))


def _shuffle(items: list[Any], part: float, rng: Random) -> None:
    for _ in range(1 + int(len(items) * part)):
        one, other = rng.randrange(len(items) or 1), rng.randrange(len(items) or 1)
        if items:
            items[one], items[other] = items[other], items[one]


def _restated(step: Step, rng: Random) -> Step:
    tasks = list(step.tasks)
    if tasks and rng.random() < 0.3:
        rng.shuffle(tasks)
    changed: dict[str, Any] = {"tasks": tuple(tasks)}
    if rng.random() < 0.3:
        changed["name"] = f"{step.name}!"
    if rng.random() < 0.2:
        changed["labels"] = ("new",)
    if rng.random() < 0.2:
        changed["instructions"] = ""
    if rng.random() < 0.2:
        changed["after"] = step.after[:-1]
    return replace(step, **changed)


async def as_base(connection: AsyncConnection, batch_id: UUID) -> None:
    """Make what was written as a batch's things the plan that is there already."""
    columns = ", ".join(TYPES)
    for statement in (
        "DROP TABLE IF EXISTS base_things, base_links",
        "CREATE TEMP TABLE base_things ON COMMIT DROP AS"  # noqa: S608 - our columns
        f" SELECT kind, code, parent, position, false AS loose, NULL::text AS was, false AS gone, {columns}"
        f" FROM import_things WHERE batch_id = '{batch_id}'",
        "CREATE TEMP TABLE base_links ON COMMIT DROP AS"  # noqa: S608 - likewise
        f" SELECT predecessor, successor, kind, lag_seconds FROM import_thing_links WHERE batch_id = '{batch_id}'",
    ):
        await connection.execute(text(statement))


@settings(MANY, max_examples=40)
@given(plans(), plans(), st.booleans(), st.integers(0, 1_000_000))
async def test_the_difference_in_sql_is_the_one_of_the_pure_rules(
    desk: Desk, before: Plan, other: Plan, like: bool, seed: int
) -> None:
    after = replace(stirred(before, Random(seed)) if like else other, name=before.name)
    one, two = new_id(), new_id()
    async with desk.database.engine.begin() as connection:
        await from_plan.write_plan(connection, one, normal(before))
        await as_base(connection, one)
        await from_plan.write_plan(connection, two, normal(after))
        await things.fetch_things(connection, two)
        await difference.compare(connection, two)
        rows = await difference.changes_of(connection, two, 10_000)
        counted = await difference.count_changes(connection, two)
    expected = diff(normal(before), normal(after))
    found = {(row.kind, row.code): (row.change, frozenset(row.fields)) for row in rows}
    assert found == {
        (item.kind, item.code): (item.change.value, frozenset(item.fields)) for item in expected.items
    }
    assert counted["unchanged"] == expected.unchanged


KEPT = ("Kind", "Code", "Name", "Macro-phase", "Chapter", "Step")


def part_of(plan: Plan, rng: Random) -> bytes:
    """The plan as CSV, with some of its steps and tasks and some of its columns alone."""
    records = list(csv.reader(io.StringIO("".join(plan_as_csv(plan)).removeprefix("\ufeff"), newline="")))
    heading, rows = records[0], records[1:]
    kind, code, step = heading.index("Kind"), heading.index("Code"), heading.index("Step")
    all_columns = rng.random() < 0.3
    columns = [place for place, one in enumerate(heading) if one in KEPT or all_columns or rng.random() < 0.7]
    gone = {row[code] for row in rows if row[kind] == "step" and rng.random() < 0.4}
    chosen = [
        row
        for row in rows
        if not (
            (row[kind] == "step" and row[code] in gone)
            or (row[kind] == "task" and (row[step] in gone or rng.random() < 0.3))
        )
    ]
    out = io.StringIO(newline="")
    csv.writer(out).writerows([row[place] for place in columns] for row in [heading, *chosen])
    return out.getvalue().encode()


def without_group_links(plan: Plan) -> Plan:
    """Steps wander among chapters: what waits for a chapter could then wait for itself."""
    phases = (
        replace(
            phase, after=(), chapters=tuple(replace(one, after=(), rollback=False) for one in phase.chapters)
        )
        for phase in plan.macro_phases
    )
    return replace(plan, macro_phases=tuple(phases))


@settings(MANY, max_examples=20)
@given(plans().map(without_group_links).map(sound), st.integers(0, 1_000_000))
async def test_a_part_of_a_table_laid_over_a_plan_is_what_the_pure_rules_merge(
    desk: Desk, plan: Plan, seed: int
) -> None:
    assume(writable(plan) and not [one for one in check_plan(plan) if one.is_error])
    base = await laid_down(desk, placed(plan))
    rng = Random(seed)
    data = part_of(stirred(base, rng), rng)
    rows = rows_of(read_csv(source(data)))
    described = any(row.kind == "plan" and "description" in row.given for row in rows)
    patch = patch_of(rows) if described else replace(patch_of(rows), description=ABSENT)
    merged = merge(base, patch)
    errors = [*merged.findings, *(one for one in check_plan(merged.plan) if one.is_error)]
    batch = await desk.bring(data, "part.csv")
    found = await errors_of(desk, batch)
    assert bool(found) == bool(errors), (found, errors)
    if not errors:
        done = await desk.commit(batch)
        assert await desk.plan(done.version_id) == normal(merged.plan)
        assert done.changes == len(diff(base, normal(merged.plan)).items)


def test_a_plan_that_is_stirred_is_another_one() -> None:
    plan = examples()[0]
    changed = diff(plan, stirred(plan, Random(3)))
    assert {item.change.value for item in changed.items} == {"added", "changed", "removed"}
    assert {"order", "parent", "name"} <= {field for item in changed.items for field in item.fields}
