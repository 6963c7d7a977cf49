"""Durations as people write them, `45m`, `2h 30m`, `1h30`, `1.5h`, `1:30 h`, `PT45M`, to whole seconds and back.

A day is 24 hours here: a duration is a length of work, not a distance on the calendar.
"""

from __future__ import annotations

import re
from fractions import Fraction

_SECONDS = {"d": 86_400, "h": 3_600, "m": 60, "s": 1}
_NUMBER = r"[0-9]{1,9}(?:[.,][0-9]{1,9})?"
_UNIT = {"d": "d|days?", "h": "h|hrs?|hours?", "m": "m|mins?|minutes?", "s": "s|secs?|seconds?"}
_PLAIN = re.compile(
    r"\s*".join(rf"(?:(?P<{key}>{_NUMBER})\s*(?:{words})(?![a-z])\.?)?" for key, words in _UNIT.items()),
    re.IGNORECASE,
)
_ISO = re.compile(
    rf"P(?:(?P<d>{_NUMBER})D)?(?:T(?:(?P<h>{_NUMBER})H)?(?:(?P<m>{_NUMBER})M)?(?:(?P<s>{_NUMBER})S)?)?",
    re.IGNORECASE,
)
_HOURS_AND = re.compile(
    rf"(?P<h>[0-9]{{1,9}})(?:\s*(?:{_UNIT['h']})\s*(?P<m>[0-5]?[0-9])|:(?P<m_of_clock>[0-5][0-9])\s*(?:{_UNIT['h']}))",
    re.IGNORECASE,
)
"""Hours, and minutes that need no unit of their own: `1h30`, `1:30 h`. A bare `1:30` may be a time of day."""
_LONGEST_TEXT = 100


def parse_duration(text: str) -> int:
    """Return the whole seconds a text means; a leading minus makes them negative.

    Raises `ValueError`, with a sentence for people, for what is no duration or finer than a second.
    """
    bare = text.strip()
    if len(bare) > _LONGEST_TEXT:
        raise ValueError(f"it is {len(bare)} characters long, which no duration is")
    sign = -1 if bare[:1] in ("-", "−") else 1
    unsigned = bare[1:].lstrip() if bare[:1] in ("-", "−", "+") else bare
    parts = _parts(unsigned)
    if not parts:
        raise ValueError(f"“{bare}” is not a duration")
    seconds = sum(Fraction(number.replace(",", ".")) * _SECONDS[unit] for unit, number in parts.items())
    return sign * _whole(seconds, bare)


def _parts(unsigned: str) -> dict[str, str]:
    """Return the number of each unit as written; empty for what is no duration."""
    match = (_ISO if unsigned[:1] in ("P", "p") else _PLAIN).fullmatch(unsigned) or _HOURS_AND.fullmatch(
        unsigned
    )
    return {unit[0]: number for unit, number in match.groupdict().items() if number} if match else {}


def _whole(seconds: Fraction | int, text: str) -> int:
    if Fraction(seconds).denominator != 1:
        raise ValueError(f"“{text}” is not a whole number of seconds")
    return int(seconds)


def format_duration(seconds: int) -> str:
    """Return the one canonical text of a duration, zero parts left out: `1h 30m`."""
    if seconds == 0:
        return "0m"
    hours, rest = divmod(abs(seconds), 3_600)
    minutes, odd = divmod(rest, 60)
    parts = [f"{value}{unit}" for value, unit in ((hours, "h"), (minutes, "m"), (odd, "s")) if value]
    return ("-" if seconds < 0 else "") + " ".join(parts)
