"""Importing a plan file at once, for programs that have it in hand: the demo, the examples, the tests."""

from __future__ import annotations

from tminus.kernel.errors import Invalid
from tminus.platform.database import Database
from tminus.runbook.commands.imports.commit import Imported, commit_batch
from tminus.runbook.commands.imports.place import require_place
from tminus.runbook.commands.imports.plan_file import keep_prepared
from tminus.runbook.commands.plan_prepare import PlanSource, Prepared, prepare_import
from tminus.runbook.commands.plan_target import Place
from tminus.runbook.commands.services import Caller


async def commit_import(database: Database, caller: Caller, prepared: Prepared) -> Imported:
    """Carry out what was prepared, in one transaction under the migration's lock.

    Unchanged data is a success with 0 changes and no new version. Raises `Invalid` where the preparation
    found errors, `Refused` where the plan has changed since, `Forbidden`, `Unavailable`; after any of them
    nothing has changed.
    """
    target = prepared.target
    if not prepared.can_commit or target is None:
        raise Invalid("The file has errors; nothing was imported.", hint="Mend what the findings name.")
    require_place(caller.person, Place(target.existing, target.wanted, target.version))
    return await commit_batch(database, caller, await keep_prepared(database, caller.person, prepared))


async def import_plan(
    database: Database, caller: Caller, source: PlanSource
) -> tuple[Prepared, Imported | None]:
    """Prepare an import and, if nothing stops it, commit it; None for what was stopped."""
    prepared = await prepare_import(database, caller.person, source)
    return prepared, await commit_import(database, caller, prepared) if prepared.can_commit else None
