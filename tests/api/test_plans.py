"""Plans over HTTP: shown before anything is done, then done once, all or nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from tests.api.door import PAGE, sign_in
from tests.db.test_plan_import import FILE
from tests.world import World
from tminus.platform.settings import Settings

IMPORTS = "/api/v1/plan-imports"


@pytest.fixture
async def pilot(browser: httpx.AsyncClient, world: World, config: Settings) -> httpx.AsyncClient:
    """A browser with Priya signed in."""
    await sign_in(browser, world, config, "Priya")
    browser.headers.update(PAGE)
    return browser


async def shown(client: httpx.AsyncClient, file: str, **query: str) -> Any:
    answer = await client.post(IMPORTS, content=file.encode(), params={"fileName": "night.yaml"} | query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_import_is_shown_then_committed_then_exported_unchanged(pilot: httpx.AsyncClient) -> None:
    first = await shown(pilot, FILE)
    assert first["canCommit"] is True
    assert (first["diff"]["added"], first["diff"]["changed"], first["diff"]["removed"]) == (6, 0, 0)
    assert (await pilot.get("/api/v1/plans")).json()["items"] == []
    done = (await pilot.post(f"{IMPORTS}/{first['id']}/commit")).json()
    assert (done["number"], done["changes"]) == (1, 6)
    for form, kind in (("yaml", "application/yaml"), ("json", "application/json")):
        export = await pilot.get(f"/api/v1/plan-versions/{done['versionId']}/export", params={"format": form})
        assert export.headers["content-type"].startswith(kind)
        again = await shown(pilot, export.text)
        assert again["diff"]["items"] == []
        assert (await pilot.post(f"{IMPORTS}/{again['id']}/commit")).json()["changes"] == 0
    (plan,) = (await pilot.get("/api/v1/plans")).json()["items"]
    (version,) = plan["versions"]
    assert (plan["name"], version["status"], version["steps"], version["createdBy"]) == (
        "Night",
        "draft",
        2,
        "Priya",
    )


async def test_the_same_commit_sent_twice_is_answered_twice_and_done_once(pilot: httpx.AsyncClient) -> None:
    kept = await shown(pilot, FILE)
    key = {"Idempotency-Key": "one"}
    answers = [await pilot.post(f"{IMPORTS}/{kept['id']}/commit", headers=key) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    again = await pilot.post(f"{IMPORTS}/{kept['id']}/commit")
    assert (again.status_code, again.json()["code"]) == (409, "already_committed")
    same = await shown(pilot, FILE)
    nothing = [
        await pilot.post(f"{IMPORTS}/{same['id']}/commit", headers={"Idempotency-Key": "2"}) for _ in range(2)
    ]
    assert nothing[0].json() == nothing[1].json()
    assert nothing[1].json()["changes"] == 0


async def test_findings_come_with_their_places_and_there_is_nothing_to_commit(
    pilot: httpx.AsyncClient,
) -> None:
    answer = await shown(pilot, FILE.replace("{code: TRT-1, lag", "{code: TRT-11, lag"))
    assert answer["canCommit"] is False
    refused = await pilot.post(f"{IMPORTS}/{answer['id']}/commit")
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    (finding,) = answer["findings"]
    assert {
        name: finding[name]
        for name in finding
        if name not in ("n", "field", "subject", "mended", "confidence")
    } == {
        "file": "night.yaml",
        "row": None,
        "line": 13,
        "column": 74,
        "code": "unknown_predecessor",
        "severity": "error",
        "message": "TRT-2 waits for “TRT-11”, which is no step, chapter or macro-phase of this plan.",
        "suggestion": "Did you mean “TRT-1”?",
        "repair": None,
    }


async def test_an_unknown_type_is_a_finding_and_no_failure_of_the_server(pilot: httpx.AsyncClient) -> None:
    answer = await shown(pilot, FILE.replace("name: Second", "name: Second, type: ABC"))
    (finding,) = answer["findings"]
    assert (finding["code"], finding["line"], answer["canCommit"]) == ("unknown_type", 13, False)


async def test_an_approval_takes_another_pilot_and_the_version_that_was_read(
    pilot: httpx.AsyncClient, world: World, config: Settings
) -> None:
    kept = await shown(pilot, FILE)
    version = (await pilot.post(f"{IMPORTS}/{kept['id']}/commit")).json()["versionId"]
    approve = f"/api/v1/plan-versions/{version}/approve"
    own = await pilot.post(approve, json={"version": 1})
    assert (own.status_code, own.json()["code"]) == (403, "forbidden")
    assert "another pilot" in own.json()["detail"]
    await sign_in(pilot, world, config, "Marco")
    stale = await pilot.post(approve, json={"version": 0})
    assert (stale.status_code, stale.json()["code"], stale.json()["version"]) == (409, "version_changed", 1)
    assert (await pilot.post(approve, json={"version": 1})).status_code == 200
    (plan,) = (await pilot.get("/api/v1/plans", params={"migrationId": str(world.migration_id)})).json()[
        "items"
    ]
    assert (plan["versions"][0]["status"], plan["versions"][0]["approvedBy"]) == ("approved", "Marco")


async def test_a_viewer_sees_plans_and_imports_none(
    browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    assert (await browser.post(IMPORTS, content=b"x", headers=PAGE)).status_code == 401
    await sign_in(browser, world, config, "Vera")
    assert (await browser.get("/api/v1/plans")).status_code == 200
    refused = await browser.post(IMPORTS, content=FILE.encode(), headers=PAGE)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")


async def test_far_too_much_is_refused_whether_their_length_is_said_or_not(
    pilot: httpx.AsyncClient,
) -> None:
    said = await pilot.post(IMPORTS, content=b"\xff" * (120 * 1024 * 1024))
    assert said.status_code == 413

    async def unsaid() -> AsyncIterator[bytes]:
        for _ in range(120):
            yield b"\xff" * (1024 * 1024)

    assert (await pilot.post(IMPORTS, content=unsaid())).status_code == 413
    between = await pilot.post(IMPORTS, content=b"\xff" * (21 * 1024 * 1024))
    assert (between.status_code, between.json()["state"]) == (200, "received")  # the worker reads it
    soon = await pilot.post(IMPORTS, content=b"\xff" * (1024 * 1024))
    assert [finding["severity"] for finding in soon.json()["findings"]] == ["error"]


NOTHING = "00000000-0000-0000-0000-000000000000"
MISSING = [
    ("GET", f"/api/v1/plan-versions/{NOTHING}/export"),
    ("POST", f"/api/v1/plan-versions/{NOTHING}/approve"),
    ("POST", f"{IMPORTS}/{NOTHING}/commit"),
]


@pytest.mark.parametrize(("method", "path"), MISSING)
async def test_what_is_not_there_is_a_404_that_says_what_to_do(
    pilot: httpx.AsyncClient, method: str, path: str
) -> None:
    answer = await pilot.request(method, path, json={} if method == "POST" else None)
    assert answer.status_code == 404
    assert answer.json()["hint"]


async def test_a_plan_for_a_migration_to_be_is_an_admins(pilot: httpx.AsyncClient, world: World) -> None:
    other = FILE.replace("key: ERP", "key: NEW")
    refused = await pilot.post(IMPORTS, content=other.encode())
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    async with world.database.engine.begin() as connection:
        await connection.execute(text("UPDATE users SET is_admin = true WHERE name = 'Priya'"))
    answer = await shown(pilot, other)
    assert (answer["newMigration"], answer["canCommit"], answer["findings"]) == ("NEW", True, [])
    assert answer["diff"]["added"] == 7
    done = (await pilot.post(f"{IMPORTS}/{answer['id']}/commit")).json()
    assert (done["number"], done["changes"]) == (1, 7)
