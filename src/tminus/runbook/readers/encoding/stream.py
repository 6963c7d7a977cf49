"""From the bytes of a foreign text file to its lines, whatever encoding it was saved in; always a stream.

UTF-8 and UTF-16 are recognised (with a byte order mark or without); what is neither is read as Windows-1252, and
that is said. Nothing is held but one block and one line.
"""

from __future__ import annotations

import io
from typing import BinaryIO

from tminus.runbook.domain.findings import Finding, Severity
from tminus.runbook.readers.encoding.guess import guess_of
from tminus.runbook.readers.encoding.marks import Guess
from tminus.runbook.readers.encoding.refusals import not_text
from tminus.runbook.readers.encoding.text_stream import TextStream

LONGEST_LINE = 1024 * 1024
"""Characters. A row of 1,000 columns is rarely a tenth of it; a file without line ends is not a table."""


def open_text(content: BinaryIO, longest_line: int = LONGEST_LINE) -> TextStream:
    """Look through a text file once and return it as a stream of lines.

    Raises `Unreadable`: `empty`, `not_text`, `long_line`: at the first line that is too long, not at the file's end.
    """
    guess = guess_of(content, longest_line)
    return TextStream(guess.encoding, _warning(guess), content, guess.skip, longest_line)


def text_of_bytes(data: bytes) -> tuple[str, str, Finding | None]:
    """Return the text of a small file, its encoding, and the warning where that is a guess.

    Raises `Unreadable` (`empty`, `not_text`).
    """
    guess = guess_of(io.BytesIO(data), len(data))
    try:
        return data[guess.skip :].decode(guess.encoding), guess.encoding, _warning(guess)
    except UnicodeDecodeError as error:
        before = data[guess.skip : error.start].decode(guess.encoding, errors="replace")
        what = f"byte 0x{data[min(error.start + guess.skip, len(data) - 1)]:02X}"
        raise not_text(f"{what}, which is no part of {guess.encoding} text,", 1, before) from None


def _warning(guess: Guess) -> Finding | None:
    if not guess.example:
        return None
    return Finding(
        "encoding_guessed",
        Severity.WARNING,
        f"The file is not UTF-8 and was read as Windows-1252; check the accents in “{guess.example}”"
        f" (line {guess.line:,}).",
        "Save it as UTF-8 and import that, if the accents are wrong.",
        line=guess.line,
        row=guess.line,
    )
