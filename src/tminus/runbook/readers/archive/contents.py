"""How large a ZIP says its table of contents is: it is held as a whole, so it is measured first."""

from __future__ import annotations

import struct
from typing import BinaryIO

from tminus.runbook.readers.file_text import Unreadable, refuse

_END, _END_SIZE = b"PK\x05\x06", 22
_LOCATOR, _LOCATOR_SIZE = b"PK\x06\x07", 20
_LONGEST_COMMENT = 65_535


def size_of_contents(content: BinaryIO) -> int:
    """Return the bytes of the table of contents, read where the module that reads it will look for it.

    Raises `Unreadable` (`truncated`).
    """
    size = content.seek(0, 2)
    content.seek(max(0, size - _END_SIZE - _LONGEST_COMMENT - _LOCATOR_SIZE))
    tail = content.read()
    at = tail.rfind(_END)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise truncated()
    contents: int = struct.unpack_from("<I", tail, at + 12)[0]
    locator = tail[max(0, at - _LOCATOR_SIZE) : at]
    if locator.startswith(_LOCATOR):
        contents = _contents_of_zip64(content, struct.unpack_from("<Q", locator, 8)[0])
    return contents


def _contents_of_zip64(content: BinaryIO, offset: int) -> int:
    # An offset of 2**63 and more is no place in any file; seek would raise for it.
    content.seek(min(offset, 2**62))
    record = content.read(56)
    if len(record) < 56:
        raise truncated()
    return int(struct.unpack_from("<Q", record, 40)[0])


def truncated() -> Unreadable:
    """Return the refusal of an archive without its end."""
    return refuse(
        "truncated",
        "The archive is cut off or damaged: the table of contents at its end cannot be read.",
        suggestion="Copy, download or export it again.",
    )
