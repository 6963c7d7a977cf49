"""Users and their roles over HTTP: added, changed, shut out; nobody is locked out, nobody raises themselves."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from tests.api.people_door import Door, make_door
from tests.world import World
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.platform.settings import Settings


@pytest.fixture
async def door(world: World, config: Settings) -> AsyncIterator[Door]:
    """The cast and an admin, each with a browser."""
    async with make_door(world, config) as door:
        yield door


async def test_a_person_is_added_comes_in_by_the_link_and_is_changed(door: Door) -> None:
    new = {"email": " Nora@ERP.example", "name": "Nora Lind", "phone": "+49 30 1234"}
    nora = await door.ok("Ada", "POST /users", new)
    shown = {
        name: nora[name] for name in ("email", "name", "phone", "isAdmin", "active", "hasPassword", "version")
    }
    assert shown == {
        "email": "nora@erp.example",
        "name": "Nora Lind",
        "phone": "+49 30 1234",
        "isAdmin": False,
        "active": True,
        "hasPassword": False,
        "version": 1,
    }
    link = await door.ok("Ada", f"POST /users/{nora['id']}/sign-in-link")
    secret = link["url"].rsplit("#", 1)[1]
    came = await door("Vera", "POST /sign-in", {"token": secret})
    assert came.json()["user"]["name"] == "Nora Lind"
    changed = await door.ok("Ada", f"PATCH /users/{nora['id']}", {"phone": None, "name": "Nora Berg"}, 1)
    assert changed["leaves"] is None
    assert (changed["user"]["name"], changed["user"]["phone"], changed["user"]["version"]) == (
        "Nora Berg",
        None,
        2,
    )
    again = await door.ok("Ada", f"PATCH /users/{nora['id']}", {"name": "Nora Berg"}, 2)
    assert again["user"]["version"] == 2, "the same words again are no change"
    assert (await door.said(SYSTEM_STREAM))[-2:] == [
        ("Ada", "Ada added Nora Lind (nora@erp.example)"),
        ("Ada", "Ada changed Nora Lind (name, phone)"),
    ]


async def test_of_two_admins_the_second_is_told_what_the_first_did(door: Door) -> None:
    vera = f"PATCH /users/{door.key('Vera')}"
    await door.ok("Ada", vera, {"name": "Vera Holm"}, 1)
    problem = await door.refused("user_changed", "Ada", vera, {"name": "Vera Lund"}, 1)
    assert problem["detail"] == "Vera Holm was changed since you looked. Nothing was changed by you."
    assert (problem["current"]["name"], problem["current"]["version"]) == ("Vera Holm", 2)
    assert problem["current"].keys() == (await door.ok("Ada", "GET /users"))["items"][0].keys()
    await door.refused("invalid", "Ada", f"{vera}", {"name": " "}, 2)


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            {"email": "vera@erp.example", "name": "V"},
            "There is already a person with the address vera@erp.example.",
        ),
        ({"email": "no address", "name": "V"}, "“no address” is not a mail address."),
        (
            {"email": "v@erp.example", "name": "a\nb"},
            "The name of a person has 1 to 100 characters on one line.",
        ),
    ],
)
async def test_a_person_who_cannot_be_added_is_refused_in_words(
    door: Door, body: dict[str, str], words: str
) -> None:
    answer = await door("Ada", "POST /users", body)
    assert answer.status_code in (409, 422)
    assert answer.json()["detail"].startswith(words)
    assert len((await door.ok("Ada", "GET /users"))["items"]) == len(door.world.people)


async def test_an_address_is_one_persons(door: Door) -> None:
    body = {"email": "DANA@erp.example"}
    problem = await door.refused("email_taken", "Ada", f"PATCH /users/{door.key('Vera')}", body)
    assert "dana@erp.example" in problem["detail"]


@pytest.mark.parametrize("change", [{"isAdmin": False}, {"active": False}])
async def test_the_last_admin_stays(door: Door, change: dict[str, bool]) -> None:
    ada = f"PATCH /users/{door.key('Ada')}"
    problem = await door.refused("last_admin", "Ada", ada, change)
    assert problem["detail"] == (
        "Ada is the last admin. Without one nobody could let anybody in. Nothing was changed."
    )
    assert problem["hint"] == "Make somebody else an admin first."
    # One who is shut out is no admin to count on.
    await door.add("Ben", is_admin=True)
    await door.ok("Ada", f"PATCH /users/{door.key('Ben')}", {"active": False})
    await door.refused("last_admin", "Ada", ada, change)
    await door.ok("Ada", f"PATCH /users/{door.key('Ben')}", {"active": True})
    await door.ok("Ada", ada, change)
    assert (await door("Ada", "GET /users")).status_code in (401, 403), "what was given up is gone at once"


async def test_of_two_admins_who_demote_each_other_at_once_one_stays(door: Door) -> None:
    await door.add("Ben", is_admin=True)
    await door.browser("Ben")
    pairs = (("Ada", "Ben"), ("Ben", "Ada"))
    answers = await asyncio.gather(
        *(door(one, f"PATCH /users/{door.key(other)}", {"isAdmin": False}) for one, other in pairs)
    )
    assert sorted(answer.status_code for answer in answers) in ([200, 403], [200, 409])
    left = [await door(who, "GET /users") for who in ("Ada", "Ben")]
    assert sorted(answer.status_code for answer in left) == [200, 403]


async def test_nobody_raises_themselves(door: Door) -> None:
    m = door.world.migration_id
    for who in ("Priya", "Arno", "Lena", "Dana", "Vera"):
        mine = door.key(who)
        for request, body in (
            (f"PATCH /users/{mine}", {"isAdmin": True}),
            (f"PUT /migrations/{m}/people/{mine}/roles", {"roles": ["approver", "pilot"], "was": []}),
            (f"PUT /teams/{door.world.teams['APP']}/members", {"userIds": [str(mine)], "was": []}),
        ):
            problem = await door.refused("forbidden", who, request, body)
            assert "takes an admin; you are " in problem["detail"], problem["detail"]


async def test_roles_are_set_as_they_were_seen(door: Door) -> None:
    m, vera = door.world.migration_id, door.key("Vera")
    roles = f"PUT /migrations/{m}/people/{vera}/roles"
    here = await door.ok("Ada", roles, {"roles": ["approver", "viewer"], "was": ["viewer"]})
    assert (here["name"], here["roles"], here["teams"]) == ("Vera", ["approver", "viewer"], [])
    problem = await door.refused("roles_changed", "Ada", roles, {"roles": [], "was": ["viewer"]})
    assert problem["detail"] == (
        "The roles of Vera were changed since you looked: approver, viewer. Nothing was changed by you."
    )
    assert problem["current"] == ["approver", "viewer"]
    assert (await door.ok("Ada", roles, {"roles": [], "was": ["viewer", "approver"]}))["roles"] == []
    gone = await door.refused("forbidden", "Vera", f"GET /migrations/{m}")
    assert gone["detail"] == "Seeing this migration takes a role in it; you have none here."
    people = (await door.ok("Ada", f"GET /migrations/{m}/people"))["items"]
    assert "Vera" not in [one["name"] for one in people]
    assert (await door.said(m))[-1] == ("Ada", "Ada set the roles of Vera to none")
    nobody = f"PUT /migrations/{m}/people/{uuid4()}/roles"
    await door.refused("not_found", "Ada", nobody, {"roles": ["viewer"], "was": []})


async def test_shutting_out_says_what_it_leaves_and_a_person_comes_back_as_they_were(door: Door) -> None:
    dana = f"/users/{door.key('Dana')}"
    assert (await door("Dana", "GET /session")).status_code == 200
    out = await door.ok("Ada", f"PATCH {dana}", {"active": False})
    assert out["leaves"] == {
        "teams": [{"code": "DBA", "name": "Databases", "membersLeft": 0}],
        "soleMemberOf": ["DBA"],
    }
    over = await door.refused("session_over", "Dana", "GET /session")
    assert over["detail"] == "This session is over. What you did before is kept."
    await door.refused("not_found", "Ada", f"POST {dana}/sign-in-link")
    assert (await door.ok("Ada", f"PATCH {dana}", {"active": True}))["leaves"] is None
    teams = (await door.ok("Vera", f"GET /teams?migrationId={door.world.migration_id}"))["items"]
    assert [team["members"] for team in teams if team["code"] == "DBA"] == [
        [{"id": str(door.key("Dana")), "name": "Dana"}]
    ]
    assert (await door("Dana", "GET /session")).status_code == 401, "the session that ended stays ended"


async def test_signing_out_everywhere_is_ones_own_or_an_admins(door: Door) -> None:
    await door.browser("Dana")
    dana = f"POST /users/{door.key('Dana')}/sign-out"
    await door.refused("forbidden", "Priya", dana)
    assert (await door.ok("Ada", dana)) == {"sessions": 1}
    assert (await door("Dana", "GET /session")).json()["code"] == "session_over"
    assert (await door.ok("Vera", f"POST /users/{door.key('Vera')}/sign-out")) == {"sessions": 1}
