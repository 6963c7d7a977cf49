"""Where an import goes: which migration and which plan, as what it says and who asks decide it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, require
from tminus.runbook.commands.plan_target import Place, find_place
from tminus.runbook.domain.plan import MigrationRef
from tminus.runbook.store.plans import MigrationRow


@dataclass(frozen=True, slots=True)
class Said:
    """What the files themselves say of where they belong."""

    plan: str
    migration: MigrationRef | None = None


async def place_of(connection: AsyncConnection, person: Person, batch: Row[Any], said: Said) -> Place:
    """Return where a batch goes. Raises `Unclear`, and `Forbidden` where the person may not."""
    key = str(batch.migration_id) if batch.migration_id else batch.wanted_migration
    place = await find_place(connection, person, said.plan, said.migration, key)
    require_place(person, place)
    return place


def wanted_of(existing: MigrationRow | None, wanted: MigrationRef) -> dict[str, str] | None:
    """Return the migration that is to be made, as it is kept with the batch; None where it is there."""
    return None if existing else asdict(wanted)


def wanted_from(batch: Row[Any]) -> MigrationRef | None:
    """Return the migration that a batch's commit is to make."""
    return MigrationRef(**batch.wanted) if batch.wanted else None


def require_place(person: Person, place: Place) -> None:
    """Raise `Forbidden` unless the person may write plans there, or make the migration."""
    if place.existing:
        require(person, Right.PLANS, place.existing.id)
    else:
        require(person, Right.ADMINISTER, None)


def require_batch(person: Person, batch: Row[Any] | None) -> Row[Any]:
    """Return the batch, if the person may see it: its own, or one of a migration whose plans one writes.

    Raises `NotFound` and `Forbidden`.
    """
    if batch is None:
        raise NotFound("There is no such import.", hint="Import the file again.")
    if batch.migration_id:
        require(person, Right.PLANS, batch.migration_id)
    elif batch.created_by != person.id:
        require(person, Right.ADMINISTER, None)
    return batch
