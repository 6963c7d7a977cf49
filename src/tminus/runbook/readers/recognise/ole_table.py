"""The allocation tables of a compound file (OLE): which sector follows which, and whether that ever ends."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Iterable, Iterator
from typing import BinaryIO

HEADER = 512
"""Bytes; the first sector begins after as many bytes as a sector has."""

_IN_HEADER = 109
"""Sectors of the table that the header itself names; the others stand in a chain of their own."""


class OleTable:
    """The sectors of a file and what follows each. Raises `struct.error` where the header is cut off."""

    def __init__(self, content: BinaryIO) -> None:
        content.seek(0)
        self.header = content.read(HEADER)
        self._content = content
        self.size = 1 << min(max(struct.unpack_from("<H", self.header, 30)[0], 9), 16)
        self.sectors = content.seek(0, 2) // self.size
        self.follows = self._numbers(self._tables())

    def number(self, at: int) -> int:
        """Return a number of the header."""
        return int(struct.unpack_from("<I", self.header, at)[0])

    def sector(self, number: int) -> bytes:
        """Return the bytes of a sector, fewer where the file ends within it."""
        self._content.seek((number + 1) * self.size)
        return self._content.read(self.size)

    def chain(self, start: int) -> Iterator[bytes]:
        """Yield the sectors of a chain, never more than there are."""
        for _ in range(self.sectors):
            if start >= self.sectors:
                return
            yield self.sector(start)
            start = self.follows[start] if start < len(self.follows) else sys.maxsize

    def small(self) -> array[int]:
        """Return the table of the small sectors, in which short streams are kept."""
        return self._joined(self.chain(self.number(60)))

    def _tables(self) -> list[int]:
        named = list(struct.unpack_from(f"<{_IN_HEADER}I", self.header, 76))
        further = self.number(68)
        for _ in range(self.sectors):
            if further >= self.sectors:
                break
            *more, further = self._joined([self.sector(further)]) or [sys.maxsize]
            named += more
        return [number for number in named if number < self.sectors]

    def _numbers(self, sectors: list[int]) -> array[int]:
        # A table has no more sectors than the file; one that names the same again and again is cut short.
        return self._joined(self.sector(number) for number in sectors[: self.sectors])

    @staticmethod
    def _joined(sectors: Iterable[bytes]) -> array[int]:
        numbers = array("I")
        for sector in sectors:
            numbers.frombytes(sector[: len(sector) // 4 * 4])
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers


def circular(follows: array[int], starts: Iterable[int]) -> bool:
    """Return whether a chain from one of the starts comes back to itself, so that reading it would never end."""
    seen = bytearray(len(follows))
    for start in starts:
        path, at = [], start
        while at < len(follows) and not seen[at]:
            seen[at] = 1
            path.append(at)
            at = follows[at]
        if at < len(follows) and seen[at] == 1:
            return True
        for done in path:
            seen[done] = 2
    return False
