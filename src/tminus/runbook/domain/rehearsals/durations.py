"""New durations: what the forecast has learned of a step, against what the newest plan says.

The proposal is the forecast's own expectation (`learning`), so that who accepts it is not late by the same history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, exp, log

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.learning import Learned, Observation, PlannedStep, learn
from tminus.runbook.domain.rehearsals.history import TIMED, Cell, History, Night, Row
from tminus.runbook.domain.rehearsals.insight import Evidence, Insight, InsightKind, named

SHARE = 0.20
"""A fifth: planners round to that, and people would not act on less."""
LEAST_SECONDS = 300
"""Five minutes: less does not move a night, however many per cent it is."""
TEN_MINUTES, HOUR = 600, 3600


def differs(proposed: int, estimate: int) -> bool:
    """Tell whether a duration is far enough from the estimate to be proposed."""
    return abs(proposed - estimate) > max(LEAST_SECONDS, SHARE * estimate)


def rounded_up(seconds: float) -> int:
    """Return seconds in whole minutes, from an hour on in five: nobody plans finer. Up, or it would be late again."""
    grain = 300 if seconds > HOUR else 60
    return max(grain, ceil(round(seconds) / grain) * grain)


def new_durations(history: History) -> Iterator[Insight]:
    """Propose another duration for each step whose measurements speak for one."""
    found = _Found.of(history)
    for row in history.rows:
        if row.estimate is None or row.behaviour not in TIMED:
            continue
        evidence = found.evidence(row)
        if not evidence:
            continue
        proposed = found.expected(row, row.estimate, evidence)
        if differs(proposed, row.estimate) and found.speak_for(proposed, row, row.estimate):
            yield _insight(row, row.estimate, proposed, evidence, found)


@dataclass(frozen=True, slots=True)
class _Found:
    """What was learned, and the measurements it was learned from: by step, each with its night."""

    history: History
    learned: Learned
    measured: Mapping[str, Sequence[tuple[Night, Observation]]] = field(default_factory=dict)

    @classmethod
    def of(cls, history: History) -> _Found:
        steps = [
            PlannedStep(row.code, None, row.estimate, row.scales)
            for row in history.rows
            if row.estimate is not None and row.behaviour in TIMED
        ]
        nights = {night.name: night for night in history.lessons}
        seen: dict[str, list[tuple[Night, Observation]]] = {}
        known = [one for one in history.measured if one.name in nights]
        for rehearsal in known:
            for one in rehearsal.counted():
                seen.setdefault(one.step, []).append((nights[rehearsal.name], one))
        volume = history.next.data_volume if history.next else None
        return cls(history, learn(known, steps, volume), seen)

    def evidence(self, row: Row) -> tuple[Evidence, ...]:
        """The cells a duration of the step rests on, the oldest first."""
        if not row.estimate:
            cells = [(night, row.cells.get(night.id)) for night in self.history.lessons]
            return tuple(
                _evidence(night, cell, cell.learned) for night, cell in cells if cell and cell.learned
            )
        return tuple(
            _evidence(night, row.cells[night.id], round(one.actual))
            for night, one in self.measured.get(row.code, ())
            if night.id in row.cells
        )

    def expected(self, row: Row, estimate: int, evidence: Sequence[Evidence]) -> int:
        """What the forecast expects; without an estimate, of which it learns nothing, the mean of the ratios."""
        if estimate:
            return rounded_up(estimate * exp(self.learned.steps[row.code].mu))
        times = [log(one.cell.learned or 1) for one in evidence]
        return rounded_up(exp(sum(times) / len(times)))

    def speak_for(self, proposed: int, row: Row, estimate: int) -> bool:
        """Tell whether the step's own times are on that side of the estimate, and not only the plan as a whole."""
        seen = [one.actual for _, one in self.measured.get(row.code, ())]
        mean = sum(log(one / estimate) for one in seen) if estimate else 1.0
        return (mean > 0) == (proposed > estimate)

    def caution(self, row: Row, estimate: int, proposed: int, evidence: Sequence[Evidence]) -> str:
        """What speaks against trusting it."""
        count = len(evidence)
        times = {1: "once", 2: "twice"}.get(count, f"{count} times")
        words = f"Measured {times}; {self._way(row, estimate, proposed)}."
        return f"{words}{self._plan(estimate)}{self._scaling([one.night for one in evidence])}"

    def _way(self, row: Row, estimate: int, proposed: int) -> str:
        if not estimate:
            return "the plan has no estimate"
        seen = [one.actual for _, one in self.measured[row.code]]
        way = round(100 * (proposed - estimate) / (sum(seen) / len(seen) - estimate))
        mean = "that" if len(seen) == 1 else "their mean"
        return f"this goes {way} % of the way from the plan's estimate to {mean}, as the forecast does"

    def _plan(self, estimate: int) -> str:
        ratio = self.learned.ratio
        if not estimate or ratio is None or abs(log(ratio)) < log(1.05):
            return ""
        return f" All steps together took {round(100 * ratio)} % of their estimates; that counts with it."

    def _scaling(self, nights: Sequence[Night]) -> str:
        volumes, coming = {night.data_volume for night in nights}, self.history.next
        if volumes == {None}:
            return " Nobody said how much data was moved, so nothing was scaled."
        if coming is not None:
            return (
                ""
                if volumes == {coming.data_volume}
                else f" Scaled to what {coming.name} is to move, where both are known."
            )
        if len(volumes) == 1:
            return ""
        return " They moved different amounts of data, or did not all say how much; nothing was scaled."


def _evidence(night: Night, cell: Cell, seconds: int) -> Evidence:
    again = f", at attempt {cell.attempts}" if cell.retried else ""
    size = "" if night.data_volume is None else f", moving {night.data_volume:g}"
    took = format_duration(_told(seconds))
    return Evidence(night, cell, f"took {took} of {format_duration(cell.planned)} planned{again}{size}", took)


def _told(seconds: int) -> int:
    """A duration as people tell it: from ten minutes on, nobody counts seconds."""
    return seconds if seconds < TEN_MINUTES else round(seconds / 60) * 60


def _insight(
    row: Row, estimate: int, proposed: int, evidence: tuple[Evidence, ...], found: _Found
) -> Insight:
    nights = [one.night for one in evidence]
    longer = "longer" if proposed > estimate else "shorter"
    taken = f"took {longer} than the plan says" + ("" if len(nights) == 1 else ", on average")
    return Insight(
        kind=InsightKind.DURATION,
        code=row.code,
        name=row.name,
        sentence=(
            f"In {named(nights)}, {row.code} {taken}."
            f" Plan {format_duration(proposed)} instead of {format_duration(estimate)}."
        ),
        caution=found.caution(row, estimate, proposed, evidence),
        evidence=evidence,
        current=estimate,
        proposed=proposed,
        weight=abs(proposed - estimate),
    )
