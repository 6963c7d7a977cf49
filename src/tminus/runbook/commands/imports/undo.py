"""Undoing an import: the version it made is set aside, and the one before stands again as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from tminus.kernel.errors import Refused
from tminus.people.domain.rights import Right
from tminus.platform.unit_of_work import Transaction, answered_before, unit_of_work
from tminus.runbook.commands.imports.place import require_batch
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plan_edits, plans
from tminus.runbook.store.imports import batches
from tminus.runbook.store.imports import before as stood_before
from tminus.runbook.store.version import Version


@dataclass(frozen=True, slots=True)
class Undone:
    """What stands again: a version of the plan, or none where the import had made its first one."""

    version_id: UUID | None
    number: int | None


async def undo_batch(services: Services, caller: Caller, batch_id: UUID) -> Undone:
    """Take back the version an import made.

    Teams, applications and environments that came with it stay: they are the migration's. Raises `NotFound`,
    `Forbidden`, `Refused` (`nothing_to_undo`, `iteration_uses_it`, `newer_version`, `edited_since`).
    """
    await answered_before(services.database, caller.key)
    async with services.database.read() as connection:
        batch = require_batch(caller.person, await batches.load_batch(connection, batch_id))
    if batch.state != "committed" or batch.version_id is None or batch.migration_id is None:
        raise Refused(
            "This import made no version that could be taken back. Nothing was changed.",
            code="nothing_to_undo",
            hint="Look at the plan's versions.",
        )
    actor = caller.actor(Right.PLANS, batch.migration_id)
    async with unit_of_work(services.database, batch.migration_id, actor, caller.key) as tx:
        locked = await batches.load_batch(tx.connection, batch_id, lock=True)
        made = await plans.load_version(tx.connection, batch.version_id)
        if locked is None or locked.state != "committed" or made is None:
            raise Refused(
                "Somebody else has undone this import meanwhile. Nothing was changed a second time.",
                code="nothing_to_undo",
                hint="Reload the list of plans.",
            )
        await _may_be_undone(tx, batch, made)
        return await _undo(tx, batch, made)


async def _may_be_undone(tx: Transaction, batch: Row[Any], made: Version) -> None:
    name = f"Version {made.number} of {made.plan_name}"
    used = await stood_before.iterations_of(tx.connection, made.id)
    if used:
        before = await plans.load_version(tx.connection, batch.previous_id) if batch.previous_id else None
        raise Refused(
            f"{name} cannot be taken back: {', '.join(used[:3])} {'is' if len(used) == 1 else 'are'} made from it."
            " Nothing was changed.",
            code="iteration_uses_it",
            hint=f"Make a draft from version {before.number}, and have it approved."
            if before
            else "It is the plan's first version: make a draft from it, change what is wrong, and have it approved.",
        )
    newest = await plans.newest_version(tx.connection, tx.stream, made.plan_name)
    if newest is None or newest.id != made.id:
        newer = f"version {newest.number} came after it" if newest else "it is set aside already"
        raise Refused(
            f"{name} cannot be taken back: {newer}. Nothing was changed.",
            code="newer_version",
            hint="Undo, or discard, the newer version first.",
        )
    editor = await plan_edits.last_edit(tx.connection, made.id)
    if editor:
        raise Refused(
            f"{name} cannot be taken back: {editor} has edited it since. Nothing was changed.",
            code="edited_since",
            hint="Undo these edits in the editor first; else their work would be lost.",
        )


async def _undo(tx: Transaction, batch: Row[Any], made: Version) -> Undone:
    await plans.update_version(tx.connection, made.id, {"status": "undone"})
    before = await plans.load_version(tx.connection, batch.previous_id) if batch.previous_id else None
    if before:
        await plans.update_version(tx.connection, before.id, {"status": batch.previous_status})
    if made.status == "approved" and batch.previous_status != "approved":
        await stood_before.approve_before(tx.connection, made)
    values = {"state": "undone", "undone_at": tx.now, "undone_by_name": tx.actor.name}
    await batches.change_batch(tx.connection, batch.id, values)
    stands = f"version {before.number} stands again" if before else "the plan has no version now"
    tx.record(
        plan_fact(
            "plan.import_undone",
            f"{tx.actor.name} undid the import of {batch.file_name} into {made.plan_name}: {stands}",
            planId=str(made.plan_id),
            importId=str(batch.id),
            versionId=str(made.id),
            number=made.number,
            before={"status": made.status},
            after={"status": "undone", "standsAgain": str(before.id) if before else None},
        )
    )
    return Undone(before.id if before else None, before.number if before else None)
