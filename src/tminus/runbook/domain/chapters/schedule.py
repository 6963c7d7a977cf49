"""The schedule of an iteration's chapters, and its steps planned anew from what is typed of it.

A typed start is a not-before for the planned times of the chapter's steps; a typed end is a promise, which moves
nothing: that the steps do not keep it is a conflict. What is not typed is derived: from the first start of the
chapter's steps to the last end.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from tminus.runbook.domain.timing import PlannedLink, PlannedStep, Times, plan_times


class Span(NamedTuple):
    """From when to when."""

    start: datetime
    end: datetime


class Typed(NamedTuple):
    """What is typed of a chapter; without an end, that one is derived."""

    start: datetime
    end: datetime | None = None


class Seen(NamedTuple):
    """A chapter's planned times as a screen shows them; `end` only where it was typed."""

    start: datetime | None
    end: datetime | None
    typed: bool


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter with its times. `steps` = how many are part of the iteration; `dormant` = a rollback that sleeps.

    `planned` is None where there is nothing to derive from and nothing typed. `touched` = a step of it has begun,
    or is over; `begun` and `ended` = its actual times, as far as there are any; `inside` = from the first planned
    start of its steps to the last planned end.
    """

    id: UUID
    code: str
    name: str
    phase_id: UUID
    dormant: bool
    steps: int
    planned: Span | None
    typed: bool
    end_typed: bool
    baseline: Span | None
    begun: datetime | None
    ended: datetime | None
    touched: bool
    inside: Span | None

    @property
    def as_typed(self) -> Typed | None:
        """What of its planned times was typed."""
        if not self.typed or self.planned is None:
            return None
        return Typed(self.planned.start, self.planned.end if self.end_typed else None)

    @property
    def as_seen(self) -> Seen:
        """What a screen shows of its planned times."""
        start, end = self.planned or (None, None)
        return Seen(start, end if self.end_typed else None, self.typed)


@dataclass(frozen=True, slots=True)
class Schedule:
    """An iteration's schedule: its chapters top to bottom, and the network that they stand for.

    `codes` names steps, chapters and macro-phases by their keys; `kept` = the planned times of the steps that have
    begun or are over, which a change of plan leaves as they are; in `blackouts` (from, until) nobody works.
    """

    iteration: str
    zone: str
    start: datetime
    end: datetime
    window_start: datetime | None
    window_end: datetime | None
    chapters: tuple[Chapter, ...]
    steps: tuple[PlannedStep, ...]
    links: tuple[PlannedLink, ...]
    codes: Mapping[UUID, str]
    kept: Mapping[UUID, Span]
    blackouts: tuple[tuple[datetime, datetime], ...] = ()

    @property
    def typed(self) -> dict[UUID, Typed]:
        """What is typed, by chapter."""
        return {one.id: typed for one in self.chapters if (typed := one.as_typed)}

    def times(self, start: datetime, typed: Mapping[UUID, Typed]) -> Times:
        """Return what the planned times would be from another start on, or with other times typed."""
        floors = {key: one.start for key, one in typed.items()}
        return plan_times(self.steps, self.links, start, self.zone, floors, self.blackouts)


def replanned(
    schedule: Schedule, start: datetime, typed: Mapping[UUID, Typed]
) -> tuple[Times, tuple[Chapter, ...]]:
    """Return the planned times of steps and chapters from `start` on with these times typed.

    Steps that have begun or are over keep theirs. Raises `kernel.network.Cyclic`.
    """
    times = schedule.times(start, typed)
    spans = {**times.spans, **schedule.kept}
    inside = spans_of_chapters(schedule.steps, spans)
    chapters = tuple(
        replace(
            one,
            planned=_planned(typed.get(one.id), inside.get(one.id)),
            inside=inside.get(one.id),
            typed=one.id in typed,
            end_typed=one.id in typed and typed[one.id].end is not None,
        )
        for one in schedule.chapters
    )
    ends = [spans[step.id][1] for step in schedule.steps if step.id in spans]
    return replace(times, spans=spans, end=max(ends, default=start)), chapters


def spans_of_chapters(
    steps: Sequence[PlannedStep], spans: Mapping[UUID, tuple[datetime, datetime]]
) -> dict[UUID, Span]:
    """Return from the first start to the last end of the steps in each chapter that are part of the iteration."""
    found: dict[UUID, Span] = {}
    for step in steps:
        if step.in_scope and step.id in spans:
            start, end = spans[step.id]
            known = found.get(step.chapter_id, Span(start, end))
            found[step.chapter_id] = Span(min(known.start, start), max(known.end, end))
    return found


def envelope(spans: Iterable[Span | None]) -> Span | None:
    """Return from the first start to the last end of those there are."""
    known = [one for one in spans if one]
    return Span(min(one.start for one in known), max(one.end for one in known)) if known else None


def moved_along(typed: Mapping[UUID, Typed], by: timedelta) -> dict[UUID, Typed]:
    """Return what is typed, all of it so much later."""
    return {key: Typed(one.start + by, one.end + by if one.end else None) for key, one in typed.items()}


def _planned(typed: Typed | None, inside: Span | None) -> Span | None:
    if typed is None:
        return inside
    derived = inside.end if inside else typed.start
    return Span(typed.start, typed.end or max(derived, typed.start))
