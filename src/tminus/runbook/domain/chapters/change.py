"""What the buttons of a planner do to a schedule: what is typed of it afterwards, and from when on it is planned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.runbook.domain.chapters.schedule import Chapter, Schedule, Seen, Typed, moved_along
from tminus.runbook.domain.chapters.words import day_time, length


@dataclass(frozen=True, slots=True)
class TypedChapter:
    """What somebody types of a chapter: both None = derived again; without an end, that one is derived.

    `seen` = what they saw of it; None = they do not say, and write over whatever is there.
    """

    code: str
    start: datetime | None = None
    end: datetime | None = None
    seen: Seen | None = None


def with_typed(schedule: Schedule, chapters: Iterable[TypedChapter]) -> dict[UUID, Typed]:
    """Return what is typed after these; others stay as they are.

    Raises `Invalid`: an unknown chapter, one twice, an end without a start or before it, a start before the
    iteration's, a rollback chapter without an end; and `Refused` (`out_of_scope`).
    """
    by_code = {one.code: one for one in schedule.chapters}
    typed, seen = schedule.typed, set[str]()
    for one in chapters:
        chapter = _known(by_code, one.code)
        if one.code in seen:
            raise Invalid(f"{one.code} is named twice. Nothing was changed.", hint="Name each chapter once.")
        seen.add(one.code)
        if one.start is None:
            _no_end(one)
            typed.pop(chapter.id, None)
        else:
            typed[chapter.id] = _checked(schedule, chapter, one.start, one.end)
    return typed


def shifted(
    schedule: Schedule, minutes: int, codes: Collection[str] | None, *, live: bool
) -> tuple[datetime, dict[UUID, Typed]]:
    """Return from when on, and with which times typed, after a shift of some chapters, or of all (None).

    All of an iteration that has not begun move with its start, and what is derived stays derived. Else each chapter
    that is moved becomes typed. Chapters that have begun stay: one that is named is refused (`chapter_begun`).
    Raises `Invalid` for an unknown chapter, or a start before the iteration's.
    """
    by = timedelta(minutes=minutes)
    if codes is None and not live:
        return schedule.start + by, moved_along(schedule.typed, by)
    chosen = _chosen(schedule, codes)
    typed = schedule.typed
    for one in chosen:
        if one.planned is None:
            continue
        end = one.planned.end + by if one.end_typed else None
        typed[one.id] = _checked(schedule, one, one.planned.start + by, end)
    return schedule.start, typed


def check_start(schedule: Schedule, start: datetime, now: datetime) -> None:
    """Raise `Refused` (`start_in_past`) where an iteration that has not begun would be moved to before now.

    For a night that has not begun, a start that is over already is a slip of the hand, never a plan.
    """
    if start == schedule.start or start >= now:
        return
    ago = length(round((now - start).total_seconds()))
    raise Refused(
        f"{schedule.iteration} would start at {day_time(start, schedule.zone, now)}, {ago} ago, and it has not begun. "
        "Nothing was changed.",
        code="start_in_past",
        hint=_room(schedule, now),
    )


def _room(schedule: Schedule, now: datetime) -> str:
    """Say how far a start can be moved and is not over already."""
    minutes = (schedule.start - now) // timedelta(minutes=1)
    planned = f"It is planned to start at {day_time(schedule.start, schedule.zone, now)}"
    if minutes < 0:
        return f"{planned}, which is over: shift it by {-minutes} min or more."
    if minutes == 0:
        return "It is planned to start now: it can only go later."
    return f"{planned}: it can go earlier by {minutes} min at the most."


def _chosen(schedule: Schedule, codes: Collection[str] | None) -> list[Chapter]:
    if codes is None:
        chosen = [one for one in schedule.chapters if not one.touched and not one.dormant and one.steps]
    else:
        by_code = {one.code: one for one in schedule.chapters}
        chosen = [_known(by_code, code) for code in codes]
    begun = [one.code for one in chosen if one.touched]
    if begun:
        raise Refused(
            f"{', '.join(begun)} {'has' if len(begun) == 1 else 'have'} begun: what has begun is not moved. Nothing "
            "was changed.",
            code="chapter_begun",
            hint="Shift the chapters that have not begun.",
        )
    if not chosen:
        raise Refused(
            f"No chapter of {schedule.iteration} is left to shift: all have begun. Nothing was changed.",
            code="nothing_to_shift",
        )
    return chosen


def _known(by_code: Mapping[str, Chapter], code: str) -> Chapter:
    chapter = by_code.get(code)
    if chapter is None:
        raise Invalid(
            f"There is no chapter {code[:60]} in this iteration. Nothing was changed.",
            hint="The schedule lists its chapters by code.",
        )
    return chapter


def _no_end(one: TypedChapter) -> None:
    if one.end is not None:
        raise Invalid(
            f"{one.code} has an end and no start. Nothing was changed.",
            hint="Say when it starts, or leave both out to have it derived from its steps.",
        )


def _checked(schedule: Schedule, chapter: Chapter, start: datetime, end: datetime | None) -> Typed:
    if not chapter.steps:
        raise Refused(
            f"No step of {chapter.code} is part of {schedule.iteration}: there is nothing to plan. Nothing was "
            "changed.",
            code="out_of_scope",
        )
    if end is not None and end < start:
        raise Invalid(
            f"{chapter.code} would end at {day_time(end, schedule.zone)}, before it starts at "
            f"{day_time(start, schedule.zone)}. Nothing was changed.",
            hint="Say a later end, or none.",
        )
    if chapter.dormant and end is None:
        raise Invalid(
            f"{chapter.code} is a rollback chapter that sleeps: its end cannot be derived from steps that have no "
            "times. Nothing was changed.",
            hint="Say its end too.",
        )
    if start < schedule.start:
        raise Invalid(
            f"{chapter.code} would start at {day_time(start, schedule.zone)}, before {schedule.iteration} does at "
            f"{day_time(schedule.start, schedule.zone)}. Nothing was changed.",
            hint="Shift the whole schedule to an earlier start.",
        )
    return Typed(start, end)
