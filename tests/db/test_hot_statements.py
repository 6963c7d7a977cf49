"""What every command runs under the lock costs the same on the first night and on the hundredth.

Each statement is planned as the server does after a few runs (without looking at the values), on a table that
has grown since it was last looked at: by reading the table whole, each command would pay for all nights before.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest

from tests.conftest import TestDatabase
from tests.world import World, plan_of, step
from tminus.kernel.ids import new_id
from tminus.platform.swift import Statement
from tminus.runbook.domain.progress import Progress
from tminus.runbook.store import execution

TABLES = ("iteration_steps", "iteration_dependencies")

GROW = """
CREATE TEMP TABLE grown AS SELECT *, row_number() OVER () AS n FROM (
    SELECT s.* FROM iteration_steps AS s, generate_series(1, %(steps)s)
    WHERE s.code = 'TRT-1') AS copied;
UPDATE grown SET id = gen_random_uuid(), code = 'TRT-' || (n + 10), position = n + 10;
ALTER TABLE grown DROP COLUMN n;
INSERT INTO iteration_steps SELECT * FROM grown;
INSERT INTO iteration_dependencies (predecessor_id, successor_id, kind, lag_seconds, iteration_id)
SELECT a.id, b.id, 'FS', 0, a.iteration_id FROM grown AS a JOIN grown AS b ON b.position = a.position + 1;
"""


def planned_blindly(connection: psycopg.Connection[Any], statement: Statement) -> str:
    """The plan of a statement whose values the planner may not look at."""
    query, values = statement
    names = list(dict.fromkeys(re.findall(r"%\((\w+)\)s", query.decode())))
    for n, name in enumerate(names, start=1):
        query = query.replace(f"%({name})s".encode(), f"${n}".encode())
    given = ", ".join(psycopg.sql.Literal(values[name]).as_string(connection) for name in names)
    connection.execute("SET plan_cache_mode = force_generic_plan")
    connection.execute(b"PREPARE hot AS " + query)
    plan = connection.execute(f"EXPLAIN EXECUTE hot ({given})".encode()).fetchall()
    connection.execute("DEALLOCATE hot")
    return "\n".join(line for (line,) in plan)


@pytest.fixture(params=[1_000, 20_000])
async def step_id(world: World, db: TestDatabase, request: pytest.FixtureRequest) -> UUID:
    """A step among many: the table grew, and nobody has counted it anew."""
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1")))
    with psycopg.connect(db.owner_url) as connection:
        connection.execute(GROW.replace("%(steps)s", str(request.param)).encode())
        found = connection.execute(
            "SELECT id FROM iteration_steps WHERE iteration_id = %s AND code = 'TRT-1'", [i]
        )
        row = found.fetchone()
    assert row is not None
    key: UUID = row[0]
    return key


@pytest.mark.parametrize("counted", [False, True])
async def test_no_command_reads_a_table_whole(
    world: World, db: TestDatabase, step_id: UUID, counted: bool
) -> None:
    with psycopg.connect(db.owner_url, autocommit=True) as connection:
        if counted:
            connection.execute("ANALYZE")
        iteration_id = new_id()
        network, groups = execution.loading_neighbourhood(iteration_id, [step_id])
        async with world.database.read() as reading:
            loaded = await execution.load_neighbourhood(reading, iteration_id, [step_id])
        progress = Progress(1, 0, 1, 0, {})
        now = datetime.now(UTC)
        saving = execution.saving(iteration_id, [loaded.steps[step_id]], [], progress, now)
        for statement in (network, groups, saving):
            plan = planned_blindly(connection, statement)
            for table in TABLES:
                assert f"Seq Scan on {table}" not in plan, plan
