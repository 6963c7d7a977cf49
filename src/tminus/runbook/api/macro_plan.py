"""The route that gives an iteration's macro-plan as a file."""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from tminus.people.domain.names import clean_zone
from tminus.people.identify import PersonDep
from tminus.platform.files.names import attachment, safe_name
from tminus.runbook.api.deps import ReadDep
from tminus.runbook.queries.macro_plan import macro_plan, team_calendar
from tminus.runbook.readers.macro_plan.calendar import as_ics
from tminus.runbook.readers.macro_plan.page import plan_as_page
from tminus.runbook.readers.macro_plan.table import plan_as_table

router = APIRouter(tags=["runbook"])
_HTML = "text/html; charset=utf-8"


class MacroPlanForm(StrEnum):
    """In which form: a table to paste, one page to send, appointments of a team."""

    TABLE = "table"
    PAGE = "page"
    ICS = "ics"


@router.get("/iterations/{iteration_id}/schedule/export", response_class=Response)
async def export_schedule(
    iteration_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    form: MacroPlanForm = MacroPlanForm.TABLE,
    zone: Annotated[str | None, Query(max_length=60)] = None,
    team: Annotated[str | None, Query(max_length=60)] = None,
) -> Response:
    """Return the macro-plan by the clock of a zone, else the migration's; as appointments, of a team or of all."""
    clock = clean_zone(zone) if zone else None
    if form is MacroPlanForm.ICS:
        calendar = await team_calendar(connection, person, iteration_id, team, clock)
        ics = await asyncio.to_thread(as_ics, calendar)
        return _file(ics, f"{calendar.name}.ics", "text/calendar; charset=utf-8")
    plan = await macro_plan(connection, person, iteration_id, clock)
    write = plan_as_page if form is MacroPlanForm.PAGE else plan_as_table
    name = f"{plan.iteration} macro-plan{'' if form is MacroPlanForm.PAGE else ' table'}.html"
    return _file(await asyncio.to_thread(write, plan), name, _HTML)


def _file(text: str, name: str, media: str) -> Response:
    """Always to be saved and never shown: the headers are the application's own."""
    return Response(
        text.encode(), media_type=media, headers={"Content-Disposition": attachment(safe_name(name))}
    )
