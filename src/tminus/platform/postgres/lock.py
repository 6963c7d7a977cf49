"""One launcher for each folder: an flock, held as long as the launching process lives."""

import fcntl
import os
import time
from pathlib import Path

from tminus.platform.postgres.errors import FolderInUse

LOOKS, LOOK_SECONDS = 5, 0.04


class FolderLock:
    """The lock file of a data folder. The kernel lets go of it when its process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def held(self) -> bool:
        """Whether this object holds the lock."""
        return self._handle is not None

    def take(self) -> None:
        """Hold the lock, or raise FolderInUse after a fifth of a second, naming the process that holds it."""
        if self._handle is not None:
            return
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _locked(handle):
            pid = _holder(handle)
            os.close(handle)
            raise self._in_use(pid)
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        self._handle = handle

    def release(self) -> None:
        """Let go; the file stays, since removing it would let two processes lock two files of one name."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def holder(self) -> int | None:
        """The pid of the process that holds the lock now, or None when nobody does; takes nothing."""
        if self._handle is not None:
            return os.getpid()
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return _holder(handle)
        finally:
            os.close(handle)
        return None

    def _in_use(self, pid: int | None) -> FolderInUse:
        who = f"process {pid}" if pid else "another process"
        return FolderInUse(
            f"The database folder {self._path.parent} is already in use by {who}; "
            "that one goes on undisturbed.",
            hint=f"End {who} first (is Tminus already running?), or choose another folder with TMINUS_HOME.",
            pid=pid,
        )


def _locked(handle: int) -> bool:
    # Several looks, because `holder` of another process holds the lock, too, for a few microseconds.
    for _ in range(LOOKS):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(LOOK_SECONDS)
        else:
            return True
    return False


def _holder(handle: int) -> int | None:
    text = os.pread(handle, 32, 0).strip()
    return int(text) if text.isdigit() else None
