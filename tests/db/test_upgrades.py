"""The chain of schema versions gives the declared schema, and the log refuses every change."""

from __future__ import annotations

import threading

import psycopg
import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from tests.conftest import TestDatabase
from tminus.kernel.errors import Unavailable
from tminus.platform.database import metadata, sqlalchemy_url
from tminus.platform.postgres import Cluster
from tminus.upgrades import chain, schema

QUEUE_VERSION = "3.10."
"""A newer library needs a revision that applies its own upgrade files; then this line follows."""


def test_the_chain_gives_the_declared_schema(db: TestDatabase) -> None:
    assert schema.metadata is metadata
    engine = create_engine(sqlalchemy_url(db.owner_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"include_name": lambda name, kind, _: not _foreign(name, kind)}
        )
        assert compare_metadata(context, metadata) == []
    engine.dispose()


def _foreign(name: str | None, kind: str) -> bool:
    return kind == "table" and (name or "").startswith(("procrastinate_", "alembic_"))


def test_a_second_upgrade_changes_nothing(db: TestDatabase) -> None:
    assert chain.upgrade(db.owner_url, "tminus_app") == (chain.newest(), chain.newest())


def test_the_queue_is_of_the_version_the_chain_was_made_for() -> None:
    from importlib.metadata import version

    assert version("procrastinate").startswith(QUEUE_VERSION)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE event_log SET type = 'x'", "DELETE FROM event_log", "TRUNCATE event_log", "TRUNCATE access_log"],
)
@pytest.mark.parametrize("role", ["app_url", "owner_url"])
def test_the_log_refuses_changes(db: TestDatabase, statement: str, role: str) -> None:
    with (
        psycopg.connect(getattr(db, role)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_the_app_cannot_take_the_triggers_off(db: TestDatabase) -> None:
    with psycopg.connect(db.app_url) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("ALTER TABLE event_log DISABLE TRIGGER ALL")


def test_an_upgrade_that_cannot_have_its_lock_gives_up_and_says_so(
    pg: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chain, "LOCK_TIMEOUT_MS", 200)
    name = f"locked_{threading.get_ident()}"
    pg.create_database(name)
    url = pg.owner_url.rsplit("/", 1)[0] + "/" + name
    try:
        with psycopg.connect(url) as holder:
            holder.execute("CREATE TABLE alembic_version (version_num varchar(32) primary key)")
            holder.commit()
            holder.execute("LOCK TABLE alembic_version IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(Unavailable, match="as it was"):
                chain.upgrade(url)
        assert chain.upgrade(url)[1] == chain.newest()
    finally:
        pg.drop_database(name)


def test_an_iteration_made_before_chapters_had_links_goes_on(pg: Cluster) -> None:
    """What was made at version 0003 has its macro-phase, first start and chapter schedule at the newest one."""
    name = f"older_{threading.get_ident()}"
    pg.create_database(name)
    url = pg.owner_url.rsplit("/", 1)[0] + "/" + name
    engine = create_engine(sqlalchemy_url(url))
    try:
        with engine.begin() as connection:
            command.upgrade(chain.configuration(connection), "0003")
            for statement in _OLD_ROWS:
                connection.execute(text(statement))
        assert chain.upgrade(url) == ("0003", chain.newest())
        with engine.connect() as connection:
            found = connection.execute(
                text(
                    """
                    SELECT s.macro_phase_id = m.id AS inside, s.begun_at = a.started_at AS first, s.in_scope,
                        c.planned_start = s.planned_start AND c.planned_end = s.planned_end AND NOT c.typed AS planned,
                        c.baseline_start = s.baseline_start AND c.baseline_end IS NULL AS frozen
                    FROM iteration_steps AS s JOIN iteration_macro_phases AS m ON m.iteration_id = s.iteration_id
                    JOIN step_attempts AS a ON a.step_id = s.id
                    LEFT JOIN chapter_schedules AS c ON c.chapter_id = s.chapter_id
                    """
                )
            ).one()
        assert tuple(found) == (True, True, True, True, True)
    finally:
        engine.dispose()
        pg.drop_database(name)


_KEY = "'00000000-0000-0000-0000-00000000000{}'"
_OLD_ROWS = [
    statement.format(*(_KEY.format(n) for n in range(8)), at="'2026-11-21T20:00:00Z'")
    for statement in (
        "INSERT INTO stream_heads (stream) VALUES ({1})",
        "INSERT INTO migrations (id, key, name, zone, created_at) VALUES ({1}, 'OLD', 'Old', 'UTC', {at})",
        "INSERT INTO plans (id, migration_id, name) VALUES ({2}, {1}, 'Old')",
        "INSERT INTO plan_versions (id, plan_id, number, content_hash, created_by_name, created_at)"
        " VALUES ({3}, {2}, 1, '', 'Ann', {at})",
        "INSERT INTO iterations (id, migration_id, plan_version_id, plan_name, plan_number, name, kind, state,"
        " planned_start, planned_end, state_since, state_by, content_hash, total_count, total_seconds, counts)"
        " VALUES ({4}, {1}, {3}, 'Old', 1, 'RUN1', 'run', 'live', {at}, {at}, {at}, 'Ann', '', 1, 60, '{{}}')",
        "INSERT INTO iteration_macro_phases (id, iteration_id, source_id, code, name, position)"
        " VALUES ({5}, {4}, {5}, 'A', 'A', 0)",
        "INSERT INTO iteration_chapters (id, iteration_id, macro_phase_id, source_id, code, name, rollback, position)"
        " VALUES ({6}, {4}, {5}, {6}, 'A1', 'A1', false, 0)",
        "INSERT INTO iteration_steps (id, iteration_id, chapter_id, source_id, code, name, type, behaviour,"
        " duration_seconds, auto_activate, point_of_no_return, dormant, position, state, attempt, started_at,"
        " tasks_total, tasks_open, tasks_required, planned_start, planned_end, baseline_start)"
        " VALUES ({7}, {4}, {6}, {7}, 'TRT-1', 'One', 'TRT', 'work', 60, false, false, false, 1, 'in_progress', 2,"
        " {at}::timestamptz + interval '1 h', 0, 0, 0, {at}, {at}::timestamptz + interval '1 min', {at})",
        "INSERT INTO step_attempts (step_id, attempt, outcome, started_at, start_assumed)"
        " VALUES ({7}, 1, 'failed', {at}, false)",
    )
]
"""A live iteration with one step in its second attempt, as version 0003 kept it."""
