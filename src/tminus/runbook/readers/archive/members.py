"""The files of a ZIP or a folder, one at a time and in the order of their names; nothing is unpacked to disk.

What an archive says of itself is checked before anything of it is read, and what is read is counted again.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.archive.bounds import MOST_MEMBERS, open_zip
from tminus.runbook.readers.archive.member import Member
from tminus.runbook.readers.archive.names import DEBRIS, refused, unsafe
from tminus.runbook.readers.file_text import refuse


def zip_members(content: BinaryIO) -> Iterator[Member | Finding]:
    """Yield the files of a ZIP, by name; a file with an unsafe name is an error finding and is not read.

    A member can be opened while this generator runs, and not after it.

    Raises `Unreadable` where the archive as a whole cannot be trusted: see `archive_bounds.open_zip`.
    """
    with open_zip(content) as archive:
        yield from members_of(archive)


def members_of(archive: zipfile.ZipFile) -> Iterator[Member | Finding]:
    """Yield the same of an archive that is open, and stays so."""
    for info in sorted(archive.infolist(), key=lambda info: info.filename):
        if info.filename.endswith("/") or DEBRIS.search(info.filename):
            continue
        why = unsafe(info)
        yield (
            refused(info.filename, why)
            if why
            else Member(info.filename, info.file_size, _opener(archive, info))
        )


def folder_members(folder: Path) -> Iterator[Member | Finding]:
    """Yield the files below a folder, by name, whatever their depth; links to elsewhere are not followed.

    Raises `Unreadable`: `too_many_members`. Raises `OSError` where the folder cannot be listed.
    """
    paths: list[Path] = []
    for place, folders, names in os.walk(folder):
        folders.sort()
        paths += [Path(place, name) for name in names]
        if len(paths) > MOST_MEMBERS:
            raise refuse(
                "too_many_members",
                f"The folder holds more than {MOST_MEMBERS:,} files, which no export does; none was read.",
                suggestion="Name the folder that holds the pages, and not one above it.",
            )
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in paths):
        if DEBRIS.search(name):
            continue
        if path.is_symlink() or not path.is_file():
            yield refused(name, "it is a link or a device, and not a file")
        else:
            yield Member(name, path.stat().st_size, _path_opener(path))


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
    def opened() -> BinaryIO:
        return archive.open(info)  # type: ignore[return-value]  # IO[bytes], which is what BinaryIO means

    return opened


def _path_opener(path: Path) -> Callable[[], BinaryIO]:
    return lambda: path.open("rb")
