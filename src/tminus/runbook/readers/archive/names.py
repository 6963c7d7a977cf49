"""Which files of an archive are none of its own, and which have names that lead elsewhere."""

from __future__ import annotations

import re
import stat
import zipfile

from tminus.runbook.domain.findings import Finding, Severity

DEBRIS = re.compile(r"(?:^|/)(?:__MACOSX/|\._[^/]*$|\.DS_Store$|Thumbs\.db$|desktop\.ini$)")
"""What file managers leave behind; it is passed over in silence."""


_UNPRINTABLE = re.compile(r"[\x00-\x1f]")


def unsafe(info: zipfile.ZipInfo) -> str | None:
    """Return why the file is not to be read, in words; None where its name is only a name."""
    name = info.filename
    if not name:
        return "it has no name"
    if ".." in name and ".." in re.split(r"[/\\]", name):
        return "its name leads out of the archive"
    if name.startswith(("/", "\\")) or re.match("[A-Za-z]:", name):
        return "its name is a place of a disk, and not of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link to another file"
    if _UNPRINTABLE.search(name):
        return "its name holds unprintable characters"
    return None


def refused(name: str, why: str) -> Finding:
    """Return the error that a file was passed over, its name made printable."""
    shown = re.sub(r"[^\x20-\x7e\xa0-\ud7ff]", "?", name)[:200]
    return Finding(
        "unsafe_member",
        Severity.ERROR,
        f"“{shown}” was not read: {why}.",
        "Make the archive again from the pages alone.",
        file=shown,
    )
