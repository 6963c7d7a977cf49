"""How times are printed: RFC 3339 in UTC for programs, wall time with its zone for people."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def instant(value: datetime) -> str:
    """Print a time for programs: RFC 3339, UTC, microseconds, ending in `Z`."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def whole_second(value: datetime) -> datetime:
    """Return the whole second that a moment lies in."""
    return value.replace(microsecond=0) if value.microsecond else value


def next_second(value: datetime) -> datetime:
    """Return the first whole second that is not before a moment."""
    return value.replace(microsecond=0) + timedelta(seconds=1) if value.microsecond else value


def wall_time(value: datetime, zone: str) -> str:
    """Print a time for people: 24-hour wall time with the zone's abbreviation, as in `02:10 CET`."""
    return value.astimezone(ZoneInfo(zone)).strftime("%H:%M %Z")


def wall_time_by_day(value: datetime, zone: str, now: datetime) -> str:
    """Print a time for people, its day before it where that is not the day of `now`: `Sun 29 Nov 23:36 PST`."""
    local, today = value.astimezone(ZoneInfo(zone)), now.astimezone(ZoneInfo(zone)).date()
    if local.date() == today:
        return wall_time(value, zone)
    year = "" if local.year == today.year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year} {wall_time(value, zone)}"
