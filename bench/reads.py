"""B9: the board of 5,000 steps over HTTP; beside it one hand-written statement that makes the same rows as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import Any
from uuid import UUID

import psycopg

from bench import plans
from bench.product import Product, quiet
from bench.report import Line, compare
from bench.wire import connect, get
from bench.world import World, make_world
from tminus.platform.clock import server_now
from tminus.platform.database import Database
from tminus.runbook.domain.state import IterationState, Relation
from tminus.runbook.domain.state_table import allowed_actions
from tminus.runbook.domain.waiting import held
from tminus.runbook.queries.board import board
from tminus.runbook.store.execution import load_network

STEPS = 5_000
QUERY = (Path(__file__).parent / "board.sql").read_bytes()
BOARD_AIM = ("≤", 2.0)
SHARE_AIM = ("≤", 0.3)


async def run(product: Product, rounds: int) -> list[Line]:
    """Measure `rounds` pairs; return the lines."""
    database = Database(product.database_url)
    world = await make_world(database, "BOARD", plans.layered("BOARD", STEPS), 1)
    iteration = await world.night("R1")
    line = await connect(product.host, product.port)
    request = get(product.host, f"/api/v1/iterations/{iteration}/board", world.tokens[0])
    pairs = []
    await quiet()
    with psycopg.connect(product.database_url, autocommit=True) as peer:
        for n in range(rounds + 1):
            begun = perf_counter()
            status, body = await line.ask(request)
            between = perf_counter()
            row = peer.execute(QUERY, {"i": iteration}).fetchone()
            ended = perf_counter()
            _check(status, body, row)
            if n:  # the first pair warms both sides
                pairs.append(((between - begun) * 1000, (ended - between) * 1000))
    await line.close()
    shares = [await _share(database, world, iteration) for _ in range(rounds)]
    await database.close()
    memory = f"web {product.web_peak_mb():.0f} MB"
    return [
        compare("B9", f"board of {STEPS:,} steps", "ms", pairs, BOARD_AIM, memory),
        compare("B9", "its blockedBy and allowedActions, beside the rest", "ms", shares, SHARE_AIM),
    ]


def _check(status: int, body: bytes, row: Any) -> None:
    """Both gave the same rows: as many, in the same order, held by the same."""
    assert status == 200, body[:300]
    assert row is not None
    ours, theirs = json.loads(body)["steps"], json.loads(row[0])["steps"]
    assert [one["code"] for one in ours] == [one["code"] for one in theirs]
    for mine, other in zip(ours, theirs, strict=True):
        assert mine.keys() == other.keys(), mine.keys() ^ other.keys()
        for name in ("state", "blockedBy", "predecessors", "allowedActions"):
            assert mine[name] == other[name], (name, mine[name], other[name])


async def _share(database: Database, world: World, iteration: UUID) -> tuple[float, float]:
    """Return (what the two take, what the rest of the board takes) in ms, in this process."""
    async with database.read() as connection:
        begun = perf_counter()
        await board(connection, world.pilot, iteration)
        whole = perf_counter() - begun
        network = await load_network(connection, iteration)
        now = await server_now(connection)
    begun = perf_counter()
    for step in network.steps.values():
        _ = [one.shown() for one in held(network, step, now)]
        live = (IterationState.LIVE, step.behaviour, step.state, Relation.PILOT)
        _ = [action.value for action in allowed_actions(*live, dormant=step.dormant)]
    took = perf_counter() - begun
    return took * 1000, (whole - took) * 1000
