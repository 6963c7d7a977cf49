"""Every error is one shape, says what happened, and gives nothing away."""

from __future__ import annotations

import logging
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI, Request
from sqlalchemy import text

from tests.api.door import PAGE, client_for, settings_for, sign_in
from tests.world import World
from tminus.kernel.errors import Refused
from tminus.platform.database import Database
from tminus.platform.http import install
from tminus.platform.http.state import database_of
from tminus.platform.settings import Settings

MEMBERS = {"type", "title", "status", "detail", "code", "hint", "errors"}


async def signed_in(browser: httpx.AsyncClient, world: World, config: Settings) -> httpx.AsyncClient:
    await sign_in(browser, world, config, "Dana")
    return browser


async def test_an_unknown_address_and_a_wrong_method(browser: httpx.AsyncClient) -> None:
    missing = await browser.get("/api/v1/nothing")
    assert (missing.status_code, missing.json()["code"]) == (404, "not_found")
    wrong = await browser.put("/api/v1/session")
    assert (wrong.status_code, wrong.json()["code"]) == (405, "method_not_allowed")
    assert wrong.headers["allow"] == "GET"
    for answer in (missing, wrong):
        assert answer.headers["content-type"] == "application/problem+json"
        assert set(answer.json()) == MEMBERS


async def test_wrong_members_are_pointed_at_and_not_repeated(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await signed_in(browser, world, config)
    body = {"name": "", "expiresInDays": "hunter2", "colour": 1}
    answer = await browser.post("/api/v1/tokens", json=body, headers=PAGE)
    assert answer.status_code == 422
    problem = answer.json()
    assert problem["code"] == "invalid"
    assert {error["pointer"] for error in problem["errors"]} == {"#/name", "#/expiresInDays", "#/colour"}
    assert all(error["sentence"].endswith(".") for error in problem["errors"])
    assert "hunter2" not in answer.text


@pytest.mark.parametrize("content", [b"{", b'"\xff"', b"[1]"])
async def test_a_body_that_is_not_what_it_should_be(
    browser: httpx.AsyncClient, world: World, config: Settings, content: bytes
) -> None:
    await signed_in(browser, world, config)
    headers = {**PAGE, "Content-Type": "application/json"}
    answer = await browser.post("/api/v1/tokens", content=content, headers=headers)
    assert answer.status_code in (400, 422)
    assert set(answer.json()) == MEMBERS


async def test_a_wrong_query_names_its_parameter(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await signed_in(browser, world, config)
    answer = await browser.get("/api/v1/teams?migrationId=7")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["parameter"] == "migrationId"


async def test_too_large_a_body_is_refused_before_it_is_read(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await signed_in(browser, world, config)
    declared = await browser.post("/api/v1/tokens", content=b" " * 1_000_001, headers=PAGE)
    assert (declared.status_code, declared.json()["code"]) == (413, "too_large")

    sent = 0

    async def drip() -> object:
        nonlocal sent
        for _ in range(50):
            sent += 100_000
            yield b" " * 100_000

    headers = {**PAGE, "Content-Type": "application/json"}
    endless = await browser.post("/api/v1/tokens", content=drip(), headers=headers)  # type: ignore[arg-type] # an async generator of bytes
    assert (endless.status_code, endless.json()["code"]) == (413, "too_large")


def failing_app(config: Settings, database: Database) -> FastAPI:
    """The base under routes that go wrong, each in its way."""
    app = FastAPI()
    install(app, config)
    app.state.database = database

    @app.get("/api/fault")
    @app.post("/api/fault")
    async def fault() -> None:
        raise RuntimeError("the password is swordfish")

    @app.get("/api/away")
    async def away(request: Request) -> None:
        async with database_of(request).read() as connection:
            await connection.execute(text("SELECT 1"))

    @app.get("/api/slow")
    async def slow(request: Request) -> None:
        async with database_of(request).read() as connection:
            await connection.execute(text("SET LOCAL statement_timeout = 20"))
            await connection.execute(text("SELECT pg_sleep(5)"))

    @app.get("/api/refused")
    async def refused() -> None:
        raise Refused("No.", code="because", hint="Ask.", status=1, current={"id": config.home})

    return app


@pytest.fixture
async def failing(tmp_path: Path, database: Database) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(failing_app(settings_for(tmp_path), database), raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://tminus.example")


async def test_an_unforeseen_fault_gives_a_number_and_nothing_else(
    failing: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        read = await failing.get("/api/fault?token=secret")
        changed = await failing.post("/api/fault")
    assert (read.status_code, changed.status_code) == (500, 500)
    assert "swordfish" not in read.text
    assert "changed" not in read.json()["detail"], "a read has nothing to say about changes"
    assert "not known" in changed.json()["detail"]
    written = " ".join(record.getMessage() for record in caplog.records if record.name.startswith("tminus"))
    assert read.json()["errorId"] in written
    assert read.headers["x-content-type-options"] == "nosniff"
    assert "GET /api/fault 500" in written
    assert "secret" not in written


async def test_a_database_that_is_away_is_said_to_be_and_comes_back_by_itself(
    failing: httpx.AsyncClient, database: Database, tmp_path: Path
) -> None:
    slow = await failing.get("/api/slow")
    assert (slow.status_code, slow.json()["code"]) == (503, "unavailable")
    assert slow.headers["retry-after"]
    nowhere = Database("postgresql://nobody@127.0.0.1:1/none")
    transport = httpx.ASGITransport(failing_app(settings_for(tmp_path), nowhere), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://tminus.example") as client:
        gone = await client.get("/api/away")
    assert (gone.status_code, gone.json()["code"]) == (503, "unavailable")
    assert "127.0.0.1" not in gone.text
    assert (await failing.get("/api/away")).status_code == 200


async def test_what_a_refusal_tells_never_replaces_the_standard_members(failing: httpx.AsyncClient) -> None:
    problem = (await failing.get("/api/refused")).json()
    assert problem["status"] == 409
    assert problem["code"] == "because"
    assert problem["current"]["id"]


async def test_a_refusal_of_rights_is_kept_with_who_and_where(world: World, config: Settings) -> None:
    async with client_for(world, config) as browser:
        await sign_in(browser, world, config, "Dana")
        elsewhere = "00000000-0000-0000-0000-00000000000a"
        answer = await browser.get(f"/api/v1/teams?migrationId={elsewhere}")
    assert answer.status_code == 403
    async with world.database.read() as connection:
        query = text("SELECT user_id, address, detail FROM access_log WHERE kind = 'refused'")
        row = (await connection.execute(query)).one()
    assert row.user_id == world.people["Dana"].id
    assert row.address == "192.0.2.7"
    assert row.detail["path"] == "/api/v1/teams"
