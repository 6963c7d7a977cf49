"""A length of time as a cell of a table says it, in whole seconds."""

from __future__ import annotations

import re
from collections.abc import Callable

from tminus.kernel.durations import parse_duration
from tminus.runbook.readers.plan_format import LONGEST_DURATION
from tminus.runbook.readers.plan_values import BadValue

Note = Callable[[BadValue], None]
"""Told what was taken for granted, once a file."""

_UNITS = {
    86_400: r"d|days?|tage?|jours?",
    3_600: r"h|hrs?|hours?|std|stunden?|heures?",
    1: r"s|secs?|seconds?|sek|sekunden?|secondes?",
    60: r"m|mins?|minutes?|minuten?",
}
_UNIT_WORDS = {
    seconds: re.compile(rf"(?<![^\W_])(?:{words})\b", re.IGNORECASE) for seconds, words in _UNITS.items()
}
_LETTER = {86_400: "d", 3_600: "h", 60: "m", 1: "s"}
_FOREIGN = re.compile(
    r"(?<=[0-9 ])(?:(stunden?|std|heures?)|(minuten?)|(sekunden?|sek|secondes?)|(tage?|jours?|j|t))\b\.?"
)
_MARKED = re.compile(r"(?<=[0-9a-z])\?$|(?<=[0-9 ])e(?=d|h|m)")
_NUMBER = re.compile(r"-?([0-9]{1,9})(?:[.,]([0-9]{1,9}))?")
_CLOCK = re.compile(r"([0-9]{1,4}):([0-5]?[0-9])(?::([0-5]?[0-9])(?:\.0+)?)?")
_HINT = "Write it as “45m”, “2h 30m” or “01:30”."


def unit_of(heading: str) -> int | None:
    """Return the seconds of the unit that a heading names, as in `Duration (min)`; None where it names none."""
    return next((seconds for seconds, words in _UNIT_WORDS.items() if words.search(heading)), None)


def read_duration(text: str, unit: int | None, note: Note) -> int:
    """Return the whole seconds of a cell, never negative; `unit` = of bare numbers (None: minutes).

    A number below one without a unit is not guessed at: the rows beside it would be read in another unit.

    Raises `BadValue`: `bad_duration`, `negative_duration`, `unclear_duration`.
    """
    bare = text.strip()
    number = _NUMBER.fullmatch(bare)
    seconds = _bare_number(bare, unit) if number else _clock(bare)
    if seconds is None:
        seconds = read_span(bare, note)
    if seconds < 0:
        raise BadValue("negative_duration", f"It cannot take “{bare}”: no time runs backwards.", _HINT)
    return _in_bounds(seconds, bare)


def read_span(text: str, note: Note) -> int:
    """Return the whole seconds of a length of time with its unit, `-15m` too. Raises `BadValue`: `bad_duration`."""
    bare = text.strip()
    try:
        seconds = parse_duration(_in_english(bare.lower()) if len(bare) <= 100 else bare)
    except ValueError as error:
        raise BadValue(
            "bad_duration", f"This should be a length of time; {error}.".replace("\n", " "), _HINT
        ) from None
    if re.search(r"[0-9]\s*(?:e?d|t|j)", bare, re.IGNORECASE):
        note(
            BadValue(
                "day_of_24_hours",
                f"“{bare}”: a day is read as 24 hours, and some programs mean 8 hours of work.",
                "Write the hours where a working day is meant.",
            )
        )
    return _in_bounds(seconds, bare)


def _bare_number(bare: str, unit: int | None) -> int:
    if unit is None and 0 < float(bare.replace(",", ".")) < 1:
        # Minutes in a column of minutes, hours in one of hours, a part of a day where a time cell lost its format.
        raise BadValue(
            "unclear_duration",
            f"“{bare}” may be a part of a minute, of an hour or of a day.",
            "Name the unit in the heading, as in “Duration (hours)”, or write it as “30m”.",
        )
    return read_span(f"{bare}{_LETTER[unit or 60]}", lambda _: None)


def _clock(bare: str) -> int | None:
    match = _CLOCK.fullmatch(bare)
    return int(match[1]) * 3_600 + int(match[2]) * 60 + int(match[3] or 0) if match else None


def _in_english(text: str) -> str:
    return _FOREIGN.sub(
        lambda m: "h" if m[1] else "m" if m[2] else "s" if m[3] else "d", _MARKED.sub("", text)
    )


def _in_bounds(seconds: int, bare: str) -> int:
    if abs(seconds) > LONGEST_DURATION:
        raise BadValue("bad_duration", f"“{bare}” is more than a year.", _HINT)
    return seconds
