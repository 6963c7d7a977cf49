"""Imports that the worker reads: large ones, and those whose reader has died."""

from __future__ import annotations

import logging
from uuid import UUID

from tminus.people.domain.rights import Person
from tminus.people.queries.who import person_by_id
from tminus.platform.database import Database
from tminus.platform.jobs import defer_job
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.commands.services import Services
from tminus.runbook.store.imports import batches

log = logging.getLogger(__name__)
JOB = "runbook.import_batch"


async def work_later(database: Database, batch_id: UUID) -> None:
    """Give a batch to the worker."""
    async with database.engine.begin() as connection:
        await defer_job(connection, JOB, {"batch_id": str(batch_id)})


async def work_as_asked(services: Services, batch_id: UUID) -> None:
    """Work on a batch in the name of who handed it in; where that person is gone, it is left as it is."""
    async with services.database.read() as connection:
        batch = await batches.load_batch(connection, batch_id)
        person = await person_by_id(connection, batch.created_by) if batch and batch.created_by else None
    if batch is None:
        return
    if batch.created_by is None:
        person = Person(None, batch.created_by_name, machine=True)
    if person is None:
        log.warning("an import waits for somebody who is no longer here")
        return
    await work(services, person, batch_id)


async def take_up_abandoned(services: Services) -> int:
    """Go on with batches whose reader died; returns how many there were."""
    async with services.database.read() as connection:
        found = await batches.abandoned_batches(connection)
    for batch_id in found:
        await work_as_asked(services, batch_id)
    return len(found)
