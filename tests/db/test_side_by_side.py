"""Three iterations of the bank's plan side by side: each its own, frozen, with its own scope and environments."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, insert_plan, plan_of, step, tasks
from tminus.entry.demo.bank import bank_plan
from tminus.kernel.errors import Invalid, Refused, Unavailable
from tminus.people.domain.rights import Person
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.commands.plan_import import import_plan
from tminus.runbook.commands.plan_prepare import PlanSource
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import IterationKind
from tminus.runbook.queries.board import board
from tminus.runbook.readers.plan_writer import plan_as_yaml
from tminus.runbook.store.plans import load_plan

MACHINE = Person(None, "cli:test", machine=True)
ALL = {"NEW": "REH", "OLD": "REH", "REPORT": "REH"}
_FROZEN = text(
    """
    SELECT coalesce(md5(string_agg(s::text || x::text, '' ORDER BY s.position)), '') FROM iteration_steps AS s
    JOIN iteration_step_texts AS x ON x.step_id = s.id WHERE s.iteration_id = :i
    """
)


async def test_the_bank_goes_in_whole_and_three_iterations_never_touch_each_other(world: World) -> None:
    plan = bank_plan()
    source = PlanSource("bank.yaml", plan_as_yaml(plan).encode())
    prepared, imported = await import_plan(world.database, Caller(MACHINE), source)
    assert imported is not None, prepared.findings[:3]
    async with world.database.read() as connection:
        assert plan_as_yaml(await load_plan(connection, imported.version_id)) == plan_as_yaml(plan)
    _, changed = await import_plan(world.database, Caller(MACHINE), source)
    assert changed is not None
    assert changed.changes == 0
    pilot = await _pilot(world, imported.migration_id)
    await approve_version(world.database, Caller(pilot), ApproveVersion(imported.version_id))
    made = {}
    for name, kind in (
        ("RUN1", IterationKind.RUN),
        ("DR1", IterationKind.DRESS_REHEARSAL),
        ("CUTOVER", IterationKind.CUTOVER),
    ):
        command = CreateIteration(imported.version_id, name, kind, NIGHT, environments=ALL)
        made[name] = await create_iteration(world.services, Caller(pilot), command)
    async with world.database.read() as connection:
        boards = {name: await board(connection, pilot, key) for name, key in made.items()}
    out = {name: sum(not row["inScope"] for row in found["steps"]) for name, found in boards.items()}
    assert out["CUTOVER"] == 0 < out["DR1"] < out["RUN1"]
    for name, found in boards.items():
        assert found["iteration"]["outOfScopeCount"] == out[name]
        counted = [row for row in found["steps"] if row["inScope"] and not row["dormant"]]
        assert found["iteration"]["progress"]["total"] == len(counted)
    assert boards["RUN1"]["iteration"]["environments"][0]["environmentName"] == "Rehearsal"
    async with world.database.read() as connection:
        before = (await connection.execute(_FROZEN, {"i": made["DR1"]})).scalar_one()
    await world.move_as(pilot, made["RUN1"], "schedule")
    await world.move_as(pilot, made["RUN1"], "start")
    async with world.database.read() as connection:
        assert (await connection.execute(_FROZEN, {"i": made["DR1"]})).scalar_one() == before


async def test_a_role_that_does_not_resolve_is_refused_by_name(world: World) -> None:
    source = PlanSource("bank.yaml", plan_as_yaml(bank_plan()).encode())
    _, imported = await import_plan(world.database, Caller(MACHINE), source)
    assert imported is not None
    pilot = await _pilot(world, imported.migration_id)
    await approve_version(world.database, Caller(pilot), ApproveVersion(imported.version_id))
    for environments, error, words in (
        ({"NEW": "REH", "OLD": "REH"}, Refused, r"It is not said which environment is REPORT \(\d+ steps\)"),
        ({**ALL, "NEW": "MOON"}, Invalid, "There is no environment MOON"),
    ):
        command = CreateIteration(
            imported.version_id, "RUN1", IterationKind.RUN, NIGHT, environments=environments
        )
        with pytest.raises(error, match=words):
            await create_iteration(world.services, Caller(pilot), command)


async def _pilot(world: World, migration_id: UUID) -> Person:
    priya = world.people["Priya"]
    return replace(priya, roles={**priya.roles, migration_id: priya.roles[world.migration_id]})


async def test_an_iteration_whose_making_is_killed_half_way_was_never_there(world: World) -> None:
    version = await insert_plan(
        world, plan_of(step("TRT-1", tasks=tasks("TRT-1", 2)), step("TRT-2", "TRT-1"))
    )
    command = CreateIteration(version, "RUN1", IterationKind.RUN, NIGHT)
    async with world.database.engine.connect() as other:
        await other.execute(text("LOCK TABLE iteration_tasks IN ACCESS EXCLUSIVE MODE"))
        making = asyncio.create_task(create_iteration(world.services, Caller(world.people["Priya"]), command))
        waits = text("SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'iteration_tasks'::regclass")
        while (found := (await other.execute(waits)).scalar_one_or_none()) is None:  # noqa: ASYNC110 - see below
            await asyncio.sleep(0.01)  # a lock that is waited for tells nobody
        await other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": found})
        with pytest.raises(Unavailable):
            await making
        await other.rollback()
    async with world.database.read() as connection:
        for table in ("iterations", "iteration_chapters", "iteration_steps", "iteration_tasks"):
            assert (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one() == 0  # noqa: S608 - our tables
    made = await create_iteration(world.services, Caller(world.people["Priya"]), command)
    async with world.database.read() as connection:
        there = (await connection.execute(text("SELECT id FROM iterations"))).scalars().all()
    assert list(there) == [made]
