"""A plan file on its way in: read and checked as a value, then compared and kept as every other import is."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, BinaryIO
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Person
from tminus.platform.database import Database
from tminus.runbook.commands.imports.place import wanted_of
from tminus.runbook.commands.plan_prepare import PlanSource, Prepared, prepare_import
from tminus.runbook.domain.plan_canonical import content_hash
from tminus.runbook.readers.file_text import LARGEST_FILE
from tminus.runbook.readers.recognise.file import Format
from tminus.runbook.store.imports import base, batches, difference, findings, from_plan, things


async def stage_plan_file(database: Database, person: Person, batch: Row[Any], content: BinaryIO) -> None:
    """Read a batch's plan file and lay out what it would make of the plan; the batch is `checked` then."""
    content.seek(0)
    key = str(batch.migration_id) if batch.migration_id else batch.wanted_migration
    source = PlanSource(
        batch.file_name, content.read(LARGEST_FILE + 1), key, batch.replace_all, batch.override
    )
    prepared = await prepare_import(database, person, source)
    async with database.engine.begin() as connection:
        await lay_out_prepared(connection, batch.id, prepared)


async def keep_prepared(
    database: Database, person: Person, prepared: Prepared, object_key: str | None = None
) -> UUID:
    """Keep a plan file that was prepared as a batch of its own, and return its key."""
    key = new_id()
    values = {
        "id": key,
        "file_name": prepared.file_name,
        "file_size": 0,
        "file_hash": prepared.file_hash,
        "object_key": object_key,
        "created_by": person.id,
        "created_by_name": person.name,
    }
    async with database.engine.begin() as connection:
        await batches.insert_batch(connection, values)
        await lay_out_prepared(connection, key, prepared)
    return key


async def lay_out_prepared(connection: AsyncConnection, batch_id: UUID, prepared: Prepared) -> None:
    """Write what was found and, where nothing stops it, what the plan would be and how that differs."""
    await batches.over_batches(connection)
    await batches.clear_staged(connection, batch_id, findings=True)
    named = [replace(one, file=one.file or prepared.file_name) for one in prepared.findings]
    await findings.add_findings(connection, batch_id, named)
    errors = sum(one.is_error for one in named)
    totals = {"errors": errors, "blocking": errors, "warnings": len(named) - errors, "mended": 0}
    values: dict[str, Any] = {"format": Format.PLAN_FILE.value, "state": "checked"}
    target, plan = prepared.target, prepared.plan
    if target and plan:
        version = target.version
        migration_id = target.existing.id if target.existing else None
        values |= {
            "plan_name": plan.name,
            "migration_id": migration_id,
            "wanted": wanted_of(target.existing, target.wanted),
            "base_version_id": version.id if version else None,
            "base_mark": version.version if version else None,
            "content_hash": content_hash(plan),
        }
        if prepared.can_commit:
            await base.lay_out_base(
                connection,
                migration_id,
                version.plan_id if version else None,
                version.id if version else None,
            )
            await things.clear_things(connection, batch_id)
            await from_plan.write_plan(connection, batch_id, plan)
            await things.fetch_things(connection, batch_id)
            await difference.compare(connection, batch_id)
            totals |= await difference.count_changes(connection, batch_id)
    await batches.change_batch(connection, batch_id, values | {"totals": totals})
