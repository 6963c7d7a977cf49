"""A zone's clock over a span: how its times are said, when it is set forward or back, where its axis has ticks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

_QUARTER = 15
_DAY = timedelta(days=1)
_TICKS = 14
"""About so many labels fit beside each other."""
_STEPS = (5, 10, 15, 30, 60, 120, 180, 240, 360, 720, 1440)
"""Minutes between ticks: all divide a day, so that every day has the same."""


@dataclass(frozen=True, slots=True)
class Offset:
    """From a moment on, a zone is so many minutes ahead of UTC, under this name."""

    since: datetime
    minutes: int
    name: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A place on the axis; `midnight` = a day begins there."""

    at: datetime
    label: str
    midnight: bool


class Clock:
    """How a zone tells times between two moments: with its name wherever it changes in between."""

    def __init__(self, zone: str, start: datetime, end: datetime) -> None:
        self.zone = zone
        self._zone = ZoneInfo(zone)
        self.offsets = offsets(zone, start, end)

    @property
    def changes(self) -> bool:
        """True where the clocks are set forward or back in between: then a time needs its zone's name."""
        return len(self.offsets) > 1

    @property
    def name(self) -> str:
        """The zone, and what it is called in between: `Europe/Berlin (CEST, then CET)`."""
        names = ", then ".join(dict.fromkeys(one.name for one in self.offsets))
        return self.zone if names == self.zone else f"{self.zone} ({names})"

    def tell(self, value: datetime) -> str:
        """Say a moment: `Sun 25 Oct 02:30 CET`, without the name where it is always the same."""
        local = value.astimezone(self._zone)
        name = f" {local:%Z}" if self.changes else ""
        return f"{local:%a} {local.day} {local:%b %H:%M}{name}"

    def between(self, start: datetime, end: datetime) -> str:
        """Say a stretch: the day again only where it is another, the zone's name where the clocks change."""
        first, last = start.astimezone(self._zone), end.astimezone(self._zone)
        if first.date() != last.date():
            return f"{self.tell(start)} – {self.tell(end)}"
        return f"{self.tell(start)} – {self.short(end)}"

    def short(self, value: datetime) -> str:
        """Say a time without its day."""
        local = value.astimezone(self._zone)
        return f"{local:%H:%M}" + (f" {local:%Z}" if self.changes else "")

    def ticks(self, start: datetime, end: datetime) -> list[Tick]:
        """Return where the axis is labelled: at round times of the local clock, also of a day with 23 or 25 hours."""
        minutes = (end - start).total_seconds() / 60
        step = next((one for one in _STEPS if minutes / one <= _TICKS), _STEPS[-1])
        days = max(1, round(minutes / 1440 / _TICKS)) if step == _STEPS[-1] else 1
        found = [
            one
            for one in _grid(start, end, 5 if step < _QUARTER else _QUARTER)
            if self._minute(one) % step == 0
        ]
        shown = found[::days]
        return [self._tick(one, before) for one, before in zip(shown, [None, *shown], strict=False)]

    def _minute(self, value: datetime) -> int:
        local = value.astimezone(self._zone)
        return local.hour * 60 + local.minute

    def _tick(self, value: datetime, before: datetime | None) -> Tick:
        local = value.astimezone(self._zone)
        if local.hour or local.minute:
            # The first after the clocks were changed says so: an hour may come twice.
            was = before.astimezone(self._zone).utcoffset() if before else local.utcoffset()
            name = "" if was == local.utcoffset() else f" {local:%Z}"
            return Tick(value, f"{local:%H:%M}{name}", midnight=False)
        return Tick(value, f"{local:%a} {local.day} {local:%b}", midnight=True)


def offsets(zone: str, start: datetime, end: datetime) -> list[Offset]:
    """Return the offset at the start, and each that follows until the end, to the minute."""
    here = ZoneInfo(zone)
    found = [_offset(start.astimezone(UTC), here)]
    day = start.astimezone(UTC)
    while day < end:
        after = min(day + _DAY, end.astimezone(UTC))
        if _offset(after, here).minutes != found[-1].minutes:
            found.append(_offset(_change(day, after, here), here))
        day = after
    return found


def _change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Find the minute between two moments at which the offset changes."""
    was = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == was:
            before = middle
        else:
            after = middle
    return (after + timedelta(seconds=30)).replace(second=0, microsecond=0)


def _offset(value: datetime, zone: ZoneInfo) -> Offset:
    local = value.astimezone(zone)
    ahead = local.utcoffset() or timedelta()
    return Offset(value, round(ahead.total_seconds() / 60), local.tzname() or str(zone))


def _grid(start: datetime, end: datetime, minutes: int) -> Iterator[datetime]:
    """Give every so many minutes of UTC; 15 are enough, for no zone of our time is ahead by anything finer."""
    at = start.astimezone(UTC).replace(second=0, microsecond=0)
    at += timedelta(minutes=-at.minute % minutes)
    while at <= end:
        yield at
        at += timedelta(minutes=minutes)
