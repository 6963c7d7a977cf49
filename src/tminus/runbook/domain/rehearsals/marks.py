"""What stands out in a step's row: slower than planned, slower than the time before, skipped, failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from tminus.runbook.domain.rehearsals.history import Cell, History, Row
from tminus.runbook.domain.state import StepState

SLOWER_SHARE = 0.10
"""Less than a tenth is what people's hands differ by from one night to the next."""
SLOWER_SECONDS = 60
"""And a minute is what *late* forgives, too."""


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands out in one cell."""

    slower: bool = False
    slower_than_before: bool = False
    skipped: bool = False
    failed: bool = False
    retried: bool = False


@dataclass(frozen=True, slots=True)
class Sums:
    """One iteration in figures: steps that stand out, and of the measured ones the seconds planned and taken."""

    slower: int
    slower_than_before: int
    skipped: int
    failed: int
    retried: int
    missing: int
    measured: int
    planned_seconds: int
    actual_seconds: int


def much_longer(seconds: int, than: int) -> bool:
    """Tell whether a duration is longer than another by more than what always differs."""
    return seconds - than > max(SLOWER_SECONDS, SLOWER_SHARE * than)


def marks_of(history: History, row: Row) -> dict[UUID, Mark]:
    """Return the marks of a row by iteration; *before* is the last earlier iteration that measured the step."""
    found: dict[UUID, Mark] = {}
    before: int | None = None
    for night in history.nights:
        cell = row.cells.get(night.id)
        if cell is None:
            continue
        found[night.id] = _mark(cell, before)
        before = before if cell.learned is None else cell.learned
    return found


def _mark(cell: Cell, before: int | None) -> Mark:
    seconds = cell.learned
    return Mark(
        slower=seconds is not None and much_longer(seconds, cell.planned),
        slower_than_before=seconds is not None and before is not None and much_longer(seconds, before),
        skipped=cell.state is StepState.SKIPPED and cell.in_scope,
        failed=cell.failed,
        retried=cell.retried,
    )


def sums_of(history: History, night_id: UUID, marks: Iterable[dict[UUID, Mark]]) -> Sums:
    """Add up one iteration; *missing* = steps of the newest plan that it did not have."""
    here = [mark[night_id] for mark in marks if night_id in mark]
    count = Counter[str]()
    for one in here:
        count.update(name for name in Mark.__slots__ if getattr(one, name))
    cells = [row.cells[night_id] for row in history.rows if night_id in row.cells]
    measured = [cell for cell in cells if cell.learned is not None]
    missing = sum(1 for row in history.rows if row.estimate is not None and night_id not in row.cells)
    return Sums(
        **{name: count[name] for name in Mark.__slots__},
        missing=missing,
        measured=len(measured),
        planned_seconds=sum(cell.planned for cell in measured),
        actual_seconds=sum(cell.learned or 0 for cell in measured),
    )
