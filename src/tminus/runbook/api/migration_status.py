"""The route that completes, fails or reopens a migration as a whole."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.deps import CallerDep, ServicesDep
from tminus.runbook.commands.migration_status import MigrationCommand, act_on_migration
from tminus.runbook.queries.migrations import migration_view
from tminus.runbook.schemas.migration_status import MigrationRequest

router = APIRouter(tags=["runbook"])


@router.post("/migrations/{migration_id}/status", response_model=schemas.Migration)
async def press_migration(
    migration_id: UUID, body: MigrationRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Say that a migration is completed, has failed (with a reason), or goes on after all (with a reason).

    It is refused while an iteration is scheduled or runs, naming it.
    """
    command = MigrationCommand(migration_id, body.action, body.version, body.reason)
    with suppress(Replayed):  # it was carried out before; the answer is the migration as it is
        await act_on_migration(services, caller, command)
    async with services.database.read() as connection:
        return await migration_view(connection, caller.person, migration_id)
