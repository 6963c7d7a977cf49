"""An import in two steps, for a page: show what it would do and keep that, then carry out just that."""

from __future__ import annotations

import json
from uuid import UUID

from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Right, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.plan_import import Imported, commit_import
from tminus.runbook.commands.plan_prepare import Prepared
from tminus.runbook.commands.plan_target import find_target
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan_canonical import canonical, document_hash
from tminus.runbook.domain.plan_diff import diff
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.store import plan_imports


async def keep_import(database: Database, caller: Caller, prepared: Prepared) -> UUID | None:
    """Keep what was prepared, to be committed by its key; None where there is nothing that could be.

    An import into a migration that does not exist yet is not kept: it is committed at once or not at all.
    """
    target, plan = prepared.target, prepared.plan
    if not prepared.can_commit or not (target and target.existing and plan):
        return None
    key = new_id()
    async with unit_of_work(database, target.existing.id, caller.person.actor) as tx:
        values = {
            "id": key,
            "migration_id": target.existing.id,
            "file_name": prepared.file_name,
            "file_hash": prepared.file_hash,
            "base_hash": document_hash(target.base),
            "plan": canonical(plan),
            "created_by": tx.actor.id,
            "created_at": tx.now,
        }
        await plan_imports.insert_import(tx.connection, values)
    return key


async def commit_kept(database: Database, caller: Caller, key: UUID) -> Imported:
    """Carry out an import that was shown, just as it was shown.

    Raises `NotFound`, `Forbidden`, and `Refused` where it was carried out already, or the plan has changed
    since it was shown.
    """
    prepared = await _kept(database, caller, key)

    async def mark(tx: Transaction) -> None:
        if not await plan_imports.mark_committed(tx.connection, key, tx.now):
            raise Refused(
                "This import was carried out before. Nothing was done a second time.",
                code="already_committed",
                hint="Look at the plan's versions.",
            )

    return await commit_import(database, caller, prepared, also=mark)


async def _kept(database: Database, caller: Caller, key: UUID) -> Prepared:
    async with database.read() as connection:
        row = await plan_imports.load_import(connection, key)
        if row is None:
            raise NotFound("There is no such import.", hint="Import the file again.")
        require(caller.person, Right.PLANS, row.migration_id)
        file = read_plan_file(row.file_name, json.dumps(row.plan, ensure_ascii=False).encode())
        if file.patch is None:
            raise Invalid("What was kept of this import cannot be read.", hint="Import the file again.")
        target = await find_target(connection, caller.person, file.patch, str(row.migration_id))
    if row.committed_at is None and document_hash(target.base) != bytes(row.base_hash):
        raise Refused(
            f"{target.base.name} was changed after this import was shown. Nothing was imported.",
            code="plan_changed",
            hint="Import the file again: it is then compared with the plan as it is now.",
        )
    plan = merge(target.base, file.patch, replace_all=True).plan
    changes = diff(target.base, plan, new_plan=target.version is None)
    return Prepared(row.file_name, bytes(row.file_hash), (), target, plan, changes)
