"""SQL of chapter schedules: read an iteration's, write what was typed and what follows from it, freeze baselines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ARRAY, Boolean, DateTime, Row, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.chapters.schedule import Chapter, Schedule, Span
from tminus.runbook.domain.chapters.seen import LastChange
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.store.iterations import load_frozen_network
from tminus.runbook.store.terms import spans_of

_CHAPTERS = text(
    """
    SELECT c.id, c.code, c.name, c.macro_phase_id, coalesce(n.dormant, c.rollback) AS dormant,
           coalesce(n.steps, 0) AS steps, s.planned_start, s.planned_end, coalesce(s.typed, false) AS typed,
           coalesce(s.end_typed, false) AS end_typed, s.baseline_start, s.baseline_end, n.begun,
           CASE WHEN n.open = 0 THEN n.ended END AS ended, coalesce(n.touched, false) AS touched,
           n.first_start, n.last_end
    FROM iteration_chapters AS c JOIN iteration_macro_phases AS m ON m.id = c.macro_phase_id
    LEFT JOIN chapter_schedules AS s ON s.chapter_id = c.id
    LEFT JOIN (
        SELECT chapter_id, bool_and(dormant) AS dormant, count(*) AS steps, min(begun_at) AS begun,
               max(ended_at) AS ended, count(*) FILTER (WHERE state NOT IN ('complete','skipped','cancelled')) AS open,
               min(planned_start) AS first_start, max(planned_end) AS last_end,
               bool_or(begun_at IS NOT NULL OR state IN ('complete','skipped','cancelled')) AS touched
        FROM iteration_steps WHERE iteration_id = :iteration AND in_scope GROUP BY chapter_id
    ) AS n ON n.chapter_id = c.id
    WHERE c.iteration_id = :iteration ORDER BY m.position, c.position
    """
)
_CODES = text(
    """
    SELECT id, code FROM iteration_steps WHERE iteration_id = :iteration
    UNION ALL SELECT id, code FROM iteration_chapters WHERE iteration_id = :iteration
    UNION ALL SELECT id, code FROM iteration_macro_phases WHERE iteration_id = :iteration
    """
)
_KEPT = text(
    """
    SELECT id, planned_start, planned_end FROM iteration_steps
    WHERE iteration_id = :iteration AND planned_start IS NOT NULL
      AND (begun_at IS NOT NULL OR state IN ('complete','skipped','cancelled'))
    """
)
_WINDOW = text("SELECT window_start, window_end, blackouts FROM iterations WHERE id = :iteration")
# What plans all of an iteration anew names no chapters: its screens are told to load everything again.
_LAST = text(
    """
    SELECT DISTINCT ON (k.code) k.code, e.actor, e.at, e.detail ->> 'sentence' AS sentence,
           CAST(e.detail -> 'after' ->> 'version' AS integer) AS version
    FROM event_log AS e LEFT JOIN LATERAL jsonb_object_keys(
        CASE WHEN e.type = 'iteration.schedule_changed' THEN e.detail -> 'after' -> 'chapters' END
    ) AS k (code) ON true
    WHERE e.iteration_id = :iteration AND e.type LIKE 'iteration.%' AND e.type <> 'iteration.rebaselined'
      AND CAST(e.detail ->> 'reload' AS boolean) ORDER BY k.code, e.seq DESC
    """
)
_WRITE = text(
    """
    WITH given AS (
        SELECT * FROM unnest(:ids, :starts, :ends, :typed, :end_typed)
            AS g (id, planned_start, planned_end, typed, end_typed)
    ), gone AS (
        DELETE FROM chapter_schedules WHERE iteration_id = :iteration AND chapter_id NOT IN (SELECT id FROM given)
    )
    INSERT INTO chapter_schedules AS s (chapter_id, iteration_id, planned_start, planned_end, typed, end_typed)
    SELECT id, :iteration, planned_start, planned_end, typed, end_typed FROM given
    ON CONFLICT (chapter_id) DO UPDATE
    SET planned_start = excluded.planned_start, planned_end = excluded.planned_end, typed = excluded.typed,
        end_typed = excluded.end_typed
    """
).bindparams(
    *(
        bindparam(name, type_=ARRAY(type_))
        for name, type_ in (
            ("ids", Uuid()),
            ("starts", DateTime(timezone=True)),
            ("ends", DateTime(timezone=True)),
            ("typed", Boolean()),
            ("end_typed", Boolean()),
        )
    )
)
_FREEZE = text(
    """
    UPDATE chapter_schedules SET baseline_start = planned_start, baseline_end = planned_end
    WHERE iteration_id = :iteration
    """
)


class Window(NamedTuple):
    """When the change window opens and ends (None = not said), and its blackouts, from when until when."""

    start: datetime | None
    end: datetime | None
    blackouts: tuple[tuple[datetime, datetime], ...] = ()


async def load_schedule(connection: AsyncConnection, iteration: Iteration) -> Schedule:
    """Return an iteration's schedule as it is planned now."""
    of = {"iteration": iteration.id}
    chapters = await load_chapters(connection, iteration.id)
    steps, links = await load_frozen_network(connection, iteration.id)
    codes = {row.id: row.code for row in await connection.execute(_CODES, of)}
    kept = {row.id: Span(row.planned_start, row.planned_end) for row in await connection.execute(_KEPT, of)}
    window = await load_window(connection, iteration.id)
    return Schedule(
        iteration.name,
        iteration.zone,
        iteration.planned_start,
        iteration.planned_end,
        window.start,
        window.end,
        chapters,
        tuple(steps),
        tuple(links),
        codes,
        kept,
        window.blackouts,
    )


async def last_changes(connection: AsyncConnection, iteration_id: UUID) -> list[LastChange]:
    """Return who changed each chapter's times last, and (`chapter` None) who had all of them planned anew."""
    found = await connection.execute(_LAST, {"iteration": iteration_id})
    return [LastChange(row.code, row.actor, row.at, row.sentence, row.version) for row in found]


async def load_chapters(connection: AsyncConnection, iteration_id: UUID) -> tuple[Chapter, ...]:
    """Return an iteration's chapters with their times, top to bottom."""
    found = await connection.execute(_CHAPTERS, {"iteration": iteration_id})
    return tuple(_chapter(row) for row in found)


async def load_window(connection: AsyncConnection, iteration_id: UUID) -> Window:
    """Return when an iteration's window opens and ends."""
    row = (await connection.execute(_WINDOW, {"iteration": iteration_id})).one()
    return Window(row.window_start, row.window_end, spans_of(row.blackouts))


async def write_chapters(
    connection: AsyncConnection, iteration_id: UUID, chapters: Sequence[Chapter]
) -> None:
    """Write the planned times of an iteration's chapters; one without any has no row. Baselines stay."""
    known = [(one, one.planned) for one in chapters if one.planned]
    values: dict[str, Any] = {
        "iteration": iteration_id,
        "ids": [one.id for one, _ in known],
        "starts": [planned.start for _, planned in known],
        "ends": [planned.end for _, planned in known],
        "typed": [one.typed for one, _ in known],
        "end_typed": [one.end_typed for one, _ in known],
    }
    await connection.execute(_WRITE, values)


async def freeze_chapters(connection: AsyncConnection, iteration_id: UUID) -> None:
    """Make the planned times of chapters the promise that delays are measured against."""
    await connection.execute(_FREEZE, {"iteration": iteration_id})


def _chapter(row: Row[Any]) -> Chapter:
    return Chapter(
        row.id,
        row.code,
        row.name,
        row.macro_phase_id,
        row.dormant,
        row.steps,
        _span(row.planned_start, row.planned_end),
        row.typed,
        row.end_typed,
        _span(row.baseline_start, row.baseline_end),
        row.begun,
        row.ended,
        row.touched,
        _span(row.first_start, row.last_end),
    )


def _span(start: datetime | None, end: datetime | None) -> Span | None:
    return Span(start, end) if start and end else None
