"""B13: making an iteration of a plan; beside it the bare INSERT … SELECT of the very same rows under other keys."""

from __future__ import annotations

from collections.abc import Sequence
from time import perf_counter
from uuid import UUID, uuid4

import psycopg

from bench import plans
from bench.product import Product, quiet
from bench.report import Line, compare
from bench.world import BEGIN, World, make_world
from tminus.platform.database import Database
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.state import IterationKind

AIM = ("≤", 3.0)
TABLES = (
    "iterations",
    "iteration_environments",
    "iteration_macro_phases",
    "iteration_chapters",
    "iteration_steps",
    "iteration_step_texts",
    "iteration_tasks",
    "iteration_dependencies",
    "iteration_groups",
    "iteration_group_dependencies",
    "iteration_controls",
    "iteration_task_controls",
)
_KEYS = {
    "id",
    "step_id",
    "chapter_id",
    "macro_phase_id",
    "task_id",
    "control_id",
    "predecessor_id",
    "successor_id",
}
"""Columns whose keys are made anew; `id` of iterations is the new iteration's own."""


async def run(product: Product, rounds: int) -> list[Line]:
    """Measure `rounds` pairs for each size of plan; return the lines."""
    database = Database(product.database_url)
    lines = []
    for steps in (1_200, 10_000):
        key = f"FREEZE-{steps}"
        world = await make_world(database, key, plans.layered(key, steps), 0)
        pairs = []
        await quiet()
        for n in range(rounds + 1):
            ours, iteration = await _ours(world, f"R{n}")
            theirs = _peer(product, iteration, f"P{n}")
            if n:  # the first pair warms both sides
                pairs.append((ours * 1000, theirs * 1000))
        lines.append(compare("B13", f"an iteration of {steps:,} steps", "ms", pairs, AIM))
    await database.close()
    return lines


async def _ours(world: World, name: str) -> tuple[float, UUID]:
    command = CreateIteration(world.version_id, name, IterationKind.RUN, BEGIN)
    begun = perf_counter()
    iteration = await create_iteration(world.services, Caller(world.pilot), command)
    return perf_counter() - begun, iteration


def _peer(product: Product, iteration: UUID, name: str) -> float:
    new = uuid4()
    with psycopg.connect(product.database_url) as connection:
        columns = {table: _columns(connection, table) for table in TABLES}
        begun = perf_counter()
        for table in TABLES:
            connection.execute(_copy(table, columns[table]), {"old": iteration, "new": new, "name": name})
        connection.commit()
        took = perf_counter() - begun
        _check(connection, iteration, new)
        return took


def _columns(connection: psycopg.Connection[tuple[object, ...]], table: str) -> Sequence[str]:
    query = (
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position"
    )
    return [str(row[0]) for row in connection.execute(query, [table])]


def _copy(table: str, columns: Sequence[str]) -> bytes:
    made = {name: f"md5({name}::text || %(new)s::text)::uuid" for name in columns if name in _KEYS}
    if table == "iterations":
        made = {"id": "%(new)s::uuid", "name": "%(name)s"}
    elif "iteration_id" in columns:
        made["iteration_id"] = "%(new)s::uuid"
    chosen = ", ".join(made.get(name, name) for name in columns)
    named = f"INSERT INTO {table} ({', '.join(columns)})"
    return f"{named} SELECT {chosen} FROM {table} WHERE {_of(table)}".encode()  # noqa: S608 - names of ours


def _of(table: str) -> str:
    """The rows of one iteration in a table."""
    if table == "iterations":
        return "id = %(old)s"
    if table == "iteration_step_texts":
        return "step_id IN (SELECT id FROM iteration_steps WHERE iteration_id = %(old)s)"
    if table == "iteration_task_controls":
        return "task_id IN (SELECT id FROM iteration_tasks WHERE iteration_id = %(old)s)"
    return "iteration_id = %(old)s"


def _check(connection: psycopg.Connection[tuple[object, ...]], old: UUID, new: UUID) -> None:
    """The peer made as many rows of each table."""
    for table in TABLES:
        query = f"SELECT count(*) FROM {table} WHERE {_of(table)}".encode()  # noqa: S608 - names of ours
        counts = [connection.execute(query, {"old": key}).fetchone() for key in (old, new)]
        assert counts[0] == counts[1], (table, counts)
