"""What is said of a text file that cannot be read any further, with the line."""

from __future__ import annotations

import re

from tminus.runbook.domain.findings import Place
from tminus.runbook.readers.file_text import Unreadable, refuse

_NEWLINE = re.compile("\r\n|\r|\n")


def long_line(line: int, longest: int) -> Unreadable:
    """Return the refusal of a line that is longer than any row."""
    return refuse(
        "long_line",
        f"Line {line:,} is longer than {longest:,} characters, which no row is; the file was not read.",
        Place(line, 1),
        "Check that the file is what its name says, and that its line ends were not lost.",
    )


def not_text(what: str, line: int, before: str) -> Unreadable:
    """Return the refusal of what is no text; `before` = the text from line `line` on to it."""
    here = line + len(_NEWLINE.findall(before))
    column = len(before) - max(before.rfind("\n"), before.rfind("\r"))
    return refuse(
        "not_text",
        f"This is not a text file: line {here:,} holds {what} and no text does.",
        Place(here, column),
        "Save it again as UTF-8 text (CSV, Markdown), or import the program's own file, such as xlsx.",
    )
