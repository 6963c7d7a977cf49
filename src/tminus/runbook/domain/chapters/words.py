"""How times, lengths and ways through steps are said in sentences about a schedule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

_SHOWN = 4


def day_time(value: datetime, zone: str, now: datetime | None = None) -> str:
    """Say a moment with its day: `Sun 22 Nov 02:10 CET`; with its year where that is not the year of `now`."""
    local = value.astimezone(ZoneInfo(zone))
    year = f" {local.year}" if now and local.year != now.astimezone(ZoneInfo(zone)).year else ""
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M %Z}"


def length(seconds: int) -> str:
    """Say a length as in `3 h 10 min`; seconds only of what is shorter than a minute, days from three on."""
    if abs(seconds) < 60:
        return f"{seconds} s"
    hours, minutes = divmod(-(-abs(seconds) // 60), 60)
    days, hours = divmod(hours, 24) if hours >= 72 else (0, hours)
    parts = [f"{days} d" if days else "", f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""]
    return ("−" if seconds < 0 else "") + " ".join(part for part in parts if part)


def way(codes: Sequence[str]) -> str:
    """Say a way through steps; of a long one the ends."""
    if len(codes) <= _SHOWN:
        return " → ".join(codes)
    return f"{codes[0]} → {codes[1]} → … → {codes[-1]} ({len(codes)} steps)"
