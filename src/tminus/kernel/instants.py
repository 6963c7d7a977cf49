"""How times are printed: RFC 3339 in UTC for programs, wall time with its zone for people."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo


def instant(value: datetime) -> str:
    """Print a time for programs: RFC 3339, UTC, microseconds, ending in `Z`."""
    return value.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def wall_time(value: datetime, zone: str) -> str:
    """Print a time for people: 24-hour wall time with the zone's abbreviation, as in `02:10 CET`."""
    return value.astimezone(ZoneInfo(zone)).strftime("%H:%M %Z")
