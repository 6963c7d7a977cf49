"""JSON as it arrives: numbers stay as written, keys that stand there twice are noted."""

from __future__ import annotations

import json
from typing import Any

from tminus.runbook.domain.findings import Finding, Place, Severity
from tminus.runbook.readers.file_text import Unreadable, refuse


class NotANumber:
    """What `NaN` and `Infinity` are read as: JSON has no such numbers, and no field is one."""


class JsonDecoder(json.JSONDecoder):
    """Numbers stay as written, keys that stand there twice are noted."""

    def __init__(self) -> None:
        super().__init__(
            object_pairs_hook=self._object,
            parse_int=str,
            parse_float=str,
            parse_constant=lambda _: NotANumber(),
        )
        self._twice: dict[str, None] = {}

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        said = dict(pairs)
        if len(said) < len(pairs):
            seen: set[str] = set()
            for key, _ in pairs:
                if key in seen:
                    self._twice[key[:60]] = None
                seen.add(key)
        return said

    def taken(self) -> list[Finding]:
        """Return what was noted since the last time."""
        twice, self._twice = list(self._twice), {}
        return [
            Finding(
                "duplicate_key",
                Severity.WARNING,
                f"“{key}” stands twice in one object of the page; the last one is taken.",
                "Keep one of the two.",
            )
            for key in twice[:20]
        ]


def syntax(error: ValueError, lines: int = 0) -> Unreadable:
    """Return the refusal of what is no JSON; `lines` stood before the text that was parsed."""
    if not isinstance(error, json.JSONDecodeError):
        return refuse("syntax", f"The page is not JSON: {error}.")
    cut = error.pos >= len(error.doc.rstrip()) or error.msg.startswith("Unterminated string")
    return refuse(
        "syntax",
        f"From here on the page is not JSON: {error.msg[:1].lower()}{error.msg[1:]}.",
        Place(lines + error.lineno, error.colno),
        "It seems to be cut off: copy or export it again." if cut else "Export the page again.",
    )


def too_deep() -> Unreadable:
    """Return the refusal of what is nested without end."""
    return refuse("too_deep", "The page is nested deeper than any page is; it was not read.")
