"""A moment of an iteration as a cell of a table says it; a date is told apart, for a plan holds for every night."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from tminus.runbook.domain.moment import WEEKDAYS, parse_moment
from tminus.runbook.readers.plan_values import BadValue

_HINT = "Write “T+14h 30m”, from the planned start on, or “Sun 06:00”, by the week's clock."
_CLOCK = r"([0-9]{1,2}):([0-9]{2})(?::[0-9]{2}(?:\.[0-9]+)?)?\s*(?:([ap])\.?m\.?)?"
_TIME = rf"(?:[T ,]+{_CLOCK}\s*(?:Z|UTC|[+-][0-9:]{{2,6}})?)?"
_ISO = re.compile(rf"([0-9]{{4}})[-/.]([0-9]{{1,2}})[-/.]([0-9]{{1,2}}){_TIME}", re.IGNORECASE)
_LOCAL = re.compile(rf"([0-9]{{1,2}})([-/.])([0-9]{{1,2}})\2([0-9]{{2}}|[0-9]{{4}}){_TIME}", re.IGNORECASE)
_SERIAL = re.compile(r"([0-9]{5})(?:\.([0-9]{1,17}))?")
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of spreadsheets, such that days after February 1900 are right."""

_FOREIGN_DAYS = {
    **dict(zip(("mo", "di", "mi", "do", "fr", "sa", "so"), WEEKDAYS, strict=True)),
    **dict(zip(("mon", "die", "mit", "don", "fre", "sam", "son"), WEEKDAYS, strict=True)),
    **dict(zip(("lun", "mar", "mer", "jeu", "ven", "sam", "dim"), WEEKDAYS, strict=True)),
}
_DAY_AND_TIME = re.compile(r"([^\W\d_]+)\.?,?\s+([0-9]{1,2})[:h]([0-9]{2})")


def read_moment(text: str) -> str:
    """Return the moment as a plan file writes it.

    Raises `BadValue`: `absolute_time` (a date: a warning, nothing is taken over) or `bad_date`.
    """
    bare = text.strip()
    try:
        return str(parse_moment(bare))
    except ValueError as error:
        foreign = _foreign_day(bare)
        if foreign:
            return foreign
        said = _as_date(bare)
        if said:
            raise BadValue("absolute_time", said[0], said[1]) from None
        raise BadValue(
            "bad_date", f"This should be a moment; {error}.".replace("\n", " ")[:300], _HINT
        ) from None


def _foreign_day(bare: str) -> str | None:
    match = _DAY_AND_TIME.fullmatch(bare)
    day = (_FOREIGN_DAYS.get(match[1].lower()) or _FOREIGN_DAYS.get(match[1].lower()[:3])) if match else None
    try:
        return str(parse_moment(f"{day} {match[2]}:{match[3]}")) if match and day else None
    except ValueError:
        return None


def _as_date(bare: str) -> tuple[str, str] | None:
    iso, local, serial = _ISO.fullmatch(bare), _LOCAL.fullmatch(bare), _SERIAL.fullmatch(bare)
    if iso:
        return _told(bare, _date(iso[1], iso[2], iso[3], iso.groups()[3:]))
    if serial:
        return _told(bare, _EPOCH + timedelta(days=float(bare)))
    if not local:
        return None
    day, month, year = local[1], local[3], local[4] if len(local[4]) == 4 else f"20{local[4]}"
    european = _date(year, month, day, local.groups()[4:])
    american = _date(year, day, month, local.groups()[4:]) if local[2] != "." else None
    if european and american and european != american:
        both = f"{european:%-d %B} or {american:%B %-d}"
        return f"“{bare}” is a date, and could be {both} {year}; {_WHY}", _HINT
    return _told(bare, european or american)


_WHY = "a plan holds for every iteration, so no date was taken over."


def _told(bare: str, moment: datetime | None) -> tuple[str, str] | None:
    if moment is None:
        return None
    week = f"{WEEKDAYS[moment.weekday()]} {moment:%H:%M}"
    better = f"Write “{week}” for that time of the week, or “T+…” for so long after the planned start."
    return f"“{bare}” is a date; {_WHY}", better


def _date(year: str, month: str, day: str, time: Sequence[str | None]) -> datetime | None:
    """The moment of a date; `time` = its hour, minute and half of the day (`a`, `p`), each None where not said."""
    hour, minute = (int(one or 0) for one in time[:2])
    if time[2] and not 1 <= hour <= 12:
        return None
    if time[2]:
        hour = hour % 12 + (12 if time[2].lower() == "p" else 0)
    try:
        return datetime(int(year), int(month), int(day), hour, minute, tzinfo=UTC)
    except ValueError:
        return None
