"""B7 while forecasts are made: twenty people press at the pace of a busy night, with a worker beside them and without.

After every press the worker reckons the whole iteration anew, draws and all, in a process of its own. Both halves of
a pair are the product itself; what is asked is whether whoever presses notices.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from statistics import median, quantiles
from time import perf_counter
from uuid import UUID

from sqlalchemy import text

from bench import plans
from bench.product import Product, quiet, working
from bench.report import Line, compare
from bench.wire import connect, post
from bench.world import World, make_world
from tminus.platform.database import Database

PEOPLE, PAIRS = 20, 1_000
PAUSE_SECONDS = 0.4
"""Between two presses of one person: fifty presses a second in all."""
AIM = ("≤", 1.5)
_VERSION = text("SELECT coalesce(max(version), 0) FROM forecasts WHERE iteration_id = :iteration")


async def run(product: Product, rounds: int, each: int) -> list[Line]:
    """Measure `rounds` pairs, each person pressing `each` times in both halves; return the lines."""
    database = Database(product.database_url)
    world = await make_world(database, "FORE", plans.pairs("FORE", PAIRS), PEOPLE)
    found: list[tuple[list[float], list[float]]] = []
    made: list[int] = []
    for n in range(rounds + 1):
        alone = await _pressed(product, world, await world.night(f"A{n}"), each)
        night = await world.night(f"W{n}")
        with working(product.cluster):
            await _first_forecast(database, night)
            beside = await _pressed(product, world, night, each)
            made.append(await _forecasts(database, night))
        print(f"   B7 forecasts, round {n}: {made[-1]} forecasts of {2 * PAIRS} steps", flush=True)
        if n:  # the first pair warms both sides
            found.append((beside, alone))
    await database.close()
    return _lines(found, made)


def _lines(found: Sequence[tuple[list[float], list[float]]], made: Sequence[int]) -> list[Line]:
    medians = [(median(one), median(other)) for one, other in found]
    tails = [(quantiles(one, n=20)[-1], quantiles(other, n=20)[-1]) for one, other in found]
    told = f"{min(made)}–{max(made)} forecasts of {2 * PAIRS} steps a round"
    return [
        compare("B7", "a command while forecasts are made", "ms", medians, AIM, told),
        compare("B7", "their p95", "ms", tails, AIM),
    ]


async def _pressed(product: Product, world: World, iteration: UUID, each: int) -> list[float]:
    """Let everybody complete steps at their pace; return how long each press took, in ms."""
    lines = [await connect(product.host, product.port) for _ in range(PEOPLE)]
    await quiet()
    took: list[float] = []

    async def work(person: int) -> None:
        await asyncio.sleep(PAUSE_SECONDS * person / PEOPLE)
        for pair in range(person * each, (person + 1) * each):
            path = f"/api/v1/iterations/{iteration}/steps/TRT-{pair}a/complete"
            begun = perf_counter()
            status, body = await lines[person].ask(post(product.host, path, world.tokens[person]))
            took.append((perf_counter() - begun) * 1000)
            if status != 200:
                raise RuntimeError(f"{path} answered {status}: {body[:300]!r}")
            await asyncio.sleep(PAUSE_SECONDS)

    await asyncio.gather(*(work(person) for person in range(PEOPLE)))
    for line in lines:
        await line.close()
    return took


async def _first_forecast(database: Database, iteration: UUID) -> None:
    """Wait until the worker is at work: its first forecast of this night is there."""
    while not await _forecasts(database, iteration):  # noqa: ASYNC110 - a bench looks from outside
        await asyncio.sleep(0.2)


async def _forecasts(database: Database, iteration: UUID) -> int:
    async with database.read() as connection:
        return int((await connection.execute(_VERSION, {"iteration": iteration})).scalar_one())
