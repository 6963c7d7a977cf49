"""A macro-plan of a night, for the tests of its files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tminus.runbook.domain.chapters.schedule import Span
from tminus.runbook.domain.macro_plan import MacroPlan, Mark, MarkKind, Part
from tminus.runbook.domain.rollup import RollupState

EVIL = "</script><script>alert('x')</script> & \"quoted\" <b>"


def night(start: datetime, zone: str, *, hours: int = 8, name: str = "Move the data") -> MacroPlan:
    """Two chapters of half the night each; the first is over, ten minutes late, the second runs."""
    start = start.astimezone(UTC)
    half, end = start + timedelta(hours=hours / 2), start + timedelta(hours=hours)
    late = timedelta(minutes=10)
    marks = (
        Mark(MarkKind.GATE, "IGO-1", "Go?", half, half + late),
        Mark(MarkKind.NO_RETURN, "TRT-7", "Switch", half + timedelta(hours=1), None),
    )
    first = Part(
        1, "A1", name, False, RollupState.COMPLETE, 4, 4, Span(start, half), None, start, half + late, marks
    )
    second = Part(
        1, "A2", "Open", False, RollupState.IN_PROGRESS, 1, 3, Span(half, end), None, half + late, None
    )
    back = Part(1, "R1", "Back", True, RollupState.DORMANT, 0, 0, None, None, None, None)
    phase = Part(0, "A", "All", False, RollupState.IN_PROGRESS, 5, 7, Span(start, end), None, start, None)
    return MacroPlan(
        f"ERP · {name}",
        "CUTOVER",
        "Plan 1",
        "live",
        zone,
        412,
        half + timedelta(hours=1),
        Span(start, end),
        None,
        start,
        None,
        None,
        end + timedelta(hours=1),
        (phase, first, second, back),
    )
