"""The duration of a step, in brackets somewhere in its line: `(15m)`, `(1h 30m)`, `(1h30)`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tminus.kernel.durations import parse_duration
from tminus.runbook.readers.plan_format import LONGEST_DURATION

_BRACKET = re.compile(r"\(([^()]{1,100})\)")
_UNIT = r"(?:d|days?|h|hrs?|hours?|std|stunden?|m|mins?|minutes?|minuten|s|secs?|seconds?|sek)(?![^\W\d_])\.?"
_FIGURE = r"\d[\d.,:½¼¾]*"
_MEANT = re.compile(rf"[-+−]?(?:{_FIGURE}\s*{_UNIT}\s*,?\s*)+(?:\d+)?", re.IGNORECASE)
_MAYBE = re.compile(
    rf"(?:[~≈<>±]|ca\.?|about|approx\.?|max\.?|up to)?\s*[-+−]?{_FIGURE}(?:\s*(?:-|–|to)\s*{_FIGURE})?\s*{_UNIT}.*"
    r"|\d+\s*['′’]|\d{1,3}:\d\d(?::\d\d)?|[½¼¾]\s*h(?:ours?|rs?)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NotRead:
    """A bracket, as written, that is no duration; `meant` = it is certainly one, so that the step lacks its own."""

    text: str
    meant: bool


def take_duration(text: str) -> tuple[str, int | None, NotRead | None]:
    """Take the last bracket that is a duration out of a text.

    Returns the rest, the seconds, and where there are none a bracket that looks like a duration, which stays.
    """
    wrong = None
    for bracket in reversed(list(_BRACKET.finditer(text)) if "(" in text else []):
        said = _read(bracket[1].strip())
        if isinstance(said, int):
            rest = f"{text[: bracket.start()].rstrip()} {text[bracket.end() :].lstrip()}".strip()
            return rest, said, None
        wrong = said or wrong
    return text, None, wrong


@lru_cache(maxsize=4_096)
def _read(text: str) -> int | NotRead | None:
    """Return the seconds that a text means, why it may be that it should mean some, or None."""
    try:
        seconds = parse_duration(text)
    except ValueError:
        meant = bool(_MEANT.fullmatch(text))
        return NotRead(text, meant) if meant or _MAYBE.fullmatch(text) else None
    return seconds if 0 <= seconds <= LONGEST_DURATION else NotRead(text, meant=True)
