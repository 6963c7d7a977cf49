"""Fixtures of the whole suite: a real PostgreSQL, a fresh database for each test, copied from a template."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.postgres_fixture import pytest_unconfigure as pytest_unconfigure
from tests.postgres_fixture import shared_cluster
from tests.world import World, make_world
from tminus.notify.notifier import Notifier
from tminus.platform.database import Database
from tminus.platform.files.objects import open_objects
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


def build_once(
    cluster: Cluster, template: str, build: Callable[[TestDatabase], object], base: str = ""
) -> None:
    """Build a template, if no other worker of the run has; whoever comes meanwhile waits."""
    with psycopg.connect(cluster.superuser_url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(7)")
        found = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone()
        if not found:
            building = f"building_{os.getpid()}"
            cluster.create_database(building, base or None)
            build(_named(cluster, building))
            connection.execute(f"ALTER DATABASE {building} RENAME TO {template}")
        connection.execute("SELECT pg_advisory_unlock(7)")


def _named(cluster: Cluster, name: str) -> TestDatabase:
    urls = [_with_name(url, name) for url in (cluster.app_url, cluster.owner_url, cluster.superuser_url)]
    return TestDatabase(name, *urls)


@contextmanager
def copied(cluster: Cluster, template: str) -> Iterator[TestDatabase]:
    """A database of one test's own, dropped after it."""
    name = f"test_{uuid4().hex[:12]}"
    cluster.create_database(name, template)
    yield _named(cluster, name)
    cluster.drop_database(name)


@pytest.fixture(scope="session")
def pg() -> Cluster:
    """The run's server, with the template of the newest schema in it."""
    cluster = shared_cluster()
    build_once(cluster, TEMPLATE, lambda built: upgrade(built.owner_url, "tminus_app"))
    return cluster


@pytest.fixture
def db(pg: Cluster) -> Iterator[TestDatabase]:
    """A fresh database at the newest schema; dropped after the test."""
    with copied(pg, TEMPLATE) as database:
        yield database


@pytest.fixture
async def database(db: TestDatabase) -> AsyncIterator[Database]:
    """The app's own pool on the test's database."""
    database = Database(db.app_url, pool_size=8)
    yield database
    await database.close()


@pytest.fixture
def own_cluster(tmp_path: Path) -> Iterator[Cluster]:
    """A PostgreSQL that nobody else uses, at the newest schema."""
    cluster = Cluster(tmp_path / "pg")
    cluster.start()
    try:
        cluster.ensure_roles_and_database()
        upgrade(cluster.owner_url, "tminus_app")
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
async def world(database: Database, tmp_path: Path) -> World:
    """A migration with its cast, messages and files as in the product, the clock stopped at the night's begin."""
    services = Services(database, Notifier("http://tminus.example", ""), open_objects("", tmp_path / "store"))
    return await make_world(database, services)
