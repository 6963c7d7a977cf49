"""Encodings that the first bytes of a file tell."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

FALLBACK = "windows-1252"
"""What spreadsheets in Western Europe and America save where nobody asked for Unicode."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    # UTF-32 little-endian begins with the mark of UTF-16: it has to be asked for first.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """The encoding, how many bytes its mark takes, and for `FALLBACK` the word (and its line) that shows it."""

    encoding: str
    skip: int = 0
    example: str = ""
    line: int = 0


def marked(head: bytes) -> Guess | None:
    """Return the encoding that the first bytes tell: by their mark, or as UTF-16 by where the zero bytes are."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return Guess(encoding, len(mark))
    half = len(head) // 2
    if half < 2:
        return None
    even, odd = head[0::2].count(0) / half, head[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return Guess("utf-16-le")
    return Guess("utf-16-be") if even > 0.4 and odd < 0.05 else None
