"""Fitting a schedule into its window."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.runbook.domain.chapters.minimum import Minimum
from tminus.runbook.domain.chapters.schedule import Schedule, Span, Typed, moved_along, spans_of_chapters
from tminus.runbook.domain.chapters.words import day_time, length, way


def fitted(
    schedule: Schedule, minima: Mapping[UUID, Minimum], chain: tuple[str, ...]
) -> tuple[datetime, dict[UUID, Typed]]:
    """Return from when on, and with which times typed, the schedule fits between the window's start and its end.

    All of it is moved to the window's start. If it is then still too long, the room that typed times leave is taken
    away by the same share everywhere: each typed start goes from where it is towards the earliest it can be,
    `start = earliest + share · (typed - earliest)`, with the largest share by which the end fits. The planned times
    of a network are the least solution of linear inequalities, and those hold for everything between two schedules
    that keep them: so the links are kept on the way, and no chapter gets less than its steps take.
    Raises `Refused` (`no_window`, `longer_than_window`); `chain` = the critical path, for the sentence.
    """
    if schedule.window_end is None:
        raise Refused(
            f"{schedule.iteration} has no window to fit into: it is not said until when it must be over. Nothing was "
            "changed.",
            code="no_window",
            hint="Say when the window ends in the terms of the iteration.",
        )
    start, end = schedule.window_start or schedule.start, schedule.window_end
    least = schedule.times(start, {})
    if least.end > end:
        raise _too_long(schedule, start, least.end, chain)
    typed = {key: _long_enough(one, minima.get(key)) for key, one in schedule.typed.items()}
    typed = moved_along(typed, start - schedule.start)
    earliest = spans_of_chapters(schedule.steps, least.spans)
    known = {key: one for key, one in typed.items() if key in earliest}
    last = max([schedule.times(start, known).end, *(one.end for one in known.values() if one.end)])
    if last <= end:
        return start, typed
    share = (end - least.end) / (last - least.end)
    others = {key: one for key, one in typed.items() if key not in earliest}
    closer = {key: _between(earliest[key], one, share, minima.get(key)) for key, one in known.items()}
    ordered = _in_order(known, closer)
    return start, others | (ordered if _fits(schedule, start, ordered, end) else closer)


def _fits(schedule: Schedule, start: datetime, typed: Mapping[UUID, Typed], end: datetime) -> bool:
    return max([schedule.times(start, typed).end, *(one.end for one in typed.values() if one.end)]) <= end


def _in_order(before: Mapping[UUID, Typed], after: Mapping[UUID, Typed]) -> dict[UUID, Typed]:
    """Let no chapter begin before one that was typed to begin before it."""
    found: dict[UUID, Typed] = {}
    latest: datetime | None = None
    for key in sorted(before, key=lambda one: before[one].start):
        late = max((latest or after[key].start) - after[key].start, timedelta())
        found |= moved_along({key: after[key]}, late)
        latest = found[key].start
    return found


def _long_enough(typed: Typed, least: Minimum | None) -> Typed:
    if typed.end is None or least is None:
        return typed
    return Typed(typed.start, max(typed.end, typed.start + timedelta(seconds=least.seconds)))


def _between(earliest: Span, typed: Typed, share: float, least: Minimum | None) -> Typed:
    """Take what lies between the earliest and the typed times, down to whole minutes."""
    start = _down(earliest.start, typed.start, share)
    end = _down(earliest.end, typed.end, share) if typed.end else None
    return _long_enough(Typed(start, max(start, end) if end else None), least)


def _down(least: datetime, typed: datetime, share: float) -> datetime:
    minutes = (typed - least).total_seconds() * share // 60
    return least + timedelta(minutes=max(0, minutes))


def _too_long(schedule: Schedule, start: datetime, end: datetime, chain: tuple[str, ...]) -> Refused:
    window = schedule.window_end
    assert window is not None  # noqa: S101 - the caller looked
    takes, there = (length(round((one - start).total_seconds())) for one in (end, window))
    return Refused(
        f"{schedule.iteration} does not fit: its steps take {takes} from {day_time(start, schedule.zone)} on, and the "
        f"window is {there} long, until {day_time(window, schedule.zone)}. The longest way is {way(chain)}. Nothing "
        "was changed.",
        code="longer_than_window",
        hint="Shorten steps of that way, take some out of the iteration, or ask for a longer window.",
        path=list(chain[:100]),
    )
