"""The product as it is run: an embedded PostgreSQL that syncs to the disk, and `tminus serve` beside it."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil

from tminus.platform.postgres import Cluster
from tminus.upgrades.chain import upgrade

START_SECONDS = 60
MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Product:
    """A running product: where it serves, its database, its processes."""

    host: str
    port: int
    cluster: Cluster
    web: subprocess.Popen[bytes]
    database_url: str

    def web_peak_mb(self) -> float:
        """The web process's highest resident size so far."""
        return peak_mb(self.web.pid)

    def postgres_mb(self) -> float:
        """What all of PostgreSQL's processes hold now, memory they share counted once."""
        assert self.cluster.process is not None
        root = psutil.Process(self.cluster.process.pid)
        return sum(_share(one) for one in (root, *root.children(recursive=True))) / MEGABYTE


def peak_mb(pid: int) -> float:
    """The highest resident size a process ever had (Linux: VmHWM), in MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def _share(process: psutil.Process) -> int:
    try:
        return int(process.memory_full_info().pss)
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def cluster_of_its_own() -> Iterator[Cluster]:
    """Run a PostgreSQL in a temporary folder, with the product's own settings and schema."""
    with tempfile.TemporaryDirectory(prefix="tminus-bench-") as folder:
        cluster = Cluster(Path(folder) / "postgres")
        cluster.start()
        try:
            cluster.ensure_roles_and_database()
            upgrade(cluster.owner_url, "tminus_app")
            yield cluster
        finally:
            cluster.stop()


@contextmanager
def serving(cluster: Cluster) -> Iterator[Product]:
    """Run `tminus serve` on the cluster; its log goes beside the data."""
    port = free_port()
    environment = _environment(cluster) | {"TMINUS_PORT": str(port)}
    with (cluster.folder.parent / "web.log").open("ab") as log:
        command = [sys.executable, "-m", "tminus", "serve"]
        web = subprocess.Popen(command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        wait_served(web, port, Path(log.name))
        yield Product("127.0.0.1", port, cluster, web, cluster.app_url)
    finally:
        web.terminate()
        web.wait(20)


@contextmanager
def working(cluster: Cluster) -> Iterator[subprocess.Popen[bytes]]:
    """Run `tminus worker` on the cluster."""
    with (cluster.folder.parent / "worker.log").open("ab") as log:
        command = [sys.executable, "-m", "tminus", "worker"]
        worker = subprocess.Popen(
            command, env=_environment(cluster), stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
    try:
        yield worker
    finally:
        worker.terminate()
        worker.wait(20)


def _environment(cluster: Cluster) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TMINUS_")}
    return kept | {"TMINUS_HOME": str(cluster.folder.parent), "TMINUS_DATABASE_URL": cluster.app_url}


def wait_served(
    web: subprocess.Popen[bytes], port: int, log: Path | None = None, seconds: float = START_SECONDS
) -> None:
    """Wait until a server answers on its port; raises where it ended instead, with its last words."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        with suppress(httpx.HTTPError):
            if httpx.get(f"http://127.0.0.1:{port}/api/health", timeout=2, trust_env=False).is_success:
                return
        if web.poll() is not None:
            break
        time.sleep(0.1)
    words = log.read_text(encoding="utf-8")[-3000:] if log else ""
    raise RuntimeError(f"nothing is served on port {port}:\n{words}")


async def quiet(seconds: float = 0.5) -> None:
    """Let what the last round left behind (checkpoints, the feed) come to rest."""
    await asyncio.sleep(seconds)
