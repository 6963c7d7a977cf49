"""Reads the values of one record of an MS Project file; a bad one is a finding, and counts as absent."""

from __future__ import annotations

from datetime import datetime

from tminus.kernel.durations import parse_duration
from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.readers.msproject.target import LONGEST_TEXT, Record
from tminus.runbook.readers.plan_format import LONGEST_DURATION

_FLAGS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class Cells:
    """A record's values and what was found wrong with them, in their order."""

    def __init__(self, record: Record, kind: str, code: str = "", row: int | None = None) -> None:
        self.record = record
        self.kind = kind
        self.code = code
        self.row = row
        self.found: list[Finding] = []

    def error(self, code: str, message: str, field: str, suggestion: str | None = None) -> None:
        """Note what stops the import until it is mended."""
        self._find(code, Severity.ERROR, message, field, suggestion)

    def warn(self, code: str, message: str, field: str, suggestion: str | None = None) -> None:
        """Note what is lost or taken otherwise."""
        self._find(code, Severity.WARNING, message, field, suggestion)

    def _find(self, code: str, severity: Severity, message: str, field: str, suggestion: str | None) -> None:
        subject = Subject(self.kind, self.code, field)
        self.found.append(Finding(code, severity, message, suggestion, row=self.row, subject=subject))

    def raw(self, field: str) -> str | None:
        """Return the text of a field with the blanks around it, None where there is none or it is too long."""
        text = self.record.fields.get(field)
        if text is not None and len(text) > LONGEST_TEXT:
            self.error(
                "too_long", f"“{field}” is longer than {LONGEST_TEXT:,} characters.", field, "Shorten it."
            )
            return None
        return text

    def text(self, field: str) -> str | None:
        """Return the text of a field, None where it is blank."""
        return (self.raw(field) or "").strip() or None

    def number(self, field: str) -> int | None:
        """Return the whole number in a field."""
        text = self.text(field)
        if text is None or (
            text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() and len(text) < 12
        ):
            return None if text is None else int(text)
        self.error("bad_number", f"“{field}” is a whole number, and here is “{text[:40]}”.", field)
        return None

    def flag(self, field: str) -> bool | None:
        """Return whether a field says 1 or 0."""
        return self.flag_of(field, self.text(field))

    def flag_of(self, field: str, text: str | None) -> bool | None:
        """Return what a text says as a flag; `field` is named where it says nothing that one is."""
        if text is None or text.lower() in _FLAGS:
            return None if text is None else _FLAGS[text.lower()]
        self.error("bad_flag", f"“{field}” is 1 or 0, and here is “{text[:40]}”.", field)
        return None

    def seconds(self, field: str) -> int | None:
        """Return the length of time in a field (`PT8H0M0S`), in seconds."""
        text = self.text(field)
        if text is None:
            return None
        try:
            seconds = parse_duration(text)
        except ValueError as error:
            self.error("bad_duration", f"“{field}” is a length of time; {error}.", field, "As in PT8H0M0S.")
            return None
        if not 0 <= seconds <= LONGEST_DURATION:
            said = f"“{field}” is {text}; a step takes between nothing and a year."
            self.error("bad_duration", said, field)
            return None
        return seconds

    def date(self, field: str) -> datetime | None:
        """Return the wall time in a field (`2026-11-21T18:00:00`)."""
        text = self.text(field)
        if text is None:
            return None
        try:
            return datetime.fromisoformat(text).replace(tzinfo=None)
        except ValueError:
            said = f"“{field}” is a date, and here is “{text[:40]}”."
            self.error("bad_date", said, field, "As in 2026-11-21T18:00:00.")
            return None
