"""The names of the streams in a compound file (OLE), once all of its chains are known to end."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from tminus.runbook.readers.file_text import Unreadable, refuse
from tminus.runbook.readers.recognise.ole_table import OleTable, circular

_ENTRY = 128
_DIRECTORY, _SMALL, _FURTHER = 48, 60, 68
"""Where the header says in which sector something begins."""


def names_of(content: BinaryIO) -> set[str]:
    """Return the names in the directory.

    Raises `Unreadable` (`truncated`) where it is not there, or where what reads the streams would go in circles.
    """
    try:
        table = OleTable(content)
        entries = [entry for sector in table.chain(table.number(_DIRECTORY)) for entry in _entries(sector)]
    except (struct.error, OverflowError, ValueError):
        raise truncated() from None
    starts = [struct.unpack_from("<I", entry, 116)[0] for entry in entries]
    starts += [table.number(_DIRECTORY), table.number(_SMALL)]
    if not entries or circular(table.follows, starts) or circular(table.small(), starts) or _further(table):
        raise truncated()
    return {_name(entry) for entry in entries}


def _further(table: OleTable) -> bool:
    """Return whether the sectors that name the table's further sectors follow each other in circles."""
    seen: set[int] = set()
    at = table.number(_FURTHER)
    while at < table.sectors:
        sector = table.sector(at)
        if at in seen or len(sector) < 4:
            return True
        seen.add(at)
        at = struct.unpack_from("<I", sector, len(sector) // 4 * 4 - 4)[0]
    return False


def _entries(sector: bytes) -> Iterator[bytes]:
    for at in range(0, len(sector) - _ENTRY + 1, _ENTRY):
        entry = sector[at : at + _ENTRY]
        if 2 <= struct.unpack_from("<H", entry, 64)[0] <= 64 and entry[66]:
            yield entry


def _name(entry: bytes) -> str:
    return entry[: struct.unpack_from("<H", entry, 64)[0] - 2].decode("utf-16-le", errors="replace")


def truncated() -> Unreadable:
    """Return the refusal of a document that does not hold together."""
    return refuse(
        "truncated",
        "This is an old Office document that is cut off or damaged: its directory cannot be read.",
        suggestion="Copy or save it again, best as xlsx.",
    )
