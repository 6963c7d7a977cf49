"""kill -9 in the middle of a hundred concurrent commands: nothing acknowledged is lost, nothing is done twice."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections import Counter
from contextlib import aclosing
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from tests.faults.conftest import Fragile
from tests.stack import eventually, sign_in_secret, signed_in
from tests.world import World, plan_of, step
from tminus.kernel.actor import SYSTEM
from tminus.kernel.facts import Fact
from tminus.platform.outbox.message import Message
from tminus.platform.outbox.sender import PARALLEL
from tminus.platform.unit_of_work import unit_of_work

HUNDRED = [f"TRT-{n}" for n in range(100)]
AT_ONCE = 20
KILLED_AFTER = 25
"""So many commands are acknowledged when the process is killed; the others are under way or still to come."""


async def activate_all(fragile: Fragile, i: UUID, victim: str) -> set[str]:
    """Activate a hundred steps, twenty at a time, and kill the victim meanwhile; return what was acknowledged."""
    acknowledged: set[str] = set()
    enough = asyncio.Event()
    places = asyncio.Semaphore(AT_ONCE)
    key = fragile.world.people["Priya"].id
    assert key is not None
    secret = await sign_in_secret(fragile.world.database, key)

    async with aclosing(await signed_in(fragile.stack.base_url, secret)) as priya:

        async def activate(code: str) -> None:
            async with places:
                try:
                    answer = await priya.post(f"/iterations/{i}/steps/{code}/activate", json={})
                except httpx.HTTPError:
                    return
                assert answer.status_code in (200, 503), answer.text
                if answer.status_code == httpx.codes.OK:
                    acknowledged.add(code)
                    if len(acknowledged) == KILLED_AFTER:
                        enough.set()

        async def kill() -> None:
            await enough.wait()
            await fragile.kill(victim)

        await asyncio.gather(kill(), *(activate(code) for code in HUNDRED))
    return acknowledged


async def rows(world: World, sql: str, **values: Any) -> list[Any]:
    async def ask() -> list[Any] | None:
        try:
            async with world.database.read() as connection:
                return list(await connection.execute(text(sql), values))
        except Exception:
            return None

    found: list[Any] | None = None
    while found is None:
        found = await ask()
    return found


def check_chain(entries: list[Any]) -> None:
    """The log's proof again, written apart from the product: numbers, hashes, and columns as hashed."""
    before = b""
    for number, entry in enumerate(entries, start=1):
        assert entry.seq == number
        assert bytes(entry.prev_hash) == before
        before = hashlib.sha256(before + bytes(entry.canonical)).digest()
        assert bytes(entry.hash) == before
        said = json.loads(bytes(entry.canonical))
        assert (said["type"], said["detail"], said["actor"]) == (entry.type, entry.detail, entry.actor)


@pytest.mark.parametrize("victim", ["web", "worker", "postgres"])
async def test_nothing_acknowledged_is_lost_nothing_is_doubled_no_mail_is_lost(
    fragile: Fragile, victim: str
) -> None:
    world = fragile.world
    i = await world.iteration(plan_of(*(step(code) for code in HUNDRED)))
    acknowledged = await activate_all(fragile, i, victim)
    assert len(acknowledged) >= KILLED_AFTER

    entries = await rows(
        world, "SELECT * FROM event_log WHERE stream = :s ORDER BY seq", s=world.migration_id
    )
    check_chain(entries)
    told = Counter(e.detail["stepCode"] for e in entries if e.type == "step.activated")
    assert set(told.values()) == {1}
    assert acknowledged <= set(told)
    found = await rows(world, "SELECT code, state FROM iteration_steps WHERE iteration_id = :i", i=i)
    assert {row.code for row in found if row.state == "activated"} == set(told)
    assert {row.state for row in found} <= {"ready", "activated"}

    # Each activation told both of its recipients: sent and received once, or it stands as uncertain.
    async def settled() -> bool:
        open_rows = await rows(world, "SELECT 1 FROM outbox WHERE status IN ('queued', 'sending')")
        return not open_rows

    await eventually(settled, 40)
    outbox = await rows(world, "SELECT message_id, status FROM outbox")
    assert len(outbox) == 2 * len(told)
    assert {row.status for row in outbox} <= {"sent", "uncertain"}
    received = Counter(str(mail["Message-ID"]) for mail in fragile.stack.mailbox.mails)
    assert all(count == 1 for count in received.values())
    for row in outbox:
        assert row.status == "uncertain" or received[row.message_id] == 1


KILLS = 12 if os.environ.get("TMINUS_SOAK") else 4
"""So often the worker is killed while it sends."""


async def test_a_worker_killed_again_and_again_loses_no_mail_and_doubles_none(fragile: Fragile) -> None:
    world, mailbox = fragile.world, fragile.stack.mailbox
    count = KILLS * 100
    async with unit_of_work(world.database, world.migration_id, SYSTEM) as tx:
        tx.record(Fact("test.told", "Many were told"))
        for n in range(count):
            tx.send(Message(world.migration_id, f"team{n}@erp.example", "Begin", "You may begin."))
    for n in range(KILLS):

        async def some_more(wanted: int = n * 90 + 5) -> bool:
            return len(mailbox.mails) >= wanted

        await eventually(some_more, 40)
        await fragile.kill("worker")

    async def settled() -> bool:
        return not await rows(world, "SELECT 1 FROM outbox WHERE status IN ('queued', 'sending')")

    await eventually(settled, 60)
    outbox = await rows(world, "SELECT message_id, status, attempts FROM outbox")
    received = Counter(str(mail["Message-ID"]) for mail in mailbox.mails)
    assert len(outbox) == count
    assert set(received.values()) == {1}
    assert {row.status for row in outbox} <= {"sent", "uncertain"}
    assert all(row.status == "uncertain" or received[row.message_id] == 1 for row in outbox)
    assert sum(row.status == "uncertain" for row in outbox) <= KILLS * PARALLEL


async def test_the_database_away_is_an_error_and_its_return_is_enough(fragile: Fragile) -> None:
    world = fragile.world
    i = await world.iteration(plan_of(step("TRT-1")))
    key = world.people["Priya"].id
    assert key is not None
    secret = await sign_in_secret(world.database, key)
    async with aclosing(await signed_in(fragile.stack.base_url, secret)) as priya:
        process = fragile.cluster.process
        assert process is not None
        process.kill()
        await asyncio.to_thread(process.wait)
        away = await priya.post(f"/iterations/{i}/steps/TRT-1/start", json={})
        assert away.status_code == 503, away.text
        assert away.json()["code"] == "unavailable"
        await asyncio.to_thread(fragile.cluster.start)

        async def served() -> bool:
            answer = await priya.get(f"/iterations/{i}/steps/TRT-1")
            return answer.status_code == httpx.codes.OK and answer.json()["state"] == "ready"

        await eventually(served, 20)
        done = await priya.post(f"/iterations/{i}/steps/TRT-1/start", json={})
        assert done.status_code == 200, done.text
