"""What of a schedule cannot be kept, each said in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tminus.runbook.domain.chapters.minimum import Minimum
from tminus.runbook.domain.chapters.schedule import Chapter, Schedule, Span
from tminus.runbook.domain.chapters.words import day_time, length, way


@dataclass(frozen=True, slots=True)
class Conflict:
    """What cannot be kept: of a chapter by its code, or of the whole iteration (None). `path` = codes of steps."""

    code: str
    chapter: str | None
    sentence: str
    path: tuple[str, ...] = ()


def conflicts(schedule: Schedule, minima: Mapping[UUID, Minimum]) -> list[Conflict]:
    """Return the conflicts, by chapter from top to bottom, those of the whole last."""
    found = [
        conflict
        for chapter in schedule.chapters
        if chapter.planned and chapter.typed
        for conflict in _of_chapter(schedule, chapter, chapter.planned, minima.get(chapter.id))
    ]
    return [*found, *_of_whole(schedule)]


def _of_chapter(
    schedule: Schedule, chapter: Chapter, planned: Span, least: Minimum | None
) -> Iterator[Conflict]:
    inside = chapter.inside
    short = chapter.end_typed and least and planned.end - planned.start < timedelta(seconds=least.seconds)
    if short and least:
        path = tuple(schedule.codes[key] for key in least.chain)
        told = length(round((planned.end - planned.start).total_seconds()))
        yield Conflict(
            "too_short",
            chapter.code,
            f"{chapter.code} is planned for {told}, its steps take {length(least.seconds)} at least: {way(path)}.",
            path,
        )
    before = _too_early(schedule, chapter, planned.start)
    if before:
        yield Conflict("starts_too_early", chapter.code, before)
    if not short and chapter.end_typed and inside and inside.end > planned.end:
        yield Conflict(
            "ends_too_late",
            chapter.code,
            f"{chapter.code} is to end at {day_time(planned.end, schedule.zone)}, its steps are planned until "
            f"{day_time(inside.end, schedule.zone)}.",
        )
    if schedule.window_end and planned.end > schedule.window_end:
        yield Conflict(
            "past_window",
            chapter.code,
            f"{chapter.code} is to end at {day_time(planned.end, schedule.zone)}, after the window's end at "
            f"{day_time(schedule.window_end, schedule.zone)}.",
        )


def _too_early(schedule: Schedule, chapter: Chapter, start: datetime) -> str | None:
    """Say what a typed start is too early for: a chapter it follows, or what its own steps wait for."""
    if chapter.touched:  # it has begun: what held it no longer does
        return None
    late = [(end, one) for one, end in _predecessors(schedule, chapter) if end > start]
    told = f"{chapter.code} is to start at {day_time(start, schedule.zone)}"
    if late:
        end, one = max(late, key=lambda pair: pair[0])
        return f"{told}, before what it follows is over: {one.code} until {day_time(end, schedule.zone)}."
    if chapter.inside and chapter.inside.start > start:
        first = day_time(chapter.inside.start, schedule.zone)
        return f"{told}, but none of its steps can begin before {first}: they wait for others, or for their time."
    return None


def _predecessors(schedule: Schedule, chapter: Chapter) -> Iterator[tuple[Chapter, datetime]]:
    """Give the chapters that are to be over before this one begins, each with when it may then begin."""
    for link in schedule.links:
        if link.kind == "FS" and link.successor in (chapter.id, chapter.phase_id):
            for one in schedule.chapters:
                named = link.predecessor in (one.id, one.phase_id)
                if named and one.planned and not one.dormant and one.id != chapter.id:
                    yield one, one.planned.end + timedelta(seconds=link.lag_seconds)


def _of_whole(schedule: Schedule) -> Iterator[Conflict]:
    if schedule.window_end and schedule.end > schedule.window_end:
        over = length(round((schedule.end - schedule.window_end).total_seconds()))
        yield Conflict(
            "iteration_past_window",
            None,
            f"{schedule.iteration} is planned until {day_time(schedule.end, schedule.zone)}, {over} after the window's "
            f"end at {day_time(schedule.window_end, schedule.zone)}.",
        )
    if schedule.window_start and schedule.start < schedule.window_start:
        yield Conflict(
            "iteration_before_window",
            None,
            f"{schedule.iteration} is planned from {day_time(schedule.start, schedule.zone)} on, before the window "
            f"opens at {day_time(schedule.window_start, schedule.zone)}.",
        )
