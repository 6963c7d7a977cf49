"""The status of a migration as a whole: read and moved inside the command of who knows its iterations."""

from __future__ import annotations

from dataclasses import dataclass

from tminus.kernel.errors import NotFound, Refused
from tminus.people import store
from tminus.people.events import migration_moved
from tminus.platform.unit_of_work import Transaction


@dataclass(frozen=True, slots=True)
class StatusNow:
    """How the transaction's migration stands; `by` and `reason` are those of its end, if it has one."""

    name: str
    status: str
    by: str | None
    reason: str | None
    version: int

    @property
    def over(self) -> bool:
        """Whether it is completed or has failed."""
        return self.status in ("completed", "failed")


async def status_now(tx: Transaction) -> StatusNow:
    """Return how the transaction's migration stands. Raises `NotFound`."""
    row = await store.find_migration(tx.connection, tx.stream)
    if row is None:
        raise NotFound("There is no such migration.", hint="Choose one from the list of migrations.")
    return StatusNow(row.name, row.status, row.status_by, row.status_reason, row.version)


async def move_status(
    tx: Transaction, now: StatusNow, status: str, reason: str | None, told: tuple[str, str]
) -> None:
    """Bring the transaction's migration into a status, and say so in the log; `told` = the fact and its verb."""
    over = status in ("completed", "failed")
    values = {
        "status": status,
        "status_at": tx.now if over else None,
        "status_by": tx.actor.name if over else None,
        "status_reason": reason if over else None,
    }
    await store.update_migration(tx.connection, tx.stream, values)
    type_, did = told
    before, after = {"status": now.status, "reason": now.reason}, {"status": status, "reason": reason}
    tx.record(migration_moved((now.name, did), type_, before, after, tx.actor.name))


async def check_goes_on(tx: Transaction, wanted: str) -> None:
    """Raise `Refused` where the transaction's migration is completed or has failed; `wanted` = what was to be done."""
    now = await status_now(tx)
    if now.over:
        is_over = "is completed" if now.status == "completed" else "has failed"
        raise Refused(
            f"{now.name} {is_over}, by {now.by}. {wanted} was not done.",
            code="migration_over",
            hint="Reopen the migration on its page first, if it goes on.",
        )
