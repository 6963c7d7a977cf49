"""The server's log file: opened for it, cut in two before it grows without end, its tail read for errors."""

from pathlib import Path
from typing import BinaryIO

LARGEST = 10 * 1024 * 1024
TAIL_LINES = 12


class ServerLog:
    """The file PostgreSQL writes to. `mark` remembers where the present start began."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._start = 0

    def mark(self) -> None:
        """A start begins here; a file past 10 MB is put aside as `….1`, the one before it is dropped."""
        size = self.path.stat().st_size if self.path.exists() else 0
        if size > LARGEST:
            self.path.replace(self.path.with_name(self.path.name + ".1"))
            size = 0
        self._start = size

    def open(self) -> BinaryIO:
        """The file, to be given to the server as its stdout and stderr."""
        self.path.touch(mode=0o600)
        return self.path.open("ab")

    def since_mark(self) -> str:
        """What the present start has written so far."""
        if not self.path.exists():
            return ""
        with self.path.open("rb") as file:
            file.seek(self._start)
            return file.read().decode("utf-8", "replace")

    def tail(self) -> str:
        """The last lines of the present start, for an error; says so when there are none."""
        lines = self.since_mark().strip().splitlines()[-TAIL_LINES:]
        return "\n".join(lines) or "(PostgreSQL wrote nothing)"
