"""What is said of an MS Project file as a whole: its name, and what is told once and not at every task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.readers.msproject.index import Index


@dataclass(slots=True)
class Counts:
    """What is told once for the whole file."""

    progress: int = 0
    elapsed: int = 0
    addresses: int = 0
    tasks: int = 0

    def findings(self) -> Iterator[Finding]:
        """Yield what was counted."""
        if self.progress:
            said = f"{self.progress} tasks have begun or are done; a plan has no progress: left out."
            yield told("progress_left_out", said)
        if self.addresses:
            said = (
                f"{self.addresses} mail addresses of resources were left out: they have names and no codes."
            )
            yield told("addresses_left_out", said, suggestion="Give the addresses to the teams afterwards.")
        if self.elapsed:
            said = f"{self.elapsed} tasks have a duration or a lag by the clock, the others in working time: "
            yield told("elapsed_time", said + "all were taken as they are written.")


def plan_name(index: Index, file: str) -> str:
    """The project's title, else the name of its own row, else that of the file it was saved as."""
    found = index.project.get("Title") or index.project.get("TaskName") or index.project.get("Name")
    name = found or file.rsplit("/", 1)[-1]
    return name if index.project.get("Title") else name.removesuffix(".xml").removesuffix(".mpp")


def about_calendars(index: Index) -> Iterator[Finding]:
    """Yield that working hours are left out, where the file has any."""
    if index.rests:
        day = index.project.get("MinutesPerDay", "480")
        hours = f"{int(day) / 60:g}" if day.isascii() and day.isdigit() and len(day) < 6 else "8"
        said = f"Working hours were left out (calendars: {index.calendars}): a plan runs around the clock."
        said += f" A day of work is {hours} h in this file."
        yield told("calendars_left_out", said, suggestion="Check durations and lags that run over a night.")


def told(
    code: str, message: str, severity: Severity = Severity.WARNING, suggestion: str | None = None
) -> Finding:
    """Return a finding about the file as a whole."""
    return Finding(code, severity, message, suggestion, subject=Subject("plan", ""))
