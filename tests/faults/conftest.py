"""A database server of the test's own, with the disk in earnest, to be killed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import TestDatabase
from tests.stack import Stack, running
from tests.world import World, make_world
from tminus.notify.notifier import Notifier
from tminus.platform.database import Database
from tminus.platform.postgres import Cluster
from tminus.runbook.commands.services import Services


@dataclass(frozen=True, slots=True)
class Fragile:
    """The product on a PostgreSQL of its own; each of its processes may be killed."""

    cluster: Cluster
    stack: Stack
    world: World

    async def kill(self, victim: str) -> None:
        """Kill -9 `web`, `worker` or `postgres`, and start it again as a supervisor would."""
        if victim == "postgres":
            process = self.cluster.process
            assert process is not None
            process.kill()
            await asyncio.to_thread(process.wait)
            await asyncio.to_thread(self.cluster.start)
            return
        process_of = {"web": self.stack.web, "worker": self.stack.worker}[victim]
        await asyncio.to_thread(process_of.kill)
        process_of.start()
        await asyncio.to_thread(self.stack.wait_served)


@pytest.fixture
async def fragile(own_cluster: Cluster, tmp_path: Path) -> AsyncIterator[Fragile]:
    """Web process, worker and mailbox on the server that will be killed, with a migration and its cast."""
    urls = (own_cluster.app_url, own_cluster.owner_url, own_cluster.superuser_url)
    database = Database(own_cluster.app_url, pool_size=4)
    world = await make_world(database, Services(database, Notifier("http://tminus.example", "")))
    home = tmp_path / "home"
    home.mkdir()
    with running(TestDatabase("tminus", *urls), home) as stack:
        yield Fragile(own_cluster, stack, world)
    await database.close()
