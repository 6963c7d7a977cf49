"""Writing anchors: heads of the log in files outside the database, where a rewrite of the log does not reach."""

from __future__ import annotations

import asyncio
import fcntl
import os
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

from tminus.audit import store
from tminus.audit.domain.entries import Head
from tminus.kernel.instants import instant
from tminus.platform.database import Database

FOLDER = "anchors"


async def write_anchor(database: Database, home: Path, stream: UUID | None = None) -> int:
    """Append the heads of all streams, or of one, to `home/anchors/YYYY-MM-DD.txt`; return how many were new.

    One line each: `stream seq hash at`. A head that stands there already is not written again. The day and
    `at` are wall time, UTC. Raises `OSError` where the file cannot be written; the log itself is untouched.
    """
    async with database.read() as connection:
        heads = [head for head in await store.heads(connection, stream) if head.seq > 0]
        at = instant(await store.wall_time(connection))
    path = home / FOLDER / f"{at[:10]}.txt"
    return await asyncio.to_thread(_append, path, heads, at)


def _append(path: Path, heads: Sequence[Head], at: str) -> int:
    """Add what is missing, under a lock between processes, and let nothing stay in memory alone."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(path, "a+", encoding="ascii", opener=_private) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        text = file.read()
        new = [line for line in map(_line, heads) if line not in text]
        # A line torn by a crash stays as it is, and the next one begins on its own.
        start = "" if not text or text.endswith("\n") else "\n"
        if new:
            file.write(start + "".join(f"{line} {at}\n" for line in new))
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)
    return len(new)


def _line(head: Head) -> str:
    return f"{head.stream} {head.seq} {head.hash.hex()}"


def _private(name: str, flags: int) -> int:
    return os.open(name, flags, 0o600)


def _sync_folder(folder: Path) -> None:
    number = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
