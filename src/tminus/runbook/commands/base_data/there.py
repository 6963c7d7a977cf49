"""What is there of the things that a file of base data names."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.queries.base_data import There, people_there, teams_there
from tminus.runbook.domain.base_data.said import BaseKind, Here, Known, Said
from tminus.runbook.store.base_data import entries_by_code
from tminus.runbook.store.catalogue import CatalogueKind

CATALOGUE = {
    BaseKind.APPLICATION: CatalogueKind.APPLICATIONS,
    BaseKind.ENVIRONMENT: CatalogueKind.ENVIRONMENTS,
    BaseKind.ENVIRONMENT_ROLE: CatalogueKind.ENVIRONMENT_ROLES,
}


async def whats_there(connection: AsyncConnection, migration_id: UUID, rows: Sequence[Said]) -> Here:
    """Return the migration's teams, the people whom the rows name, and its catalogue where rows speak of it."""
    emails = {one.key.strip().lower() for one in rows if one.kind is BaseKind.USER}
    here = {
        BaseKind.TEAM: _known(await teams_there(connection, migration_id)),
        BaseKind.USER: _known(await people_there(connection, migration_id, emails)),
    }
    for kind in {one.kind for one in rows} & CATALOGUE.keys():
        entries = await entries_by_code(connection, CATALOGUE[kind], migration_id)
        here[kind] = {code: Known(entry.id, {"name": entry.name}) for code, entry in entries.items()}
    return here


def _known(found: dict[str, There]) -> dict[str, Known]:
    return {code: Known(one.id, one.values, one.active) for code, one in found.items()}
