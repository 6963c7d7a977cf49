"""Messages in words: the built-in templates, and what stands around every message whoever wrote it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from tminus.notify.html import html_of
from tminus.runbook.domain.occasion import Occasion, Wording

_TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Text:
    """A message's words, ready to send."""

    subject: str
    plain: str
    html: str


@dataclass(frozen=True, slots=True)
class Envelope:
    """What no template decides: for whom it was meant in a test, the deep link, the log's anchor."""

    link: str
    anchor: str = ""
    instead_of: str | None = None


@cache
def built_in(occasion: Occasion) -> Wording:
    """Return the words that are used until somebody writes others."""
    subject = (_TEMPLATES / f"{occasion.value}.subject.j2").read_text("utf-8")
    return Wording(subject.strip(), (_TEMPLATES / f"{occasion.value}.txt.j2").read_text("utf-8"))


def with_link(body: str, link: str) -> str:
    """Return a body that has the deep link in it: as it is, or with the link below."""
    return body if link in body else f"{body.rstrip()}\n\n{link}"


def finished(words: Wording, envelope: Envelope) -> Text:
    """Return the message as it goes out."""
    body = with_link(words.body.strip(), envelope.link)
    anchor = f"Log anchor: {envelope.anchor}" if envelope.anchor else ""
    html = html_of(words.subject, body, envelope.instead_of, anchor)
    plain, subject = body, words.subject
    if envelope.instead_of:
        subject = f"[TEST for {envelope.instead_of}] {subject}"
        plain = f"TEST: this message was meant for {envelope.instead_of}. Nobody else received it.\n\n{plain}"
    return Text(subject, f"{plain}\n\n{anchor}\n" if anchor else f"{plain}\n", html)


def day_and_time(value: datetime, zone: str) -> str:
    """Return wall time in a zone with its day and abbreviation: `Sat 21 Nov 2026, 02:10 CET`."""
    return value.astimezone(ZoneInfo(zone)).strftime("%a %d %b %Y, %H:%M %Z")


def planned_span(start: datetime, end: datetime, zone: str) -> str:
    """Return the span in a zone, named: `Sat 21 Nov 2026, 02:10 CET to 02:40 CET (Europe/Paris)`."""
    first, last = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    until = f"{last:%H:%M %Z}" if first.date() == last.date() else day_and_time(end, zone)
    return f"{day_and_time(start, zone)} to {until} ({zone})"
