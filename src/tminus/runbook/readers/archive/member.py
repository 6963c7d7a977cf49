"""One file of an archive or folder, and how much of it may be read."""

from __future__ import annotations

import lzma
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from tminus.runbook.readers.archive.bounds import PORTION
from tminus.runbook.readers.file_text import Unreadable, refuse

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""What damaged members, and ways of packing that are not supported, raise when they are read."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive or folder: `name` = its path in it, `size` in bytes, `open` gives its content."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    def read(self, limit: int) -> bytes:
        """Return its bytes. Raises `Unreadable`: `too_large` (over `limit` bytes), `truncated`."""
        if self.size > limit:
            raise too_large(limit)
        data = self.start(limit + 1)
        if len(data) > limit:
            raise too_large(limit)
        return data

    def start(self, most: int = 64 * 1024) -> bytes:
        """Return its first bytes, to see what it is. Raises `Unreadable`: `truncated`."""
        try:
            with self.open() as file:
                return _at_most(file, most)
        except BROKEN:
            raise refuse(
                "truncated",
                "The file cannot be read: it is damaged, or stored in a way that is not supported.",
                suggestion="Make the archive again, with a usual program.",
            ) from None


def too_large(limit: int) -> Unreadable:
    """Return the refusal of a file that is larger than its like ever is."""
    return refuse(
        "too_large",
        f"The file is larger than {limit // (1024 * 1024):,} MB; it was not read.",
        suggestion="Check that this is what it should be; else split it.",
    )


def _at_most(file: BinaryIO, most: int) -> bytes:
    portions, left = [], most
    while left > 0 and (portion := file.read(min(left, PORTION))):
        portions.append(portion)
        left -= len(portion)
    return b"".join(portions)
