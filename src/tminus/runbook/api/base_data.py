"""The route that takes people, teams, applications and environments from a file."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request

from tminus.people.domain.rights import Right, require
from tminus.people.identify import PersonDep
from tminus.platform.files.names import safe_name
from tminus.runbook import schemas
from tminus.runbook.api.base_data_answers import base_import_view
from tminus.runbook.api.deps import ServicesDep
from tminus.runbook.commands.base_data.importing import BaseFile, import_base_data
from tminus.runbook.readers.base_data.sheets import LARGEST_FILE

router = APIRouter(tags=["people"])
_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "The file itself: CSV, xlsx or xls.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}


@router.post(
    "/migrations/{migration_id}/base-data", response_model=schemas.BaseDataImport, openapi_extra=_BODY
)
async def import_people_and_teams(
    migration_id: UUID,
    request: Request,
    services: ServicesDep,
    person: PersonDep,
    file_name: Annotated[str, Query(alias="fileName", max_length=255)] = "file",
    dry_run: Annotated[bool, Query(alias="dryRun")] = False,
    seen: Annotated[str | None, Query(max_length=64)] = None,
) -> Any:
    """Take teams, people, applications and environments from a file (the request's body): all of it, or nothing.

    A dry run says what would change; its `mark`, sent as `seen`, makes sure that just this is done.
    """
    require(person, Right.ADMINISTER, migration_id, asked="Importing people, teams and places")
    file = BaseFile(migration_id, safe_name(file_name), await _body(request), dry_run, seen)
    return base_import_view(await import_base_data(services.database, person, file))


async def _body(request: Request) -> bytes:
    """Take no more of the body than it needs to know that it is too large."""
    data = bytearray()
    async for chunk in request.stream():
        if len(data) <= LARGEST_FILE:
            data += chunk
    return bytes(data[: LARGEST_FILE + 1])
