"""Coming in by a password: one answer whatever is wrong, so many tries and no more, no trace of it anywhere."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from sqlalchemy import insert, select, text, update

from tests.api.door import MACHINE, PAGE, client_for, settings_for, sign_in
from tests.world import World
from tminus.kernel.errors import Refused
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people.commands.passwords import take_password
from tminus.people.commands.tokens import NewToken, issue_token
from tminus.people.commands.users import NewUser, create_user, set_active
from tminus.people.queries import user_id_by_email
from tminus.people.store import passwords
from tminus.platform.auth.attempts import password_key
from tminus.platform.eventlog.store import read_stream
from tminus.platform.settings import Settings
from tminus.platform.tables import access_log, attempts, sessions

GOOD, BETTER = "kiesel lampe tanne", "seven grey herons"
PASSWORD = "/api/v1/session/password"


@pytest.fixture
async def dana(world: World, config: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """Dana's browser, signed in by a link."""
    async with client_for(world, config) as browser:
        await sign_in(browser, world, config, "Dana")
        browser.headers.update(PAGE)
        yield browser


async def come(browser: httpx.AsyncClient, email: str, password: str) -> httpx.Response:
    body = {"email": email, "password": password}
    return await browser.post("/api/v1/sign-in/password", json=body, headers=PAGE)


async def remove(browser: httpx.AsyncClient, current: str) -> httpx.Response:
    return await browser.request("DELETE", PASSWORD, json={"current": current})


async def another_minute(world: World) -> None:
    """Forget the tries of this one."""
    async with world.database.engine.begin() as connection:
        await connection.execute(attempts.delete())


async def noted(world: World) -> list[tuple[str, bool]]:
    async with world.database.read() as connection:
        rows = await connection.execute(
            select(access_log.c.kind, access_log.c.user_id).order_by(access_log.c.id)
        )
        return [(row.kind, row.user_id is not None) for row in rows]


async def test_a_password_is_set_used_changed_and_removed(
    dana: httpx.AsyncClient, browser: httpx.AsyncClient, world: World
) -> None:
    assert (await dana.get("/api/v1/session")).json()["user"]["hasPassword"] is False
    assert (await dana.post(PASSWORD, json={"new": GOOD})).status_code == 204
    assert (await dana.get("/api/v1/session")).json()["user"]["hasPassword"] is True
    came = await come(browser, " Dana@ERP.example ", GOOD)
    assert came.status_code == 200, came.text
    assert came.json()["user"]["name"] == "Dana"
    assert (await browser.get("/api/v1/session")).status_code == 200

    for body in ({"new": BETTER}, {"new": BETTER, "current": BETTER}):
        wrong = await dana.post(PASSWORD, json=body)
        assert (wrong.status_code, wrong.json()["code"]) == (403, "password_wrong")
    await another_minute(world)
    assert (await dana.post(PASSWORD, json={"new": BETTER, "current": GOOD})).status_code == 204
    assert (await browser.get("/api/v1/session")).json()["code"] == "session_over", "the other session ended"
    assert (await dana.get("/api/v1/session")).status_code == 200, "one's own goes on"
    assert (await come(browser, "dana@erp.example", GOOD)).status_code == 401
    assert (await come(browser, "dana@erp.example", BETTER)).status_code == 200

    await another_minute(world)
    assert (await remove(dana, GOOD)).json()["code"] == "password_wrong"
    assert (await remove(dana, BETTER)).status_code == 204
    assert (await remove(dana, BETTER)).json()["code"] == "no_password"
    assert (await come(browser, "dana@erp.example", BETTER)).status_code == 401


async def test_the_log_says_what_happened_and_nothing_of_the_password(
    dana: httpx.AsyncClient, world: World, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        await dana.post(PASSWORD, json={"new": GOOD})
        await dana.post(PASSWORD, json={"new": BETTER, "current": GOOD})
        await remove(dana, BETTER)
    async with world.database.read() as connection:
        log = await read_stream(connection, SYSTEM_STREAM, 0)
        [*kept] = (await connection.execute(select(passwords.c.hash))).scalars()
    assert [entry.sentence for entry in log] == [
        "Dana set a password",
        "Dana changed the password",
        "Dana removed the password",
    ]
    assert kept == []
    everything = " ".join(
        [*(entry.canonical.decode() for entry in log), *(record.getMessage() for record in caplog.records)]
    )
    assert not any(part in everything for part in (GOOD, BETTER, "argon2"))


async def test_what_is_kept_is_a_hash(dana: httpx.AsyncClient, world: World) -> None:
    await dana.post(PASSWORD, json={"new": GOOD})
    async with world.database.read() as connection:
        assert (await connection.execute(select(passwords.c.hash))).scalar_one().startswith("$argon2id$")


async def test_one_answer_whatever_is_wrong(
    dana: httpx.AsyncClient, browser: httpx.AsyncClient, world: World
) -> None:
    await dana.post(PASSWORD, json={"new": GOOD})
    before = len(await noted(world))
    answers = [
        await come(browser, email, GOOD + "x")
        for email in ("dana@erp.example", "marco@erp.example", "nobody@erp.example", "no address")
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text for answer in answers}) == 1
    assert answers[0].json()["code"] == "sign_in_failed"
    assert not any("set-cookie" in answer.headers for answer in answers)
    assert (await noted(world))[before:] == [
        ("password_refused", known) for known in (True, True, False, False)
    ]


@pytest.mark.parametrize(
    ("new", "code", "words"),
    [
        ("tooshort-7", "password_short", "A password has 12 characters at least."),
        ("x" * 300, "password_long", "A password has 256 characters at most."),
        (
            "qwerty123456",
            "password_breached",
            "This password is among those that leaked elsewhere and are tried first.",
        ),
        (
            "dana@erp.example",
            "password_own_words",
            "This password is made of your name, your address or Tminus's.",
        ),
        (
            "passwordpassword",
            "password_guessable",
            "This password is soon guessed: it is made of what many people take.",
        ),
    ],
)
async def test_a_weak_password_is_refused_and_says_why(
    dana: httpx.AsyncClient, new: str, code: str, words: str
) -> None:
    answer = await dana.post(PASSWORD, json={"new": new})
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert answer.json()["detail"] == f"{words} No password was set."
    assert answer.json()["hint"].startswith("Several words that do not belong together are good")
    assert answer.headers["content-type"] == "application/problem+json"
    assert new not in answer.text
    assert (await dana.get("/api/v1/session")).json()["user"]["hasPassword"] is False


async def test_an_admin_removes_a_password_that_became_known_and_whoever_came_in_with_it_is_out(
    dana: httpx.AsyncClient, browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await dana.post(PASSWORD, json={"new": GOOD})
    assert (await come(browser, "dana@erp.example", GOOD)).status_code == 200
    await create_user(world.database, MACHINE, NewUser("ada@erp.example", "Ada", is_admin=True))
    ada = await issue_token(world.database, MACHINE, NewToken(await key_of(world, "ada"), "x"))
    path = f"/api/v1/users/{world.people['Dana'].id}/password"
    async with client_for(world, config) as admin:
        admin.headers["Authorization"] = f"Bearer {ada[1]}"
        assert (await admin.delete(path)).json() == {"sessions": 2}
        again = await admin.delete(path)
        assert (again.status_code, again.json()["code"]) == (409, "no_password")
        assert again.json()["detail"] == "Dana has no password. Nothing was removed."
    for client in (dana, browser):
        assert (await client.get("/api/v1/session")).json()["code"] == "session_over"
    assert (await come(browser, "dana@erp.example", GOOD)).status_code == 401
    assert (await sign_in(dana, world, config, "Dana")).status_code == 200
    async with world.database.read() as connection:
        log = await read_stream(connection, SYSTEM_STREAM, 0)
    assert log[-1].sentence == "Ada removed the password of Dana"


async def key_of(world: World, who: str) -> UUID:
    async with world.database.read() as connection:
        key = await user_id_by_email(connection, f"{who}@erp.example")
    assert key is not None
    return key


async def test_a_password_is_taken_as_it_is(dana: httpx.AsyncClient, browser: httpx.AsyncClient) -> None:
    spaced = "  zwei Äpfel im Schnee "
    assert (await dana.post(PASSWORD, json={"new": spaced})).status_code == 204
    assert (await come(browser, "dana@erp.example", spaced.strip())).status_code == 401
    assert (await come(browser, "dana@erp.example", spaced)).status_code == 200


async def test_a_service_that_is_away_leaves_the_decision_to_the_list(world: World, tmp_path: Path) -> None:
    config = settings_for(tmp_path, breached_passwords_url="http://127.0.0.1:9/range/")
    async with client_for(world, config) as browser:
        await sign_in(browser, world, config, "Dana")
        for new, status in (("qwerty123456", 422), (GOOD, 204)):
            assert (await browser.post(PASSWORD, json={"new": new}, headers=PAGE)).status_code == status


async def test_the_sixth_try_of_an_account_is_refused_from_wherever(
    dana: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await dana.post(PASSWORD, json={"new": GOOD})
    async with world.database.engine.begin() as connection:
        for ahead in (0, 1):
            start = text(f"date_trunc('minute', clock_timestamp()) + interval '{ahead} min'")
            values = {"key": password_key("dana@erp.example"), "window_start": start, "count": 5}
            await connection.execute(insert(attempts).values(values))
    for refused in (
        await dana.post(PASSWORD, json={"new": BETTER, "current": GOOD}),
        await remove(dana, GOOD),
    ):
        assert (refused.status_code, refused.json()["code"]) == (429, "too_many_attempts")
    async with client_for(world, config, address="198.51.100.1") as elsewhere:
        assert (await come(elsewhere, "Dana@erp.example", GOOD)).status_code == 429
        assert (await come(elsewhere, "marco@erp.example", GOOD)).status_code == 401
        assert (await sign_in(elsewhere, world, config, "Dana")).status_code == 200, "links go on working"


async def test_another_site_cannot_sign_anybody_in(browser: httpx.AsyncClient) -> None:
    body = {"email": "dana@erp.example", "password": GOOD}
    answer = await browser.post("/api/v1/sign-in/password", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "cross_site")


async def test_who_is_shut_out_comes_in_by_no_password(
    dana: httpx.AsyncClient, browser: httpx.AsyncClient, world: World
) -> None:
    await dana.post(PASSWORD, json={"new": GOOD})
    key = world.people["Dana"].id
    assert key is not None
    await set_active(world.database, MACHINE, key, active=False)
    assert (await come(browser, "dana@erp.example", GOOD)).status_code == 401
    await set_active(world.database, MACHINE, key, active=True)
    assert await take_password(world.database, MACHINE, key) == 0, "its sessions had ended"
    with pytest.raises(Refused, match="Dana has no password"):
        await take_password(world.database, MACHINE, key)
    assert (await come(browser, "dana@erp.example", GOOD)).status_code == 401


async def test_a_token_sets_no_password(browser: httpx.AsyncClient, world: World) -> None:
    key = world.people["Dana"].id
    assert key is not None
    _, secret = await issue_token(world.database, MACHINE, NewToken(key, "x"))
    browser.headers["Authorization"] = f"Bearer {secret}"
    for answer in (await browser.post(PASSWORD, json={"new": GOOD}), await remove(browser, GOOD)):
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


async def test_of_two_who_change_it_at_once_one_is_told(dana: httpx.AsyncClient) -> None:
    answers = await asyncio.gather(*(dana.post(PASSWORD, json={"new": new}) for new in (GOOD, BETTER)))
    assert sorted(answer.status_code for answer in answers) in ([204, 403], [204, 409])


async def test_an_old_hash_is_made_anew_at_the_next_sign_in(
    dana: httpx.AsyncClient, browser: httpx.AsyncClient, world: World
) -> None:
    from pwdlib.hashers.argon2 import Argon2Hasher

    await dana.post(PASSWORD, json={"new": GOOD})
    old = Argon2Hasher(time_cost=1, memory_cost=8192, parallelism=1).hash(GOOD)
    async with world.database.engine.begin() as connection:
        await connection.execute(update(passwords).values(hash=old))
    for _ in range(2):
        assert (await come(browser, "dana@erp.example", GOOD)).status_code == 200
    async with world.database.read() as connection:
        assert "m=19456" in (await connection.execute(select(passwords.c.hash))).scalar_one()
        assert len((await connection.execute(select(sessions.c.id))).all()) == 2
