"""Statements sent as one: in order, with keys in them, and none of those after the one that fails."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.world import World
from tminus.runbook.store.imports.script import carry_out

MAKE = "CREATE TEMP TABLE noted (n int GENERATED ALWAYS AS IDENTITY, said text, key uuid) ON COMMIT DROP"
NOTED = text("SELECT said, key FROM noted ORDER BY n")


async def test_statements_run_in_order_and_take_their_keys(world: World) -> None:
    one, other = uuid4(), uuid4()
    async with world.database.engine.begin() as connection:
        await carry_out(
            connection,
            MAKE,
            "INSERT INTO noted (said, key) VALUES (format('%s at 10:30', 'first'), :batch)",
            "INSERT INTO noted (said, key) SELECT said || '::text'::text, :version FROM noted",
            batch=one,
            version=other,
        )
        rows = [tuple(row) for row in await connection.execute(NOTED)]
    assert rows == [("first at 10:30", one), ("first at 10:30::text", other)]


async def test_a_key_that_is_not_given_is_a_mistake_and_nothing_is_sent(world: World) -> None:
    async with world.database.engine.begin() as connection:
        with pytest.raises(KeyError):
            await carry_out(connection, MAKE, "DELETE FROM noted WHERE key = :batch")
        there = await connection.execute(text("SELECT to_regclass('pg_temp.noted')"))
    assert there.scalar_one() is None


async def test_what_comes_after_a_failure_is_not_run(world: World) -> None:
    async with world.database.engine.begin() as connection:
        await carry_out(connection, MAKE)
        with pytest.raises(ProgrammingError):
            async with connection.begin_nested():
                await carry_out(
                    connection,
                    "INSERT INTO noted (said) VALUES ('before')",
                    "SELECT FROM nowhere_at_all",
                    "INSERT INTO noted (said) VALUES ('after')",
                )
        rows = list(await connection.execute(NOTED))
    assert rows == []


async def test_the_same_statements_may_be_sent_again_and_again(world: World) -> None:
    async with world.database.engine.begin() as connection:
        for _ in range(12):  # more often than the driver waits before it prepares one
            await carry_out(connection, "DROP TABLE IF EXISTS noted", MAKE)
        assert list(await connection.execute(NOTED)) == []
