"""What somebody saw of a schedule before they changed it, and the refusal where that is no longer so."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tminus.kernel.errors import Refused
from tminus.kernel.instants import wall_time_by_day
from tminus.runbook.domain.chapters.change import TypedChapter
from tminus.runbook.domain.chapters.schedule import Chapter, Schedule, Seen, Typed


@dataclass(frozen=True, slots=True)
class LastChange:
    """Who changed a schedule last, when, how the log says it, and to which version of the iteration (if it says).

    `chapter` = the code of the chapter it changed; None = whichever there are: all of it was planned anew.
    """

    chapter: str | None
    by: str
    at: datetime
    sentence: str
    version: int | None


def check_seen(
    schedule: Schedule, chapters: Iterable[TypedChapter], changes: Sequence[LastChange], now: datetime
) -> None:
    """Raise `Refused` (`chapter_changed`) where a chapter is no longer as it was seen.

    Who typed the very times that are there by now is not refused; what names nothing that was seen is not asked.
    """
    by_code = {one.code: one for one in schedule.chapters}
    moved = [
        (known, one.seen)
        for one in chapters
        if one.seen is not None
        and (known := by_code.get(one.code)) is not None
        and known.as_seen != one.seen
        and known.as_typed != (Typed(one.start, one.end) if one.start else None)
    ]
    if moved:
        raise _refusal(schedule, moved, by_chapter(changes), now)


def by_chapter(changes: Sequence[LastChange]) -> Mapping[str | None, LastChange]:
    """Return the newest change of each chapter; under None what planned all of it anew."""
    return {one.chapter: one for one in sorted(changes, key=lambda each: each.at)}


def _refusal(
    schedule: Schedule,
    moved: Sequence[tuple[Chapter, Seen]],
    changes: Mapping[str | None, LastChange],
    now: datetime,
) -> Refused:
    said = [_said(schedule, chapter, seen, changes, now) for chapter, seen in moved]
    more = f" And {len(said) - 3} more." if len(said) > 3 else ""
    return Refused(
        f"{' '.join(said[:3])}{more} Nothing was changed.",
        code="chapter_changed",
        hint="Take their times, or save yours over them.",
        chapters=[chapter.code for chapter, _ in moved],
    )


def _said(
    schedule: Schedule,
    chapter: Chapter,
    seen: Seen,
    changes: Mapping[str | None, LastChange],
    now: datetime,
) -> str:
    whom = [one for one in (changes.get(chapter.code), changes.get(None)) if one]
    last = max(whom, key=lambda one: one.at, default=None)
    who = f" {last.by} changed it at {wall_time_by_day(last.at, schedule.zone, now)};" if last else ""
    here, was = (_times(one, schedule.zone, now) for one in (chapter.as_seen, seen))
    return f"{chapter.code} is no longer as you saw it:{who} it is {here} now, you saw {was}."


def _times(seen: Seen, zone: str, now: datetime) -> str:
    if seen.start is None:
        return "without times"
    end = f" to {wall_time_by_day(seen.end, zone, now)}" if seen.end else ""
    start = wall_time_by_day(seen.start, zone, now)
    return f"{start}{end}" if seen.typed else f"{start} (derived)"


def check_version(
    name: str, now_at: int, version: int | None, changes: Sequence[LastChange], zone: str
) -> None:
    """Raise `Refused` (`iteration_changed`) that names who changed the schedule since `version`, where it is known."""
    if version is None or version == now_at:
        return
    later = [one for one in changes if one.version is not None and one.version > version]
    if later:
        last = max(later, key=lambda one: one.at)
        raise Refused(
            f"{last.sentence} at {wall_time_by_day(last.at, zone, last.at)}, after you looked. Nothing was changed.",
            code="iteration_changed",
            hint=f"Look at {name} as it is now, then decide again.",
            version=now_at,
        )
