"""B8: one change to 500 live viewers, from its commit to the last of them; beside it a bare broadcast."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic
from typing import IO, Any
from uuid import UUID

import httpx

from bench import plans
from bench.product import Product, free_port, peak_mb, wait_served
from bench.report import Line, compare
from bench.world import World, make_world
from tminus.people.domain.rights import Person, Role
from tminus.platform.database import Database
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.step import StepCommand, act_on_step
from tminus.runbook.domain.state import StepAction

AIM = ("≤", 2.0)


@dataclass(frozen=True, slots=True)
class Crowd:
    """A process of viewers."""

    process: subprocess.Popen[str]
    output: IO[str]

    async def reached(self) -> dict[str, Any]:
        """Wait until a change has reached all of them; raises where the process ended instead."""
        async with asyncio.timeout(30):
            line = await asyncio.to_thread(self.output.readline)
        if not line:
            raise RuntimeError("the viewers ended: see above")
        found: dict[str, Any] = json.loads(line)
        return found


@contextmanager
def crowd(host: str, port: int, count: int, asked: dict[str, Any]) -> Iterator[Crowd]:
    """Run `count` viewers that are all connected and subscribed."""
    command = [sys.executable, "-m", "bench.viewers", host, str(port), str(count)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(asked) + "\n")
        process.stdin.flush()
        if json.loads(process.stdout.readline() or "{}") != {"ready": count}:
            raise RuntimeError("the viewers did not all connect: see above")
        yield Crowd(process, process.stdout)
    finally:
        process.kill()
        process.wait()


@contextmanager
def bare_server() -> Iterator[tuple[subprocess.Popen[bytes], int]]:
    """Run the peer on a free port."""
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "bench.broadcast_peer", str(port)])
    try:
        wait_served(process, port)
        yield process, port
    finally:
        process.terminate()
        process.wait(20)


async def run(product: Product, rounds: int, viewers: int) -> list[Line]:
    """Measure `rounds` pairs: a change by a command, a broadcast of the same data; return the line."""
    database = Database(product.database_url)
    world = await make_world(database, "LIVE", plans.pairs("LIVE", rounds + 2), 1)
    iteration = await world.night("R1")
    asked = {
        "auth": {"token": world.tokens[0]},
        "subscribe": {"migrationId": str(world.migration_id), "iterationId": str(iteration), "after": 10**9},
    }
    with (
        bare_server() as (peer, peer_port),
        crowd(product.host, product.port, viewers, asked) as ours,
        crowd(product.host, peer_port, viewers, asked) as theirs,
    ):
        pairs = [await _pair(n, (world, iteration, ours), (peer_port, theirs)) for n in range(rounds + 1)]
        memory = f"web {product.web_peak_mb():.0f} MB, bare server {peak_mb(peer.pid):.0f} MB"
    await database.close()
    aim = compare("B8", f"commit to the last of {viewers} viewers", "ms", pairs[1:], AIM, memory)
    return [aim]


async def _pair(n: int, ours: tuple[World, UUID, Crowd], peer: tuple[int, Crowd]) -> tuple[float, float]:
    """Return (ours, the peer's) in ms. The change is made by this process, as by a second web process."""
    world, iteration, viewers = ours
    member = Person(None, "Bench", roles={world.migration_id: frozenset({Role.PILOT})})
    command = StepCommand(iteration, f"TRT-{n}a", StepAction.COMPLETE)
    await act_on_step(world.services, Caller(member), command)
    committed = monotonic()
    seen = await viewers.reached()
    mine = (seen["last"] - committed) * 1000
    await asyncio.sleep(0.3)
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.post(f"http://127.0.0.1:{peer[0]}/go", json=seen["payload"])
    told = await peer[1].reached()
    if told["payload"] != seen["payload"]:
        raise RuntimeError("the peer sent something else")
    theirs = (told["last"] - answer.json()["begun"]) * 1000
    await asyncio.sleep(0.3)
    print(f"   B8 round {n}: {mine:.0f} ms beside {theirs:.0f} ms", flush=True)
    return mine, theirs
