"""Imports over HTTP: findings and changes in pages, and the quality table that opens in a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from typing import Any

import httpx
import pytest

from tests.api.door import PAGE, sign_in
from tests.broken.kit import zip_of
from tests.confluence_export import confluence_export
from tests.world import World
from tminus.platform.settings import Settings

IMPORTS = "/api/v1/plan-imports"


@pytest.fixture
async def pilot(browser: httpx.AsyncClient, world: World, config: Settings) -> httpx.AsyncClient:
    """A browser with Priya signed in."""
    await sign_in(browser, world, config, "Priya")
    browser.headers.update(PAGE)
    return browser


async def brought(client: httpx.AsyncClient, world: World, data: bytes, name: str = "pages.zip") -> Any:
    params = {"fileName": name, "migrationId": str(world.migration_id)}
    answer = await client.post(IMPORTS, content=data, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def all_pages(client: httpx.AsyncClient, path: str, **params: Any) -> list[Any]:
    found: list[Any] = []
    after = 0
    while True:
        answer = await client.get(f"{IMPORTS}/{path}", params={**params, "after": after, "limit": 7})
        assert answer.status_code == 200, answer.text
        page = answer.json()
        found += page["items"]
        assert len(page["items"]) <= 7
        if page["next"] is None:
            return found
        after = page["next"]


async def test_findings_come_in_pages_each_once(pilot: httpx.AsyncClient, world: World) -> None:
    shown = await brought(pilot, world, zip_of(confluence_export(40, 3).files()))
    found = await all_pages(pilot, f"{shown['id']}/findings")
    assert len({one["n"] for one in found}) == len(found)
    assert Counter(one["code"] for one in found) == {kind["code"]: kind["count"] for kind in shown["kinds"]}
    selves = await all_pages(pilot, f"{shown['id']}/findings", code="self_predecessor")
    assert selves == [one for one in found if one["code"] == "self_predecessor"] != []
    assert (await pilot.get(f"{IMPORTS}/{shown['id']}/findings", params={"limit": 1_001})).status_code == 422


async def test_changes_come_in_pages_by_kind_and_by_group(pilot: httpx.AsyncClient, world: World) -> None:
    data = zip_of(confluence_export(40, 3, clean=True).files())
    shown = await brought(pilot, world, data)
    # The pilot may not add teams: an admin is to make them, and then nothing else stops the import.
    assert {kind["code"] for kind in shown["kinds"]} == {"team_needs_admin"}
    changes = await all_pages(pilot, f"{shown['id']}/changes")
    assert len({(one["kind"], one["code"]) for one in changes}) == len(changes)
    steps = await all_pages(pilot, f"{shown['id']}/changes", kind="step", change="added")
    assert len(steps) == 40
    of_one = await all_pages(pilot, f"{shown['id']}/changes", kind="step", parent=steps[0]["parent"])
    assert of_one == [one for one in steps if one["parent"] == steps[0]["parent"]]
    assert await all_pages(pilot, f"{shown['id']}/changes", change="removed") == []
    groups = (await pilot.get(f"{IMPORTS}/{shown['id']}/groups")).json()["items"]
    assert {one["parent"] for one in steps} <= {one["code"] for one in groups if one["kind"] == "chapter"}


async def test_the_quality_table_has_a_line_for_each_file_and_holds_no_formula(
    pilot: httpx.AsyncClient, world: World
) -> None:
    files = confluence_export(12, 3).files()
    first = next(iter(files))
    files["=cmd|' !A1.json"] = files.pop(first)
    shown = await brought(pilot, world, zip_of(files))
    items = (await pilot.get(f"{IMPORTS}/{shown['id']}/quality")).json()["items"]
    assert sorted(one["file"] for one in items) == sorted(files)
    total: Counter[str] = Counter()
    for one in items:
        total.update(one["findings"])
    answer = await pilot.get(f"{IMPORTS}/{shown['id']}/quality.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="quality.csv"'
    heading, *rows = csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"), newline=""))
    assert heading[:2] == ["file", "rows"]
    assert len(rows) == len(files)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    assert {kind: sum(int(row[place]) for row in rows) for place, kind in enumerate(heading[2:], 2)} == total


async def test_an_import_of_another_migration_is_seen_by_nobody_without_the_right(
    pilot: httpx.AsyncClient, browser: httpx.AsyncClient, world: World, config: Settings
) -> None:
    shown = await brought(pilot, world, zip_of(confluence_export(5, 3).files()))
    await sign_in(browser, world, config, "Vera")
    for part in ("", "/findings", "/changes", "/groups", "/quality", "/quality.csv"):
        assert (await browser.get(f"{IMPORTS}/{shown['id']}{part}")).status_code == 403, part
