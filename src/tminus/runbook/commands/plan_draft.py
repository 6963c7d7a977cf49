"""Making a draft from a version, and withdrawing one."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Right, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.plan_edit import draft_of, migration_of_version
from tminus.runbook.commands.services import Caller
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plan_copy, plan_edits, plan_versions, plans
from tminus.runbook.store.version import Version


@dataclass(frozen=True, slots=True)
class MakeDraft:
    """A draft of a plan, from one of its versions; None = the approved one, else the newest."""

    plan_id: UUID
    based_on: UUID | None = None


@dataclass(frozen=True, slots=True)
class DiscardDraft:
    """A draft to be withdrawn; `version` = what the asker has seen of what others wrote, once told of it."""

    version_id: UUID
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Drafted:
    """The draft that was made."""

    id: UUID
    number: int


async def make_draft(database: Database, caller: Caller, command: MakeDraft) -> Drafted:
    """Copy a version into a new draft.

    Raises `NotFound`, `Forbidden`, `Refused` (`draft_exists`, naming it) and `Unavailable`.
    """
    async with database.read() as connection:
        migration_id = await plan_versions.migration_of_plan(connection, command.plan_id)
    if migration_id is None:
        raise NotFound("There is no such plan.", hint="Choose one from the list of plans.")
    require(caller.person, Right.PLANS, migration_id)
    async with unit_of_work(
        database, migration_id, caller.actor(Right.PLANS, migration_id), caller.key
    ) as tx:
        versions = await plan_versions.versions_of(tx.connection, command.plan_id)
        return await copy_into_draft(tx, versions, command.based_on)


async def copy_into_draft(tx: Transaction, versions: list[Version], based_on: UUID | None) -> Drafted:
    """Copy a version into a new draft, inside a command that holds the lock; `versions` = the plan's, newest first.

    Raises `NotFound` and `Refused` (`draft_exists`, naming it).
    """
    _no_draft_yet(versions)
    base = _base(versions, based_on)
    made = Drafted(new_id(), max(version.number for version in versions) + 1)
    author = (tx.actor.id, tx.actor.name)
    values = plans.version_values(made.id, base.plan_id, made.number, base.content_hash, author, tx.now)
    await plans.insert_version(tx.connection, values | {"based_on": base.id})
    await plan_copy.copy_version(tx.connection, base.id, made.id)
    _record_draft(tx, made, base)
    return made


def _no_draft_yet(versions: list[Version]) -> None:
    for version in versions:
        if version.status == "draft":
            raise Refused(
                f"Version {version.number} of {version.plan_name} is a draft already, begun by"
                f" {version.created_by_name}. Nothing was made.",
                code="draft_exists",
                hint="Edit that one, or discard it first.",
                versionId=str(version.id),
                number=version.number,
                by=version.created_by_name,
            )


def _base(versions: list[Version], wanted: UUID | None) -> Version:
    """`versions` come newest first."""
    standing = [version for version in versions if version.status != "undone"]
    approved = [version for version in standing if version.status == "approved"]
    found = (
        [version for version in versions if version.id == wanted]
        if wanted
        else approved or standing or versions
    )
    if not found:
        raise NotFound("The plan has no such version. Nothing was made.", hint="Choose one of its versions.")
    return found[0]


async def discard_draft(database: Database, caller: Caller, command: DiscardDraft) -> None:
    """Withdraw a draft with all its edits.

    Raises `NotFound`, `Forbidden`, `Refused` (`not_a_draft`; `others_wrote` where work of others would go and
    the asker was not told of it yet) and `Unavailable`.
    """
    migration_id = await migration_of_version(database, caller, command.version_id)
    async with unit_of_work(
        database, migration_id, caller.actor(Right.PLANS, migration_id), caller.key
    ) as tx:
        version = await draft_of(tx, command.version_id)
        await _nobody_else_wrote(tx, version, command)
        await plan_copy.delete_draft(tx.connection, version.id)
        tx.record(
            plan_fact(
                "plan.discarded",
                f"{tx.actor.name} discarded the draft of version {version.number} of {version.plan_name}",
                planId=str(version.plan_id),
                versionId=str(version.id),
                number=version.number,
                before={"status": "draft", "contentHash": version.content_hash.hex()},
                after={},
            )
        )


async def _nobody_else_wrote(tx: Transaction, version: Version, command: DiscardDraft) -> None:
    writers = await plan_edits.writers_of(tx.connection, version.id)
    others = [writer for writer in writers if writer.id != tx.actor.id]
    authors = {writer.name for writer in others}
    if version.created_by != tx.actor.id:
        authors.add(version.created_by_name)
    if authors and command.version != version.version:
        edits = sum(writer.edits for writer in others)
        named = " and ".join(sorted(authors))
        raise Refused(
            f"{named} wrote to version {version.number} of {version.plan_name}"
            f" ({edits} edit{'' if edits == 1 else 's'}). Nothing was discarded.",
            code="others_wrote",
            hint="Discard it all the same, or ask them first.",
            edits=edits,
            authors=sorted(authors),
            version=version.version,
        )


def _record_draft(tx: Transaction, made: Drafted, base: Version) -> None:
    tx.record(
        plan_fact(
            "plan.drafted",
            f"{tx.actor.name} began version {made.number} of {base.plan_name} from version {base.number}",
            planId=str(base.plan_id),
            versionId=str(made.id),
            number=made.number,
            basedOn=str(base.id),
            contentHash=base.content_hash.hex(),
        )
    )
