"""Routes of a migration's applications, environments and environment roles."""

from __future__ import annotations

from contextlib import suppress
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header

from tminus.kernel.errors import Invalid
from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook import schemas
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.commands.catalogue import (
    AddEntry,
    RemoveEntry,
    RenameEntry,
    add_entry,
    remove_entry,
    rename_entry,
)
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.queries.catalogue import catalogue_view, entry_view
from tminus.runbook.store.catalogue import CatalogueKind

router = APIRouter(tags=["plans"])
IfMatch = Annotated[str, Header(alias="If-Match", max_length=40)]


def _add_routes(kind: CatalogueKind) -> None:
    """Give a kind its four addresses; each is written out, so that no other address is taken for one of them."""
    several = kind.value.replace("-", "_")
    one = kind.words.replace(" ", "_")

    @router.get(
        f"/migrations/{{migration_id}}/{kind.value}",
        name=f"get_{several}",
        response_model=schemas.CatalogueList,
    )
    async def get_all(migration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
        """List what the migration has of this, each with how many use it."""
        return {"items": await catalogue_view(connection, person, kind, migration_id)}

    @router.post(
        f"/migrations/{{migration_id}}/{kind.value}",
        name=f"post_{one}",
        status_code=201,
        response_model=schemas.CatalogueEntry,
    )
    async def post(
        migration_id: UUID, body: schemas.NewEntry, services: ServicesDep, caller: CallerDep
    ) -> Any:
        """Add one; its code stays as it is."""
        return await _added(services, caller, AddEntry(kind, migration_id, body.code, body.name))

    @router.patch(f"/{kind.value}/{{entry_id}}", name=f"patch_{one}", response_model=schemas.CatalogueEntry)
    async def patch(
        entry_id: UUID,
        body: schemas.EntryRename,
        if_match: IfMatch,
        services: ServicesDep,
        caller: CallerDep,
    ) -> Any:
        """Rename one, at the version in If-Match."""
        command = RenameEntry(kind, entry_id, body.name, _version(if_match))
        with suppress(Replayed):  # it was carried out before; the answer is the entry as it is
            await rename_entry(services.database, caller, command)
        return await _answer(services, caller, kind, entry_id)

    @router.delete(f"/{kind.value}/{{entry_id}}", name=f"delete_{one}", status_code=204)
    async def delete(entry_id: UUID, services: ServicesDep, caller: CallerDep) -> None:
        """Remove one that nothing uses."""
        with suppress(Replayed):
            await remove_entry(services.database, caller, RemoveEntry(kind, entry_id))


for _kind in CatalogueKind:
    _add_routes(_kind)


async def _added(services: Services, caller: Caller, command: AddEntry) -> dict[str, Any]:
    try:
        key = await add_entry(services.database, caller, command)
    except Replayed as replayed:
        (entry,) = await entries_of(services, replayed)
        key = UUID(entry.detail["id"])
    return await _answer(services, caller, command.kind, key)


def _version(if_match: str) -> int:
    bare = if_match.strip().removeprefix("W/").strip('"')
    if not bare.isascii() or not bare.isdigit():
        raise Invalid(
            'If-Match holds a version, as in "3". Nothing was changed.', hint="Send the version you saw."
        )
    return int(bare)


async def _answer(services: Services, caller: Caller, kind: CatalogueKind, key: UUID) -> dict[str, Any]:
    async with services.database.read() as connection:
        return await entry_view(connection, caller.person, kind, key)
