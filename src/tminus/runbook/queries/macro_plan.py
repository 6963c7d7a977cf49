"""An iteration's macro-plan, and the steps of its teams as appointments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person
from tminus.platform.clock import server_now
from tminus.platform.eventlog.store import newest_of_iteration
from tminus.runbook.domain.chapters.schedule import Chapter, Span, envelope
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.macro_outlook import Foreseen
from tminus.runbook.domain.macro_plan import MacroPlan, Mark, MarkKind, Part
from tminus.runbook.domain.rollup import Slice, progress_of, state_of
from tminus.runbook.queries.foreseen import load_foreseen
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.readers.macro_plan.calendar import GONE, OVER, Appointment, Calendar
from tminus.runbook.store.chapter_schedules import load_chapters, load_window
from tminus.runbook.store.rollup import slices_of

_PHASES = text(
    "SELECT id, code, name FROM iteration_macro_phases WHERE iteration_id = :iteration ORDER BY position"
)
_MARKS = text(
    """
    SELECT chapter_id, code, name, behaviour, point_of_no_return, planned_start, planned_end, begun_at, ended_at, state
    FROM iteration_steps
    WHERE iteration_id = :iteration AND in_scope AND NOT dormant AND planned_start IS NOT NULL
      AND (point_of_no_return OR behaviour IN ('gate', 'milestone')) ORDER BY position
    """
)
_TEAM = text("SELECT id, code, name FROM teams WHERE migration_id = :migration AND code = :code")
_STEPS = text(
    """
    SELECT s.id, s.code, s.name, s.state, s.planned_start, s.planned_end, s.begun_at, s.ended_at, t.name AS team,
           c.code AS chapter_code, c.name AS chapter
    FROM iteration_steps AS s JOIN iteration_chapters AS c ON c.id = s.chapter_id
    LEFT JOIN teams AS t ON t.id = s.team_id
    WHERE s.iteration_id = :iteration AND s.in_scope AND NOT s.dormant AND s.planned_start IS NOT NULL
      AND (CAST(:team AS uuid) IS NULL OR s.team_id = :team)
    ORDER BY s.position
    """
)


async def macro_plan(
    connection: AsyncConnection, person: Person, iteration_id: UUID, zone: str | None = None
) -> MacroPlan:
    """Return the macro-plan by the clock of a zone, else the migration's. Raises `NotFound`, `Forbidden`."""
    row, iteration = await visible_iteration(connection, person, iteration_id)
    chapters = await load_chapters(connection, iteration_id)
    foreseen, _ = await load_foreseen(connection, iteration_id)
    window = await load_window(connection, iteration_id)
    baselines = (one.baseline for one in chapters if not one.dormant)
    return MacroPlan(
        f"{row.migration_key} · {row.migration_name}",
        iteration.name,
        f"{row.plan_name} {row.plan_number}",
        iteration.state.value.replace("_", " "),
        zone or iteration.zone,
        await newest_of_iteration(connection, iteration_id),
        await server_now(connection),
        Span(iteration.planned_start, iteration.planned_end),
        envelope(baselines),
        iteration.started_at,
        iteration.ended_at,
        window.start,
        window.end,
        tuple(_foretold(one, foreseen) for one in await _parts(connection, iteration, chapters)),
        foreseen.outlook if foreseen else None,
    )


def _foretold(part: Part, foreseen: Foreseen | None) -> Part:
    """A part with its forecast, as long as it is not over."""
    if foreseen is None or part.ended:
        return part
    found = (foreseen.chapters if part.level else foreseen.phases).get(part.code)
    return replace(part, forecast=found.span, delay=found.delay) if found else part


async def _parts(
    connection: AsyncConnection, iteration: Iteration, chapters: Sequence[Chapter]
) -> tuple[Part, ...]:
    of = {"iteration": iteration.id}
    slices = await slices_of(connection, iteration.id, None)
    marks: dict[UUID, list[Mark]] = {}
    for row in await connection.execute(_MARKS, of):
        marks.setdefault(row.chapter_id, []).append(_mark(row))
    parts: list[Part] = []
    for row in (await connection.execute(_PHASES, of)).all():
        inside = [_chapter(one, slices, marks.get(one.id, ())) for one in chapters if one.phase_id == row.id]
        known = [one for one in slices if one.phase_id == row.id]
        parts += [_phase(row, inside, known), *inside]
    return tuple(parts)


def _phase(row: Row[Any], inside: Sequence[Part], slices: Sequence[Slice]) -> Part:
    awake = [one for one in inside if one.total]
    begun = [one.begun for one in awake if one.begun]
    ended = [one.ended for one in awake if one.ended]
    over = bool(awake) and all(one.ended for one in awake)
    progress = progress_of(slices)
    return Part(
        0,
        row.code,
        row.name,
        not awake,
        state_of(progress.counts),
        progress.done_count,
        progress.total_count,
        envelope(one.planned for one in awake),
        envelope(one.baseline for one in awake),
        min(begun, default=None),
        max(ended) if over else None,
    )


def _chapter(one: Chapter, slices: Sequence[Slice], marks: Sequence[Mark]) -> Part:
    progress = progress_of([part for part in slices if part.chapter_id == one.id])
    return Part(
        1,
        one.code,
        one.name,
        one.dormant,
        state_of(progress.counts),
        progress.done_count,
        progress.total_count,
        one.planned,
        one.baseline,
        one.begun,
        one.ended,
        tuple(marks),
    )


def _mark(row: Row[Any]) -> Mark:
    if row.point_of_no_return:
        gone = row.state in GONE
        return Mark(MarkKind.NO_RETURN, row.code, row.name, row.planned_start, row.begun_at, gone)
    reached = row.ended_at if row.state == "complete" else None
    return Mark(MarkKind(row.behaviour), row.code, row.name, row.planned_end, reached, row.state in GONE)


async def team_calendar(
    connection: AsyncConnection,
    person: Person,
    iteration_id: UUID,
    team: str | None = None,
    zone: str | None = None,
) -> Calendar:
    """Return the steps of a team (by its code), or of all, as appointments. Raises `NotFound`, `Forbidden`.

    Words tell times by the clock of `zone`, else the migration's.
    """
    row, iteration = await visible_iteration(connection, person, iteration_id)
    found = None
    if team is not None:
        asked = {"migration": iteration.migration_id, "code": team}
        found = (await connection.execute(_TEAM, asked)).one_or_none()
        if found is None:
            raise NotFound(
                f"There is no team {team[:60]} in this migration.", hint="Teams are listed by code."
            )
    name = f"{row.migration_key} {iteration.name}" + (f" · {found.name}" if found else "")
    steps = await connection.execute(_STEPS, {"iteration": iteration_id, "team": found.id if found else None})
    seq = await newest_of_iteration(connection, iteration_id)
    foreseen, renewed = await load_foreseen(connection, iteration_id)
    made = await server_now(connection)
    return Calendar(
        name,
        zone or iteration.zone,
        seq,
        seq + renewed,  # both only grow, and either alone may move a step
        made,
        foreseen.outlook.made if foreseen else None,
        tuple(_appointment(step, foreseen, made) for step in steps),
    )


def _appointment(row: Row[Any], foreseen: Foreseen | None, made: datetime) -> Appointment:
    planned = Span(row.planned_start, row.planned_end)
    forecast = foreseen.steps.get(row.code) if foreseen and row.state not in OVER else None
    return Appointment(
        row.id,
        f"{row.code} {row.name}",
        _when(row, planned, forecast, made),
        planned,
        forecast,
        row.state,
        row.team,
        f"{row.chapter_code} {row.chapter}",
    )


def _when(row: Row[Any], planned: Span, forecast: Span | None, made: datetime) -> Span:
    """As it was, as far as it was; then as it is forecast, else as planned."""
    if row.state in GONE or (row.begun_at is None and forecast is None):
        return planned
    start = row.begun_at or (forecast or planned).start
    if row.state in OVER:
        return Span(start, max(start, row.ended_at or start))
    return Span(start, forecast.end if forecast else max(made, start + (planned.end - planned.start)))
