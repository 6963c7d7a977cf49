"""Reading `postmaster.pid`, and ending a server that its launcher left behind."""

import os
import select
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from tminus.platform.postgres.errors import StopFailed

FAST_SECONDS = 10.0
IMMEDIATE_SECONDS = 10.0


@dataclass(frozen=True)
class Postmaster:
    """A running server of one data folder; `port` is None in the first moments of its start."""

    pid: int
    port: int | None


def find_postmaster(data: Path) -> Postmaster | None:
    """The server that runs on this very data folder, or None; a stale pid file counts as none.

    The file alone proves nothing: after a kill -9 its number may belong to a stranger. So the process is
    asked for its working folder, which for a server is its data folder.
    """
    lines = _lines(data)
    pid = _pid(lines)
    if pid == 0 or not _runs_on(pid, data):
        return None
    port = lines[3].strip() if len(lines) > 3 else ""
    return Postmaster(pid, int(port) if port.isdigit() and int(port) else None)


def forget_stranger(data: Path) -> None:
    """Remove a pid file whose number is now a stranger's: PostgreSQL would take it for a running server.

    That happens wherever numbers come round again, above all in containers. A file of a dead process is
    left to PostgreSQL, which judges it well. Call it only with the folder's lock held and after
    `find_postmaster` found none. Backends left over are still noticed: PostgreSQL knows its shared memory
    by the folder, too.
    """
    pid = _pid(_lines(data))
    if pid and _alive(pid):
        (data / "postmaster.pid").unlink()


def end_leftover(data: Path, leftover: Postmaster) -> None:
    """End a server whose launcher is gone: first fast, then at once. Raises StopFailed when it will not.

    Nothing committed is lost either way; after the second the next start replays the log.
    """
    for number, seconds in ((signal.SIGINT, FAST_SECONDS), (signal.SIGQUIT, IMMEDIATE_SECONDS)):
        try:
            os.kill(leftover.pid, number)
        except ProcessLookupError:
            return
        if _wait_for_end(leftover.pid, data, seconds):
            return
    raise StopFailed(
        f"A PostgreSQL left over from an earlier run (process {leftover.pid}) holds {data} and does not end; "
        "its data are safe.",
        hint=f"End process {leftover.pid} yourself (kill -9 only if nothing else helps), then start again.",
        pid=leftover.pid,
    )


def _lines(data: Path) -> list[str]:
    try:
        return (data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return []


def _pid(lines: list[str]) -> int:
    # A single-user server writes its number negative.
    first = lines[0].strip().lstrip("-") if lines else ""
    return int(first) if first.isdigit() else 0


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # it is, and it is another user's
        return True
    return True


def _runs_on(pid: int, data: Path) -> bool:
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cwd").samefile(data) and b"postgres" in _command(pid)
        except OSError:  # it is gone, or it is another user's and therefore not ours
            return False
    answer = subprocess.run(  # noqa: S603 -- a fixed program and a number
        ["ps", "-o", "args=", "-p", str(pid)],  # noqa: S607 -- where it lies differs between systems
        capture_output=True,
        text=True,
    )
    return "postgres" in answer.stdout and str(data) in answer.stdout


def _command(pid: int) -> bytes:
    return Path(f"/proc/{pid}/cmdline").read_bytes()


def _wait_for_end(pid: int, data: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    if hasattr(os, "pidfd_open"):
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
    while time.monotonic() < deadline:  # no event to wait for on this system
        if not _runs_on(pid, data):
            return True
        time.sleep(0.05)
    return False
