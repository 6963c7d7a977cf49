"""The schedule of an iteration's chapters."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from tminus.runbook.domain.chapters.may import ScheduleAct
from tminus.runbook.schemas.requests import Code, Instant, Reason
from tminus.runbook.schemas.shape import Shape

_Minutes = Annotated[int, Field(ge=-527_040, le=527_040)]
"""A year at most."""


class PlannedSpan(Shape):
    """From when to when."""

    start: datetime
    end: datetime


class ActualSpan(Shape):
    """When it began and ended, as far as it has."""

    start: datetime | None
    end: datetime | None


class ScheduleConflict(Shape):
    """What cannot be kept, of a chapter or of the whole (null); `path` = codes of the steps that decide it."""

    code: Literal[
        "too_short",
        "starts_too_early",
        "ends_too_late",
        "past_window",
        "iteration_past_window",
        "iteration_before_window",
    ]
    chapter_code: str | None
    sentence: str
    path: list[str]


class ScheduledChapter(Shape):
    """A chapter's times. `typed` and `endTyped` = what of the planned ones is typed; the rest follows from its steps.

    `derived` = from the first planned start of its steps to the last planned end; `minimumSeconds` = the longest way
    through its own steps; `begun` = a step has begun or is over: it is moved no more. A chapter that is `dormant`, or
    of which no step is part of the iteration, has no planned times until they are typed.
    """

    code: str
    name: str
    dormant: bool
    steps: int
    planned: PlannedSpan | None
    typed: bool
    end_typed: bool
    baseline: PlannedSpan | None
    actual: ActualSpan
    begun: bool
    derived: PlannedSpan | None
    minimum_seconds: int
    conflicts: list[str]


class ScheduledPhase(Shape):
    """A macro-phase: from the first of its chapters to the last; those that sleep are left out of its times."""

    code: str
    name: str
    planned: PlannedSpan | None
    baseline: PlannedSpan | None
    actual: ActualSpan
    chapters: list[ScheduledChapter]


class ScheduleChange(Shape):
    """Who changed a chapter's times last, and when; `chapterCode` null = all of it was planned anew."""

    chapter_code: str | None
    by: str
    at: datetime


class IterationSchedule(Shape):
    """The schedule as of one event number, with what the person may do to it, and why no time can be typed."""

    seq: int
    version: int
    zone: str
    window_start: datetime | None
    window_end: datetime | None
    planned: PlannedSpan
    baseline: PlannedSpan | None
    actual: ActualSpan
    macro_phases: list[ScheduledPhase]
    conflicts: list[ScheduleConflict]
    last_changes: list[ScheduleChange]
    allowed_actions: list[ScheduleAct]
    why_not: str | None


class SeenTimes(Shape):
    """A chapter's planned times as they were on the screen; `end` only where it was typed."""

    start: Instant | None = None
    end: Instant | None = None
    typed: bool


class ChapterTimes(Shape):
    """What is typed of a chapter: without an end, that one is derived; without both, the chapter is.

    Where `seen` is given and no longer so, it is refused (`chapter_changed`), in words that name who changed what.
    """

    chapter_code: Code
    start: Instant | None = None
    end: Instant | None = None
    seen: SeenTimes | None = None


class TypeChapters(Shape):
    """Chapters to be typed, or derived again; others stay as they are. `version` is the one the person saw."""

    version: int | None = None
    chapters: Annotated[list[ChapterTimes], Field(min_length=1, max_length=2000)]


class ShiftSchedule(Shape):
    """By how many minutes which chapters are shifted (null = all that have not begun); negative is earlier."""

    version: int | None = None
    minutes: _Minutes
    chapter_codes: Annotated[list[Code], Field(min_length=1, max_length=2000)] | None = None


class ScheduleRequest(Shape):
    """What needs no more than the version the person saw."""

    version: int | None = None


class Rebaseline(Shape):
    """Why the baseline is frozen anew."""

    version: int | None = None
    reason: Reason
