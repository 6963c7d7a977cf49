"""Texts that people type: bounded, and without what would show something that is not so."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from tminus.kernel.plain_text import UNPRINTABLE


def _lines(text: object) -> object:
    return text.replace("\r\n", "\n") if isinstance(text, str) else text


def _printable(text: str) -> str:
    bad = UNPRINTABLE.search(text)
    if bad:
        raise ValueError(f"the sign U+{ord(bad[0]):04X} cannot be shown; leave it out")
    return text


def _one_line(text: str) -> str:
    if "\n" in text:
        raise ValueError("one line, please")
    return text


_CLEAN = (BeforeValidator(_lines), AfterValidator(_printable))
Said = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), *_CLEAN]
"""A comment, a hand-over note: 1 to 4,000 characters."""
Detail = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), *_CLEAN]
"""The same, or nothing."""
Title = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=200),
    *_CLEAN,
    AfterValidator(_one_line),
]
"""One line of 1 to 200 characters."""
Why = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000), *_CLEAN]
"""A reason, a resolution: 1 to 2,000 characters."""
Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), *_CLEAN]
"""A short word, or nothing."""
