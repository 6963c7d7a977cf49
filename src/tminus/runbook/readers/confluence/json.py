"""JSON as Confluence exports write it, and as it arrives: cut off, too deep, with keys twice, in odd encodings."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from tminus.runbook.domain.findings import Finding, Place
from tminus.runbook.readers.archive.member import too_large
from tminus.runbook.readers.confluence.json_decoder import JsonDecoder, syntax, too_deep
from tminus.runbook.readers.confluence.json_values import LARGEST_PAGE, MOST_BRACKETS, Values
from tminus.runbook.readers.encoding.stream import open_text, text_of_bytes
from tminus.runbook.readers.file_text import refuse


@dataclass(slots=True)
class Page:
    """One JSON value: `value` has texts for all numbers; `found` = what is odd about its form."""

    value: Any
    found: list[Finding] = field(default_factory=list)


def page_of(data: bytes) -> Page:
    """Return the one value of a small file.

    Raises `Unreadable`: `empty`, `not_text`, `syntax`, `too_deep`, `too_large`.
    """
    text, _, guessed = text_of_bytes(data)
    if not text.strip():
        raise refuse("empty", "The page is empty.", Place(1, 1))
    if text.count("{") + text.count("[") > MOST_BRACKETS:
        raise too_large(LARGEST_PAGE)
    decoder = JsonDecoder()
    try:
        value = decoder.decode(text)
    except RecursionError:
        raise too_deep() from None
    except ValueError as error:
        raise syntax(error) from None
    return Page(value, [*([guessed] if guessed else []), *decoder.taken()])


def values_of(content: BinaryIO) -> Iterator[Page]:
    """Yield the values of one file one by one: of its list, or one after another; never all of it is held.

    Raises `Unreadable` as `page_of`, after the values before the one at fault.
    """
    stream = open_text(content, sys.maxsize)
    decoder, first = JsonDecoder(), [stream.finding] if stream.finding else []
    for value in Values(stream.blocks(), decoder).all():
        yield Page(value, [*first, *decoder.taken()])
        first = []
