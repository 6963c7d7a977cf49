"""Whether all of a file is UTF-8, and where it ceases to be; one look, block by block."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO

from tminus.runbook.domain.findings import Place
from tminus.runbook.readers.encoding.marks import FALLBACK, Guess
from tminus.runbook.readers.encoding.refusals import long_line
from tminus.runbook.readers.file_text import Unreadable, refuse

_BLOCK = 256 * 1024
_ACCENTED = re.compile(r"\w*[^\x00-\x7f]\w*")
_LONGEST_WORD = 40


class Look:
    """One look through a file that should be UTF-8."""

    def __init__(self, longest_line: int) -> None:
        # A character is at most four bytes: what is longer than this is too long in any encoding.
        self._longest = longest_line * 4
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._run = 0
        self._lines = 1
        self._accents = False

    def through(self, block: bytes, content: BinaryIO) -> Guess:
        """Return UTF-8, or the fallback with the word at which it ceased to be UTF-8."""
        while block:
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError as error:
                return self._fallback(error.object, error.start)
            self._measure(block)
            self._accents = self._accents or not block.isascii()
            block = content.read(_BLOCK)
        rest = self._decoder.getstate()[0]
        if not rest:
            return Guess("utf-8")
        if self._accents and self._lines > 1:
            raise self._cut_off()
        return self._fallback(rest, 0)

    def _measure(self, block: bytes) -> None:
        end = max(block.rfind(b"\n"), block.rfind(b"\r"))
        self._run = self._run + len(block) if end < 0 else len(block) - end - 1
        self._lines += block.count(b"\n")
        if self._run > self._longest:
            raise long_line(self._lines, self._longest // 4)

    def _fallback(self, data: bytes, at: int) -> Guess:
        start = max(data.rfind(b"\n", 0, at), data.rfind(b"\r", 0, at), at - _LONGEST_WORD, -1) + 1
        near = data[start : at + _LONGEST_WORD].decode(FALLBACK, errors="replace")
        words = _ACCENTED.findall(near)
        line = self._lines + data.count(b"\n", 0, at)
        return Guess(FALLBACK, 0, (words[0] if words else near.strip())[:_LONGEST_WORD] or "?", line)

    def _cut_off(self) -> Unreadable:
        return refuse(
            "truncated",
            f"The file ends in the middle of a character, on line {self._lines:,}: the rest of it is missing.",
            Place(self._lines, 1),
            "Copy or export it again.",
        )
