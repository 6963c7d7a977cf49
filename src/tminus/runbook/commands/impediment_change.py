"""Changing, resolving and reopening an impediment."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Invalid, NotFound
from tminus.kernel.instants import wall_time
from tminus.people.domain.rights import Right, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.impediment_open import known_owner
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.comment import check_not_closed
from tminus.runbook.domain.impediment import (
    Impediment,
    ImpedimentSeverity,
    ImpedimentState,
    check_seen,
    differences,
    impediment_fact,
    keeper,
)
from tminus.runbook.store import impediments

CHANGEABLE = frozenset({"title", "detail", "severity", "owner_id", "expected_at"})


@dataclass(frozen=True, slots=True)
class ChangeImpediment:
    """Members to be written (of `CHANGEABLE`) into one as it was seen (None = whatever it is)."""

    impediment_id: UUID
    values: Mapping[str, Any] = field(default_factory=dict)
    version: int | None = None


@dataclass(frozen=True, slots=True)
class MoveImpediment:
    """One to be resolved or reopened as it was seen; `words` = how it was resolved, or why it is open again."""

    impediment_id: UUID
    words: str
    version: int | None = None


async def change_impediment(database: Database, caller: Caller, command: ChangeImpediment) -> None:
    """Write other members. The same again write nothing.

    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` (`impediment_changed`, `impediment_resolved`,
    `iteration_closed`) and `Unavailable`.
    """
    wanted = {name: value for name, value in command.values.items() if name in CHANGEABLE}
    missing = [name for name in ("title", "detail", "severity") if name in wanted and wanted[name] is None]
    if missing:
        raise Invalid(f"An impediment has a {missing[0]}. Nothing was changed.", field=missing[0])
    seen = await _known(database, caller, command.impediment_id)
    if "owner_id" in wanted:
        async with database.read() as connection:
            wanted["owner_name"] = await known_owner(connection, seen.migration_id, wanted["owner_id"])
    async with _at(database, caller, seen, command.version, ImpedimentState.OPEN) as (tx, now):
        before, after = differences(now, replace(now, **wanted))
        if after:
            await impediments.update_impediment(tx.connection, now.id, wanted)
            sentence = f"{tx.actor.name} changed {_which(now)}{_severer(now, wanted)}"
            tx.record(impediment_fact("impediment.changed", sentence, now, before, after))


async def resolve_impediment(database: Database, caller: Caller, command: MoveImpediment) -> None:
    """Say that it no longer stands in the way, and how. Raises as `change_impediment` does."""
    seen = await _known(database, caller, command.impediment_id)
    async with _at(database, caller, seen, command.version, ImpedimentState.OPEN) as (tx, now):
        values = {
            "state": ImpedimentState.RESOLVED,
            "resolved_by": tx.actor.name,
            "resolved_at": tx.now,
            "resolution": command.words,
        }
        await _move(tx, now, values, "impediment.resolved", f"resolved {_which(now)}: {command.words}")


async def reopen_impediment(database: Database, caller: Caller, command: MoveImpediment) -> None:
    """Say that it stands in the way again, and why; the log keeps how it had been resolved.

    Raises as `change_impediment` does, with `impediment_open` for one that is open.
    """
    seen = await _known(database, caller, command.impediment_id)
    async with _at(database, caller, seen, command.version, ImpedimentState.RESOLVED) as (tx, now):
        values = {
            "state": ImpedimentState.OPEN,
            "resolved_by": None,
            "resolved_at": None,
            "resolution": None,
        }
        sentence = f"reopened {_which(now)}: {command.words}"
        await _move(tx, now, values, "impediment.reopened", sentence, reason=command.words)


async def _move(
    tx: Transaction, now: Impediment, values: Mapping[str, Any], type_: str, sentence: str, **more: Any
) -> None:
    before, after = differences(now, replace(now, **values))
    await impediments.update_impediment(tx.connection, now.id, values)
    tx.record(impediment_fact(type_, f"{tx.actor.name} {sentence}", now, before, after, **more))


def _which(one: Impediment) -> str:
    place = f" on {one.step_code}" if one.step_code else ""
    return f"impediment {one.number}{place} “{one.title}”"


def _severer(now: Impediment, wanted: Mapping[str, Any]) -> str:
    severity = ImpedimentSeverity(wanted.get("severity", now.severity))
    return f": {severity.value} instead of {now.severity.value}" if severity is not now.severity else ""


async def _known(database: Database, caller: Caller, key: UUID) -> Impediment:
    async with database.read() as connection:
        found = await impediments.find_impediment(connection, key)
    if found is None:
        raise NotFound("There is no such impediment. Nothing was changed.", hint="Reload the list.")
    require(caller.person, Right.SEE, found.migration_id)
    keeper(caller.person, found.migration_id, (found.step_id, found.team_id))
    return found


@asynccontextmanager
async def _at(
    database: Database, caller: Caller, seen: Impediment, version: int | None, wanted: ImpedimentState
) -> AsyncIterator[tuple[Transaction, Impediment]]:
    """Yield it under the lock, if it is as it was seen and in the state that is wanted."""
    actor = keeper(caller.person, seen.migration_id, (seen.step_id, seen.team_id))
    async with unit_of_work(database, seen.migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, seen.iteration_id)
        check_not_closed(iteration)
        now = await impediments.find_impediment(tx.connection, seen.id)
        assert now is not None  # noqa: S101 - none is ever removed
        since = f" since {wall_time(now.resolved_at, iteration.zone)}" if now.resolved_at else ""
        check_seen(now, version, wanted, since)
        yield tx, now
