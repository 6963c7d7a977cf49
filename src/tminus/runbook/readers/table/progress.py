"""The columns that an iteration adds to the table of its plan: each step's state and times, read by nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from zoneinfo import ZoneInfo

from tminus.runbook.readers.table.columns import WRITTEN

AFTER_NAME = 1 + next(place for place, column in enumerate(WRITTEN) if column.field == "name")
"""Where these columns stand: behind the names, before all that the plan says."""
_ALWAYS = frozenset({"planned_start", "planned_end", "actual_start", "actual_end"})
"""Columns that stand there though no step has such a time yet."""


@dataclass(frozen=True, slots=True)
class StepProgress:
    """Where a step of an iteration stands; moments are aware, None where there is none yet."""

    state: str
    planned_start: datetime | None = None
    planned_end: datetime | None = None
    forecast_start: datetime | None = None
    forecast_end: datetime | None = None
    actual_start: datetime | None = None
    actual_end: datetime | None = None


class Standing:
    """States and times by the clock of a zone (IANA), which the headings name; none at all without `progress`."""

    def __init__(self, progress: Mapping[str, StepProgress] | None, zone: str) -> None:
        self._progress = progress or {}
        self._zone = ZoneInfo(zone)
        self._times = [
            one.name
            for one in fields(StepProgress)
            if one.name in _ALWAYS
            or (one.name != "state" and any(getattr(step, one.name) for step in self._progress.values()))
        ]
        named = (f"{name.replace('_', ' ').capitalize()} ({zone})" for name in self._times)
        self.headings = ["State", *named] if progress is not None else []

    def of(self, code: str) -> tuple[str, list[datetime | None]]:
        """Return a step's state and its times, without their zone: spreadsheets know none."""
        step = self._progress.get(code)
        if step is None:
            return "", [None] * len(self._times)
        moments: list[datetime | None] = [getattr(step, name) for name in self._times]
        return step.state, [
            moment.astimezone(self._zone).replace(tzinfo=None) if moment else None for moment in moments
        ]

    def texts(self, code: str | None) -> list[str]:
        """Return the same as texts, as many as there are headings; without a code they are empty."""
        if not self.headings:
            return []
        state, moments = self.of(code or "")
        return [state, *(moment.isoformat(" ", "minutes") if moment else "" for moment in moments)]
