"""A migration's applications, environments and environment roles, as the page lists them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, require
from tminus.runbook.store import catalogue
from tminus.runbook.store.catalogue import CatalogueKind, Entry


async def catalogue_view(
    connection: AsyncConnection, person: Person, kind: CatalogueKind, migration_id: UUID
) -> list[dict[str, Any]]:
    """Return the entries of a kind, by code, each with how many use it. Raises `Forbidden`."""
    require(person, Right.SEE, migration_id)
    return [_view(entry) for entry in await catalogue.entries_of(connection, kind, migration_id)]


async def entry_view(
    connection: AsyncConnection, person: Person, kind: CatalogueKind, key: UUID
) -> dict[str, Any]:
    """Return one entry. Raises `NotFound`, `Forbidden`."""
    entry = await catalogue.find_entry(connection, kind, key)
    if entry is None:
        raise NotFound(f"There is no such {kind.words}.", hint="Reload the list.")
    listed = await catalogue_view(connection, person, kind, entry.migration_id)
    return next(one for one in listed if one["id"] == key)


def _view(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "code": entry.code,
        "name": entry.name,
        "version": entry.version,
        "usedBy": entry.used_by,
    }
