"""Importing people and teams over HTTP: shown, confirmed, and bounded."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.api.people_door import API, Door, make_door
from tests.world import World
from tminus.platform.settings import Settings
from tminus.runbook.readers.base_data.sheets import LARGEST_FILE

LIST = b"Email,Name,Roles,Teams\neve@erp.example,Eve,pilot,DBA\ndana@erp.example,Dana,member,\n"


@pytest.fixture
async def door(world: World, config: Settings) -> AsyncIterator[Door]:
    """The cast and an admin, each with a browser."""
    async with make_door(world, config) as door:
        yield door


async def send(door: Door, body: bytes, who: str = "Ada", **params: Any) -> httpx.Response:
    browser = await door.browser(who)
    address = f"{API}/migrations/{door.world.migration_id}/base-data"
    return await browser.post(
        address,
        content=body,
        params={"fileName": "people.csv", **params},
        headers={"Content-Type": "application/octet-stream"},
    )


async def test_what_would_change_is_shown_and_then_just_that_is_done(door: Door) -> None:
    shown = (await send(door, LIST, dryRun=True)).json()
    assert (shown["canImport"], shown["imported"], shown["unchanged"], shown["findings"]) == (
        True,
        False,
        1,
        [],
    )
    assert shown["changes"] == [
        {
            "kind": "user",
            "code": "eve@erp.example",
            "change": "added",
            "values": [
                {"field": "name", "before": None, "after": "Eve"},
                {"field": "roles", "before": None, "after": "pilot"},
                {"field": "teams", "before": None, "after": "DBA"},
            ],
        }
    ]
    done = (await send(door, LIST, seen=shown["mark"])).json()
    assert done["imported"] is True
    twice = await send(door, LIST, seen=shown["mark"])  # a double press: all of it is there, so it is done
    assert (twice.status_code, twice.json()["imported"], twice.json()["changes"]) == (200, True, [])
    late = await send(door, LIST.replace(b"Eve", b"Eva"), seen=shown["mark"])
    assert (late.status_code, late.json()["code"]) == (409, "base_data_changed")
    assert (await send(door, LIST)).json()["changes"] == []


async def test_a_finding_names_file_row_and_column(door: Door) -> None:
    answer = await send(door, LIST.replace(b",pilot", b",kilot"))
    assert answer.status_code == 200
    (found,) = answer.json()["findings"]
    assert (found["file"], found["row"], found["column"], found["code"]) == (
        "people.csv",
        2,
        "Roles",
        "unknown_role",
    )
    assert found["suggestion"] == "Did you mean “pilot”?"
    assert answer.json()["canImport"] is False


async def test_only_an_admin_and_no_more_than_a_list_of_people(door: Door) -> None:
    refused = await send(door, LIST, "Priya", dryRun=True)
    assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
    large = await send(door, b"x" * (LARGEST_FILE + 1), dryRun=True)
    assert [one["code"] for one in large.json()["findings"]] == ["too_large"]
    huge = await send(door, b"x" * 7_000_000, dryRun=True)
    assert huge.status_code == 413
