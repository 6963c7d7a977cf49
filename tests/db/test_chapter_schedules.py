"""Schedules of chapters: derived, typed, shifted, fitted into the window; what cannot be kept; the baseline anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import NIGHT, World, insert_plan, step
from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.runbook.commands.chapter_schedule import ScheduleCommand, change_schedule
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.chapters.change import TypedChapter
from tminus.runbook.domain.chapters.may import ScheduleAct
from tminus.runbook.domain.chapters.schedule import Seen
from tminus.runbook.domain.plan import Chapter, Dependency, MacroPhase, Plan
from tminus.runbook.domain.state import Comms, IterationKind
from tminus.runbook.queries.chapter_schedule import schedule_preview, schedule_view

Json = dict[str, Any]


def at(minutes: int) -> datetime:
    """So long after T-0."""
    return NIGHT + timedelta(minutes=minutes)


def minute(shown: str) -> int:
    """The minutes after T-0 of a time as it is shown."""
    return round((datetime.fromisoformat(shown) - NIGHT).total_seconds() / 60)


def night() -> Plan:
    """Two hours of A1, one of A2 after it, and half an hour of B1 after both; a way back of an hour."""
    first = Chapter("A1", "Stop", steps=(step("TRT-1", minutes=60), step("TRT-2", "TRT-1", minutes=60)))
    second = Chapter("A2", "Move", steps=(step("TRT-3", "TRT-2", minutes=60),))
    third = Chapter("B1", "Start", steps=(step("TRT-4", minutes=30),), after=(Dependency("A2"),))
    back = Chapter("R1", "Back", rollback=True, steps=(step("TRT-9", minutes=60),))
    return Plan(
        "Plan", macro_phases=(MacroPhase("A", "Down", (first, second)), MacroPhase("B", "Up", (third, back)))
    )


class Planner:
    """An iteration with the hands that plan it."""

    def __init__(self, world: World, iteration: UUID) -> None:
        self.world, self.id = world, iteration

    async def act(self, act: str, who: str = "Priya", **more: Any) -> None:
        command = ScheduleCommand(self.id, ScheduleAct(act), **more)
        await change_schedule(self.world.services, Caller(self.world.people[who]), command)

    async def type(self, code: str, start: int | None, end: int | None = None) -> None:
        begin, over = (None if one is None else at(one) for one in (start, end))
        await self.act("type", chapters=(TypedChapter(code, begin, over),))

    async def look(self, who: str = "Vera") -> Json:
        async with self.world.database.read() as connection:
            return await schedule_view(connection, self.world.people[who], self.id)

    async def chapter(self, code: str) -> Json:
        shown = await self.look()
        return next(one for phase in shown["macroPhases"] for one in phase["chapters"] if one["code"] == code)

    async def planned(self) -> dict[str, tuple[int, int] | None]:
        """Planned minutes of each chapter."""
        shown = await self.look()
        inside = [one for phase in shown["macroPhases"] for one in phase["chapters"]]
        return {
            one["code"]: one["planned"] and (minute(one["planned"]["start"]), minute(one["planned"]["end"]))
            for one in inside
        }

    async def steps(self, which: str = "planned") -> dict[str, tuple[int, int]]:
        """Planned, or baseline, minutes of each step that has any."""
        query = f"""
            SELECT code, {which}_start AS s, {which}_end AS e FROM iteration_steps
            WHERE iteration_id = :i AND {which}_start IS NOT NULL ORDER BY position
        """  # noqa: S608 - one of the test's own two words
        async with self.world.database.read() as connection:
            rows = (await connection.execute(text(query), {"i": self.id})).all()
        return {
            row.code: tuple(round((t - NIGHT).total_seconds() / 60) for t in (row.s, row.e)) for row in rows
        }

    async def codes(self) -> list[tuple[str, str | None]]:
        return [(one["code"], one["chapterCode"]) for one in (await self.look())["conflicts"]]

    async def log(self) -> list[tuple[str, Json]]:
        async with self.world.database.read() as connection:
            rows = await connection.execute(
                text(
                    "SELECT type, detail FROM event_log WHERE type IN ('iteration.schedule_changed', "
                    "'iteration.rebaselined') ORDER BY seq"
                )
            )
            return [(row.type, row.detail) for row in rows]


async def planner(
    world: World, plan: Plan | None = None, *, window: int | None = None, scheduled: bool = True
) -> Planner:
    """Make an iteration whose window ends so many minutes after T-0."""
    version = await insert_plan(world, plan or night())
    command = CreateIteration(
        version, "RUN1", IterationKind.RUN, NIGHT, at(window) if window is not None else None
    )
    iteration = await create_iteration(world.services, Caller(world.people["Priya"]), command)
    if scheduled:
        await world.move("Priya", iteration, "schedule")
    return Planner(world, iteration)


async def test_chapters_are_derived_when_the_iteration_is_made_and_frozen_when_it_is_scheduled(
    world: World,
) -> None:
    of = await planner(world, scheduled=False)
    assert await of.planned() == {"A1": (0, 120), "A2": (120, 180), "B1": (180, 210), "R1": None}
    assert (await of.chapter("A1"))["baseline"] is None
    await world.move("Priya", of.id, "schedule")
    shown = await of.look()
    assert shown["baseline"] == shown["planned"]
    assert all(
        one["baseline"] == one["planned"] for phase in shown["macroPhases"] for one in phase["chapters"]
    )
    assert (await of.chapter("R1"))["dormant"]


async def test_a_typed_start_holds_the_chapters_steps_and_what_follows_them(world: World) -> None:
    of = await planner(world)
    await of.type("A2", 150)
    assert await of.planned() == {"A1": (0, 120), "A2": (150, 210), "B1": (210, 240), "R1": None}
    assert await of.steps() == {
        "TRT-1": (0, 60),
        "TRT-2": (60, 120),
        "TRT-3": (150, 210),
        "TRT-4": (210, 240),
    }
    assert await of.steps("baseline") == {
        "TRT-1": (0, 60),
        "TRT-2": (60, 120),
        "TRT-3": (120, 180),
        "TRT-4": (180, 210),
    }
    a2 = await of.chapter("A2")
    assert (a2["typed"], a2["endTyped"], a2["minimumSeconds"]) == (True, False, 3600)
    assert minute((await of.look())["planned"]["end"]) == 240
    ((kind, detail),) = await of.log()
    assert kind == "iteration.schedule_changed"
    assert detail["before"]["chapters"]["A2"]["start"] == "2026-11-21T22:30:00.000000Z"
    assert detail["after"]["chapters"]["A2"]["start"] == "2026-11-21T23:00:00.000000Z"
    assert set(detail["after"]["chapters"]) == {"A2", "B1"}
    await of.type("A2", None)
    assert await of.planned() == {"A1": (0, 120), "A2": (120, 180), "B1": (180, 210), "R1": None}


async def test_an_end_is_a_promise_that_moves_nothing(world: World) -> None:
    of = await planner(world)
    await of.type("A1", 0, 90)
    assert (await of.planned())["A1"] == (0, 90)
    assert (await of.steps())["TRT-3"] == (120, 180)
    (conflict,) = (await of.look())["conflicts"]
    assert (conflict["code"], conflict["path"]) == ("too_short", ["TRT-1", "TRT-2"])
    assert conflict["sentence"] == "A1 is planned for 1 h 30 min, its steps take 2 h at least: TRT-1 → TRT-2."


async def test_what_cannot_be_kept_is_said(world: World) -> None:
    of = await planner(world, window=200)
    assert await of.codes() == [("iteration_past_window", None)]
    await of.type("A2", 60)
    assert ("starts_too_early", "A2") in await of.codes()  # its steps wait for TRT-2
    await of.type("A2", 150, 230)
    await of.type("B1", 220, 260)
    shown = await of.look()
    assert [(one["code"], one["chapterCode"]) for one in shown["conflicts"]] == [
        ("past_window", "A2"),
        ("starts_too_early", "B1"),
        ("past_window", "B1"),
        ("iteration_past_window", None),
    ]
    assert shown["conflicts"][1]["sentence"] == (
        "B1 is to start at Sun 22 Nov 01:10 CET, before what it follows is over: A2 until Sun 22 Nov 01:20 CET."
    )
    await of.type("A1", 0, 125)
    await of.type("A2", 125, 190)
    await of.type("B1", 190, 200)
    assert [one for one, _ in await of.codes()] == ["too_short", "iteration_past_window"]


async def test_a_promise_that_the_steps_break_without_being_too_short(world: World) -> None:
    of = await planner(world)
    await of.type("A1", 30)
    await of.type("A2", 100, 170)
    assert await of.codes() == [("starts_too_early", "A2"), ("ends_too_late", "A2")]


async def test_all_shifted_moves_the_start_and_keeps_what_is_derived(world: World) -> None:
    of = await planner(world)
    await of.type("A2", 150, 220)
    await of.act("shift", minutes=60)
    await of.act("shift", minutes=-30)
    assert await of.planned() == {"A1": (30, 150), "A2": (180, 250), "B1": (240, 270), "R1": None}
    assert minute((await of.look())["planned"]["start"]) == 30
    assert not (await of.chapter("A1"))["typed"]


async def test_some_chapters_shifted_become_typed(world: World) -> None:
    of = await planner(world)
    await of.act("shift", minutes=45, codes=("A2",))
    assert await of.planned() == {"A1": (0, 120), "A2": (165, 225), "B1": (225, 255), "R1": None}
    with pytest.raises(Invalid, match="before RUN1 does"):
        await of.act("shift", minutes=-5, codes=("A1",))


async def test_live_what_has_begun_stays_where_it_was_planned(world: World) -> None:
    of = await planner(world)
    await world.move("Priya", of.id, "start", comms=Comms.OFF)
    await world.press("Dana", of.id, "TRT-1", "start")
    await of.act("shift", minutes=30)
    assert await of.planned() == {"A1": (0, 120), "A2": (150, 210), "B1": (210, 240), "R1": None}
    assert minute((await of.look())["planned"]["start"]) == 0
    with pytest.raises(Refused, match="A1 has begun") as caught:
        await of.act("shift", minutes=30, codes=("A1", "A2"))
    assert caught.value.code == "chapter_begun"
    for act in ("type", "fit", "derive"):
        with pytest.raises(Refused, match="RUN1 is live") as caught:
            await of.act(act, chapters=(TypedChapter("A2", at(300)),))
        assert caught.value.code == "schedule_closed"


async def test_fitted_into_the_window_typed_room_goes_first(world: World) -> None:
    of = await planner(world, window=300)
    await of.type("A2", 200)
    await of.type("B1", 400, 460)
    await of.act("fit")
    planned = await of.planned()
    assert planned["A1"] == (0, 120)
    (_, a2_end), (b1_start, b1_end) = planned["A2"] or (0, 0), planned["B1"] or (0, 0)
    assert a2_end <= b1_start < b1_end <= 300
    assert b1_end >= 298  # no more room than needed is taken away
    assert await of.codes() == []
    # What fits already is left as it is, and nobody is told of a change.
    told = len(await of.log())
    await of.act("fit")
    assert await of.planned() == planned
    assert len(await of.log()) == told


async def test_a_window_that_opens_later_moves_all_of_it(world: World) -> None:
    of = await planner(world, window=400)
    async with world.database.engine.begin() as connection:
        await connection.execute(text("UPDATE iterations SET window_start = :at"), {"at": at(60)})
    assert ("iteration_before_window", None) in await of.codes()
    await of.type("A2", 150)
    await of.act("fit")
    assert await of.planned() == {"A1": (60, 180), "A2": (210, 270), "B1": (270, 300), "R1": None}


async def test_what_is_longer_than_the_window_is_refused_in_words(world: World) -> None:
    of = await planner(world, window=200)
    with pytest.raises(Refused, match=r"does not fit: its steps take 3 h 30 min .* TRT-1 → TRT-2") as caught:
        await of.act("fit")
    assert caught.value.code == "longer_than_window"
    assert caught.value.params["path"] == ["TRT-1", "TRT-2", "TRT-3", "TRT-4"]
    none = await planner_without_window(world)
    with pytest.raises(Refused, match="no window") as caught:
        await none.act("fit")
    assert caught.value.code == "no_window"


async def planner_without_window(world: World) -> Planner:
    version = await insert_plan(world, Plan("Other", macro_phases=night().macro_phases[:1]))
    command = CreateIteration(version, "RUN2", IterationKind.RUN, NIGHT)
    return Planner(world, await create_iteration(world.services, Caller(world.people["Priya"]), command))


async def test_derived_again_all_that_was_typed_is_gone(world: World) -> None:
    of = await planner(world)
    await of.type("A2", 150, 300)
    await of.type("R1", 400, 460)
    assert (await of.planned())["R1"] == (400, 460)
    await of.act("derive")
    assert await of.planned() == {"A1": (0, 120), "A2": (120, 180), "B1": (180, 210), "R1": None}
    assert (await of.chapter("A2"))["baseline"] is not None


async def test_a_baseline_is_frozen_anew_for_a_reason(world: World) -> None:
    of = await planner(world)
    await of.type("A2", 150)
    with pytest.raises(Invalid, match="takes a reason"):
        await of.act("re-baseline")
    await of.act("re-baseline", reason="The bank confirmed the later slot")
    assert await of.steps("baseline") == await of.steps()
    shown = await of.chapter("A2")
    assert shown["baseline"] == shown["planned"]
    kind, detail = (await of.log())[-1]
    assert (kind, detail["reason"]) == ("iteration.rebaselined", "The bank confirmed the later slot")
    assert detail["before"]["baseline"]["A2"] != detail["after"]["baseline"]["A2"]
    await world.move("Priya", of.id, "abandon", reason="Not tonight")
    with pytest.raises(Refused, match="RUN1 is abandoned"):
        await of.act("re-baseline", reason="Too late")


async def test_typed_times_move_along_when_the_start_does(world: World) -> None:
    of = await planner(world, scheduled=False)
    await of.type("A2", 150, 240)
    await world.move("Priya", of.id, "schedule", planned_start=at(60))
    assert await of.planned() == {"A1": (60, 180), "A2": (210, 300), "B1": (270, 300), "R1": None}
    shown = await of.chapter("A2")
    assert shown["baseline"] == shown["planned"]


@pytest.mark.parametrize(
    ("chapter", "said"),
    [
        (TypedChapter("NOPE", at(0)), "no chapter NOPE"),
        (TypedChapter("A1", None, at(60)), "an end and no start"),
        (TypedChapter("A1", at(60), at(30)), "before it starts"),
        (TypedChapter("A1", at(-60)), "before RUN1 does"),
        (TypedChapter("R1", at(300)), "rollback chapter that sleeps"),
    ],
)
async def test_what_makes_no_sense_is_refused_in_words(
    world: World, chapter: TypedChapter, said: str
) -> None:
    of = await planner(world)
    before = await of.look()
    with pytest.raises(Invalid, match=said):
        await of.act("type", chapters=(TypedChapter("A2", at(150)), chapter))
    assert await of.look() == before


async def test_a_preview_says_what_would_be_and_changes_nothing(world: World) -> None:
    of = await planner(world)
    before = await of.look()
    async with world.database.read() as connection:
        chapters = [TypedChapter("A2", at(150), at(170))]
        would = await schedule_preview(connection, world.people["Priya"], of.id, chapters)
        with pytest.raises(Forbidden):
            await schedule_preview(connection, world.people["Vera"], of.id, chapters)
    assert [one["code"] for one in would["conflicts"]] == ["too_short"]
    assert minute(would["macroPhases"][1]["chapters"][0]["planned"]["start"]) == 210
    assert await of.look() == before
    await of.act("type", chapters=tuple(chapters))
    after = await of.look("Priya")
    later = {"seq": 0, "version": 0, "lastChanges": []}
    assert after | later == would | later
    assert [(one["chapterCode"], one["by"]) for one in after["lastChanges"]] == [
        ("A2", "Priya"),
        ("B1", "Priya"),
        (None, "Priya"),  # when it was scheduled
    ]


async def test_only_a_pilot_changes_it_and_only_as_it_was_seen(world: World) -> None:
    of = await planner(world)
    for who in ("Dana", "Lena", "Arno", "Vera"):
        with pytest.raises(Forbidden, match="Changing the schedule"):
            await of.act("derive", who)
    assert (await of.look("Dana"))["allowedActions"] == []
    assert "pilot" in (await of.look("Dana"))["whyNot"]
    seen = (await of.look("Priya"))["version"]
    await of.type("A2", 150)
    with pytest.raises(
        Refused, match=r"Priya set the times of A2 in RUN1 at 21:30 CET, after you looked"
    ) as caught:
        await of.act("derive", version=seen)
    assert caught.value.code == "iteration_changed"


def seen_in(chapter: Json) -> Seen:
    """What a screen shows of a chapter."""
    start, end = (datetime.fromisoformat(chapter["planned"][name]) for name in ("start", "end"))
    return Seen(start, end if chapter["endTyped"] else None, chapter["typed"])


async def test_whoever_typed_over_what_they_did_not_see_is_told_who_changed_it(world: World) -> None:
    of = await planner(world)
    seen = seen_in(await of.chapter("A2"))
    mine = TypedChapter("A2", at(150), None, seen)
    await world.at(at(5))
    await of.act("type", "Marco", chapters=(TypedChapter("A2", at(240), None, seen),))
    before = await of.look()
    with pytest.raises(
        Refused, match=r"A2 is no longer as you saw it: Marco changed it at 21:35 CET"
    ) as caught:
        await of.act("type", chapters=(mine,))
    assert "it is Sun 22 Nov 01:30 CET now, you saw 23:30 CET (derived)" in str(caught.value)
    assert (caught.value.code, caught.value.params["chapters"]) == ("chapter_changed", ["A2"])
    assert await of.look() == before
    # Another chapter is none of it; nor is who wants what is there by now; nor who says that they saw it.
    await of.act("type", chapters=(TypedChapter("A1", at(10), None, seen_in(await of.chapter("A1"))),))
    await of.act("type", chapters=(replace(mine, start=at(240)),))
    now = seen_in(await of.chapter("A2"))
    await of.act("type", chapters=(replace(mine, seen=now),))
    assert (await of.planned())["A2"] == (150, 210)


async def test_a_derived_chapter_that_was_moved_by_others_was_not_seen_there(world: World) -> None:
    of = await planner(world)
    b1, back = seen_in(await of.chapter("B1")), Seen(None, None, typed=False)
    await of.act("shift", "Marco", minutes=30)
    with pytest.raises(Refused, match=r"Marco changed it .* it is Sun 22 Nov 01:00 CET \(derived\) now"):
        await of.act("type", chapters=(TypedChapter("B1", at(300), None, b1),))
    await of.act("type", chapters=(TypedChapter("R1", at(400), at(460), back),))
    with pytest.raises(Refused, match="you saw without times"):
        await of.act("type", chapters=(TypedChapter("R1", at(410), at(460), back),))


async def test_a_night_that_has_not_begun_is_not_moved_to_before_now(world: World) -> None:
    of = await planner(world)
    before = await of.look()
    with pytest.raises(
        Refused, match=r"RUN1 would start at Sat 14 Nov 22:50 CET, 6 d 22 h 40 min ago"
    ) as caught:
        await of.act("shift", minutes=-10_000)
    assert (caught.value.code, caught.value.hint) == (
        "start_in_past",
        "It is planned to start now: it can only go later.",
    )
    await world.at(NIGHT + timedelta(days=60))
    with pytest.raises(Refused, match=r"start at Sat 21 Nov 2026 22:30 CET, 59 d 23 h ago") as caught:
        await of.act("shift", minutes=60)
    assert caught.value.hint.endswith("shift it by 86400 min or more.")
    assert await of.look() == before
    await of.act("shift", minutes=60 * 24 * 60)
    assert (await of.planned())["A1"] == (60 * 24 * 60, 60 * 24 * 60 + 120)
