"""The live channel of a real web process: backlog, live, rights, and two processes on one database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest
import socketio
from sqlalchemy import text

from tests.conftest import TestDatabase
from tests.stack import Stack, eventually, running, sign_in_secret, signed_in
from tests.world import World, plan_of, step

NAMESPACE = "/migration-updates"


@pytest.fixture
def stack(db: TestDatabase, world: World, tmp_path: Path) -> Any:
    """A web process on the world's database."""
    with running(db, tmp_path, worker=False) as stack:
        yield stack


class Listener:
    """A live client as the page is one: what it got, in order."""

    def __init__(self) -> None:
        self.client = socketio.AsyncClient(reconnection=False)
        self.events: list[dict[str, Any]] = []
        self.client.on("events", self._take, namespace=NAMESPACE)

    async def _take(self, parcel: dict[str, Any]) -> None:
        self.events += parcel["events"]

    async def open(self, url: str, cookie: str) -> None:
        headers = {"Cookie": cookie}
        await self.client.connect(url, headers=headers, namespaces=[NAMESPACE], transports=["websocket"])

    async def subscribe(self, **what: Any) -> dict[str, Any]:
        answer: dict[str, Any] = await self.client.call("subscribe", what, namespace=NAMESPACE)
        return answer


async def cookie_of(world: World, url: str, who: str) -> str:
    key = world.people[who].id
    assert key is not None
    client = await signed_in(url, await sign_in_secret(world.database, key))
    await client.aclose()
    return "; ".join(f"{name}={value}" for name, value in client.cookies.items())


@pytest.fixture
async def listener() -> AsyncIterator[Listener]:
    """A live client, closed afterwards."""
    one = Listener()
    yield one
    await one.client.disconnect()


async def test_backlog_then_live_without_a_hole(world: World, stack: Stack, listener: Listener) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1")))
    await listener.open(stack.base_url, await cookie_of(world, stack.base_url, "Vera"))
    answer = await listener.subscribe(migrationId=str(world.migration_id), iterationId=str(i), after=0)
    assert answer["ok"], answer
    await eventually(lambda: listener.events and listener.events[-1]["seq"] == answer["head"])
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    await eventually(lambda: listener.events[-1]["type"] == "step.ready")
    assert [e["prev"] for e in listener.events] == [0, *(e["seq"] for e in listener.events[:-1])]
    assert listener.events[-1]["changes"]["steps"][0]["state"] == "ready"


async def test_a_change_through_one_process_reaches_the_clients_of_another(
    world: World, stack: Stack, listener: Listener
) -> None:
    i = await world.iteration(plan_of(*(step(f"TRT-{n}") for n in range(10))))
    other = stack.second_web()
    await listener.open(other, await cookie_of(world, other, "Vera"))
    answer = await listener.subscribe(migrationId=str(world.migration_id), iterationId=str(i), after=0)
    await eventually(lambda: listener.events and listener.events[-1]["seq"] == answer["head"])
    key = world.people["Priya"].id
    assert key is not None
    async with aclosing(await signed_in(stack.base_url, await sign_in_secret(world.database, key))) as priya:
        url = f"/iterations/{i}/steps"
        answers = await asyncio.gather(*(priya.post(f"{url}/TRT-{n}/start", json={}) for n in range(10)))
    assert {one.status_code for one in answers} == {200}
    await eventually(lambda: sum(e["type"] == "step.started" for e in listener.events) == 10)
    assert [e["prev"] for e in listener.events] == [0, *(e["seq"] for e in listener.events[:-1])]


async def test_a_stranger_is_not_let_in_and_a_migration_of_others_is_not_told(
    world: World, stack: Stack, listener: Listener
) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        await Listener().open(stack.base_url, "tminus_session=nobody")
    await listener.open(stack.base_url, await cookie_of(world, stack.base_url, "Vera"))
    refused = await listener.subscribe(migrationId=str(uuid4()), after=0)
    assert refused["ok"] is False
    assert refused["problem"]["status"] == 403
    garbled = await listener.subscribe(migrationId="x")
    assert garbled["problem"]["status"] == 422


async def test_the_whole_migration_is_one_room_too(world: World, stack: Stack, listener: Listener) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await listener.open(stack.base_url, await cookie_of(world, stack.base_url, "Vera"))
    answer = await listener.subscribe(migrationId=str(world.migration_id), after=0)
    await world.press("Dana", i, "TRT-1", "start")
    await eventually(lambda: listener.events and listener.events[-1]["type"] == "step.started")
    assert [e["seq"] for e in listener.events] == list(range(1, answer["head"] + 2))
    assert await listener.client.call(
        "unsubscribe", {"migrationId": str(world.migration_id)}, namespace=NAMESPACE
    )


async def test_the_feed_outlives_notes_that_name_no_event(
    world: World, stack: Stack, listener: Listener
) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await listener.open(stack.base_url, await cookie_of(world, stack.base_url, "Vera"))
    answer = await listener.subscribe(migrationId=str(world.migration_id), iterationId=str(i), after=0)
    await eventually(lambda: listener.events and listener.events[-1]["seq"] == answer["head"])
    async with world.database.engine.begin() as connection:
        for payload in ("", "no stream:at all", str(uuid4())):
            await connection.execute(text("SELECT pg_notify('tminus_events', :p)"), {"p": payload})
    await world.press("Dana", i, "TRT-1", "start")
    await eventually(lambda: listener.events[-1]["type"] == "step.started")


async def test_a_heartbeat_tells_the_newest_number(world: World, stack: Stack, listener: Listener) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    beats: list[dict[str, Any]] = []

    async def take(beat: dict[str, Any]) -> None:
        beats.append(beat)

    listener.client.on("heartbeat", take, namespace=NAMESPACE)
    await listener.open(stack.base_url, await cookie_of(world, stack.base_url, "Vera"))
    answer = await listener.subscribe(migrationId=str(world.migration_id), iterationId=str(i), after=0)
    await eventually(lambda: any(b.get("head") == answer["head"] for b in beats), 15)


async def test_whose_session_ends_is_let_go(world: World, stack: Stack, listener: Listener) -> None:
    cookie = await cookie_of(world, stack.base_url, "Vera")
    await listener.open(stack.base_url, cookie)
    async with httpx.AsyncClient(base_url=stack.base_url, headers={"Cookie": cookie}) as vera:
        headers = {"X-Tminus-Client": "page", "Origin": stack.base_url}
        assert (await vera.post("/api/v1/sign-out", headers=headers)).status_code == 204
    await eventually(lambda: not listener.client.connected, 25)
