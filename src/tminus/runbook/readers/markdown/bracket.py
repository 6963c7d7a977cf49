"""The duration of a step, in brackets somewhere in its line: `(15m)`, `(1h 30m)`."""

from __future__ import annotations

import re
from functools import lru_cache

from tminus.kernel.durations import parse_duration
from tminus.runbook.readers.plan_format import LONGEST_DURATION

_BRACKET = re.compile(r"\(([^()]{1,100})\)")
_LIKE_DURATION = re.compile(
    r"[-+−]?\d[\d.,:]*\s*(?:d|days?|h|hrs?|hours?|m|mins?|minutes?|s|secs?|seconds?)\b.*|\d+[hm]\d+",
    re.IGNORECASE,
)


def take_duration(text: str) -> tuple[str, int | None, str | None]:
    """Take the last bracket that is a duration out of a text.

    Returns the rest, the seconds, and where there are none a bracket that looks like a duration, as written.
    """
    wrong = None
    for bracket in reversed(list(_BRACKET.finditer(text)) if "(" in text else []):
        seconds, like = _seconds(bracket[1].strip())
        if seconds is not None:
            rest = f"{text[: bracket.start()].rstrip()} {text[bracket.end() :].lstrip()}".strip()
            return rest, seconds, None
        wrong = bracket[1].strip() if like else wrong
    return text, None, wrong


@lru_cache(maxsize=4_096)
def _seconds(text: str) -> tuple[int | None, bool]:
    """Return the seconds that a text means, or None, and whether it looks as if it should mean some."""
    try:
        seconds = parse_duration(text)
    except ValueError:
        return None, bool(_LIKE_DURATION.fullmatch(text))
    return (seconds, True) if 0 <= seconds <= LONGEST_DURATION else (None, True)
