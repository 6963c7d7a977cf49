"""The runbook over HTTP: shapes as declared, refusals in one form, and one answer for a request sent twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from uuid import UUID, uuid4

import httpx
import pytest

from tests.api.door import PAGE, client_for, sign_in
from tests.world import World, plan_of, step, tasks
from tminus.platform.settings import Settings
from tminus.runbook import schemas
from tminus.runbook.commands.iteration import IterationCommand, act_on_iteration
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import IterationAction

PLAN = plan_of(
    step("TRT-1", tasks=tasks("TRT-1", 2), instructions="Do it well."),
    step("TRT-2", "TRT-1"),
    step("IGO-3", "TRT-2"),
    rollback=(step("TRT-9"),),
)


@pytest.fixture
async def priya(world: World, config: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """The pilot's browser."""
    async with client_for(world, config) as client:
        await sign_in(client, world, config, "Priya")
        client.headers.update(PAGE)
        client.base_url = httpx.URL(f"{client.base_url}/api/v1")
        yield client


async def press(client: httpx.AsyncClient, i: UUID, code: str, button: str, **body: object) -> httpx.Response:
    return await client.post(f"/iterations/{i}/steps/{code}/{button}", json=body)


async def test_every_read_has_the_declared_shape(world: World, priya: httpx.AsyncClient) -> None:
    i = await world.iteration(PLAN)
    await press(priya, i, "TRT-1", "activate")
    board = schemas.Board.model_validate((await priya.get(f"/iterations/{i}/board")).json())
    assert [row.code for row in board.steps] == ["TRT-1", "TRT-2", "IGO-3", "TRT-9"]
    assert [one.code for one in board.steps[1].blocked_by] == ["TRT-1"]
    assert board.iteration.progress.total == 3
    assert [chapter.rollback for chapter in board.chapters] == [False, True]
    for path in (
        "/migrations",
        f"/migrations/{world.migration_id}",
        f"/iterations/{i}",
        f"/iterations/{i}/steps/TRT-2",
        f"/iterations/{i}/events",
        f"/iterations/{i}/messages",
        f"/iterations/{i}/progress-history",
        f"/iterations/{i}/start-check",
        f"/iterations/{i}/end-check",
        "/my-work",
        "/step-actions",
        f"/plans?migrationId={world.migration_id}",
    ):
        answer = await priya.get(path)
        assert answer.status_code == 200, (path, answer.text)


async def test_a_step_says_why_it_waits(world: World, priya: httpx.AsyncClient) -> None:
    i = await world.iteration(PLAN)
    detail = (await priya.get(f"/iterations/{i}/steps/TRT-2")).json()
    (held,) = detail["blockedBy"]
    assert held["code"] == "TRT-1"
    assert (
        held["sentence"]
        == "It waits for TRT-1 “Step TRT-1”, which is ready but not begun since 21:30 CET (Databases)"
    )


async def test_my_work_is_the_teams_of_whoever_asks(world: World, config: Settings) -> None:
    i = await world.iteration(PLAN)
    async with client_for(world, config) as dana:
        await sign_in(dana, world, config, "Dana")
        groups = (await dana.get("/api/v1/my-work")).json()["groups"]
    assert [item["step"]["code"] for item in groups["doNow"]] == ["TRT-1"]
    assert [task["allowedActions"] for task in groups["doNow"][0]["tasks"]] == [[], []]
    assert groups["doNow"][0]["iteration"]["id"] == str(i)
    assert {item["step"]["code"] for item in groups["next"] + groups["later"]} == {"TRT-2"}


async def test_an_approver_is_told_of_a_gate_and_finds_it_in_my_work(
    world: World, priya: httpx.AsyncClient, config: Settings
) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("IGO-2", "TRT-1")))
    async with client_for(world, config) as arno:
        await sign_in(arno, world, config, "Arno")
        groups = (await arno.get("/api/v1/my-work")).json()["groups"]
        assert groups["doNow"] == []
        for button in ("start", "complete"):
            await press(priya, i, "TRT-1", button)
        (gate,) = (await arno.get("/api/v1/my-work")).json()["groups"]["doNow"]
    assert (gate["step"]["code"], gate["step"]["allowedActions"]) == ("IGO-2", ["decide"])
    messages = (await priya.get(f"/iterations/{i}/messages")).json()["items"]
    asked = [m for m in messages if m["stepCode"] == "IGO-2"]
    assert [m["recipient"] for m in asked] == ["arno@erp.example"]
    assert "Your decision is asked" in asked[0]["subject"]


async def test_a_verifying_step_says_what_it_still_needs(world: World, priya: httpx.AsyncClient) -> None:
    i = await world.iteration(PLAN)
    for button in ("start", "complete"):
        await press(priya, i, "TRT-1", button)
    detail = (await priya.get(f"/iterations/{i}/steps/TRT-1")).json()
    assert [held["sentence"] for held in detail["blockedBy"]] == [
        "It waits for the required task TRT-1-1 “Task 1”",
        "It waits for the required task TRT-1-2 “Task 2”",
    ]


async def test_a_hold_names_who_when_and_why(world: World, priya: httpx.AsyncClient) -> None:
    i = await world.iteration(PLAN)
    version = (await priya.get(f"/iterations/{i}")).json()["version"]
    await world.move("Marco", i, "hold", reason="phone bridge is down")
    view = (await priya.get(f"/iterations/{i}")).json()
    assert (view["stateBy"], view["stateReason"]) == ("Marco", "phone bridge is down")
    late = await priya.post(f"/iterations/{i}/hold", json={"reason": "me too", "version": version})
    assert late.status_code == 409
    assert "on hold since 21:30 CET by Marco (phone bridge is down)" in late.json()["detail"]


async def test_a_stale_version_is_told_who_did_what_and_when(world: World, priya: httpx.AsyncClient) -> None:
    i = await world.iteration(PLAN)
    await world.press("Marco", i, "TRT-1", "start")
    answer = await press(priya, i, "TRT-1", "activate", version=2)
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (409, "step_changed")
    assert "Marco has started it at 21:30 CET" in problem["detail"]
    assert problem["hint"]
    assert answer.headers["content-type"] == "application/problem+json"


async def test_who_may_only_look_is_refused_and_strangers_see_nothing(world: World, config: Settings) -> None:
    i = await world.iteration(PLAN)
    async with client_for(world, config) as vera:
        assert (await vera.get(f"/api/v1/iterations/{i}/board")).status_code == 401
        await sign_in(vera, world, config, "Vera")
        vera.headers.update(PAGE)
        board = (await vera.get(f"/api/v1/iterations/{i}/board")).json()
        assert {action for row in board["steps"] for action in row["allowedActions"]} == set()
        answer = await vera.post(f"/api/v1/iterations/{i}/steps/TRT-1/start", json={})
        assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
        assert (await vera.get(f"/api/v1/iterations/{uuid4()}/board")).status_code == 404


async def test_a_request_sent_twice_is_carried_out_once(world: World, priya: httpx.AsyncClient) -> None:
    i = await world.iteration(PLAN)
    priya.headers["Idempotency-Key"] = "k1"
    first = await press(priya, i, "TRT-1", "start", version=2)
    again = await press(priya, i, "TRT-1", "start", version=2)
    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    other = await press(priya, i, "TRT-1", "complete")
    assert other.status_code == 422
    del priya.headers["Idempotency-Key"]
    events = (await priya.get(f"/iterations/{i}/events")).json()["items"]
    assert [event["type"] for event in events].count("step.started") == 1


async def test_events_come_by_number_and_name_the_one_before(world: World, priya: httpx.AsyncClient) -> None:
    i = await world.iteration(PLAN)
    await press(priya, i, "TRT-1", "start")
    page = (await priya.get(f"/iterations/{i}/events", params={"limit": 2})).json()
    events = page["items"]
    while page["next"]:
        page = (await priya.get(f"/iterations/{i}/events", params={"limit": 2, "after": page["next"]})).json()
        events += page["items"]
    assert [event["prev"] for event in events] == [0, *(event["seq"] for event in events[:-1])]
    assert events[-1]["seq"] == page["head"]


async def test_an_iteration_is_made_moved_and_completed(world: World, priya: httpx.AsyncClient) -> None:
    first = await world.iteration(plan_of(step("TRT-1")), "RUN1", live=False)
    version = (await priya.get(f"/plans?migrationId={world.migration_id}")).json()["items"][0]["versions"][0]
    made = await priya.post(
        "/iterations",
        json={
            "planVersionId": version["id"], "name": "DR1", "kind": "dress_rehearsal",
            "plannedStart": "2026-11-28T18:00:00+01:00",
        },
    )  # fmt: skip
    assert made.status_code == 201, made.text
    i = made.json()["iteration"]["id"]
    assert i != str(first)
    again = await priya.post(
        "/iterations",
        json={
            "planVersionId": version["id"], "name": "DR1", "kind": "run",
            "plannedStart": "2026-11-28T18:00:00+01:00",
        },
    )  # fmt: skip
    assert (again.status_code, again.json()["code"]) == (409, "name_taken")
    for wrong in (
        {"plannedStart": "9999-12-31T23:59:00+00:00"},
        {"windowEnd": "2026-11-28T17:59:00+01:00"},
        {"name": "../x y"},
        {"name": " "},
    ):
        asked = {"planVersionId": version["id"], "name": "RUN9", "kind": "run"}
        asked["plannedStart"] = "2026-11-28T18:00:00+01:00"
        never = await priya.post("/iterations", json=asked | wrong)
        assert (never.status_code, never.json()["code"]) == (422, "invalid"), never.text
    early = await priya.post(f"/iterations/{i}/start", json={})
    assert (early.status_code, early.json()["code"]) == (409, "cannot_start")
    for button, body, state in (
        ("schedule", {"plannedStart": "2026-11-29T18:00:00+01:00"}, "scheduled"),
        ("start", {"rebase": True}, "live"),
        ("hold", {"reason": "storm"}, "on_hold"),
        ("resume", {}, "live"),
    ):
        answer = await priya.post(f"/iterations/{i}/{button}", json=body)
        assert answer.status_code == 200, answer.text
        assert answer.json()["iteration"]["state"] == state
    assert answer.json()["iteration"]["comms"] == "off"
    assert answer.json()["iteration"]["plannedStart"] == "2026-11-21T20:30:00Z"
    refused = await priya.post(f"/iterations/{i}/complete", json={})
    assert (refused.status_code, refused.json()["openSteps"]) == (409, ["TRT-1"])
    for button in ("start", "complete"):
        await press(priya, UUID(i), "TRT-1", button)
    assert "complete" in (await priya.get(f"/iterations/{i}")).json()["allowedActions"]
    done = await priya.post(f"/iterations/{i}/complete", json={})
    assert done.json()["iteration"]["state"] == "complete"
    assert done.json()["iteration"]["progress"]["percent"] == 100
    assert (await press(priya, UUID(i), "TRT-1", "fail", reason="late")).status_code == 409


async def test_a_gate_and_its_tasks_over_http(
    world: World, priya: httpx.AsyncClient, config: Settings
) -> None:
    i = await world.iteration(PLAN)
    await press(priya, i, "TRT-1", "start")
    await press(priya, i, "TRT-1", "complete")
    for n in (1, 2):
        ticked = await priya.post(f"/iterations/{i}/steps/TRT-1/tasks/TRT-1-{n}/done", json={"version": 1})
        assert ticked.status_code == 200, ticked.text
    stale = await priya.post(f"/iterations/{i}/steps/TRT-1/tasks/TRT-1-2/undone", json={"version": 1})
    assert stale.status_code == 409
    for button in ("start", "complete"):
        await press(priya, i, "TRT-2", button)
    gate = (await priya.get(f"/iterations/{i}/steps/IGO-3")).json()
    assert gate["decision"]["allowedAnswers"] == []
    async with client_for(world, config) as arno:
        await sign_in(arno, world, config, "Arno")
        arno.headers.update(PAGE)
        url = f"/api/v1/decisions/{gate['decisionId']}/answer"
        answered = await arno.post(url, json={"answer": "go", "reason": "all green"})
        assert answered.status_code == 200, answered.text
        assert (await arno.post(url, json={"answer": "go", "reason": "again"})).status_code == 409
    closed = schemas.StepDetail.model_validate((await priya.get(f"/iterations/{i}/steps/IGO-3")).json())
    assert closed.decision is not None
    assert (closed.state, closed.decision.outcome) == ("complete", "go")


async def test_what_a_hold_is_told_to_those_who_press(world: World, priya: httpx.AsyncClient) -> None:
    i = await world.iteration(PLAN)
    hold = IterationCommand(i, IterationAction.HOLD, reason="storm")
    await act_on_iteration(world.services, Caller(world.people["Marco"]), hold)
    answer = await press(priya, i, "TRT-1", "start")
    assert (answer.status_code, answer.json()["code"]) == (409, "on_hold")
    assert (await priya.get(f"/iterations/{i}/board")).json()["steps"][0]["allowedActions"] == [
        "skip",
        "cancel",
    ]
