"""An iteration's schedule as the planner shows it: its parts with all their times, and what cannot be kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.instants import instant
from tminus.people.domain.rights import Person, Right, may, require
from tminus.platform.clock import server_now
from tminus.platform.eventlog.store import newest_of_iteration
from tminus.runbook.domain.chapters.change import TypedChapter, check_start, shifted, with_typed
from tminus.runbook.domain.chapters.conflicts import Conflict, conflicts
from tminus.runbook.domain.chapters.may import ScheduleAct, allowed, check, why_not
from tminus.runbook.domain.chapters.minimum import Minimum, minima
from tminus.runbook.domain.chapters.schedule import Chapter, Schedule, Span, Typed, envelope, replanned
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import RUNNING
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.store.chapter_schedules import last_changes, load_schedule

_PHASES = text(
    "SELECT id, code, name FROM iteration_macro_phases WHERE iteration_id = :iteration ORDER BY position"
)
_NO_RIGHT = "The schedule is a pilot's to change; you see it as it is."


async def schedule_view(connection: AsyncConnection, person: Person, iteration_id: UUID) -> dict[str, Any]:
    """Return the schedule. Raises `NotFound`, `Forbidden`."""
    _, iteration = await visible_iteration(connection, person, iteration_id)
    schedule = await load_schedule(connection, iteration)
    return await _shown(connection, person, iteration, schedule)


async def schedule_preview(
    connection: AsyncConnection, person: Person, iteration_id: UUID, chapters: Sequence[TypedChapter]
) -> dict[str, Any]:
    """Return the schedule as it would be with these times typed; nothing is changed.

    Raises as typing them would, but for the state of the iteration: `NotFound`, `Forbidden`, `Invalid`, `Refused`.
    """
    _, iteration = await visible_iteration(connection, person, iteration_id)
    require(person, Right.SCHEDULE, iteration.migration_id)
    schedule = await load_schedule(connection, iteration)
    would = _would(schedule, schedule.start, with_typed(schedule, chapters))
    return await _shown(connection, person, iteration, would)


async def shift_preview(
    connection: AsyncConnection,
    person: Person,
    iteration_id: UUID,
    minutes: int,
    codes: Collection[str] | None,
) -> dict[str, Any]:
    """Return the schedule as a shift would make it; nothing is changed.

    Raises as the shift would: `NotFound`, `Forbidden`, `Invalid`, `Refused`.
    """
    _, iteration = await visible_iteration(connection, person, iteration_id)
    require(person, Right.SCHEDULE, iteration.migration_id)
    check(iteration, ScheduleAct.SHIFT)
    schedule = await load_schedule(connection, iteration)
    live = iteration.state in RUNNING
    start, typed = shifted(schedule, minutes, codes, live=live)
    if not live:
        check_start(schedule, start, await server_now(connection))
    return await _shown(connection, person, iteration, _would(schedule, start, typed))


def _would(schedule: Schedule, start: datetime, typed: Mapping[UUID, Typed]) -> Schedule:
    """Return the schedule as it would be from another start on, or with other times typed."""
    times, chapters = replanned(schedule, start, typed)
    return replace(schedule, start=start, end=times.end, chapters=chapters)


async def _shown(
    connection: AsyncConnection, person: Person, iteration: Iteration, schedule: Schedule
) -> dict[str, Any]:
    least = minima(schedule.steps, schedule.links)
    found = conflicts(schedule, least)
    phases = (await connection.execute(_PHASES, {"iteration": iteration.id})).all()
    baselines = [one.baseline for one in schedule.chapters if one.baseline and not one.dormant]
    return {
        "seq": await newest_of_iteration(connection, iteration.id),
        "version": iteration.version,
        "zone": schedule.zone,
        "windowStart": _time(schedule.window_start),
        "windowEnd": _time(schedule.window_end),
        "planned": _span(Span(schedule.start, schedule.end)),
        "baseline": _span(envelope(baselines)),
        "actual": _actual(iteration.started_at, iteration.ended_at),
        "macroPhases": [_phase(row, schedule, least, found) for row in phases],
        "conflicts": [_conflict(one) for one in found],
        "lastChanges": [
            {"chapterCode": one.chapter, "by": one.by, "at": instant(one.at)}
            for one in await last_changes(connection, iteration.id)
        ],
        **_may(person, iteration),
    }


def _may(person: Person, iteration: Iteration) -> dict[str, Any]:
    """Say what this person may do now, and why no time can be typed."""
    if not may(person, Right.SCHEDULE, iteration.migration_id):
        return {"allowedActions": [], "whyNot": _NO_RIGHT}
    acts = [act.value for act in allowed(iteration.state)]
    return {"allowedActions": acts, "whyNot": why_not(iteration, ScheduleAct.TYPE)}


def _phase(
    row: Row[Any], schedule: Schedule, least: dict[UUID, Minimum], found: Sequence[Conflict]
) -> dict[str, Any]:
    inside = [one for one in schedule.chapters if one.phase_id == row.id]
    awake = [one for one in inside if not one.dormant and one.steps]
    begun = [one.begun for one in awake if one.begun]
    over = awake and all(one.ended for one in awake)
    ended = [one.ended for one in awake if one.ended]
    return {
        "code": row.code,
        "name": row.name,
        "planned": _span(envelope(one.planned for one in awake)),
        "baseline": _span(envelope(one.baseline for one in awake)),
        "actual": _actual(min(begun, default=None), max(ended) if over else None),
        "chapters": [_chapter(one, least.get(one.id), found) for one in inside],
    }


def _chapter(one: Chapter, least: Minimum | None, found: Sequence[Conflict]) -> dict[str, Any]:
    return {
        "code": one.code,
        "name": one.name,
        "dormant": one.dormant,
        "steps": one.steps,
        "planned": _span(one.planned),
        "typed": one.typed,
        "endTyped": one.end_typed,
        "baseline": _span(one.baseline),
        "actual": _actual(one.begun, one.ended),
        "begun": one.touched,
        "derived": _span(one.inside),
        "minimumSeconds": least.seconds if least else 0,
        "conflicts": [conflict.code for conflict in found if conflict.chapter == one.code],
    }


def _conflict(one: Conflict) -> dict[str, Any]:
    return {
        "code": one.code,
        "chapterCode": one.chapter,
        "sentence": one.sentence,
        "path": list(one.path),
    }


def _actual(start: datetime | None, end: datetime | None) -> dict[str, str | None]:
    return {"start": _time(start), "end": _time(end)}


def _span(span: Span | None) -> dict[str, str] | None:
    return {"start": instant(span.start), "end": instant(span.end)} if span else None


def _time(value: datetime | None) -> str | None:
    return instant(value) if value else None
