"""Taking a file in: piece by piece, counted and hashed while it comes, never trusting what its header says."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, cast

from tminus.kernel.errors import Invalid

LARGEST_FILE = 25 * 1024 * 1024
"""Bytes of a file that are taken."""
IN_MEMORY = 1024 * 1024
"""Bytes that stay in memory; what is larger goes on through a file that has no name."""


@dataclass(frozen=True, slots=True)
class TakenIn:
    """A file that has come: its content from the beginning, its size in bytes, its hash."""

    content: BinaryIO
    size: int
    sha256: bytes

    def close(self) -> None:
        """Let go of the content."""
        self.content.close()


async def take_in(pieces: AsyncIterator[bytes], largest: int = LARGEST_FILE) -> TakenIn:
    """Read it all. Raises `Invalid` as soon as it is larger than may be, and where there is nothing in it."""
    held = cast("BinaryIO", SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115 - it is handed on, and closed by who takes it
    digest, size = hashlib.sha256(), 0
    try:
        async for piece in pieces:
            size += len(piece)
            if size > largest:
                raise Invalid(
                    f"The file is larger than {largest // 1024 // 1024} MiB. Nothing was kept.",
                    hint="Compress it, or put it where others can reach it and give the link.",
                )
            digest.update(piece)
            held.write(piece)
        if not size:
            raise Invalid(
                "The file is empty. Nothing was kept.",
                hint="Choose another one, or save it again: it has no bytes in it.",
            )
    except BaseException:
        held.close()
        raise
    held.seek(0)
    return TakenIn(held, size, digest.digest())
