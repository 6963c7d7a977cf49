"""Migrations made and changed over HTTP."""

from __future__ import annotations

import httpx
import pytest
from sqlalchemy import text

from tests.api.door import PAGE, sign_in
from tests.world import World, plan_of, step
from tminus.platform.settings import Settings

AT = "/api/v1/migrations"


@pytest.fixture
async def admin(browser: httpx.AsyncClient, world: World, config: Settings) -> httpx.AsyncClient:
    """An admin's browser."""
    async with world.database.engine.begin() as connection:
        await connection.execute(text("UPDATE users SET is_admin = true WHERE name = 'Vera'"))
    await sign_in(browser, world, config, "Vera")
    browser.headers.update(PAGE)
    return browser


async def test_an_admin_makes_a_migration_and_finds_it_in_the_list(admin: httpx.AsyncClient) -> None:
    said = {"key": "CRM", "name": " CRM move ", "zone": "Europe/Lisbon", "description": "To the new site"}
    made = (await admin.post(AT, json=said)).json()
    assert made == {**said, "name": "CRM move", "id": made["id"], "version": 1}
    listed = (await admin.get(f"{AT}/{made['id']}")).json()
    assert (listed["name"], listed["zone"], listed["status"]) == ("CRM move", "Europe/Lisbon", "planning")
    assert (listed["version"], listed["roles"], listed["iterations"]) == (1, [], [])


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"key": "ERP"}, 409, "key_taken"),
        ({"key": "erp"}, 409, "key_taken"),
        ({"key": "no blanks"}, 422, "invalid"),
        ({"zone": "Mars/Olympus"}, 422, "invalid"),
        ({"name": "two\nlines"}, 422, "invalid"),
        ({"name": "x" * 201}, 422, "invalid"),
    ],
)
async def test_what_is_refused_makes_nothing(
    admin: httpx.AsyncClient, world: World, change: dict[str, str], status: int, code: str
) -> None:
    async def keys() -> list[str]:
        return [item["key"] for item in (await admin.get(AT)).json()["items"]]

    before = await keys()
    answer = await admin.post(AT, json={"key": "NEW", "name": "New", "zone": "UTC", **change})
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert await keys() == before


async def test_of_two_who_change_it_the_second_is_told(admin: httpx.AsyncClient, world: World) -> None:
    at = f"{AT}/{world.migration_id}"
    seen = (await admin.get(at)).json()["version"]
    first = await admin.patch(at, json={"name": "ERP, renamed"}, headers={"If-Match": f'"{seen}"'})
    assert (first.json()["name"], first.json()["version"]) == ("ERP, renamed", seen + 1)
    again = await admin.patch(at, json={"name": "ERP, renamed"}, headers={"If-Match": f'"{seen + 1}"'})
    assert again.json()["version"] == seen + 1
    second = await admin.patch(at, json={"description": "Mine"}, headers={"If-Match": f'"{seen}"'})
    problem = second.json()
    assert (second.status_code, problem["code"]) == (409, "migration_changed")
    assert problem["current"]["name"] == "ERP, renamed"


async def test_the_zone_stays_once_an_iteration_went_live(admin: httpx.AsyncClient, world: World) -> None:
    await world.iteration(plan_of(step("TRT-1")))
    at = f"{AT}/{world.migration_id}"
    refused = await admin.patch(at, json={"zone": "Asia/Tokyo"})
    assert (refused.status_code, refused.json()["code"]) == (409, "zone_in_use")
    assert (await admin.patch(at, json={"description": "Words may change"})).is_success


async def test_a_pilot_makes_and_changes_none(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    await sign_in(browser, world, config, "Priya")
    new = {"key": "NEW", "name": "New", "zone": "UTC"}
    assert (await browser.post(AT, json=new, headers=PAGE)).status_code == 403
    at = f"{AT}/{world.migration_id}"
    assert (await browser.patch(at, json={"name": "Mine"}, headers=PAGE)).status_code == 403


async def test_an_unknown_migration_is_not_found(admin: httpx.AsyncClient) -> None:
    at = f"{AT}/00000000-0000-0000-0000-000000000000"
    assert (await admin.patch(at, json={"name": "Nothing"})).status_code == 404
