"""New durations: what a step took in the iterations that are over, against what the newest plan says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import exp, log

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.rehearsals.history import TIMED, History, Night, Row
from tminus.runbook.domain.rehearsals.insight import Evidence, Insight, InsightKind, named

KAPPA = 2.0
"""The estimate weighs as much as two measurements: one slow night moves it by a third of the way (as a ratio)."""
SHARE = 0.20
"""A fifth: planners round to that, and people would not act on less."""
LEAST_SECONDS = 300
"""Five minutes: less does not move a night, however many per cent it is."""
TEN_MINUTES, HOUR = 600, 3600


def learned_seconds(estimate: int, measured: Sequence[int]) -> int:
    """Return the duration in seconds that measurements and an estimate come to, in whole minutes.

    m = n · mean(ln(tᵢ / e)) / (n + κ), and the duration is e · exp(m): the mean of the n measured durations tᵢ as
    ratios to the estimate e, drawn towards it while they are few (κ = 2). Ratios, because a step that takes twice as
    long is as far off as one that takes half. Without an estimate (e = 0) it is the geometric mean alone. From one
    hour on, the duration is rounded to 5 minutes: nobody plans finer.
    """
    times = [max(1, seconds) for seconds in measured]
    base = estimate or 1
    mean = sum(log(seconds / base) for seconds in times) / len(times)
    shrink = len(times) / (len(times) + KAPPA) if estimate else 1.0
    return _rounded(base * exp(mean * shrink))


def _rounded(seconds: float) -> int:
    grain = 300 if seconds >= HOUR else 60
    return max(grain, round(seconds / grain) * grain)


def differs(proposed: int, estimate: int) -> bool:
    """Tell whether a duration is far enough from the estimate to be proposed."""
    return abs(proposed - estimate) > max(LEAST_SECONDS, SHARE * estimate)


def new_durations(history: History) -> Iterator[Insight]:
    """Propose another duration for each step whose measurements speak for one."""
    nights = {night.id: night for night in history.lessons}
    for row in history.rows:
        evidence = tuple(_evidence(row, nights[key]) for key in nights if _measured(row, nights[key]))
        if row.estimate is None or row.behaviour not in TIMED or not evidence:
            continue
        times = [one.cell.learned or 0 for one in evidence]
        proposed = learned_seconds(row.estimate, times)
        if differs(proposed, row.estimate):
            yield _insight(row, row.estimate, proposed, evidence)


def _measured(row: Row, night: Night) -> bool:
    cell = row.cells.get(night.id)
    return cell is not None and cell.learned is not None


def _evidence(row: Row, night: Night) -> Evidence:
    cell = row.cells[night.id]
    again = f", at attempt {cell.attempts}" if cell.retried else ""
    size = "" if night.data_volume is None else f", moving {night.data_volume:g}"
    took = format_duration(_told(cell.learned or 0))
    return Evidence(night, cell, f"took {took} of {format_duration(cell.planned)} planned{again}{size}")


def _told(seconds: int) -> int:
    """A duration as people tell it: from ten minutes on, nobody counts seconds."""
    return seconds if seconds < TEN_MINUTES else round(seconds / 60) * 60


def _insight(row: Row, estimate: int, proposed: int, evidence: tuple[Evidence, ...]) -> Insight:
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
        caution=_caution(estimate, nights),
        evidence=evidence,
        current=estimate,
        proposed=proposed,
        weight=abs(proposed - estimate),
    )


def _caution(estimate: int, nights: list[Night]) -> str:
    count = len(nights)
    times = {1: "once", 2: "twice"}.get(count, f"{count} times")
    weighs = f"the plan's estimate still weighs {round(100 * KAPPA / (count + KAPPA))} %"
    return f"Measured {times}; {weighs if estimate else 'the plan has no estimate'}.{_scaling(nights)}"


def _scaling(nights: list[Night]) -> str:
    volumes = {night.data_volume for night in nights}
    if volumes == {None}:
        return " Nobody said how much data was moved, so nothing was scaled."
    if len(volumes) == 1:
        return ""
    return " They moved different amounts of data, or did not all say how much; nothing was scaled."
