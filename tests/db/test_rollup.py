"""The roll-up and the Now list of a real night, against a count by hand of the board's rows."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import insert, text, update

from tests.world import NIGHT, World, plan_of, step
from tminus.kernel.errors import Forbidden, NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Person
from tminus.runbook.domain.plan import Chapter, Dependency, MacroPhase, Plan
from tminus.runbook.queries.board import board
from tminus.runbook.queries.migrations import migration_view
from tminus.runbook.queries.now import now_list
from tminus.runbook.queries.rollup import rollup
from tminus.runbook.store import tables

OVER = ("complete", "skipped", "cancelled")
ACTIONS = (
    "activate",
    "start",
    "start",
    "complete",
    "complete",
    "skip",
    "fail",
    "block",
    "unblock",
    "retry",
    "cancel",
)


def night(chance: random.Random) -> Plan:
    """Two macro-phases of three chapters, links at random, always backwards; and a way back."""
    codes: list[str] = []
    phases = []
    for phase in "AB":
        chapters = []
        for number in (1, 2, 3):
            steps = []
            for _ in range(chance.randint(1, 5)):
                code = f"TRT-{len(codes) + 1}"
                after = chance.sample(codes, min(len(codes), chance.randint(0, 2)))
                steps.append(step(code, *after, minutes=chance.randint(0, 40)))
                codes.append(code)
            chapters.append(Chapter(f"{phase}{number}", f"Chapter {phase}{number}", steps=tuple(steps)))
        phases.append(MacroPhase(phase, f"Phase {phase}", tuple(chapters)))
    back = Chapter("R1", "Back", rollback=True, steps=(step("TRT-900", minutes=30),))
    return Plan("Night", macro_phases=(*phases, MacroPhase("R", "Back", (back,))))


async def read(world: World, iteration_id: UUID, query: Any, who: str = "Vera") -> dict[str, Any]:
    async with world.database.read() as connection:
        found: dict[str, Any] = await query(connection, world.people[who], iteration_id)
    return found


async def impede(
    world: World, iteration_id: UUID, number: int, severity: str, code: str | None = None
) -> None:
    async with world.database.engine.begin() as connection:
        found = await connection.execute(
            text("SELECT id FROM iteration_steps WHERE iteration_id = :i AND code = :code"),
            {"i": iteration_id, "code": code},
        )
        await connection.execute(
            insert(tables.impediments).values(
                id=new_id(),
                migration_id=world.migration_id,
                iteration_id=iteration_id,
                number=number,
                step_id=found.scalar_one_or_none(),
                title=f"Trouble {number}",
                severity=severity,
                opened_by="Priya",
                opened_at=NIGHT,
            )
        )


def is_late(row: dict[str, Any], now: datetime) -> bool:
    if row["state"] in OVER:
        return False
    started = row["startedAt"] and datetime.fromisoformat(row["startedAt"])
    planned = datetime.fromisoformat(row["plannedStart"])
    due = datetime.fromisoformat(row["plannedEnd"]) if started else planned
    minute = timedelta(minutes=1)
    return now - due > minute or bool(started and started - planned > minute)


def by_hand(rows: list[dict[str, Any]], now: datetime) -> dict[str, Any]:
    """What a chapter's roll-up must say, counted row by row."""
    rows = [row for row in rows if row["inScope"] and not row["dormant"]]
    done = [row for row in rows if row["state"] in ("complete", "skipped")]
    total = sum(row["durationSeconds"] for row in rows)
    weighed = sum(row["durationSeconds"] for row in done)
    return {
        "counts": dict(Counter(row["state"] for row in rows)),
        "total": len(rows),
        "done": len(done),
        "percent": int(1000 * weighed / total) / 10 if total else None,
        "overdue": sum(is_late(row, now) for row in rows),
    }


def said(of: dict[str, Any]) -> dict[str, Any]:
    return {**of["progress"], "overdue": of["overdue"]}


@pytest.mark.parametrize("seed", range(4))
async def test_the_rollup_is_what_one_counts_by_hand(world: World, seed: int) -> None:
    chance = random.Random(seed)
    i = await world.iteration(night(chance))
    now = NIGHT
    for _ in range(60):
        now += timedelta(minutes=chance.randint(0, 6))
        await world.at(now)
        rows = (await read(world, i, board, "Priya"))["steps"]
        pressable = [row for row in rows if set(row["allowedActions"]) & set(ACTIONS)]
        if not pressable:
            break
        row = chance.choice(pressable)
        action = chance.choice([one for one in ACTIONS if one in row["allowedActions"]])
        more = {"reason": "because"} if action in ("skip", "fail", "block", "cancel") else {}
        try:
            await world.press("Priya", i, row["code"], action, version=row["version"], **more)
        except Refused:
            continue
    found, whole = await read(world, i, rollup), await read(world, i, board)
    rows = whole["steps"]
    assert said(found["iteration"]) == by_hand(rows, now)
    assert found["iteration"]["progress"] == whole["iteration"]["progress"]
    assert found["seq"] == whole["seq"]
    for chapter in found["chapters"]:
        own = [row for row in rows if row["chapterId"] == chapter["id"]]
        assert said(chapter) == by_hand(own, now), chapter["code"]
        begun = [row["startedAt"] for row in own if row["startedAt"]]
        assert (chapter["actualStart"] is None) <= (not begun)
    for phase in found["macroPhases"]:
        inside = {one["id"] for one in found["chapters"] if one["macroPhaseId"] == phase["id"]}
        assert said(phase) == by_hand([row for row in rows if row["chapterId"] in inside], now)
    assert next(one for one in found["chapters"] if one["code"] == "R1")["state"] == "dormant"


async def test_a_rollback_chapter_counts_once_it_has_woken(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), rollback=(step("TRT-9"),)))
    async with world.database.engine.begin() as connection:
        steps = tables.iteration_steps
        await connection.execute(update(steps).where(steps.c.iteration_id == i).values(dormant=False))
    found = await read(world, i, rollup)
    assert [one["progress"]["total"] for one in found["chapters"]] == [1, 1]
    assert found["iteration"]["progress"]["total"] == 2


async def test_an_impediment_lights_its_chapter_the_iteration_and_the_migration(world: World) -> None:
    a = Chapter("A1", "One", steps=(step("TRT-1"),))
    b = Chapter("B1", "Two", steps=(step("TRT-2"),))
    i = await world.iteration(Plan("Plan", macro_phases=(MacroPhase("P", "All", (a, b)),)))
    before = await read(world, i, rollup)
    assert {one["rag"]["color"] for one in (before["iteration"], *before["chapters"])} == {"grey"}
    await impede(world, i, 1, "HIGH", "TRT-1")
    found = await read(world, i, rollup)
    assert [one["rag"]["color"] for one in found["chapters"]] == ["amber", "grey"]
    assert found["chapters"][0]["impediments"] == {"CRITICAL": 0, "HIGH": 1, "MEDIUM": 0, "LOW": 0}
    assert "TRT-1" in found["iteration"]["rag"]["reason"]
    # of the whole iteration: red for it, while its chapters stay as they are
    await impede(world, i, 2, "CRITICAL")
    found = await read(world, i, rollup)
    assert [one["rag"]["color"] for one in found["chapters"]] == ["amber", "grey"]
    assert found["iteration"]["rag"]["color"] == "red"
    light = (await read(world, world.migration_id, migration_view))["rag"]
    assert light["color"] == "red"
    assert light["reason"].startswith("CUTOVER: ")
    async with world.database.engine.begin() as connection:
        await connection.execute(update(tables.impediments).values(state="resolved"))
    assert (await read(world, i, rollup))["iteration"]["rag"]["color"] == "grey"
    assert (await read(world, world.migration_id, migration_view))["rag"]["color"] == "grey"


async def test_now_is_what_is_in_hand_worst_first(world: World) -> None:
    plan = plan_of(
        step("TRT-1", minutes=100),
        step("TRT-2", minutes=100),
        step("TRT-3"),
        step("TRT-4"),
        step("TRT-5", "TRT-2", minutes=60),
        step("TRT-6", Dependency("TRT-5"), minutes=5),
        rollback=(step("TRT-9"),),
    )
    i = await world.iteration(plan)
    for code in ("TRT-1", "TRT-2", "TRT-3"):
        await world.press("Priya", i, code, "start")
    assert [line["code"] for line in (await read(world, i, now_list))["items"]] == [
        "TRT-2",
        "TRT-1",
        "TRT-3",
        "TRT-4",
    ]
    await world.press("Priya", i, "TRT-1", "fail", reason="Disk full")
    await world.at(NIGHT + timedelta(minutes=12))
    found = await read(world, i, now_list)
    assert [(line["code"], line["why"]) for line in found["items"]] == [
        ("TRT-1", "failed"),
        ("TRT-4", "late"),
        ("TRT-3", "late"),
        ("TRT-2", "running"),
    ]
    failed, ready, _, running = found["items"]
    assert failed["reason"] == "Disk full"
    assert ready["lateSeconds"] == 12 * 60
    assert running["behindSeconds"] == 65 * 60
    assert running["since"] == "2026-11-21T20:30:00.000000Z"
    assert running["team"]["name"] == "Databases"
    assert found["total"] == 4
    # what the finish waits for moves up as soon as it is in hand
    await world.press("Priya", i, "TRT-2", "complete")
    codes = [line["code"] for line in (await read(world, i, now_list))["items"]]
    assert "TRT-5" in codes
    assert "TRT-2" not in codes


async def test_who_may_not_see_is_told_so(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    world.people["Nora"] = Person(new_id(), "Nora", "nora@erp.example", roles={}, teams=frozenset())
    for query in (rollup, now_list):
        with pytest.raises(Forbidden):
            await read(world, i, query, "Nora")
        with pytest.raises(NotFound):
            await read(world, new_id(), query)
