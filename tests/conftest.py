"""Fixtures of the whole suite: a real PostgreSQL, a fresh database for each test, copied from a template."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from uuid import uuid4

import psycopg
import pytest

from tests.postgres_fixture import pytest_unconfigure as pytest_unconfigure
from tests.postgres_fixture import shared_cluster
from tests.world import World, make_world
from tminus.notify.notifier import Notifier
from tminus.platform.database import Database
from tminus.platform.postgres import Cluster
from tminus.runbook.commands.services import Services
from tminus.upgrades.chain import upgrade

TEMPLATE = "tminus_template"


@dataclass(frozen=True, slots=True)
class TestDatabase:
    """One test's own database and the URLs of its three roles."""

    __test__ = False

    name: str
    app_url: str
    owner_url: str
    superuser_url: str


def _with_name(url: str, name: str) -> str:
    return url.rsplit("/", 1)[0] + "/" + name


@pytest.fixture(scope="session")
def pg() -> Cluster:
    """The run's server, with the template of the newest schema in it."""
    cluster = shared_cluster()
    with psycopg.connect(cluster.superuser_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7)")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone()
        if not found:
            building = f"building_{os.getpid()}"
            cluster.create_database(building)
            upgrade(_with_name(cluster.owner_url, building), "tminus_app")
            connection.execute(f"ALTER DATABASE {building} RENAME TO {TEMPLATE}")
        connection.execute("SELECT pg_advisory_unlock(7)")
    return cluster


@pytest.fixture
def db(pg: Cluster) -> Iterator[TestDatabase]:
    """A fresh database at the newest schema; dropped after the test."""
    name = f"test_{uuid4().hex[:12]}"
    pg.create_database(name, TEMPLATE)
    urls = [_with_name(url, name) for url in (pg.app_url, pg.owner_url, pg.superuser_url)]
    yield TestDatabase(name, *urls)
    pg.drop_database(name)


@pytest.fixture
async def database(db: TestDatabase) -> AsyncIterator[Database]:
    """The app's own pool on the test's database."""
    database = Database(db.app_url, pool_size=8)
    yield database
    await database.close()


@pytest.fixture
async def world(database: Database) -> World:
    """A migration with its cast, messages as in the product, the clock stopped at the night's begin."""
    return await make_world(database, Services(database, Notifier("http://tminus.example", "")))
