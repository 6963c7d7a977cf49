"""A text file as a stream: blocks or lines of text, with the line of what no text holds."""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.encoding.refusals import long_line, not_text

_BLOCK = 256 * 1024
_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class TextStream:
    """A text file to be read once, line by line; `finding` is the warning where the encoding is a guess."""

    encoding: str
    finding: Finding | None
    _content: BinaryIO
    _skip: int
    _longest: int

    def __iter__(self) -> Iterator[str]:
        r"""Yield the lines with their ends as they are (`\n`, `\r\n` or `\r`), as the csv module wants them.

        Raises `Unreadable`: `not_text` (with the line), `long_line` (before it is held).
        """
        line, carry = 1, ""
        for text in self.blocks():
            lines = io.StringIO(carry + text, newline="").readlines()
            carry = "" if lines[-1].endswith(("\n", "\r")) else lines.pop()
            line += len(lines)
            if len(carry) > self._longest:
                raise long_line(line, self._longest)
            yield from lines
        if carry:
            yield carry

    def blocks(self) -> Iterator[str]:
        """Yield the text in blocks that end anywhere, for what has no lines. Raises `Unreadable`: `not_text`."""
        self._content.seek(self._skip)
        before = 0
        for text in self._decoded():
            bad = _CONTROL.search(text)
            if bad:
                raise not_text(f"the character U+{ord(bad[0]):04X}", before + 1, text[: bad.start()])
            # Lines are counted as everywhere else: a carriage return alone ends one too.
            before += text.count("\n") + text.count("\r") - text.count("\r\n")
            yield text

    def _decoded(self) -> Iterator[str]:
        decoder = codecs.getincrementaldecoder(self.encoding)()
        lines, done, kept = 1, False, ""
        while not done:
            block = self._content.read(_BLOCK)
            done = not block
            try:
                text = kept + decoder.decode(block, done)
            except UnicodeDecodeError as error:
                before = error.object[: error.start].decode(self.encoding, errors="replace")
                what = f"byte 0x{error.object[error.start]:02X}"
                raise not_text(f"{what}, which is no part of {self.encoding} text,", lines, before) from None
            # A carriage return at the end of a block may be half of a Windows line end.
            kept = "\r" if text.endswith("\r") and not done else ""
            text = text.removesuffix("\r") if kept else text
            lines += text.count("\n") + text.count("\r") - text.count("\r\n")
            if text:
                yield text
