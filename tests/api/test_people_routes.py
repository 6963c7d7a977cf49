"""Teams and clock over HTTP; the live connection's way to say who it is."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from tests.api.door import MACHINE, PAGE, client_for, settings_for, sign_in
from tests.world import World
from tminus.kernel.errors import Unauthenticated
from tminus.people.commands.tokens import NewToken, issue_token
from tminus.people.identify import identify_environ
from tminus.platform.settings import Settings


async def test_teams_come_with_their_members(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Vera")
    teams = (await browser.get(f"/api/v1/teams?migrationId={world.migration_id}")).json()
    dba = next(team for team in teams["items"] if team["code"] == "DBA")
    assert teams["next"] is None
    assert dba["members"] == [{"id": str(world.people["Dana"].id), "name": "Dana"}]
    assert dba["email"] == "dba@erp.example"


async def test_a_pilot_moves_the_demos_clock_and_a_member_may_not(world: World, tmp_path: Path) -> None:
    config = settings_for(tmp_path, demo=True)
    async with client_for(world, config) as pilot, client_for(world, config) as member:
        await sign_in(pilot, world, config, "Priya")
        await sign_in(member, world, config, "Dana")
        assert (await pilot.get("/api/v1/clock")).json()["movable"] is True
        assert (await member.get("/api/v1/clock")).json()["movable"] is False
        refused = await member.post("/api/v1/clock/advance", json={"seconds": 60}, headers=PAGE)
        assert refused.status_code == 403
        moved = await pilot.post("/api/v1/clock/advance", json={"seconds": 60}, headers=PAGE)
        assert moved.json()["now"].startswith("2026-11-21T20:31:00")
        session = (await member.get("/api/v1/session")).json()
        assert session["demo"] is True
        assert session["now"] == moved.json()["now"]


async def test_without_demo_the_clock_is_fixed(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Priya")
    answer = await browser.post("/api/v1/clock/advance", json={"seconds": 60}, headers=PAGE)
    assert (answer.status_code, answer.json()["code"]) == (409, "clock_fixed")


async def test_a_live_connection_is_whose_cookie_or_token_it_brings(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Dana")
    cookie = f"other=1; tminus_session={browser.cookies['tminus_session']}"
    marco = world.people["Marco"].id
    assert marco is not None
    _, secret = await issue_token(world.database, MACHINE, NewToken(marco, "board"))
    database = world.database
    assert (await identify_environ(database, {"HTTP_COOKIE": cookie}, None)).name == "Dana"
    assert (await identify_environ(database, {"HTTP_COOKIE": cookie}, {"token": secret})).name == "Marco"
    header = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    assert (await identify_environ(database, header, None)).name == "Marco"


@pytest.mark.parametrize(
    ("environ", "auth"),
    [
        ({}, None),
        ({"HTTP_COOKIE": "tminus_session=wrong"}, None),
        ({"HTTP_COOKIE": "\x00;;=;"}, "text"),
        ({}, {"token": ""}),
        ({}, {"token": 7}),
        ({"HTTP_AUTHORIZATION": "Basic x"}, None),
    ],
)
async def test_a_live_connection_of_nobody_is_refused(
    world: World, environ: dict[str, str], auth: object
) -> None:
    with pytest.raises(Unauthenticated):
        await identify_environ(world.database, environ, auth)
