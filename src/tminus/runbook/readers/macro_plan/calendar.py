"""A team's steps as an iCalendar file (RFC 5545), for people's own calendars.

Lines end in CRLF and are folded at 75 octets, times are in UTC. A step's UID is its key, so that a calendar that
takes the file again moves what it has; SEQUENCE is the event number, which only grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

_LONGEST = 75
_GONE = frozenset({"skipped", "cancelled"})


@dataclass(frozen=True, slots=True)
class Appointment:
    """A step in a calendar: what has begun stands at its actual times, the rest as planned."""

    id: UUID
    title: str
    start: datetime
    end: datetime
    state: str
    team: str | None
    chapter: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Appointments as of event number `seq`, at `made`."""

    name: str
    seq: int
    made: datetime
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
    told = [one.chapter, f"Team: {one.team}" if one.team else "No team", _state(one.state)]
    told.append(f"As of event {calendar.seq}; later changes are not in this file.")
    yield "BEGIN:VEVENT"
    yield f"UID:{one.id}@tminus"
    yield f"DTSTAMP:{_stamp(calendar.made)}"
    yield f"SEQUENCE:{calendar.seq}"
    yield f"DTSTART:{_stamp(one.start)}"
    if one.end > one.start:  # a milestone has no length, and RFC 5545 wants an end after the start, or none
        yield f"DTEND:{_stamp(one.end)}"
    yield f"SUMMARY:{escaped(one.title)}"
    yield f"DESCRIPTION:{escaped(chr(10).join(told))}"
    yield f"STATUS:{'CANCELLED' if one.state in _GONE else 'CONFIRMED'}"
    yield "TRANSP:OPAQUE" if one.end > one.start else "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _state(state: str) -> str:
    return f"State: {state.replace('_', ' ')}"


def _stamp(value: datetime) -> str:
    return value.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
