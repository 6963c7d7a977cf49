"""Gathers what is found in a file, and where everything stands in it."""

from __future__ import annotations

from dataclasses import replace

from tminus.runbook.domain.findings import Finding, Place, Severity, Subject

MOST_FINDINGS = 1_000
"""More are counted, not kept: nobody mends the thousand-and-first before the first."""


class Places:
    """Where in the file things, and the values of things, stand."""

    def __init__(self) -> None:
        self._places: dict[Subject, Place] = {}

    def note(self, subject: Subject, place: Place) -> None:
        """Remember a place; the first one stays."""
        self._places.setdefault(subject, place)

    def first(self, subject: Subject) -> Place | None:
        """Return where exactly this stands."""
        return self._places.get(subject)

    def nearest(self, subject: Subject) -> Place | None:
        """Return the place of the value, else of the list it is in, else of the thing."""
        fields = (subject.field, subject.field.partition(".")[0], "")
        candidates = (self._places.get(replace(subject, field=field)) for field in fields)
        return next((place for place in candidates if place), None)


class Collector:
    """Findings of one file, in the order of their lines."""

    def __init__(self, file: str, most: int = MOST_FINDINGS) -> None:
        self.file = file
        self.places = Places()
        self._most = most
        self._count = 0
        self._kept: dict[Severity, list[Finding]] = {severity: [] for severity in Severity}
        self._spoiled: set[tuple[str, str]] = set()

    def spoil(self, subject: Subject) -> None:
        """Remember a thing that could not be read whole: what seems to be missing in it may well be there."""
        self._spoiled.add((subject.kind, subject.code))

    def add(self, finding: Finding) -> None:
        """Add a finding, at its subject's line if it names none; no warnings about what was misread."""
        subject = finding.subject
        if subject and not finding.is_error and (subject.kind, subject.code) in self._spoiled:
            return
        self._count += 1
        kept = self._kept[finding.severity]
        if len(kept) >= self._most:
            return
        place = self.places.nearest(subject) if subject and finding.line is None else None
        if place:
            finding = replace(finding, line=place.line, column=place.column)
        kept.append(replace(finding, file=self.file))

    def all(self) -> tuple[Finding, ...]:
        """Return what was found, errors before warnings where it is too much; the last says what is left out."""
        errors, warnings = self._kept[Severity.ERROR], self._kept[Severity.WARNING]
        found = [*errors, *warnings][: self._most]
        found.sort(key=lambda finding: (finding.line or 0, finding.column or 0))
        left_out = self._count - len(found)
        if left_out:
            more = f"{left_out:,} more findings are not listed; look at these first."
            severity = Severity.ERROR if errors else Severity.WARNING
            found.append(Finding("too_many_findings", severity, more, file=self.file))
        return tuple(found)
