"""API tokens: shown once, working until revoked or over, with the rights of whoever they belong to."""

from __future__ import annotations

import httpx
from sqlalchemy import select, text, update

from tests.api.door import MACHINE, PAGE, client_for, sign_in
from tests.world import World
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people.commands.roles import set_roles
from tminus.people.commands.tokens import NewToken, issue_token, revoke_token
from tminus.people.commands.users import set_active
from tminus.platform.auth.secret import digest
from tminus.platform.eventlog.store import read_stream
from tminus.platform.settings import Settings
from tminus.platform.tables import access_log, api_tokens


async def made(browser: httpx.AsyncClient, **body: object) -> httpx.Response:
    return await browser.post("/api/v1/tokens", json={"name": "pipeline", **body}, headers=PAGE)


def bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}


async def secret_of(world: World, who: str, days: int | None = None) -> str:
    key = world.people[who].id
    assert key is not None
    return (await issue_token(world.database, MACHINE, NewToken(key, "pipeline", days)))[1]


async def test_a_token_is_shown_once_and_kept_as_a_hash(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Dana")
    answer = await made(browser, expiresInDays=30)
    assert answer.status_code == 201
    token = answer.json()
    assert token["token"].startswith("tmn_")
    assert len(token["token"]) == 47
    listed = (await browser.get("/api/v1/tokens")).json()["items"]
    assert listed == [{name: value for name, value in token.items() if name != "token"}]
    async with world.database.read() as connection:
        assert (await connection.execute(select(api_tokens.c.secret))).scalar_one() == digest(token["token"])
        log = await read_stream(connection, SYSTEM_STREAM, 0)
    assert [entry.type for entry in log] == ["token.issued"]
    assert token["token"].encode() not in log[0].canonical


async def test_a_token_needs_no_cookie_and_no_proof_of_the_page(world: World, config: Settings) -> None:
    secret = await secret_of(world, "Dana")
    async with client_for(world, config) as program:
        session = await program.get("/api/v1/session", headers=bearer(secret))
        assert session.json()["user"]["name"] == "Dana"
        out = await program.post("/api/v1/sign-out", headers=bearer(secret))
        assert out.status_code == 204
        assert (await program.get("/api/v1/session", headers=bearer(secret))).status_code == 200


async def test_a_revoked_token_stops_at_once(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Dana")
    token = (await made(browser)).json()
    async with client_for(world, config) as program:
        assert (await program.get("/api/v1/session", headers=bearer(token["token"]))).status_code == 200
        revoked = await browser.delete(f"/api/v1/tokens/{token['id']}", headers=PAGE)
        assert revoked.status_code == 204
        answer = await program.get("/api/v1/session", headers=bearer(token["token"]))
        assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
        assert answer.headers["www-authenticate"] == "Bearer"
    assert (await browser.get("/api/v1/tokens")).json()["items"] == []
    again = await browser.delete(f"/api/v1/tokens/{token['id']}", headers=PAGE)
    assert again.status_code == 404


async def test_a_token_ends_when_it_said(world: World, config: Settings) -> None:
    secret = await secret_of(world, "Dana", days=1)
    async with client_for(world, config) as program:
        assert (await program.get("/api/v1/session", headers=bearer(secret))).status_code == 200
        async with world.database.engine.begin() as connection:
            await connection.execute(update(api_tokens).values(expires_at=text("clock_timestamp()")))
        assert (await program.get("/api/v1/session", headers=bearer(secret))).status_code == 401


async def test_a_wrong_token_is_refused_and_noted_even_where_a_session_is_there(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Dana")
    answer = await browser.get("/api/v1/session", headers=bearer("tmn_wrong"))
    assert (answer.status_code, answer.json()["code"]) == (401, "token_invalid")
    async with world.database.read() as connection:
        last = (await connection.execute(select(access_log).order_by(access_log.c.id.desc()))).first()
    assert last is not None
    assert (last.kind, last.address) == ("refused", "192.0.2.7")
    assert last.detail == {"status": 401, "code": "token_invalid", "method": "GET", "path": "/api/v1/session"}


async def test_somebody_elses_token_is_not_there(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    secret = await secret_of(world, "Marco")
    async with world.database.read() as connection:
        key = (await connection.execute(select(api_tokens.c.id))).scalar_one()
    await sign_in(browser, world, config, "Dana")
    assert (await browser.get("/api/v1/tokens")).json()["items"] == []
    assert (await browser.delete(f"/api/v1/tokens/{key}", headers=PAGE)).status_code == 404
    async with client_for(world, config) as program:
        assert (await program.get("/api/v1/session", headers=bearer(secret))).status_code == 200
    await revoke_token(world.database, MACHINE, key)


async def test_a_token_cannot_make_another(world: World, config: Settings) -> None:
    secret = await secret_of(world, "Dana")
    async with client_for(world, config) as program:
        answer = await program.post("/api/v1/tokens", json={"name": "heir"}, headers=bearer(secret))
    assert answer.status_code == 403
    async with world.database.read() as connection:
        assert len((await connection.execute(select(api_tokens))).all()) == 1


async def test_a_role_that_is_taken_is_gone_at_the_next_request(world: World, config: Settings) -> None:
    vera = world.people["Vera"].id
    assert vera is not None
    secret = await secret_of(world, "Vera")
    url = f"/api/v1/teams?migrationId={world.migration_id}"
    async with client_for(world, config) as program:
        assert (await program.get(url, headers=bearer(secret))).status_code == 200
        await set_roles(world.database, MACHINE, world.migration_id, vera, frozenset())
        assert (await program.get(url, headers=bearer(secret))).status_code == 403
        await set_active(world.database, MACHINE, vera, active=False)
        assert (await program.get(url, headers=bearer(secret))).status_code == 401


async def test_the_last_use_is_noted_at_most_once_a_minute(world: World, config: Settings) -> None:
    secret = await secret_of(world, "Dana")
    seen = []
    async with client_for(world, config) as program:
        for _ in range(2):
            await program.get("/api/v1/session", headers=bearer(secret))
            async with world.database.read() as connection:
                seen.append((await connection.execute(select(api_tokens.c.last_used_at))).scalar_one())
        assert seen[0] is not None
        assert seen[0] == seen[1]
        async with world.database.engine.begin() as connection:
            old = text("clock_timestamp() - interval '61 s'")
            await connection.execute(update(api_tokens).values(last_used_at=old))
        await program.get("/api/v1/session", headers=bearer(secret))
        async with world.database.read() as connection:
            assert (await connection.execute(select(api_tokens.c.last_used_at))).scalar_one() > seen[0]
