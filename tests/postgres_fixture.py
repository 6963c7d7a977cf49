"""One throw-away PostgreSQL for a whole run of the tests, shared by its workers.

The first test that needs it has it started, by a process of its own (the *keeper*, this file run as a
script), because the server ends with whoever started it, and a worker may end before the others. The keeper
waits for the end of the run and then removes everything, also when the run was killed.

Use: `shared_cluster()`, with the roles and the empty database `tminus` made, and its
`create_database(name, template)`; the run's conftest has `pytest_unconfigure` of this file.
`TMINUS_TEST_PG_BIN` names other programs than the default ones, for example /usr/lib/postgresql/15/bin.
"""

import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import psutil
import pytest

from tminus.platform.postgres import Cluster, find_binaries

STOP_SECONDS = 30

FAST = {
    # Nothing here outlives the run, so nothing has to reach a disk.
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum_naptime": "1h",
}

_keepers: list[subprocess.Popen[str]] = []  # kept, so that none is collected while it runs


@lru_cache(maxsize=1)
def shared_cluster() -> Cluster:
    """The run's server; started by the first caller of the first worker, found by all others."""
    folder = _run_folder()
    folder.mkdir(mode=0o700, exist_ok=True)
    with _locked(folder / "start.lock"):
        cluster = _cluster(folder)
        if cluster.status().pid is None:
            _start_keeper(folder)
    return cluster


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run's server, in the process that began the run."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        stop_shared_cluster()


def stop_shared_cluster() -> None:
    """End the run's server if one was started, and wait until it is gone."""
    try:
        keeper = psutil.Process(int((_run_folder() / "keeper.pid").read_text(encoding="utf-8")))
        keeper.terminate()
        keeper.wait(STOP_SECONDS)
    except (FileNotFoundError, psutil.NoSuchProcess):
        return


def _cluster(folder: Path) -> Cluster:
    named = os.environ.get("TMINUS_TEST_PG_BIN")
    return Cluster(folder / "pg", find_binaries(Path(named) if named else None), settings=FAST)


def _run_folder() -> Path:
    """A folder that all processes of one run, and no other run, find under the same name."""
    pid = os.getppid() if "PYTEST_XDIST_WORKER" in os.environ else os.getpid()
    born = int(psutil.Process(pid).create_time() * 100)
    memory = Path("/dev/shm")  # noqa: S108 -- memory instead of a disk makes the databases' copies quick
    base = memory if os.access(memory, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())
    return base / f"tminus-tests-{pid}-{born}"


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _start_keeper(folder: Path) -> None:
    run = folder.name.split("-")[2]
    keeper = subprocess.Popen(
        [sys.executable, __file__, str(folder), run],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl-C is for the tests; they end it
    )
    assert keeper.stdout is not None
    _keepers.append(keeper)
    with keeper.stdout as words:
        if words.readline() != "ready\n":
            raise RuntimeError("the tests' PostgreSQL did not start; its reason stands above")


def _keep(folder: Path, run: int) -> None:
    """Run the server until the run has ended or SIGTERM comes, then remove the folder."""
    stop = {signal.SIGTERM, signal.SIGINT, signal.SIGCHLD}
    cluster = _cluster(folder)
    try:
        cluster.start()
        cluster.ensure_roles_and_database()
        signal.pthread_sigmask(signal.SIG_BLOCK, stop)
        (folder / "keeper.pid").write_text(str(os.getpid()), encoding="utf-8")
        print("ready", flush=True)
        _wait_for_end(run, stop)
    finally:
        cluster.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for_end(run: int, stop: set[signal.Signals]) -> None:
    # A look each second is enough: it only matters when the run was killed, else SIGTERM comes.
    while psutil.pid_exists(run):
        if signal.sigtimedwait(stop, 1) is not None:
            return


if __name__ == "__main__":
    _keep(Path(sys.argv[1]), int(sys.argv[2]))
