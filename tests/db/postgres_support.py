"""What the tests of the embedded PostgreSQL share; run as a script, a launcher that can be killed.

postgres_support.py FOLDER      starts the server of FOLDER, prints its pid and port as JSON, and waits
"""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg

from tminus.platform.postgres import Binaries, Cluster, find_binaries

SOURCE = Path(__file__).parents[2] / "src"
STRANGER = 4321
"""The number of an ordinary user, whom no machine has to know."""


def programs() -> Binaries:
    """The PostgreSQL that this run of the tests is about."""
    named = os.environ.get("TMINUS_TEST_PG_BIN")
    return find_binaries(Path(named) if named else None)


@dataclass(frozen=True)
class Launched:
    """A launcher in a process of its own, and the server it started."""

    launcher: "subprocess.Popen[str]"
    pid: int
    port: int


@contextmanager
def launched(folder: Path, user: int | None = None, python: str = sys.executable) -> Iterator[Launched]:
    """A launcher of this folder, as another user if wished; it is ended when the block is left."""
    with subprocess.Popen(
        [python, __file__, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(),
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        cwd="/",
    ) as launcher:
        assert launcher.stdout is not None
        line = launcher.stdout.readline()
        assert line, "the launcher ended without an answer; its reason stands above"
        yield Launched(launcher, **json.loads(line))


def run_refused(folder: Path, user: int, python: str) -> str:
    """What a launcher that another user starts on this folder says before it gives up."""
    answer = subprocess.run(
        [python, __file__, str(folder)],
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        env=_environment(),
        user=user,
        group=user,
        extra_groups=[],
        cwd="/",
    )
    assert answer.returncode != 0, "it was not refused"
    return answer.stderr


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(SOURCE), *sys.path])}


def wait_until_gone(pid: int, seconds: float = 10) -> bool:
    """Whether the process, a child or not, ends within this time."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        end = select.poll()
        end.register(handle, select.POLLIN)
        return bool(end.poll(seconds * 1000))
    finally:
        os.close(handle)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter, which pytest's own are not."""
    folder = Path(tempfile.mkdtemp(prefix="tminus-open-"))
    folder.chmod(0o755)
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def python_for(user: int) -> str | None:
    """A Python of this version that another user can run: ours, else the machine's, else None."""
    own = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in [os.path.realpath(sys.executable), shutil.which(own, path="/usr/bin:/usr/local/bin")]:
        if candidate is not None and _can_run(user, candidate):
            return candidate
    return None


def _can_run(user: int, program: str) -> bool:
    try:
        subprocess.run([program, "-c", ""], user=user, group=user, extra_groups=[], check=True, cwd="/")
    except (OSError, subprocess.CalledProcessError):
        return False
    return True


def ask(url: str, question: str) -> object:
    """The single value that this question is answered with."""
    with psycopg.connect(url) as connection:
        row = connection.execute(question).fetchone()
    assert row is not None
    return row[0]


def has_child(pid: int, name: str) -> bool:
    """Whether a child of the server names itself so (`postgres: …`)."""
    return any(name in " ".join(child.cmdline()) for child in psutil.Process(pid).children())


def _launch(folder: Path) -> None:
    cluster = Cluster(folder, programs())
    port = cluster.start()
    cluster.ensure_roles_and_database()
    assert cluster.process is not None
    print(json.dumps({"pid": cluster.process.pid, "port": port}), flush=True)
    sys.stdin.read()
    cluster.stop()


if __name__ == "__main__":
    _launch(Path(sys.argv[1]))
