"""The chain of schema versions gives the declared schema, and the log refuses every change."""

from __future__ import annotations

import threading

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine

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
