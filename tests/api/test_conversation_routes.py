"""Comments, impediments and the roll-call over HTTP."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from tests.api.door import PAGE, client_for, sign_in
from tests.world import World, plan_of, step
from tminus.platform.settings import Settings

API = "/api/v1"
PLAN = plan_of(step("TRT-1"), step("TRT-2", team="APP"))


@asynccontextmanager
async def as_(world: World, config: Settings, who: str) -> AsyncIterator[httpx.AsyncClient]:
    async with client_for(world, config) as client:
        await sign_in(client, world, config, who)
        client.headers.update(PAGE)
        yield client


async def test_a_comment_is_answered_with_what_it_became(world: World, config: Settings) -> None:
    i = await world.iteration(PLAN)
    comments = f"{API}/iterations/{i}/comments"
    async with as_(world, config, "Dana") as dana:
        body = {"body": "  <img src=x onerror=alert(1)> @Priya @nobody \r\nlook", "stepCode": "TRT-1"}
        key = {"Idempotency-Key": "once"}
        first = await dana.post(comments, json=body, headers=key)
        again = await dana.post(comments, json=body, headers=key)
        assert (first.status_code, first.json()) == (201, again.json())
        assert first.json()["unknown"] == ["nobody"]
        comment = first.json()["comment"]
        assert comment["body"] == "<img src=x onerror=alert(1)> @Priya @nobody \nlook"
        assert comment["allowedActions"] == ["edit", "delete"]
        path = f"{API}/comments/{comment['id']}"
        edited = await dana.patch(path, json={"body": "Look"}, headers={"If-Match": '"1"'})
        assert edited.json()["comment"]["version"] == 2
        stale = await dana.patch(path, json={"body": "No"}, headers={"If-Match": '"1"'})
        assert (stale.status_code, stale.json()["code"]) == (409, "comment_changed")
        assert (await dana.delete(path, params={"version": 1})).status_code == 409
        assert (await dana.delete(path, params={"version": 2})).json()["comment"]["deletedAt"]
        (listed,) = (await dana.get(comments)).json()["items"]
        assert listed["body"] == ""


@pytest.mark.parametrize("body", ["", "   ", "x" * 4001, "a\x00b", "evil \u202e txt", "\ud800"], ids=repr)
async def test_what_cannot_be_shown_or_is_too_long_is_refused(
    world: World, config: Settings, body: str
) -> None:
    i = await world.iteration(PLAN)
    async with as_(world, config, "Dana") as dana:
        content = b'{"body": "\\ud800"}' if body == "\ud800" else None
        more: dict[str, Any] = {"content": content} if content else {"json": {"body": body}}
        headers = {"Content-Type": "application/json"}
        answer = await dana.post(f"{API}/iterations/{i}/comments", headers=headers, **more)
        assert answer.status_code == 422
        assert (await dana.get(f"{API}/iterations/{i}/comments")).json()["items"] == []


async def test_what_is_said_changes_no_row_of_a_board(world: World, config: Settings) -> None:
    """A board patches itself by events; a comment's own words and version are none of its rows'."""
    i = await world.iteration(PLAN)
    async with as_(world, config, "Priya") as priya:
        head = (await priya.get(f"{API}/iterations/{i}/events")).json()["head"]
        at = f"{API}/iterations/{i}"
        await priya.post(f"{at}/comments", json={"body": "Hello", "stepCode": "TRT-1"})
        opened = await priya.post(
            f"{at}/impediments", json={"title": "Disk", "severity": "HIGH", "stepCode": "TRT-1"}
        )
        await priya.post(f"{API}/impediments/{opened.json()['id']}/resolve", json={"resolution": "Added"})
        await priya.post(f"{at}/roll-call", json={})
        await priya.post(f"{at}/roll-call/close")
        events = (await priya.get(f"{at}/events", params={"after": head})).json()["items"]
    assert [event["type"] for event in events] == [
        "comment.added",
        "impediment.opened",
        "impediment.resolved",
        "roll_call.opened",
        "roll_call.closed",
    ]
    assert [event["changes"] for event in events] == [{}] * 5
    assert [event["stepCode"] for event in events] == ["TRT-1"] * 3 + [None] * 2


async def test_whom_one_may_name_are_people_and_teams_of_the_migration(
    world: World, config: Settings
) -> None:
    i = await world.iteration(PLAN)
    async with as_(world, config, "Vera") as vera:
        found = (await vera.get(f"{API}/iterations/{i}/mentionables")).json()
    assert {one["name"] for one in found["people"]} == set(world.people)
    assert [team["code"] for team in found["teams"]] == ["APP", "DBA"]


async def test_an_impediment_is_changed_as_it_was_seen(world: World, config: Settings) -> None:
    i = await world.iteration(PLAN)
    async with as_(world, config, "Dana") as dana:
        new = {
            "title": "Disk",
            "severity": "HIGH",
            "stepCode": "TRT-1",
            "ownerId": str(world.people["Lena"].id),
        }
        headers = {"Idempotency-Key": "once"}
        opened = (await dana.post(f"{API}/iterations/{i}/impediments", json=new, headers=headers)).json()
        again = (await dana.post(f"{API}/iterations/{i}/impediments", json=new, headers=headers)).json()
        assert opened["id"] == again["id"]
        assert opened["owner"] == "Lena"
        path = f"{API}/impediments/{opened['id']}"
        free = await dana.patch(path, json={"ownerId": None}, headers={"If-Match": '"1"'})
        assert (free.json()["owner"], free.json()["version"]) == (None, 2)
        assert (await dana.patch(path, json={"title": None})).status_code == 422
        assert (await dana.patch(path, json={"title": "a\nb"})).status_code == 422
        assert (await dana.post(f"{path}/resolve", json={"resolution": " "})).status_code == 422
        resolved = (await dana.post(f"{path}/resolve", json={"resolution": "Added", "version": 2})).json()
        assert (resolved["state"], resolved["allowedActions"]) == ("resolved", ["reopen"])


async def test_the_same_key_checks_a_team_in_once(world: World, config: Settings) -> None:
    i = await world.iteration(PLAN)
    at = f"{API}/iterations/{i}/roll-call"
    async with as_(world, config, "Priya") as priya, as_(world, config, "Dana") as dana:
        nothing = (await dana.get(at)).json()
        assert (nothing["rollCall"], nothing["allowedActions"]) == (None, [])
        assert (await priya.post(at, json={})).status_code == 201
        mine = f"{at}/teams/{world.teams['DBA']}/here"
        answers = [
            (await dana.post(mine, json={"note": "here"}, headers={"Idempotency-Key": "k"})).json()
            for _ in range(2)
        ]
        assert answers[0] == answers[1]
        assert answers[0]["rollCall"]["here"] == 1
        closed = (await priya.post(f"{at}/close")).json()
        assert closed["rollCall"]["closedBy"] == "Priya"
