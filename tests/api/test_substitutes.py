"""Substitutes for a night over HTTP: both names in the log, an end by the clock, and what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.api.people_door import Door, make_door
from tests.db.test_plan_import import FILE
from tests.world import NIGHT, World, plan_of, step, tasks
from tminus.people.commands.roles import set_roles
from tminus.people.domain.rights import Role
from tminus.platform.settings import Settings

HOUR = timedelta(hours=1)


def instant(moment: datetime) -> str:
    """Write a moment as these answers do."""
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.fixture
async def door(world: World, config: Settings) -> AsyncIterator[Door]:
    """The cast, an admin, and Nora, who has a browser and nothing else."""
    async with make_door(world, config) as door:
        await door.add("Nora")
        yield door


def wanted(door: Door, absent: str, substitute: str, **more: Any) -> dict[str, Any]:
    """A substitute from the night's begin for eight hours."""
    people = {"absentId": str(door.key(absent)), "substituteId": str(door.key(substitute))}
    return {**people, "from": instant(NIGHT), "until": instant(NIGHT + 8 * HOUR), **more}


def naming(door: Door) -> str:
    return f"POST /migrations/{door.world.migration_id}/substitutes"


async def one_night(door: Door) -> UUID:
    return await door.world.iteration(
        plan_of(step("TRT-1", tasks=tasks("TRT-1", 1)), step("TRT-2", team="APP"))
    )


async def test_a_night_of_standing_in_from_beginning_to_end(door: Door) -> None:
    i = await one_night(door)
    start = f"POST /iterations/{i}/steps/TRT-1"
    await door.refused("forbidden", "Nora", f"{start}/start", {})
    later = {"from": instant(NIGHT + HOUR), "iterationId": str(i)}
    made = await door.ok("Priya", naming(door), wanted(door, "Dana", "Nora", **later))
    assert (made["absent"]["name"], made["substitute"]["name"]) == ("Dana", "Nora")
    assert (made["iterationName"], made["madeBy"], made["active"]) == ("CUTOVER", "Priya", False)
    assert made["from"] == instant(NIGHT + HOUR)
    await door.refused("forbidden", "Nora", f"{start}/start", {})  # it has not begun
    await door.world.at(NIGHT + HOUR)
    session = await door.ok("Nora", "GET /session")
    (standing,) = session["user"]["substituting"]
    assert (standing["name"], standing["until"]) == ("Dana", instant(NIGHT + 8 * HOUR))
    await door.ok("Nora", f"{start}/start", {})
    await door.ok("Nora", f"{start}/tasks/TRT-1-1/done", {})
    other = await door.refused("forbidden", "Nora", f"POST /iterations/{i}/steps/TRT-2/start", {})
    assert "TRT-2" in other["detail"]  # another team's
    work = await door.ok("Nora", "GET /my-work")
    assert [item["step"]["code"] for item in work["groups"]["doNow"]] == ["TRT-1"]
    events = (await door.ok("Nora", f"GET /iterations/{i}/events"))["items"]
    by = {event["type"]: (event["actor"], event["sentence"]) for event in events}
    assert by["step.started"][0] == by["step.task_done"][0] == "Nora for Dana"
    assert by["step.started"][1].startswith("Nora for Dana")
    assert (await door.said(door.world.migration_id))[-3][1] == "Priya named Nora as substitute for Dana"
    # It ends by the clock, with nobody doing anything.
    await door.world.at(NIGHT + 8 * HOUR)
    over = await door.refused("forbidden", "Nora", f"{start}/complete", {})
    assert over["detail"] == "Seeing this migration takes a role in it; you have none here."
    (shown,) = (await door.ok("Priya", f"GET {naming(door)[5:]}"))["items"]
    assert (shown["active"], shown["endedAt"]) == (False, None)
    assert (await door.ok("Nora", "GET /session"))["user"]["substituting"] == []


@pytest.mark.parametrize("who", ["Priya", "Ada", "Dana", "Nora"])
async def test_it_is_ended_by_who_may_name_one_or_is_one_of_the_two(door: Door, who: str) -> None:
    made = await door.ok("Priya", naming(door), wanted(door, "Dana", "Nora"))
    end = f"{naming(door)}/{made['id']}/end"
    await door.ok("Nora", f"GET /migrations/{door.world.migration_id}")
    await door.refused("forbidden", "Arno", end)
    ended = await door.ok(who, end)
    assert (ended["active"], ended["endedAt"]) == (False, instant(NIGHT))
    assert (await door("Nora", f"GET /migrations/{door.world.migration_id}")).status_code == 403
    events = await door.said(door.world.migration_id)
    assert events[-1][1] == f"{who} ended that Nora stands in for Dana"
    assert (await door.ok(who, end))["endedAt"] == ended["endedAt"]
    assert await door.said(door.world.migration_id) == events, "what is over writes nothing"
    # The same two again: what was ended is not in the way.
    await door.ok("Priya", naming(door), wanted(door, "Dana", "Nora"))


async def test_what_the_absent_person_loses_the_substitute_loses_with_it(door: Door) -> None:
    await door.ok("Ada", naming(door), wanted(door, "Arno", "Nora"))
    see = f"GET /migrations/{door.world.migration_id}"
    await door.ok("Nora", see)
    await door.ok("Ada", f"PATCH /users/{door.key('Arno')}", {"active": False})
    await door.refused("forbidden", "Nora", see)


async def test_standing_in_is_not_handed_on(door: Door) -> None:
    await door.ok("Ada", naming(door), wanted(door, "Dana", "Nora"))
    await door.add("Otto")
    problem = await door.refused("nothing_to_stand_in_for", "Ada", naming(door), wanted(door, "Nora", "Otto"))
    assert problem["detail"] == "Nora has no role and no team in this migration. No substitute was named."


async def test_a_pilot_makes_nobody_more_than_a_pilot_is(door: Door) -> None:
    not_in_a_team = await door.refused("forbidden", "Priya", naming(door), wanted(door, "Arno", "Nora"))
    assert not_in_a_team["detail"] == (
        "A pilot names substitutes for members of teams; Arno is in none here."
    )
    both = frozenset({Role.MEMBER, Role.APPROVER})
    world = door.world
    await set_roles(world.database, world.people["Ada"], world.migration_id, door.key("Dana"), both)
    beyond = await door.refused("forbidden", "Priya", naming(door), wanted(door, "Dana", "Priya"))
    assert beyond["detail"] == "Dana is approver too, which is more than you are. No substitute was named."
    for who in ("Dana", "Lena", "Arno", "Vera", "Nora"):
        problem = await door.refused("forbidden", who, naming(door), wanted(door, "Dana", who))
        assert problem["detail"].startswith("Naming a substitute takes a pilot's role here; you ")


async def test_a_substitute_is_nobodys_second_person_to_themselves(door: Door) -> None:
    # Marco made the draft; standing in for Priya, the other pilot, does not let him approve it.
    await door.ok("Ada", naming(door), wanted(door, "Priya", "Marco"))
    marco = await door.browser("Marco")
    shown = (await marco.post("/api/v1/plan-imports", content=FILE.encode())).json()
    assert shown["canCommit"], shown
    done = await door.ok("Marco", f"POST /plan-imports/{shown['id']}/commit")
    own = await door.refused("forbidden", "Marco", f"POST /plan-versions/{done['versionId']}/approve", {})
    assert own["detail"] == "You wrote version 1 of Night; another pilot approves it."
    await door.ok("Priya", f"POST /plan-versions/{done['versionId']}/approve", {})


@pytest.mark.parametrize(
    ("more", "status", "code", "words"),
    [
        (
            {"until": instant(NIGHT)},
            422,
            "invalid",
            "A substitution ends after it begins, and not in the past.",
        ),
        (
            {"from": instant(NIGHT - 2 * HOUR), "until": instant(NIGHT - HOUR)},
            422,
            "invalid",
            "A substitution ends after it begins, and not in the past.",
        ),
        (
            {"until": instant(NIGHT + timedelta(days=8))},
            422,
            "invalid",
            "A substitution lasts 7 days at most.",
        ),
        ({"iterationId": str(uuid4())}, 404, "not_found", "This migration has no such iteration."),
        ({"absentId": str(uuid4())}, 404, "not_found", "There is no such person."),
    ],
)
async def test_what_cannot_be_is_refused_in_words(
    door: Door, more: dict[str, str], status: int, code: str, words: str
) -> None:
    problem = await door.refused(code, "Ada", naming(door), wanted(door, "Dana", "Nora", **more))
    assert problem["status"] == status
    assert problem["detail"].startswith(words)
    assert (await door.ok("Ada", f"GET {naming(door)[5:]}"))["items"] == []


async def test_who_stands_in_already_or_may_not_come_in_is_refused(door: Door) -> None:
    themselves = await door.refused("invalid", "Ada", naming(door), wanted(door, "Dana", "Dana"))
    assert themselves["detail"] == "Nobody stands in for themselves. No substitute was named."
    await door.ok("Ada", naming(door), wanted(door, "Dana", "Nora"))
    last_hour = {"from": instant(NIGHT + 7 * HOUR), "until": instant(NIGHT + 9 * HOUR)}
    twice = await door.refused(
        "already_substitute", "Ada", naming(door), wanted(door, "Dana", "Nora", **last_hour)
    )
    assert twice["detail"] == (
        "Nora stands in for Dana already, in a part of that time. No other substitute was named."
    )
    # From the moment the first ends there may be another; and two may share an absent person's work.
    after = {"from": instant(NIGHT + 8 * HOUR), "until": instant(NIGHT + 9 * HOUR)}
    await door.ok("Ada", naming(door), wanted(door, "Dana", "Nora", **after))
    await door.ok("Ada", naming(door), wanted(door, "Dana", "Vera"))
    await door.ok("Ada", f"PATCH /users/{door.key('Nora')}", {"active": False})
    out = await door.refused("person_inactive", "Ada", naming(door), wanted(door, "Arno", "Nora"))
    assert out["detail"] == "Nora is shut out. No substitute was named."
