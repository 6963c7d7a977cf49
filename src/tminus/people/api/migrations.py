"""Routes that make a migration and change its words. (Those that list migrations have iterations in them: runbook.)"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request

from tminus.people import schemas, store
from tminus.people.api.deps import SeenDep
from tminus.people.commands import migrations
from tminus.people.identify import PersonDep
from tminus.platform.http.state import database_of

router = APIRouter(tags=["people"])


@router.post("/migrations", status_code=201, response_model=schemas.MigrationWords)
async def add_migration(request: Request, person: PersonDep, body: schemas.NewMigrationRequest) -> Any:
    """Make a migration; nobody has a role in it yet."""
    new = migrations.NewMigration(body.key, body.name, body.zone, body.description)
    return await _words(request, await migrations.create_migration(database_of(request), person, new))


@router.patch("/migrations/{migration_id}", response_model=schemas.MigrationWords)
async def change_migration(
    request: Request, migration_id: UUID, person: PersonDep, body: schemas.MigrationChange, seen: SeenDep
) -> Any:
    """Change a migration's words as they were seen (`If-Match`)."""
    wanted = body.model_dump(exclude_none=True)
    await migrations.change_migration(database_of(request), person, migration_id, wanted, seen)
    return await _words(request, migration_id)


async def _words(request: Request, migration_id: UUID) -> dict[str, Any]:
    async with database_of(request).read() as connection:
        row = await store.find_migration(connection, migration_id)
    assert row is not None, "migrations are never deleted"  # noqa: S101 - says so to the type checker
    return {name: row._mapping[name] for name in schemas.MigrationWords.model_fields}
