"""Messages in words: templates filled with what a step's team must know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=select_autoescape(enabled_extensions=("html.j2",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@dataclass(frozen=True, slots=True)
class Text:
    """A message's words."""

    subject: str
    plain: str
    html: str


def render(name: str, words: Mapping[str, Any]) -> Text:
    """Fill the three templates of a message; a word that is missing is an error, never a gap."""
    subject = _TEMPLATES.get_template(f"{name}.subject.j2").render(words)
    plain = _TEMPLATES.get_template(f"{name}.txt.j2").render(words)
    html = _TEMPLATES.get_template(f"{name}.html.j2").render(words)
    return Text(" ".join(subject.split()), plain.strip() + "\n", html)


def day_and_time(value: datetime, zone: str) -> str:
    """Return wall time in a zone with its day and abbreviation: `Sat 21 Nov 2026, 02:10 CET`."""
    return value.astimezone(ZoneInfo(zone)).strftime("%a %d %b %Y, %H:%M %Z")


def planned_span(start: datetime, end: datetime, zone: str) -> str:
    """Return the span in a zone, named: `Sat 21 Nov 2026, 02:10 CET to 02:40 CET (Europe/Paris)`."""
    first, last = start.astimezone(ZoneInfo(zone)), end.astimezone(ZoneInfo(zone))
    until = f"{last:%H:%M %Z}" if first.date() == last.date() else day_and_time(end, zone)
    return f"{day_and_time(start, zone)} to {until} ({zone})"
