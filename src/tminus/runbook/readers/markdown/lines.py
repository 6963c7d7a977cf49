"""The lines of a Markdown text, and which of them are headings or code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from tminus.runbook.readers.encoding.stream import open_text

_HEADING = re.compile(r"(#{1,6}) +(.*)$")
_FENCE = re.compile(r"[ \t]*(```+|~~~+)")
_TAB = 4


def lines_of(content: BinaryIO) -> Iterator[tuple[int, str, bool]]:
    """Yield number, text (tabs as blanks) and whether it is inside a code fence."""
    fence = ""
    for number, line in enumerate(open_text(content), start=1):
        text = line.rstrip().expandtabs(_TAB)
        mark = _FENCE.match(text)
        opened = mark[1] if mark and not fence else ""
        yield number, text, bool(fence or opened)
        if opened:
            fence = opened
        elif mark and fence and mark[1].startswith(fence):
            fence = ""


def heading_of(line: str) -> tuple[int, str] | None:
    """Return level and text of a heading, without the marks that may close it (`## Night ##`); None for others."""
    heading = _HEADING.match(line)
    return (len(heading[1]), _title(heading[2])) if heading else None


def _title(text: str) -> str:
    bare = text.rstrip("#").rstrip()
    return bare if text.endswith("#") and len(text.rstrip("#")) > len(bare) else text.strip()
