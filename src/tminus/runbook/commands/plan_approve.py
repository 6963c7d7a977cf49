"""Approving a draft: from then on it never changes, and iterations can be made from it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Forbidden, NotFound, Refused
from tminus.people.domain.rights import Person, Right, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plans
from tminus.runbook.store.plans import Version


@dataclass(frozen=True, slots=True)
class ApproveVersion:
    """A draft, at the version its approver has read (None = whatever it is)."""

    version_id: UUID
    version: int | None = None


async def approve_version(database: Database, caller: Caller, command: ApproveVersion) -> int:
    """Approve a draft that others wrote, and return the event's number.

    The version approved before is superseded. Raises `NotFound`, `Forbidden` (no pilot, or an author of it),
    `Refused` (no draft, or changed meanwhile).
    """
    async with database.read() as connection:
        seen = await plans.load_version(connection, command.version_id)
    if seen is None:
        raise NotFound("There is no such plan version.", hint="Choose one from the list of plans.")
    require(caller.person, Right.PLANS, seen.migration_id)
    async with unit_of_work(database, seen.migration_id, caller.person.actor, caller.key) as tx:
        version = await plans.load_version(tx.connection, command.version_id)
        if version is None:
            raise NotFound("This draft was withdrawn.", hint="Reload the list of plans.")
        _may_be_approved(version, command)
        await _by_another(tx, version, caller.person)
        await plans.supersede(tx.connection, version.plan_id)
        await plans.update_version(tx.connection, version.id, _signed(tx))
        _record(tx, version)
        return tx.seq


def _may_be_approved(version: Version, command: ApproveVersion) -> None:
    name = f"Version {version.number} of {version.plan_name}"
    if version.status != "draft":
        raise Refused(
            f"{name} is {version.status}, not a draft.",
            code="not_a_draft",
            hint="Reload the list of plans to see who approved it, and when.",
        )
    if command.version is not None and command.version != version.version:
        raise Refused(
            f"{name} was changed by {version.created_by_name} since you read it. It was not approved.",
            code="version_changed",
            hint="Look at what changed, then decide again.",
            version=version.version,
        )


async def _by_another(tx: Transaction, version: Version, person: Person) -> None:
    """Whoever wrote any part of it does not approve it; users of the machine count as one author."""
    if person.id in await plans.authors_of(tx.connection, version):
        raise Forbidden(
            f"You wrote version {version.number} of {version.plan_name}; another pilot approves it.",
            hint="Ask another pilot to read and approve it.",
        )


def _signed(tx: Transaction) -> dict[str, object]:
    return {
        "status": "approved",
        "approved_by": tx.actor.id,
        "approved_by_name": tx.actor.name,
        "approved_at": tx.now,
    }


def _record(tx: Transaction, version: Version) -> None:
    tx.record(
        plan_fact(
            "plan.approved",
            f"{tx.actor.name} approved version {version.number} of {version.plan_name}",
            planId=str(version.plan_id),
            versionId=str(version.id),
            number=version.number,
            contentHash=version.content_hash.hex(),
            before={"status": version.status},
            after={"status": "approved"},
        )
    )
