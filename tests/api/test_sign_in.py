"""Coming in by a one-time link, staying for a while, going out."""

from __future__ import annotations

import asyncio
from pathlib import Path

import httpx
import pytest
from sqlalchemy import insert, select, text, update

from tests.api.door import MACHINE, PAGE, client_for, link_secret, settings_for, sign_in
from tests.world import World
from tminus.people.commands.users import end_sessions, set_active
from tminus.platform.auth.attempts import account_key, address_key
from tminus.platform.auth.secret import digest
from tminus.platform.clock import advance
from tminus.platform.settings import Settings
from tminus.platform.tables import access_log, attempts, outbox, sessions, sign_in_links


async def kinds(world: World) -> list[str]:
    async with world.database.read() as connection:
        return list((await connection.execute(select(access_log.c.kind).order_by(access_log.c.id))).scalars())


async def tried(world: World, key: str, count: int) -> None:
    """Tries of this minute and the next, so that no test depends on the second it runs in."""
    async with world.database.engine.begin() as connection:
        for ahead in (0, 1):
            start = text(f"date_trunc('minute', clock_timestamp()) + interval '{ahead} min'")
            await connection.execute(insert(attempts).values(key=key, window_start=start, count=count))


async def test_a_link_signs_in_and_the_session_says_who(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    answer = await sign_in(browser, world, config, "Dana")
    assert answer.status_code == 200
    session = (await browser.get("/api/v1/session")).json()
    assert session == answer.json() | {"now": session["now"]}
    assert session["user"] == {
        "id": str(world.people["Dana"].id),
        "name": "Dana",
        "email": "dana@erp.example",
        "isAdmin": False,
        "hasPassword": False,
        "substituting": [],
    }
    assert session["demo"] is False
    assert session["publicUrl"] == "http://tminus.example"
    assert session["now"].startswith("2026-11-21T20:30:00")
    assert await kinds(world) == ["link_made", "sign_in"]


async def test_the_cookie_is_out_of_scripts_reach_and_its_value_is_kept_nowhere(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    answer = await sign_in(browser, world, config, "Dana")
    said = answer.headers["set-cookie"]
    value = browser.cookies["tminus_session"]
    assert "HttpOnly" in said
    assert "SameSite=lax" in said
    assert "Path=/" in said
    assert "Max-Age=43200" in said
    assert "Secure" not in said
    async with world.database.read() as connection:
        assert (await connection.execute(select(sessions.c.id))).scalars().all() == [digest(value)]


async def test_over_tls_the_cookie_is_bound_to_the_host(world: World, tmp_path: Path) -> None:
    config = settings_for(tmp_path, "https://tminus.example")
    async with client_for(world, config) as browser:
        said = (await sign_in(browser, world, config, "Dana")).headers["set-cookie"]
        assert said.startswith("__Host-tminus_session=")
        assert "Secure" in said
        assert "Domain" not in said
        assert (await browser.get("/api/v1/session")).status_code == 200


async def test_without_a_session_the_problem_says_what_to_do(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/api/v1/session")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["code"] == "unauthenticated"
    assert problem["hint"]


async def test_a_link_works_once(browser: httpx.AsyncClient, world: World, config: Settings) -> None:
    secret = await link_secret(world, config, "Dana")
    for status in (200, 401):
        answer = await browser.post("/api/v1/sign-in", json={"token": secret}, headers=PAGE)
        assert answer.status_code == status
    assert answer.json()["code"] == "link_used"
    assert await kinds(world) == ["link_made", "sign_in", "refused"]


async def test_of_two_who_open_one_link_at_once_exactly_one_comes_in(world: World, config: Settings) -> None:
    secret = await link_secret(world, config, "Dana")
    async with client_for(world, config) as one, client_for(world, config, address="192.0.2.8") as other:
        answers = await asyncio.gather(
            *(
                browser.post("/api/v1/sign-in", json={"token": secret}, headers=PAGE)
                for browser in (one, other, one, other)
            )
        )
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    async with world.database.read() as connection:
        assert len((await connection.execute(select(sessions.c.id))).all()) == 1


async def test_an_old_link_and_an_unknown_one_are_told_apart(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    secret = await link_secret(world, config, "Dana")
    async with world.database.engine.begin() as connection:
        await connection.execute(update(sign_in_links).values(expires_at=text("clock_timestamp()")))
    old = await browser.post("/api/v1/sign-in", json={"token": secret}, headers=PAGE)
    unknown = await browser.post("/api/v1/sign-in", json={"token": "x" * 43}, headers=PAGE)
    assert (old.status_code, old.json()["code"]) == (401, "link_expired")
    assert (unknown.status_code, unknown.json()["code"]) == (401, "link_unknown")
    assert "set-cookie" not in old.headers


@pytest.mark.parametrize(("demo", "lasts"), [(False, "30 minutes"), (True, "7 days")])
async def test_how_long_a_link_lasts(world: World, tmp_path: Path, demo: bool, lasts: str) -> None:
    await link_secret(world, settings_for(tmp_path, demo=demo), "Dana")
    # The clock is read twice while the row is written: a microsecond may lie between.
    query = text(
        "SELECT expires_at - created_at - CAST(:lasts AS text)::interval BETWEEN '0 s' AND '1 s' FROM sign_in_links"
    )
    async with world.database.read() as connection:
        assert (await connection.execute(query, {"lasts": lasts})).scalar_one() is True


async def test_a_session_ends_by_wall_time_and_not_by_the_moved_clock(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Dana")
    async with world.database.engine.begin() as connection:
        await advance(connection, 7 * 86400)
    assert (await browser.get("/api/v1/session")).status_code == 200
    async with world.database.engine.begin() as connection:
        await connection.execute(update(sessions).values(expires_at=text("clock_timestamp()")))
    answer = await browser.get("/api/v1/session")
    assert (answer.status_code, answer.json()["code"]) == (401, "session_over")
    assert (await kinds(world))[-1] == "refused"


async def test_signing_out_ends_the_session_on_the_server(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Dana")
    stolen = browser.cookies["tminus_session"]
    assert (await browser.post("/api/v1/sign-out", json={}, headers=PAGE)).status_code == 204
    assert "tminus_session" not in browser.cookies
    browser.cookies.set("tminus_session", stolen)
    assert (await browser.get("/api/v1/session")).status_code == 401
    assert (await kinds(world))[:3] == ["link_made", "sign_in", "sign_out"]


async def test_signing_in_again_ends_the_session_before(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Dana")
    await sign_in(browser, world, config, "Marco")
    assert (await browser.get("/api/v1/session")).json()["user"]["name"] == "Marco"
    async with world.database.read() as connection:
        assert (await connection.execute(select(sessions.c.user_id))).scalars().all() == [
            world.people["Marco"].id
        ]


async def test_all_sessions_of_a_person_end_at_once(world: World, config: Settings) -> None:
    dana = world.people["Dana"].id
    assert dana is not None
    async with client_for(world, config) as phone, client_for(world, config) as laptop:
        for browser in (phone, laptop):
            await sign_in(browser, world, config, "Dana")
        assert await end_sessions(world.database, MACHINE, dana) == 2
        for browser in (phone, laptop):
            assert (await browser.get("/api/v1/session")).status_code == 401


async def test_who_is_shut_out_is_out_at_once_and_no_link_helps(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    dana = world.people["Dana"].id
    assert dana is not None
    await sign_in(browser, world, config, "Dana")
    secret = await link_secret(world, config, "Dana")
    await set_active(world.database, MACHINE, dana, active=False)
    assert (await browser.get("/api/v1/session")).status_code == 401
    answer = await browser.post("/api/v1/sign-in", json={"token": secret}, headers=PAGE)
    assert answer.status_code == 401


async def test_a_link_is_mailed_to_who_is_known_and_the_answer_is_the_same_for_others(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    known = await browser.post("/api/v1/sign-in/link", json={"email": "Dana@ERP.example"}, headers=PAGE)
    stranger = await browser.post("/api/v1/sign-in/link", json={"email": "eve@erp.example"}, headers=PAGE)
    assert (known.status_code, known.json()) == (stranger.status_code, stranger.json()) == (202, {})
    async with world.database.read() as connection:
        mail = (await connection.execute(select(outbox))).one()
    assert mail.recipient == "dana@erp.example"
    assert mail.status == "queued"
    secret = mail.body_text.split("http://tminus.example/sign-in#", 1)[1].split()[0]
    answer = await browser.post("/api/v1/sign-in", json={"token": secret}, headers=PAGE)
    assert answer.json()["user"]["name"] == "Dana"
    assert await kinds(world) == ["link_mailed", "link_refused", "sign_in"]


async def test_the_eleventh_try_of_a_minute_is_refused_whatever_it_brings(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    secret = await link_secret(world, config, "Dana")
    await tried(world, address_key("192.0.2.7"), 10)
    refused = await browser.post("/api/v1/sign-in", json={"token": secret}, headers=PAGE)
    assert refused.status_code == 429
    assert refused.json()["code"] == "too_many_attempts"
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    async with client_for(world, config, address="192.0.2.8") as elsewhere:
        answer = await elsewhere.post("/api/v1/sign-in", json={"token": secret}, headers=PAGE)
        assert answer.status_code == 200, "the link was not used up by the refused try"


async def test_tries_are_counted_even_though_they_fail(world: World, config: Settings) -> None:
    async with client_for(world, config) as browser:
        for _ in range(3):
            await browser.post("/api/v1/sign-in", json={"token": "wrong"}, headers=PAGE)
    async with world.database.read() as connection:
        assert sum((await connection.execute(select(attempts.c.count))).scalars()) == 3


async def test_one_account_is_sent_three_links_a_minute_whoever_asks(
    browser: httpx.AsyncClient, world: World
) -> None:
    await tried(world, account_key("dana@erp.example"), 3)
    for email, status in (("DANA@erp.example", 429), ("marco@erp.example", 202)):
        answer = await browser.post("/api/v1/sign-in/link", json={"email": email}, headers=PAGE)
        assert answer.status_code == status
    async with world.database.read() as connection:
        assert (await connection.execute(select(outbox.c.recipient))).scalars().all() == ["marco@erp.example"]
