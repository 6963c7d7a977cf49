"""B7: fifty people complete steps of one iteration over HTTP; beside it one SQL function by fifty connections."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID

import psycopg
from sqlalchemy import text

from bench import plans
from bench.product import Product, quiet
from bench.report import Line, compare
from bench.wire import connect, post
from bench.world import World, make_world
from tminus.platform.database import Database

PEOPLE = 50
FUNCTION = Path(__file__).parent / "complete_step.sql"
RATE_AIM = ("≥", 1 / 3)
P95_AIM = ("≤", 3.0)

Press = Callable[[int, int], Awaitable[None]]
"""Let person n complete pair m."""

_DONE = text(
    """
    SELECT (SELECT count(*) FROM iteration_steps WHERE iteration_id = :i AND state = 'complete') AS complete,
           (SELECT count(*) FROM iteration_steps WHERE iteration_id = :i AND state = 'ready') AS ready,
           (SELECT count(*) FROM event_log WHERE iteration_id = :i
            AND type IN ('step.completed', 'step.ready')) AS events,
           (SELECT done_count FROM iterations WHERE id = :i) AS counted
    """
)


@dataclass(frozen=True, slots=True)
class Round:
    """What one round of one side took."""

    rate: float
    p95_ms: float
    median_ms: float


async def run(product: Product, rounds: int, each: int) -> list[Line]:
    """Measure `rounds` pairs of rounds, each of `PEOPLE` × `each` completions; return the lines."""
    database = Database(product.database_url)
    with psycopg.connect(product.cluster.owner_url, autocommit=True) as owner:
        owner.execute(FUNCTION.read_bytes())
    pairs = PEOPLE * each
    ours, peers = [
        await make_world(database, key, plans.pairs(key, pairs), PEOPLE) for key in ("OURS", "PEER")
    ]
    found: list[tuple[Round, Round]] = []
    for n in range(rounds + 1):
        mine = await _ours(product, database, ours, await ours.night(f"R{n}"), each)
        theirs = await _peer(product, database, await peers.night(f"R{n}"), each)
        print(f"   B7 round {n}: {mine.rate:.0f}/s beside {theirs.rate:.0f}/s", flush=True)
        if n:  # the first pair warms both sides
            found.append((mine, theirs))
    await database.close()
    return _lines(product, found)


def _lines(product: Product, found: Sequence[tuple[Round, Round]]) -> list[Line]:
    rates = [(one.rate, other.rate) for one, other in found]
    tails = [(one.p95_ms, other.p95_ms) for one, other in found]
    memory = f"web {product.web_peak_mb():.0f} MB, PostgreSQL {product.postgres_mb():.0f} MB"
    rate = compare("B7", f"commands by {PEOPLE} people", "/s", rates, RATE_AIM, memory)
    return [rate, compare("B7", "their p95", "ms", tails, P95_AIM)]


async def _ours(product: Product, database: Database, world: World, iteration: UUID, each: int) -> Round:
    lines = [await connect(product.host, product.port) for _ in range(PEOPLE)]

    async def press(person: int, pair: int) -> None:
        path = f"/api/v1/iterations/{iteration}/steps/TRT-{pair}a/complete"
        status, body = await lines[person].ask(post(product.host, path, world.tokens[person]))
        if status != 200:
            raise RuntimeError(f"{path} answered {status}: {body[:300]!r}")

    result = await _measure(press, each)
    for line in lines:
        await line.close()
    await _check(database, iteration, each)
    return result


async def _peer(product: Product, database: Database, iteration: UUID, each: int) -> Round:
    opened = [
        await psycopg.AsyncConnection.connect(product.database_url, autocommit=True, prepare_threshold=0)
        for _ in range(PEOPLE)
    ]
    query = "SELECT id FROM iteration_steps WHERE iteration_id = %s AND code LIKE '%%a' ORDER BY position"
    steps = [row[0] for row in await (await opened[0].execute(query, [iteration])).fetchall()]

    async def press(person: int, pair: int) -> None:
        given = (iteration, steps[pair], f"Member {person}")
        await opened[person].execute("SELECT bench_complete(%s, %s, %s)", given)

    result = await _measure(press, each)
    for connection in opened:
        await connection.close()
    await _check(database, iteration, each)
    return result


async def _measure(press: Press, each: int) -> Round:
    await quiet()
    took: list[float] = []

    async def work(person: int) -> None:
        for pair in range(person * each, (person + 1) * each):
            begun = perf_counter()
            await press(person, pair)
            took.append(perf_counter() - begun)

    begun = perf_counter()
    await asyncio.gather(*(work(person) for person in range(PEOPLE)))
    seconds = perf_counter() - begun
    return Round(len(took) / seconds, quantiles(took, n=20)[-1] * 1000, median(took) * 1000)


async def _check(database: Database, iteration: UUID, each: int) -> None:
    """Both sides are held to the same rows: every first step complete, every second one ready, two events each."""
    wanted = PEOPLE * each
    async with database.read() as connection:
        row = (await connection.execute(_DONE, {"i": iteration})).one()
    if (row.complete, row.ready, row.counted) != (wanted, wanted, wanted) or row.events < 2 * wanted:
        raise RuntimeError(f"the work was not done: {row}")
