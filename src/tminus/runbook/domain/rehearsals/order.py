"""Missing dependencies: a step that could have begun, but each time began just after another one had ended."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.rehearsals.history import TIMED, Cell, History, Night, Row
from tminus.runbook.domain.rehearsals.insight import Evidence, Insight, InsightKind, named
from tminus.runbook.domain.rehearsals.paths import Paths
from tminus.runbook.domain.state import StepState

GAP_SECONDS = 300
"""Five minutes: who waits for something begins soon after it; what begins later began for another reason."""
LEAST_NIGHTS = 2
"""Once is chance."""
MOST = 20
"""A list of guesses that is longer than a screen is not read."""

Pair = tuple[int, int]
"""Places in the history's rows: what came first, and what seems to wait for it."""


class _Ran(NamedTuple):
    """A step that ran in a night: its place, and when it was ready, began and ended."""

    place: int
    cell: Cell
    ready: datetime
    began: datetime
    ended: datetime


def missing_dependencies(history: History) -> Iterator[Insight]:
    """Propose a link where the order of at least two nights speaks for one that the plan does not have.

    B before A: in every night that ran both, A was ready before B had ended, and yet began within five minutes
    after B; of the steps that share A's team or an application, B was the last to end before that; and no path in
    the plan leads from B to A, or from A to B. The heaviest first, no more than 20.
    """
    nights = history.lessons
    ran = {night.id: _ran(history, night) for night in nights}
    seen: dict[Pair, list[Night]] = defaultdict(list)
    for night in nights:
        for pair in _followed(ran[night.id]):
            seen[pair].append(night)
    paths = Paths(history.nodes, history.ties)
    found = [
        _insight(history, pair, where)
        for pair, where in seen.items()
        if len(where) >= LEAST_NIGHTS and len(where) == _together(pair, ran) and _new(history, pair, paths)
    ]
    yield from islice(sorted(found, key=lambda one: (-one.weight, one.code)), MOST)


def _ran(history: History, night: Night) -> dict[int, _Ran]:
    found: dict[int, _Ran] = {}
    for place, row in enumerate(history.rows):
        cell = row.cells.get(night.id)
        if (
            cell is None
            or cell.state is not StepState.COMPLETE
            or not cell.in_scope
            or cell.behaviour not in TIMED
        ):
            continue
        if cell.started and cell.ended:
            found[place] = _Ran(place, cell, cell.ready or cell.started, cell.started, cell.ended)
    return found


def _followed(ran: dict[int, _Ran]) -> Iterator[Pair]:
    """Each step with the one that it began just after, of those it has to do with."""
    ends: dict[UUID | str, list[tuple[datetime, int]]] = defaultdict(list)
    for one in ran.values():
        for what in _shares(one.cell):
            ends[what].append((one.ended, one.place))
    for listed in ends.values():
        listed.sort()
    for one in ran.values():
        # A start that nobody reported is no order, and of a second attempt the first one's start would count.
        if one.cell.assumed or one.cell.retried:
            continue
        last = max((found for what in _shares(one.cell) if (found := _last(ends[what], one))), default=None)
        if last and _waited(one, last[0]):
            yield last[1], one.place


def _shares(cell: Cell) -> list[UUID | str]:
    return [*cell.applications, *([cell.team] if cell.team else [])]


def _last(ends: list[tuple[datetime, int]], one: _Ran) -> tuple[datetime, int] | None:
    at = bisect_right(ends, (one.began, len(ends) + one.place + 1))
    while at and ends[at - 1][1] == one.place:
        at -= 1
    return ends[at - 1] if at else None


def _waited(one: _Ran, ended: datetime) -> bool:
    return one.ready < ended <= one.began and (one.began - ended).total_seconds() <= GAP_SECONDS


def _together(pair: Pair, ran: dict[UUID, dict[int, _Ran]]) -> int:
    return sum(1 for here in ran.values() if pair[0] in here and pair[1] in here)


def _new(history: History, pair: Pair, paths: Paths) -> bool:
    before, after = (history.rows[place] for place in pair)
    if (
        before.estimate is None
        or after.estimate is None
        or Behaviour.GATE in (before.behaviour, after.behaviour)
    ):
        return False
    return not paths.lead(before.code, after.code) and not paths.lead(after.code, before.code)


def _insight(history: History, pair: Pair, nights: list[Night]) -> Insight:
    before, after = (history.rows[place] for place in pair)
    return Insight(
        kind=InsightKind.DEPENDENCY,
        code=after.code,
        name=after.name,
        other=before.code,
        other_name=before.name,
        sentence=(
            f"{after.code} could have begun earlier in {named(nights)}, but began each time just after"
            f" {before.code} had ended: perhaps it waits for it, and the plan does not say so."
        ),
        caution="A guess from the order alone: perhaps the same people simply did one after the other.",
        evidence=tuple(one for night in nights for one in _evidence(before, after, night)),
        weight=len(nights),
    )


def _evidence(before: Row, after: Row, night: Night) -> list[Evidence]:
    first, then = before.cells[night.id], after.cells[night.id]
    # Both ran: times are there.
    gap = round((then.started - first.ended).total_seconds()) if then.started and first.ended else 0
    idle = round((then.started - then.ready).total_seconds()) if then.started and then.ready else 0
    return [
        Evidence(night, first, f"ended {format_duration(gap)} before {after.code} began"),
        Evidence(night, then, f"was ready for {format_duration(idle)} when it began"),
    ]
