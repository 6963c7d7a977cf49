"""Approving a draft: from then on it never changes, and iterations can be made from it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Forbidden, NotFound, Refused
from tminus.people.domain.rights import Person, Right, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.plan_canonical import content_hash
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plan_edits, plans
from tminus.runbook.store.version import Version


@dataclass(frozen=True, slots=True)
class ApproveVersion:
    """A draft, at the version its approver has read (None = whatever it is)."""

    version_id: UUID
    version: int | None = None


@dataclass(frozen=True, slots=True)
class _Read:
    """The draft as it was read before the lock: its hash taken of all that is in it, and what is wrong with it."""

    version: Version
    content_hash: bytes
    findings: tuple[Finding, ...]


async def approve_version(database: Database, caller: Caller, command: ApproveVersion) -> int:
    """Approve a draft that others wrote, and return the event's number.

    The version approved before is superseded. Raises `NotFound`, `Forbidden` (no pilot, or an author of it),
    `Refused` (`not_a_draft`, `version_changed` meanwhile, `has_errors`).
    """
    seen = await _read(database, caller, command)
    migration_id = seen.version.migration_id
    actor = caller.actor(Right.PLANS, migration_id)
    async with unit_of_work(database, migration_id, actor, caller.key) as tx:
        version = await plans.load_version(tx.connection, command.version_id)
        if version is None:
            raise NotFound("This draft was withdrawn.", hint="Reload the list of plans.")
        await _may_be_approved(tx, version, command.version)
        await _by_another(tx, version, caller.person)
        await _may_be_approved(tx, version, seen.version.version)
        _can_be_carried_out(version, seen.findings)
        await plans.supersede(tx.connection, version.plan_id)
        await plans.update_version(
            tx.connection, version.id, _signed(tx) | {"content_hash": seen.content_hash}
        )
        _record(tx, version, seen.content_hash)
        return tx.seq


async def _read(database: Database, caller: Caller, command: ApproveVersion) -> _Read:
    """What takes the time of a large plan is done before the lock."""
    async with database.read() as connection:
        version = await plans.load_version(connection, command.version_id)
        if version is None:
            raise NotFound("There is no such plan version.", hint="Choose one from the list of plans.")
        require(caller.person, Right.PLANS, version.migration_id)
        plan = await plans.load_plan(connection, version.id)
    return _Read(version, content_hash(plan), check_plan(plan))


async def _may_be_approved(tx: Transaction, version: Version, seen: int | None) -> None:
    name = f"Version {version.number} of {version.plan_name}"
    if version.status != "draft":
        raise Refused(
            f"{name} is {version.status}, not a draft.",
            code="not_a_draft",
            hint="Reload the list of plans to see who approved it, and when.",
        )
    if seen is not None and seen != version.version:
        last = await plan_edits.last_edit(tx.connection, version.id)
        raise Refused(
            f"{name} was changed by {last or version.created_by_name} since you read it. It was not approved.",
            code="version_changed",
            hint="Look at what changed, then decide again.",
            version=version.version,
        )


async def _by_another(tx: Transaction, version: Version, person: Person) -> None:
    """Whoever wrote any part of it does not approve it; users of the machine count as one author."""
    if person.id in await plan_edits.everybody_who_wrote(tx.connection, version):
        raise Forbidden(
            f"You wrote version {version.number} of {version.plan_name}; another pilot approves it.",
            hint="Ask another pilot to read and approve it.",
        )


def _can_be_carried_out(version: Version, findings: tuple[Finding, ...]) -> None:
    errors = [finding for finding in findings if finding.is_error]
    if errors:
        more = f", and {len(errors) - 1} more" if len(errors) > 1 else ""
        raise Refused(
            f"Version {version.number} of {version.plan_name} cannot be carried out as it is:"
            f" {errors[0].message.rstrip('.')}{more}. It was not approved.",
            code="has_errors",
            hint="Mend what the findings name, then approve it.",
            count=len(errors),
        )


def _signed(tx: Transaction) -> dict[str, object]:
    return {
        "status": "approved",
        "approved_by": tx.actor.id,
        "approved_by_name": tx.actor.name,
        "approved_at": tx.now,
    }


def _record(tx: Transaction, version: Version, hash_: bytes) -> None:
    tx.record(
        plan_fact(
            "plan.approved",
            f"{tx.actor.name} approved version {version.number} of {version.plan_name}",
            planId=str(version.plan_id),
            versionId=str(version.id),
            number=version.number,
            contentHash=hash_.hex(),
            before={"status": version.status},
            after={"status": "approved"},
        )
    )
