"""Writes XML elements, a line each; what XML cannot carry is replaced."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape  # nothing is parsed here

_NOT_XML = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Value = str | int | None


def text_of(value: str) -> str:
    """Return a text as it may stand between tags, or between double quotes."""
    return escape(_NOT_XML.sub("\ufffd", value), {'"': "&quot;"})


def leaf(tag: str, value: Value) -> Iterator[str]:
    """Yield the element of one value, nothing where there is none."""
    if value is not None and value != "":
        yield f"<{tag}>{text_of(str(value))}</{tag}>"


def leaves(values: dict[str, Value]) -> Iterator[str]:
    """Yield the elements of several values, in their order."""
    for tag, value in values.items():
        yield from leaf(tag, value)


def branch(tag: str, inside: Iterable[str]) -> Iterator[str]:
    """Yield an element around others."""
    yield f"<{tag}>"
    yield from inside
    yield f"</{tag}>"
