"""A team's steps as an iCalendar file (RFC 5545), for people's own calendars.

Lines end in CRLF and are folded at 75 octets, times are in UTC. A step's UID is its key, so that a calendar that
takes the file again moves what it has; SEQUENCE only grows, with every event and every new forecast.

What is over stands as it was, the rest as it is forecast: each says in words which, beside what was planned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from tminus.runbook.domain.chapters.schedule import Span
from tminus.runbook.readers.macro_plan.clock import Clock

_LONGEST = 75
GONE = frozenset({"skipped", "cancelled"})
OVER = frozenset({"complete", *GONE})
_WORDS = {
    "complete": "Done",
    "verifying": "Being verified",
    "in_progress": "Running",
    "activated": "Activated, not started",
    "blocked": "Blocked",
    "failed": "Failed",
    "skipped": "Skipped",
    "cancelled": "Cancelled",
}


@dataclass(frozen=True, slots=True)
class Appointment:
    """A step in a calendar: `when` it stands there, as it was planned, and its forecast unless it is over."""

    id: UUID
    title: str
    when: Span
    planned: Span
    forecast: Span | None
    state: str
    team: str | None
    chapter: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Appointments as of event number `seq`, at `made`, from the forecast made at `forecast` (None: there is none).

    `zone` = the clock that words tell times by. `sequence` grows with everything that may move an appointment.
    """

    name: str
    zone: str
    seq: int
    sequence: int
    made: datetime
    forecast: datetime | None
    appointments: tuple[Appointment, ...]


def as_ics(calendar: Calendar) -> str:
    """Return the file."""
    return "".join(f"{part}\r\n" for line in _lines(calendar) for part in folded(line))


def escaped(words: str) -> str:
    """Write words as a TEXT value: RFC 5545, 3.3.11."""
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    shown = "".join(char for char in plain if char in "\n\t" or char.isprintable())
    for sign in ("\\", ";", ","):
        shown = shown.replace(sign, f"\\{sign}")
    return shown.replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """Give a line in parts of 75 octets at most, all but the first with a blank before; no character is cut."""
    part, size = "", 0
    for char in line:
        octets = len(char.encode())
        if size + octets > _LONGEST:
            yield part
            part, size = " ", 1
        part += char
        size += octets
    yield part


def _lines(calendar: Calendar) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Tminus//Macro-plan//EN"
    yield "CALSCALE:GREGORIAN"
    yield f"X-WR-CALNAME:{escaped(calendar.name)}"
    for one in calendar.appointments:
        yield from _event(calendar, one)
    yield "END:VCALENDAR"


def _event(calendar: Calendar, one: Appointment) -> Iterator[str]:
    start, end = one.when
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}@tminus"
    yield f"DTSTAMP:{_stamp(calendar.made)}"
    yield f"LAST-MODIFIED:{_stamp(calendar.made)}"
    yield f"SEQUENCE:{calendar.sequence}"
    yield f"DTSTART:{_stamp(start)}"
    if end > start:  # a milestone has no length, and RFC 5545 wants an end after the start, or none
        yield f"DTEND:{_stamp(end)}"
    yield f"SUMMARY:{escaped(f'{_word(one)}: {one.title}')}"
    yield f"DESCRIPTION:{escaped(chr(10).join(_told(calendar, one)))}"
    yield f"STATUS:{_status(one)}"
    yield "TRANSP:OPAQUE" if end > start else "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _word(one: Appointment) -> str:
    return _WORDS.get(one.state) or ("Forecast" if one.forecast else "Planned")


def _status(one: Appointment) -> str:
    """RFC 5545, 3.8.1.11: nothing is confirmed that has not happened."""
    return "CANCELLED" if one.state in GONE else "CONFIRMED" if one.state in OVER else "TENTATIVE"


def _told(calendar: Calendar, one: Appointment) -> Iterator[str]:
    moments = [*one.when, *one.planned, *(one.forecast or ()), calendar.made]
    clock = Clock(calendar.zone, min(moments), max(moments))
    yield one.chapter
    yield f"Team: {one.team}" if one.team else "No team"
    yield f"State: {one.state.replace('_', ' ')}"
    yield f"Planned {clock.between(*one.planned)}"
    if one.state == "complete":
        yield f"Actual {clock.between(*one.when)}"
    elif one.forecast and calendar.forecast:
        yield f"Forecast as of {clock.tell(calendar.forecast)}: {clock.between(*one.forecast)}"
    elif one.state not in GONE:
        yield "No forecast is made of it yet."
    yield f"Times here by the clock of {clock.name}."
    yield f"As of {clock.tell(calendar.made)}, event {calendar.seq}; later changes are not in this file."


def _stamp(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
