"""Changing an iteration's schedule: chapters typed, shifted, fitted, derived again; a baseline frozen anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from tminus.kernel.errors import Invalid
from tminus.kernel.instants import instant
from tminus.people.commands.migration_status import check_goes_on
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.chapter_planning import plan_from
from tminus.runbook.commands.place import seen_migration
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.chapters.change import TypedChapter, check_start, shifted, with_typed
from tminus.runbook.domain.chapters.fit import fitted
from tminus.runbook.domain.chapters.longest import longest_way
from tminus.runbook.domain.chapters.may import ScheduleAct, check
from tminus.runbook.domain.chapters.minimum import minima
from tminus.runbook.domain.chapters.schedule import Chapter, Schedule, Span, Typed
from tminus.runbook.domain.chapters.seen import check_seen, check_version
from tminus.runbook.domain.iteration import Iteration, check_unchanged
from tminus.runbook.domain.state import RUNNING
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import iterations
from tminus.runbook.store.chapter_schedules import freeze_chapters, last_changes, load_schedule


@dataclass(frozen=True, slots=True)
class ScheduleCommand:
    """A change of an iteration's schedule, at the version it was seen (None = whatever it is).

    `chapters` = what is typed; `minutes` and `codes` = by how much which chapters are shifted (None = all);
    `reason` = why the baseline is frozen anew.
    """

    iteration_id: UUID
    act: ScheduleAct
    version: int | None = None
    chapters: tuple[TypedChapter, ...] = ()
    minutes: int = 0
    codes: tuple[str, ...] | None = None
    reason: str = ""


class _New(NamedTuple):
    """From when on, with which times typed, and how the log says it after the person's name."""

    start: datetime
    typed: dict[UUID, Typed]
    did: str


async def change_schedule(services: Services, caller: Caller, command: ScheduleCommand) -> None:
    """Change the schedule in one transaction: chapters, the planned times of their steps, and the fact.

    Each chapter that is typed may say what was seen of it; it is refused where that is no longer so.
    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` (`iteration_changed`, `chapter_changed`, `schedule_closed`,
    `chapter_begun`, `start_in_past`, `no_window`, `longer_than_window`…) and `Unavailable`; after any of them nothing
    changed. What changes nothing writes nothing.
    """
    migration_id = await seen_migration(services, caller.person, command.iteration_id)
    require(caller.person, Right.SCHEDULE, migration_id)
    actor = caller.actor(Right.SCHEDULE, migration_id)
    async with unit_of_work(services.database, migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        changes = await last_changes(tx.connection, iteration.id)
        check_version(iteration.name, iteration.version, command.version, changes, iteration.zone)
        check_unchanged(iteration, command.version)
        check(iteration, command.act)
        await check_goes_on(tx, f"Changing the schedule of {iteration.name}")
        schedule = await load_schedule(tx.connection, iteration)
        check_seen(schedule, command.chapters, changes, tx.now)
        if command.act is ScheduleAct.REBASELINE:
            await _rebaseline(tx, iteration, schedule, command)
        else:
            await _replan(tx, iteration, schedule, _DECIDE[command.act](schedule, iteration, command))


def _type(schedule: Schedule, iteration: Iteration, command: ScheduleCommand) -> _New:
    if not command.chapters:
        raise Invalid("No chapter is named. Nothing was changed.", hint="Name the chapters with their times.")
    codes = ", ".join(one.code for one in command.chapters[:3])
    more = f" and {len(command.chapters) - 3} more" if len(command.chapters) > 3 else ""
    return _New(schedule.start, with_typed(schedule, command.chapters), f"set the times of {codes}{more} in")


def _shift(schedule: Schedule, iteration: Iteration, command: ScheduleCommand) -> _New:
    if not command.minutes:
        raise Invalid("A shift by 0 minutes changes nothing.", hint="Say by how many minutes.")
    live = iteration.state in RUNNING
    start, typed = shifted(schedule, command.minutes, command.codes, live=live)
    what = f"{', '.join(command.codes)} in" if command.codes else "the schedule of"
    return _New(start, typed, f"shifted by {command.minutes:+d} min {what}".replace("-", "−", 1))


def _fit(schedule: Schedule, iteration: Iteration, command: ScheduleCommand) -> _New:
    least = minima(schedule.steps, schedule.links)
    return _New(*fitted(schedule, least, longest_way(schedule)), "fitted into the window the schedule of")


def _derive(schedule: Schedule, iteration: Iteration, command: ScheduleCommand) -> _New:
    return _New(schedule.start, {}, "derived from the steps the schedule of")


_DECIDE: dict[ScheduleAct, Callable[[Schedule, Iteration, ScheduleCommand], _New]] = {
    ScheduleAct.TYPE: _type,
    ScheduleAct.SHIFT: _shift,
    ScheduleAct.FIT: _fit,
    ScheduleAct.DERIVE: _derive,
}


async def _replan(tx: Transaction, iteration: Iteration, schedule: Schedule, new: _New) -> None:
    if (new.start, new.typed) == (schedule.start, schedule.typed):
        return
    if iteration.state not in RUNNING:
        check_start(schedule, new.start, tx.now)
    end, chapters = await plan_from(tx, iteration, schedule, new.start, new.typed)
    await iterations.update_iteration(tx.connection, iteration.id, {})
    before = _shown(iteration, Span(schedule.start, schedule.end), schedule.chapters)
    after = _shown(iteration, Span(new.start, end), chapters)
    changed = {
        code: times for code, times in after["chapters"].items() if before["chapters"].get(code) != times
    }
    was = {code: before["chapters"].get(code) for code in changed}
    tx.record(
        iteration_fact(
            "iteration.schedule_changed",
            f"{tx.actor.name} {new.did} {iteration.name}",
            iteration.id,
            before | {"chapters": was},
            after | {"version": iteration.version + 1, "chapters": changed},
            reload=True,  # the planned times of many rows may have changed
        )
    )


async def _rebaseline(
    tx: Transaction, iteration: Iteration, schedule: Schedule, command: ScheduleCommand
) -> None:
    reason = command.reason.strip()
    if not reason:
        raise Invalid(
            "To freeze the baseline anew takes a reason. Nothing was changed.",
            hint="Say why in a sentence: delays are measured against the new one from then on.",
        )
    await iterations.freeze_baseline(tx.connection, iteration.id)
    await freeze_chapters(tx.connection, iteration.id)
    await iterations.update_iteration(tx.connection, iteration.id, {})
    old = {one.code: _span(one.baseline) for one in schedule.chapters if one.baseline}
    new = {one.code: _span(one.planned) for one in schedule.chapters if one.planned}
    tx.record(
        iteration_fact(
            "iteration.rebaselined",
            f"{tx.actor.name} froze the baseline of {iteration.name} anew: {reason}",
            iteration.id,
            {"version": iteration.version, "baseline": old},
            {"version": iteration.version + 1, "baseline": new},
            reason=reason,
            reload=True,
        )
    )


def _shown(iteration: Iteration, span: Span, chapters: Sequence[Chapter]) -> dict[str, Any]:
    return {
        "version": iteration.version,
        "plannedStart": instant(span.start),
        "plannedEnd": instant(span.end),
        "chapters": {
            one.code: {**(_span(one.planned) or {}), "typed": one.typed, "endTyped": one.end_typed}
            for one in chapters
        },
    }


def _span(span: Span | None) -> dict[str, str] | None:
    return {"start": instant(span.start), "end": instant(span.end)} if span else None
