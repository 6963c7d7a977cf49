"""The values of a JSON file, one at a time: of its list, or one after another; never all of it is held."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from tminus.runbook.readers.archive.member import too_large
from tminus.runbook.readers.confluence.json_decoder import JsonDecoder, syntax, too_deep
from tminus.runbook.readers.file_text import refuse

LARGEST_PAGE = 5 * 1024 * 1024
"""Bytes. The longest real page, 54 tasks, is 30 kB."""

MOST_BRACKETS = 200_000
"""Brackets of one page: each costs fifty times its byte in memory, and 2,000 tasks need 2,000."""

_BETWEEN = re.compile("[, \t\r\n\ufeff]*")
_TORN = 12
"""Characters: as long as the longest word or escape of JSON that the end of a block may tear apart."""


class Values:
    """What is left of the text that was read, and how much of it may still be one page."""

    def __init__(self, blocks: Iterator[str], decoder: JsonDecoder) -> None:
        self._blocks = blocks
        self._decoder = decoder
        self._text = ""
        self._at = 0
        self._lines = 0

    def all(self) -> Iterator[Any]:
        """Yield one value after another."""
        listed = self._next() == "["
        self._at += listed
        while (letter := self._next()) and not (listed and letter == "]"):
            yield self._value()
        if listed and not letter:
            raise refuse("truncated", "The list of pages has no end: the rest of the file is missing.")

    def _next(self) -> str:
        """Return the letter at which the next value begins, or nothing at the end."""
        while True:
            between = _BETWEEN.match(self._text, self._at)
            self._at = between.end() if between else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def _value(self) -> Any:
        brackets = 0
        while True:
            try:
                value, self._at = self._decoder.raw_decode(self._text, self._at)
            except RecursionError:
                raise too_deep() from None
            except ValueError as error:
                added = self._more() if _may_go_on(error) else ""
                brackets += added.count("[") + added.count("{")
                if not added:
                    raise syntax(error, self._lines) from None
                if len(self._text) > LARGEST_PAGE + len(added) or brackets > MOST_BRACKETS:
                    raise too_large(LARGEST_PAGE) from None
                self._decoder.taken()
            else:
                return value

    def _more(self) -> str:
        added = next(self._blocks, "")
        if added:
            self._lines += self._text.count("\n", 0, self._at)
            self._text, self._at = self._text[self._at :] + added, 0
        return added


def _may_go_on(error: ValueError) -> bool:
    """Return whether what is no JSON here may be the first part of what is."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.pos + _TORN >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
