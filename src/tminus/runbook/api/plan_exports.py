"""Routes that give a plan version or an iteration's runsheet as a file."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from tminus.people.domain.names import clean_zone
from tminus.people.identify import PersonDep
from tminus.platform.files.names import attachment, safe_name
from tminus.runbook import schemas
from tminus.runbook.api.deps import ReadDep
from tminus.runbook.queries.plans import plan_of_version
from tminus.runbook.queries.runsheet_export import RunsheetExport, runsheet_export
from tminus.runbook.readers.exports import ExportFormat, exported, left_out
from tminus.runbook.readers.table.writer import plan_as_csv
from tminus.runbook.readers.table.xlsx_writer import plan_as_xlsx

router = APIRouter(tags=["plans"])
FormDep = Annotated[ExportFormat, Query(alias="format")]
_DRAWING = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"
"""For the SVG alone: its own style sheet stands in it. It runs nothing and fetches nothing."""


@router.get("/plan-versions/{version_id}/export", response_class=Response)
async def export_plan_version(
    version_id: UUID, person: PersonDep, connection: ReadDep, form: FormDep = ExportFormat.YAML
) -> Response:
    """Return a version as a file. Importing it changes nothing, save what `…/export/left-out` names."""
    plan, version = await plan_of_version(connection, person, version_id)
    data = await asyncio.to_thread(exported, plan, form)
    answer = _file(data, f"{plan.name} {version.number}.{form.ending}", form)
    if form is ExportFormat.SVG:
        answer.headers["Content-Security-Policy"] = _DRAWING
    return answer


@router.get("/plan-versions/{version_id}/export/left-out", response_model=schemas.LeftOut)
async def get_left_out(
    version_id: UUID, person: PersonDep, connection: ReadDep, form: FormDep = ExportFormat.YAML
) -> Any:
    """Say what a form of export cannot hold of this version."""
    plan, _ = await plan_of_version(connection, person, version_id)
    return {"items": left_out(plan, form)}


@router.get("/iterations/{iteration_id}/export", response_class=Response)
async def export_runsheet(
    iteration_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    form: Annotated[Literal["xlsx", "csv"], Query(alias="format")] = "xlsx",
    zone: Annotated[str | None, Query(max_length=60)] = None,
) -> Response:
    """Return an iteration's runsheet with states and times, by the clock of a zone: else the migration's."""
    found = await runsheet_export(connection, person, iteration_id)
    data = await asyncio.to_thread(_runsheet, found, form, clean_zone(zone) if zone else found.zone)
    return _file(data, f"{found.plan.name} {found.name}.{form}", ExportFormat(form))


def _runsheet(found: RunsheetExport, form: str, zone: str) -> bytes:
    if form == "csv":
        return "".join(plan_as_csv(found.plan, found.progress, zone)).encode()
    return plan_as_xlsx(found.plan, found.progress, zone)


def _file(data: bytes, name: str, form: ExportFormat) -> Response:
    """Always to be saved and never shown, whatever is in it."""
    return Response(data, media_type=form.media, headers={"Content-Disposition": attachment(safe_name(name))})
