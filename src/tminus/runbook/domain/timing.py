"""The planned times of an iteration that is being made, or moved: moments made real, then the network scheduled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tminus.runbook.domain.moment import parse_moment, resolve
from tminus.runbook.domain.planned_times import planned_times

_NONE: Mapping[UUID, datetime] = {}


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step as the schedule needs it; `dormant` = of a rollback chapter; moments as the plan writes them."""

    id: UUID
    chapter_id: UUID
    macro_phase_id: UUID
    duration_seconds: int
    dormant: bool
    in_scope: bool
    not_before: str | None
    fixed_start: str | None


@dataclass(frozen=True, slots=True)
class PlannedLink:
    """A dependency by keys of steps, chapters or macro-phases, lag in seconds."""

    predecessor: UUID
    successor: UUID
    kind: str
    lag_seconds: int


@dataclass(frozen=True, slots=True)
class Times:
    """Planned (start, end) of each step that will run, chapter and macro-phase; moments of steps; when all is over."""

    spans: Mapping[UUID, tuple[datetime, datetime]]
    not_before: Mapping[UUID, datetime]
    fixed_start: Mapping[UUID, datetime]
    end: datetime


def plan_times(
    steps: Sequence[PlannedStep],
    links: Iterable[PlannedLink],
    start: datetime,
    zone: str,
    chapters: Mapping[UUID, datetime] = _NONE,
    blackouts: Iterable[tuple[datetime, datetime]] = (),
) -> Times:
    """Return the planned times of an iteration that begins at `start`. Raises `kernel.network.Cyclic`.

    Dormant steps have none; one out of scope takes no time and heeds no moment. `chapters` = the typed starts of
    chapters, before which none of their steps is planned. Nobody works in `blackouts` (from, until).
    """
    not_before = _moments(((step.id, step.not_before) for step in steps if step.in_scope), start, zone)
    fixed_start = _moments(((step.id, step.fixed_start) for step in steps if step.in_scope), start, zone)
    places = [
        (step.id, step.duration_seconds if step.in_scope else 0, step.chapter_id, step.macro_phase_id)
        for step in steps
        if not step.dormant
    ]
    floors: dict[UUID, datetime] = {}
    for step in steps:
        typed = chapters.get(step.chapter_id) if step.in_scope else None
        moments = [one for one in (not_before.get(step.id), fixed_start.get(step.id), typed) if one]
        if moments:
            floors[step.id] = max(moments)
    between = [(link.predecessor, link.successor, link.kind, link.lag_seconds) for link in links]
    spans = planned_times(places, between, floors, start, blackouts)
    return Times(spans, not_before, fixed_start, max((end for _, end in spans.values()), default=start))


def _moments(written: Iterable[tuple[UUID, str | None]], start: datetime, zone: str) -> dict[UUID, datetime]:
    return {key: resolve(parse_moment(text), start, zone) for key, text in written if text}
