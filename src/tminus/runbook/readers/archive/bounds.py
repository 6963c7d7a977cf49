"""Whether a ZIP (an xlsx is one too) may be opened at all: its size is bounded before it costs anything."""

from __future__ import annotations

import struct
import zipfile
from typing import BinaryIO

from tminus.runbook.readers.archive.contents import size_of_contents, truncated
from tminus.runbook.readers.file_text import Unreadable, refuse

MOST_MEMBERS = 10_000
"""Files in an archive. A bank's whole plan is 1,174 pages; what they were exported with may hold pictures."""

MOST_UNPACKED = 500 * 1024 * 1024
"""Bytes of all files together, unpacked: five times the largest raw file."""

STEEPEST = 200
"""Times its packed size that a file may unpack to; pages and sheets are 5 to 50."""

PORTION = 256 * 1024
"""Bytes that are read at once."""

_SMALL = 1024 * 1024
"""Bytes unpacked below which nobody minds how steep it is."""

_LARGEST_CONTENTS = MOST_MEMBERS * 400
"""Bytes of the table of contents: it is held as a whole, so it is measured first. 400 = a long path."""

_ENCRYPTED = 0x1


def open_zip(content: BinaryIO) -> zipfile.ZipFile:
    """Return the archive, its table of contents checked. The caller closes it.

    Raises `Unreadable`: `truncated` (cut off or damaged), `too_many_members`, `encrypted`, `zip_bomb`.
    """
    contents = size_of_contents(content)
    if contents > _LARGEST_CONTENTS:
        raise _too_many()
    try:
        archive = zipfile.ZipFile(content)
    except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError):
        raise truncated() from None
    try:
        _check(archive.infolist())
    except Unreadable:
        archive.close()
        raise
    return archive


def _check(members: list[zipfile.ZipInfo]) -> None:
    if len(members) > MOST_MEMBERS:
        raise _too_many()
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise refuse(
            "encrypted",
            "The archive is protected by a password, so nothing of it can be read.",
            suggestion="Make it again without a password.",
        )
    total = sum(info.file_size for info in members)
    if total > MOST_UNPACKED:
        raise _bomb(
            f"{total // (1024 * 1024):,} MB, more than the {MOST_UNPACKED // (1024 * 1024):,} MB allowed"
        )
    for info in members:
        if info.file_size > _SMALL and info.file_size > STEEPEST * max(1, info.compress_size):
            times = info.file_size // max(1, info.compress_size)
            raise _bomb(f"{times:,} times the packed size in one file, as no real file does")


def _bomb(how: str) -> Unreadable:
    return refuse(
        "zip_bomb",
        f"The archive would unpack to {how}; nothing of it was read.",
        suggestion="Check where it comes from; else split it.",
    )


def _too_many() -> Unreadable:
    return refuse(
        "too_many_members",
        f"The archive holds more than {MOST_MEMBERS:,} files, which no export does; none was read.",
        suggestion="Pack the pages alone, without attachments.",
    )
