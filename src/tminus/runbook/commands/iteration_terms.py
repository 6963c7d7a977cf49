"""Changing the terms of an iteration: its window, blackouts, how much data it moves, who decides to turn back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.chapter_planning import plan_from
from tminus.runbook.commands.place import seen_migration
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.iteration import Iteration, check_unchanged, moved_words
from tminus.runbook.domain.state import IterationState
from tminus.runbook.domain.terms import DECISION_SECONDS, OVER, TOLD_AFTERWARDS, Decider, Terms, settled
from tminus.runbook.events import iteration_fact
from tminus.runbook.store import decision_lookup, iterations
from tminus.runbook.store.chapter_schedules import load_schedule
from tminus.runbook.store.terms import columns_of, load_terms

DECIDERS = ("approver", "pilot")
"""The roles of which a decider has at least one."""
_PLAIN = ("window_start", "window_end", "data_volume")
_WORDS = {
    "windowStart": "the start of the window",
    "windowEnd": "the end of the window",
    "dataVolume": "the data volume",
    "decider": "the decider",
    "decisionSeconds": "the time for deciding",
    "blackouts": "the blackouts",
}


@dataclass(frozen=True, slots=True)
class ChangeTerms:
    """Terms to be written into an iteration as it was seen (None = whatever it is).

    `values` by name: `window_start`, `window_end`, `data_volume`, `decider_id`, `decision_seconds`, `blackouts`
    (a sequence of `Blackout`). What is absent stays; None clears it.
    """

    iteration_id: UUID
    values: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None


async def change_terms(services: Services, caller: Caller, command: ChangeTerms) -> None:
    """Write other terms; the same again write nothing.

    Once it is over, what was agreed on stays; how much data was moved is no agreement, and may be known only then.

    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` (`iteration_changed`, `iteration_over`) and `Unavailable`;
    after any of them nothing changed.
    """
    migration_id = await seen_migration(services, caller.person, command.iteration_id)
    require(caller.person, Right.ITERATIONS, migration_id, asked="Changing the terms of an iteration")
    actor = caller.actor(Right.ITERATIONS, migration_id)
    async with unit_of_work(services.database, migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        check_unchanged(iteration, command.version)
        told_afterwards = iteration.state in TOLD_AFTERWARDS and set(command.values) <= {"data_volume"}
        if not told_afterwards:
            _check_not_over(iteration)
        before = await load_terms(tx.connection, iteration.id)
        wanted = await _wanted(tx, iteration, before, command.values)
        after = wanted if told_afterwards else settled(wanted, iteration.planned_start, iteration.zone)
        if after != before:
            await iterations.update_iteration(tx.connection, iteration.id, columns_of(after))
            replanned = after.blackouts != before.blackouts and iteration.state in _NOT_BEGUN
            if replanned:
                schedule = await load_schedule(tx.connection, iteration)
                await plan_from(tx, iteration, schedule, iteration.planned_start, schedule.typed)
            _record(tx, iteration, before, after, replanned=replanned)


_NOT_BEGUN = frozenset({IterationState.PLANNING, IterationState.SCHEDULED})
"""States in which other blackouts plan the steps anew; a night under way keeps its plan: its forecast heeds them."""


def _check_not_over(iteration: Iteration) -> None:
    if iteration.state in OVER:
        raise Refused(
            f"{iteration.name} is {moved_words(iteration)}; what was agreed on for it stays. Nothing was changed.",
            code="iteration_over",
            hint="Set the terms of the next one. How much data was moved can still be said, by itself.",
        )


async def _wanted(tx: Transaction, iteration: Iteration, before: Terms, values: Mapping[str, Any]) -> Terms:
    changed: dict[str, Any] = {name: values[name] for name in _PLAIN if name in values}
    if "decider_id" in values:
        changed["decider"] = await _decider(tx, iteration, values["decider_id"])
    if "decision_seconds" in values:
        seconds = values["decision_seconds"]
        changed["decision_seconds"] = DECISION_SECONDS if seconds is None else seconds
    if "blackouts" in values:
        changed["blackouts"] = tuple(values["blackouts"] or ())
    return replace(before, **changed)


async def _decider(tx: Transaction, iteration: Iteration, user_id: UUID | None) -> Decider | None:
    if user_id is None:
        return None
    able = await decision_lookup.holders(tx.connection, iteration.migration_id, DECIDERS)
    named = next((Decider(key, name) for key, name, _ in able if key == user_id), None)
    if named is None:
        raise Invalid(
            "Whoever decides to turn back is an approver or a pilot of this migration, and who was named is neither."
            " Nothing was changed.",
            hint=f"Choose among {', '.join(name for _, name, _ in able)}; an admin gives roles.",
            field="deciderId",
        )
    return named


def _record(tx: Transaction, iteration: Iteration, before: Terms, after: Terms, *, replanned: bool) -> None:
    old, new = before.shown(), after.shown()
    changed = [name for name in new if old[name] != new[name]]
    named = [_WORDS[name] for name in changed]
    words = " and ".join([", ".join(named[:-1]), named[-1]] if len(named) > 1 else named)
    tx.record(
        iteration_fact(
            "iteration.terms_changed",
            f"{tx.actor.name} changed {words} of {iteration.name}",
            iteration.id,
            {name: old[name] for name in changed} | {"version": iteration.version},
            {name: new[name] for name in changed} | {"version": iteration.version + 1},
            **({"reload": True} if replanned else {}),  # every step may be planned at another time
        )
    )
