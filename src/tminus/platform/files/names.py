"""Names of files: what a person called it, made safe to keep, to show and to save under."""

from __future__ import annotations

import re
from urllib.parse import quote

from tminus.kernel.plain_text import UNPRINTABLE

LONGEST = 120
_FORBIDDEN = re.compile(r'[<>:"|?*\t\n]')


def safe_name(name: str) -> str:
    """Return the last part of a path, without what a file system or a header could misread; never empty."""
    last = re.split(r"[\\/]", UNPRINTABLE.sub("", name))[-1]
    plain = _FORBIDDEN.sub("_", last).strip(" .")
    if len(plain) > LONGEST:
        stem, dot, ending = plain.rpartition(".")
        keeps = dot and len(ending) <= 10
        plain = f"{stem[: LONGEST - len(ending) - 1]}.{ending}" if keeps else plain[:LONGEST]
    return plain or "file"


def attachment(name: str) -> str:
    """Return the Content-Disposition that saves it under this name (RFC 6266): ASCII for old readers, then UTF-8."""
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
