"""The difference of an import as a tree, what a version changes of the finish, and the fields a column may mean."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.api.door import PAGE, sign_in
from tests.db.test_plan_import import FILE
from tests.world import World
from tminus.platform.settings import Settings

IMPORTS = "/api/v1/plan-imports"
COUNTS = ("added", "changed", "removed")
TABLE = """Kind,Code,Name,Macro-phase,Chapter,Duration,Predecessors
step,S-1,Stop,P1 - Prepare,C1 - Stop,10m,
step,S-2,Copy,P1 - Prepare,C2 - Copy,60m,S-1
step,S-3,Check,P2 - Check,C3 - Check,5m,S-2
step,S-4,Tell,P2 - Check,C3 - Check,1m,
"""
ODD = """Ref,Words,By
A-1,Stop,Ann
A-2,Go,Ben
A-3,Check,Ann
"""
SECOND = """Kind,Code,Name,Macro-phase,Chapter,Duration,Predecessors
step,S-1,Stop,P1 - Prepare,C1 - Stop,10m,
step,S-2,Copy,P1 - Prepare,C2 - Copy,20m,
step,S-3,Check,P2 - Check,C3 - Check,5m,S-2
step,S-5,Wait,P2 - Check,C3 - Check,30m,S-1
"""


@pytest.fixture
async def pilot(browser: httpx.AsyncClient, world: World, config: Settings) -> httpx.AsyncClient:
    """A browser with Priya signed in, who has the night's migration with a plan in it."""
    await sign_in(browser, world, config, "Priya")
    browser.headers.update(PAGE)
    await committed(browser, FILE, "night.yaml")
    return browser


async def shown(client: httpx.AsyncClient, file: str, name: str, **query: str) -> Any:
    answer = await client.post(IMPORTS, content=file.encode(), params={"fileName": name} | query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def committed(client: httpx.AsyncClient, file: str, name: str, **query: str) -> Any:
    found = await shown(client, file, name, **query)
    assert found["canCommit"], found["findings"]
    done = await client.post(f"{IMPORTS}/{found['id']}/commit")
    assert done.status_code == 200, done.text
    return done.json() | {"importId": found["id"]}


async def get(client: httpx.AsyncClient, path: str, **params: str) -> Any:
    answer = await client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_an_outline_counts_what_changes_by_kind_and_by_place(pilot: httpx.AsyncClient) -> None:
    (plan,) = (await get(pilot, "/api/v1/plans"))["items"]
    here = {"migrationId": plan["migrationId"]}
    await committed(pilot, TABLE, "copy.csv", **here)
    found = await shown(pilot, SECOND, "copy.csv", **here, replace="true")
    outline = await get(pilot, f"{IMPORTS}/{found['id']}/outline")

    assert {one["kind"]: [one[name] for name in COUNTS] for one in outline["kinds"]} == {"step": [1, 1, 1]}
    for name in COUNTS:
        assert sum(one[name] for one in outline["kinds"]) == found["diff"][name]
    groups = {one["code"]: ([one[name] for name in COUNTS], one["change"]) for one in outline["groups"]}
    assert groups == {
        "P1": ([0, 1, 0], None),
        "P2": ([1, 0, 1], None),
        "C1": ([0, 0, 0], None),
        "C2": ([0, 1, 0], None),
        "C3": ([1, 0, 1], None),
    }

    steps = f"{IMPORTS}/{found['id']}/outline/steps"
    page = await get(pilot, steps, chapter="C3")
    assert {one["code"]: one["change"] for one in page["items"]} == {"S-4": "removed", "S-5": "added"}
    assert [one["code"] for one in (await get(pilot, steps, chapter="C3", change="added"))["items"]] == [
        "S-5"
    ]
    first = await get(pilot, steps, chapter="C3", limit="1")
    rest = await get(pilot, steps, chapter="C3", limit="1", after=str(first["next"]))
    assert {one["code"] for one in first["items"] + rest["items"]} == {"S-4", "S-5"}
    (changed,) = (await get(pilot, steps, chapter="C2"))["items"]
    assert (changed["before"]["duration"], changed["after"]["duration"]) == (3_600, 1_200)
    refused = await pilot.get(steps, params={"chapter": "C3", "change": "sideways"})
    assert refused.status_code == 422


async def test_the_effect_on_the_schedule_is_said_and_the_list_names_the_version(
    pilot: httpx.AsyncClient,
) -> None:
    (plan,) = (await get(pilot, "/api/v1/plans"))["items"]
    here = {"migrationId": plan["migrationId"]}
    one = await committed(pilot, TABLE, "copy.csv", **here)
    two = await committed(pilot, SECOND, "copy.csv", **here, replace="true")
    effect = await get(
        pilot, f"/api/v1/plan-versions/{two['versionId']}/schedule-effect", base=one["versionId"]
    )
    assert effect == {
        "before": {"durationSeconds": 75 * 60, "steps": 4, "criticalSteps": 3},
        "after": {"durationSeconds": 40 * 60, "steps": 4, "criticalSteps": 2},
        "joined": ["S-5"],
        "left": ["S-2", "S-3"],
    }
    other = await pilot.get(
        f"/api/v1/plan-versions/{two['versionId']}/schedule-effect",
        params={"base": plan["versions"][0]["id"]},
    )
    assert other.status_code == 404

    await pilot.post(f"{IMPORTS}/{two['importId']}/undo")
    listed = (await get(pilot, IMPORTS, **here))["items"]
    assert [(row["state"], row["version"]["number"], row["version"]["status"]) for row in listed] == [
        ("undone", 2, "undone"),
        ("committed", 1, "draft"),
        ("committed", 1, "draft"),
    ]


async def test_the_fields_a_column_may_mean_are_those_that_a_mapping_takes(pilot: httpx.AsyncClient) -> None:
    fields = [one["field"] for one in (await get(pilot, "/api/v1/plan-import-fields"))["items"]]
    (plan,) = (await get(pilot, "/api/v1/plans"))["items"]
    found = await shown(pilot, ODD, "odd.csv", migrationId=plan["migrationId"])
    assert [one["heading"] for one in found["columns"]] == ["Ref", "Words", "By"]
    told = {"columns": {"Words": "name"}}
    again = (await pilot.post(f"{IMPORTS}/{found['id']}/mapping", json=told)).json()
    assert "name" in fields
    assert [one["field"] for one in again["columns"]] == ["code", "name", None]
