"""One value of a Confluence page to a text as written, whatever type it came in."""

from __future__ import annotations

import re
from typing import Any

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.readers.confluence.json_decoder import NotANumber
from tminus.runbook.readers.plan_values import BadValue

LONGEST_TEXT = 65_536
"""Characters of one field. The plan's own limits are lower and are checked with everything else."""

_NEWLINE = re.compile("\r\n|\r|\n")
_FOUND = {bool: "true or false", list: "a list", dict: "an object"}


def text_of_value(key: str, value: Any, longest: int) -> str:
    """Return the text, blanks around it and at the ends of lines taken off; nothing for null.

    Raises `BadValue`: `bad_number`, `wrong_type`, `too_long`, `not_text`.
    """
    if (
        isinstance(value, str) and value.isprintable() and len(value) <= longest
    ):  # of one line: nearly all are
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, NotANumber):
        raise BadValue("bad_number", f"“{key}” is NaN or Infinity, which is no number.", "Leave it empty.")
    if not isinstance(value, str):
        found = _FOUND.get(type(value), "something else")
        raise BadValue("wrong_type", f"“{key}” takes a text, and here is {found}.", "Export the page again.")
    text = "\n".join(line.rstrip() for line in _NEWLINE.split(value)).strip()
    if len(text) > longest:
        said = f"“{key}” is {len(text):,} characters long; the most is {longest:,}."
        raise BadValue("too_long", said, "Shorten it.")
    bad = UNPRINTABLE.search(text)
    if bad:
        said = f"“{key}” holds the unprintable character U+{ord(bad[0]):04X}."
        raise BadValue("not_text", said, "Take the character out of the page.")
    return text
