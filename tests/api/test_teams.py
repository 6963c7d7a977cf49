"""Teams over HTTP: made, renamed, filled, deleted where nothing names them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from uuid import uuid4

import pytest

from tests.api.people_door import Door, make_door
from tests.world import World, insert_plan, plan_of, step, tasks
from tminus.platform.settings import Settings


@pytest.fixture
async def door(world: World, config: Settings) -> AsyncIterator[Door]:
    """The cast and an admin, each with a browser."""
    async with make_door(world, config) as door:
        yield door


async def team(door: Door, code: str = "NET") -> str:
    """Make a team and return its address."""
    words = {"code": code, "name": "Networks", "email": "Net@erp.example"}
    made = await door.ok("Ada", f"POST /migrations/{door.world.migration_id}/teams", words)
    assert (made["email"], made["members"], made["stepsUsing"], made["version"]) == (
        "net@erp.example",
        [],
        0,
        1,
    )
    return f"/teams/{made['id']}"


async def test_a_team_is_made_renamed_filled_and_deleted(door: Door) -> None:
    net = await team(door)
    renamed = await door.ok("Ada", f"PATCH {net}", {"name": "Network", "email": None, "phone": "+49 1"}, 1)
    assert (renamed["code"], renamed["name"], renamed["email"], renamed["version"]) == (
        "NET",
        "Network",
        None,
        2,
    )
    marco, vera = str(door.key("Marco")), str(door.key("Vera"))
    full = await door.ok("Ada", f"PUT {net}/members", {"userIds": [vera, marco], "was": []})
    assert [one["name"] for one in full["members"]] == ["Marco", "Vera"]
    less = await door.ok("Ada", f"PUT {net}/members", {"userIds": [vera], "was": [marco, vera]})
    assert [one["name"] for one in less["members"]] == ["Vera"]
    assert (await door("Ada", f"DELETE {net}")).status_code == 204
    await door.refused("not_found", "Ada", f"DELETE {net}")
    assert [sentence for _, sentence in (await door.said(door.world.migration_id))[-5:]] == [
        "Ada made the team NET",
        "Ada changed the team NET",
        "Ada changed team NET: 2 members",
        "Ada changed team NET: 1 member",
        "Ada deleted the team NET",
    ]


async def test_what_cannot_be_is_refused_in_words(door: Door) -> None:
    teams = f"POST /migrations/{door.world.migration_id}/teams"
    taken = await door.refused("code_taken", "Ada", teams, {"code": "DBA", "name": "Others"})
    assert taken["detail"] == "This migration already has a team DBA. Nothing was made."
    wrong = await door.refused("invalid", "Ada", teams, {"code": "a b", "name": "Others"})
    assert wrong["detail"] == "“a b” is no code for a team. Nothing was changed."
    net = await team(door)
    await door.refused("invalid", "Ada", f"PATCH {net}", {"email": "nobody"})
    unknown = {"userIds": [str(uuid4())], "was": []}
    nobody = await door.refused("not_found", "Ada", f"PUT {net}/members", unknown)
    assert nobody["detail"] == "There is no such person. Nothing was changed."
    await door.refused("not_found", "Ada", f"PATCH /teams/{uuid4()}", {"name": "x"})
    assert (await door.ok("Ada", f"PATCH {net}", {"name": "Networks"}))["version"] == 1


async def test_of_two_who_change_a_team_the_second_is_told(door: Door) -> None:
    net = await team(door)
    await door.ok("Ada", f"PATCH {net}", {"name": "Network"}, 1)
    late = await door.refused("team_changed", "Ada", f"PATCH {net}", {"name": "Nets"}, 1)
    assert late["detail"] == "Team NET was changed since you looked. Nothing was changed by you."
    assert (late["current"]["name"], late["current"]["version"]) == ("Network", 2)
    await door.ok("Ada", f"PUT {net}/members", {"userIds": [str(door.key("Vera"))], "was": []})
    body = {"userIds": [str(door.key("Marco"))], "was": []}
    late = await door.refused("members_changed", "Ada", f"PUT {net}/members", body)
    assert late["detail"] == "Who is in team NET was changed since you looked. Nothing was changed by you."
    assert late["current"] == [str(door.key("Vera"))]


async def test_a_team_that_is_named_is_not_deleted_and_it_is_said_by_what(door: Door) -> None:
    await team(door)
    named = plan_of(
        step("TRT-1", team="DBA"),
        step("TRT-2", team="APP", impacted_teams=("NET",), tasks=tasks("TRT-2", 1)),
    )
    plan = replace(named, name="Night")
    await door.world.iteration_of(await insert_plan(door.world, plan), "RUN1")
    teams = (await door.ok("Vera", f"GET /teams?migrationId={door.world.migration_id}"))["items"]
    used = {one["code"]: (one["stepsUsing"], f"DELETE /teams/{one['id']}") for one in teams}
    assert {code: count for code, (count, _) in used.items()} == {"DBA": 2, "APP": 2, "NET": 0}
    for code, (_, delete) in used.items():
        problem = await door.refused("team_in_use", "Ada", delete)
        version, iteration = problem["usedBy"]
        assert (version.startswith("version 1 of Plan"), iteration) == (True, "RUN1")
        assert problem["detail"] == f"Team {code} is named in {version}; RUN1. It was not deleted."
        assert problem["hint"].endswith("Take everybody out of the team instead.")


async def test_who_is_taken_out_of_a_team_stays_a_person_and_loses_its_steps(door: Door) -> None:
    i = await door.world.iteration(plan_of(step("TRT-1")))
    start = f"POST /iterations/{i}/steps/TRT-1/start"
    body = {"userIds": [], "was": [str(door.key("Dana"))]}
    await door.ok("Ada", f"PUT /teams/{door.world.teams['DBA']}/members", body)
    await door.refused("forbidden", "Dana", start, {})
    back = {"userIds": [str(door.key("Dana"))], "was": []}
    await door.ok("Ada", f"PUT /teams/{door.world.teams['DBA']}/members", back)
    await door.ok("Dana", start, {})
