"""When something may begin, said so that it holds for every iteration: from T-0 on, or by the week's clock.

`T+14h 30m` is so long after the iteration's planned start; `Sun 06:00` is the first such moment, in the
migration's zone, that is not before the planned start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tminus.kernel.durations import format_duration, parse_duration

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEK_TIME = re.compile(rf"({'|'.join(WEEKDAYS)})[a-z]*\s+([0-9]{{1,2}}):([0-9]{{2}})", re.IGNORECASE)
_LONGEST = 366 * 86_400


@dataclass(frozen=True, slots=True)
class Offset:
    """So many seconds after the planned start; never negative."""

    seconds: int

    def __str__(self) -> str:
        return f"T+{format_duration(self.seconds)}"


@dataclass(frozen=True, slots=True)
class WeekTime:
    """A weekday (0 = Monday) and a minute of its day, by the clock of the migration's zone."""

    weekday: int
    minute: int

    def __str__(self) -> str:
        return f"{WEEKDAYS[self.weekday]} {self.minute // 60:02}:{self.minute % 60:02}"


Moment = Offset | WeekTime


def parse_moment(text: str) -> Moment:
    """Return the moment a text means. Raises `ValueError`, with a sentence for people."""
    bare = text.strip()
    week = _WEEK_TIME.fullmatch(bare)
    if week:
        hour, minute = int(week[2]), int(week[3])
        if hour > 23 or minute > 59:
            raise ValueError(f"“{bare}” is no time of a day")
        return WeekTime(WEEKDAYS.index(week[1].capitalize()), hour * 60 + minute)
    if bare[:2].upper() == "T+":
        seconds = parse_duration(bare[2:])
        if not 0 <= seconds <= _LONGEST:
            raise ValueError(f"“{bare}” is not within a year after T-0")
        return Offset(seconds)
    raise ValueError(f"“{bare}” is not a moment of an iteration")


def resolve(moment: Moment, planned_start: datetime, zone: str) -> datetime:
    """Return the moment in an iteration that begins at `planned_start`.

    An hour that the clocks leave out is taken as the hour after it; of one that comes twice, the first
    (PEP 495, fold 0).
    """
    if isinstance(moment, Offset):
        return planned_start + timedelta(seconds=moment.seconds)
    here = ZoneInfo(zone)
    first = planned_start.astimezone(here).date()
    for days in range(15):
        day = first + timedelta(days=days)
        if day.weekday() == moment.weekday:
            local = datetime(
                day.year, day.month, day.day, moment.minute // 60, moment.minute % 60, tzinfo=here
            )
            found = local.astimezone(planned_start.tzinfo)
            if found >= planned_start:
                return found
    raise AssertionError("a week has every weekday")
