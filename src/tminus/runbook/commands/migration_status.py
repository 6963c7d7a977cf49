"""Saying of a migration as a whole that it is completed, has failed, or goes on."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.people.commands.migration_status import move_status, status_now
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import unit_of_work
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.migration import OPEN, MigrationAction, MigrationStatus, check_action, ending
from tminus.runbook.store import iterations


@dataclass(frozen=True, slots=True)
class MigrationCommand:
    """What is said of which migration, at the version it was seen (None = whatever it is), and why."""

    migration_id: UUID
    action: MigrationAction
    version: int | None = None
    reason: str = ""


_TOLD = {
    MigrationAction.COMPLETE: ("migration.completed", "completed"),
    MigrationAction.FAIL: ("migration.failed", "declared failed"),
    MigrationAction.REOPEN: ("migration.reopened", "reopened"),
}
"""The fact of each, and the word for it."""


async def act_on_migration(services: Services, caller: Caller, command: MigrationCommand) -> None:
    """Move a migration between *in progress*, *completed* and *failed*; by a pilot or an admin.

    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` (`iterations_open` names those that are not over) and
    `Unavailable`.
    """
    require(caller.person, Right.SEE, command.migration_id)
    actor = ending(caller.person, command.migration_id)
    async with unit_of_work(services.database, command.migration_id, actor, caller.key) as tx:
        now = await status_now(tx)
        if command.version not in (None, now.version):
            raise Refused(
                f"{now.name} has changed since you looked. Nothing was done.",
                code="migration_changed",
                hint="Look at it as it is now, then decide again.",
            )
        names = await iterations.names_in(tx.connection, tx.stream, OPEN)
        reason = command.reason.strip()
        status = check_action(now.name, MigrationStatus(now.status), command.action, names, reason)
        await move_status(tx, now, status.value, reason or None, _TOLD[command.action])
        await tx.defer("audit.write_anchor", stream=str(tx.stream))
