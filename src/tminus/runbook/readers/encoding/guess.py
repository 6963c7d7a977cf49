"""Which encoding a text file was saved in: by its first bytes, else by whether all of it is UTF-8."""

from __future__ import annotations

from typing import BinaryIO

from tminus.runbook.domain.findings import Place
from tminus.runbook.readers.encoding.look import Look
from tminus.runbook.readers.encoding.marks import Guess, marked
from tminus.runbook.readers.file_text import refuse

HEAD = 64 * 1024
"""Bytes that are enough to tell formats and encodings apart."""


def guess_of(content: BinaryIO, longest_line: int) -> Guess:
    """Return the encoding of a file, reading all of it once where its first bytes do not tell.

    Raises `Unreadable`: `empty`, `not_text` (cut off within a character), `long_line`.
    """
    content.seek(0)
    head = content.read(HEAD)
    if not head:
        raise refuse("empty", "The file is empty.", Place(1, 1))
    return marked(head) or Look(longest_line).through(head, content)
