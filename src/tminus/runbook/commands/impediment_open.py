"""Opening an impediment: something stands in the way of a step, or of the whole iteration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import Invalid
from tminus.kernel.ids import new_id
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.place import seen_place
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.comment import check_not_closed
from tminus.runbook.domain.impediment import (
    Impediment,
    ImpedimentSeverity,
    ImpedimentState,
    impediment_fact,
    keeper,
    shown,
)
from tminus.runbook.store import impediments
from tminus.runbook.store.places import Place


@dataclass(frozen=True, slots=True)
class OpenImpediment:
    """What stands in the way, how bad it is, who sees to it, and when it should be out of the way."""

    iteration_id: UUID
    title: str
    severity: ImpedimentSeverity
    detail: str = ""
    step_code: str | None = None
    owner_id: UUID | None = None
    expected_at: datetime | None = None


async def open_impediment(database: Database, caller: Caller, command: OpenImpediment) -> UUID:
    """Open it and return its key.

    Raises `NotFound`, `Forbidden` (neither of the step's team nor a pilot; of an iteration, nor a data lead),
    `Invalid` (an owner who is not of the migration), `Refused` (`iteration_closed`) and `Unavailable`.
    """
    async with database.read() as connection:
        place = await seen_place(connection, caller, command.iteration_id, command.step_code)
        actor = keeper(caller.person, place.migration_id, (place.step_id, place.team_id))
        owner = await known_owner(connection, place.migration_id, command.owner_id)
    async with unit_of_work(database, place.migration_id, actor, caller.key) as tx:
        check_not_closed(await load_iteration(tx, place.iteration_id))
        number = await impediments.next_number(tx.connection, place.iteration_id)
        opened = replace(_opened(tx, place, command, owner), number=number)
        await impediments.insert_impediment(tx.connection, _row(opened))
        sentence = f"{tx.actor.name} opened impediment {number} on {place.words}: {opened.title}"
        words = f"{sentence} ({opened.severity.value})"
        tx.record(impediment_fact("impediment.opened", words, opened, {}, shown(opened)))
    return opened.id


async def known_owner(connection: AsyncConnection, migration_id: UUID, user_id: UUID | None) -> str | None:
    """Return the owner's name, or raise `Invalid` for somebody who is not of the migration."""
    if user_id is None:
        return None
    name = await impediments.owner_name(connection, migration_id, user_id)
    if name is None:
        raise Invalid(
            "The owner is nobody with a role or a team in this migration. Nothing was written.",
            hint="Choose somebody from the list, or leave it open who sees to it.",
            field="ownerId",
        )
    return name


def _opened(tx: Transaction, place: Place, command: OpenImpediment, owner: str | None) -> Impediment:
    return Impediment(
        id=new_id(),
        migration_id=place.migration_id,
        iteration_id=place.iteration_id,
        number=0,
        step_id=place.step_id,
        step_code=place.step_code,
        team_id=place.team_id,
        title=command.title,
        detail=command.detail,
        severity=command.severity,
        owner_id=command.owner_id,
        owner_name=owner,
        expected_at=command.expected_at,
        state=ImpedimentState.OPEN,
        opened_by=tx.actor.name,
        opened_at=tx.now,
        resolved_by=None,
        resolved_at=None,
        resolution=None,
        version=1,
    )


def _row(one: Impediment) -> Mapping[str, Any]:
    kept = {"id", "migration_id", "iteration_id", "number", "step_id", "title", "detail", "severity"}
    kept |= {"owner_id", "owner_name", "expected_at", "opened_by", "opened_at"}
    return {name: getattr(one, name) for name in kept}
