"""Two web processes on one database, buttons pressed through both at once, and a live client on each."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import aclosing
from pathlib import Path
from time import monotonic
from typing import Any

import httpx
import pytest

from tests.api.test_live_channel import Listener, cookie_of
from tests.conftest import TestDatabase
from tests.stack import eventually, running, sign_in_secret, signed_in
from tests.world import World, plan_of, step

CODES = [f"TRT-{n}" for n in range(40)]
SOON = 1.0
"""Seconds within which the last command is on every screen; the promise to a person who looks."""


@pytest.fixture
async def listeners() -> AsyncIterator[list[Listener]]:
    """A live client for each process."""
    both = [Listener(), Listener()]
    yield both
    for one in both:
        await one.client.disconnect()


async def test_both_clients_see_all_in_order_once_and_without_a_hole(
    world: World, db: TestDatabase, tmp_path: Path, listeners: list[Listener]
) -> None:
    i = await world.iteration(plan_of(*(step(code) for code in CODES)))
    with running(db, tmp_path, worker=False) as stack:
        urls = [stack.base_url, stack.second_web()]
        for listener, url in zip(listeners, urls, strict=True):
            await listener.open(url, await cookie_of(world, url, "Vera"))
            answer = await listener.subscribe(
                migrationId=str(world.migration_id), iterationId=str(i), after=0
            )
            assert answer["ok"], answer
        key = world.people["Priya"].id
        assert key is not None
        clients = [await signed_in(url, await sign_in_secret(world.database, key)) for url in urls]
        async with aclosing(clients[0]), aclosing(clients[1]):
            last = await pressed_through_both(clients, f"/iterations/{i}/steps")
        answered = monotonic()
        for listener in listeners:
            await eventually(lambda one=listener: one.events and one.events[-1]["seq"] == last)
        assert monotonic() - answered < SOON
    for listener in listeners:
        told = [event for event in listener.events if event["type"] == "step.started"]
        assert sorted(event["stepCode"] for event in told) == sorted(CODES)
        assert [e["prev"] for e in listener.events] == [0, *(e["seq"] for e in listener.events[:-1])]
    assert listeners[0].events == listeners[1].events


async def pressed_through_both(clients: list[httpx.AsyncClient], steps: str) -> int:
    """Start each step through one process or the other, all at once; return the newest number answered."""
    pressed: list[Any] = [
        clients[n % 2].post(f"{steps}/{code}/start", json={}) for n, code in enumerate(CODES)
    ]
    answers: list[httpx.Response] = await asyncio.gather(*pressed)
    assert {answer.status_code for answer in answers} == {200}
    return max(int(answer.json()["seq"]) for answer in answers)
