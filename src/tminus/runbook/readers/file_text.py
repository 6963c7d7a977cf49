"""From the bytes of a file to text one may parse; what is too large or no text is refused here."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from tminus.runbook.domain.findings import Finding, Place, Severity

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes. A plan of 5,000 steps with long instructions is about 5 MB."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SURROGATE_PAIR = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)


@dataclass(frozen=True, slots=True)
class Unreadable(Exception):
    """The file cannot be read any further; carries the finding that says why."""

    finding: Finding


def refuse(code: str, message: str, place: Place | None = None, suggestion: str | None = None) -> Unreadable:
    """Return the exception that ends the reading with this one error."""
    line, column = (place.line, place.column) if place else (None, None)
    return Unreadable(Finding(code, Severity.ERROR, message, suggestion, line=line, column=column))


def read_at_most(path: Path, limit: int = LARGEST_FILE) -> bytes:
    """Return the bytes of a file, but never more than one above the limit: enough to know it is too large."""
    with path.open("rb") as file:
        return file.read(limit + 1)


def text_of(data: bytes, limit: int = LARGEST_FILE) -> str:
    """Decode a file's bytes as UTF-8, with or without a byte order mark.

    Raises `Unreadable`: `too_large` (before anything is decoded), `not_text`, `empty`.
    """
    if len(data) > limit:
        raise refuse(
            "too_large",
            f"The file is larger than {limit // 1024 // 1024} MB, which no plan is; it was not read.",
            suggestion="Check that this is the plan and not a data file.",
        )
    text = _decoded(data)
    bad = _UNPRINTABLE.search(text)
    if bad:
        raise _not_text(f"character U+{ord(bad[0]):04X}", text[: bad.start()])
    if not text.strip():
        raise refuse("empty", "The file is empty.", Place(1, 1))
    return _without_json_pairs(text) if text.lstrip().startswith("{") else text


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8", errors="replace")
        raise _not_text(f"byte 0x{data[error.start]:02X}", before) from None


def _not_text(what: str, before: str) -> Unreadable:
    place = Place(before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1)
    return refuse(
        "not_text",
        f"This is not a text file: {what} cannot be part of UTF-8 text.",
        place,
        "Save the plan as UTF-8 text (YAML or JSON) and import that.",
    )


def _without_json_pairs(text: str) -> str:
    r"""JSON may write one character as two escapes (`\ud83d\ude00`), which YAML does not know."""
    return _SURROGATE_PAIR.sub(
        lambda m: m[1] + chr(0x10000 + ((int(m[2], 16) - 0xD800) << 10) + int(m[3], 16) - 0xDC00), text
    )
