"""The route of the forecast."""

from __future__ import annotations

import gzip
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Header, Response

from tminus.people.identify import PersonDep
from tminus.runbook.api.deps import ReadDep
from tminus.runbook.queries.forecast import forecast_view
from tminus.runbook.schemas.forecast import Forecast
from tminus.runbook.store.forecasts import CHANNEL as FORECASTS

__all__ = ["FORECASTS", "router"]

router = APIRouter(tags=["runbook"])


@router.get("/iterations/{iteration_id}/forecast", response_model=Forecast)
async def get_forecast(
    iteration_id: UUID,
    person: PersonDep,
    connection: ReadDep,
    if_none_match: Annotated[str | None, Header()] = None,
    accept_encoding: Annotated[str, Header()] = "",
) -> Response:
    """Give what will happen in the iteration, as it was reckoned last: after the newest event or within a minute.

    404 with the code `no_forecast_yet` until a worker has made the first one; 304 where `If-None-Match` names it.
    """
    document, version = await forecast_view(connection, person, iteration_id)
    tag = {"ETag": f'"{version}"', "Vary": "Accept-Encoding"}
    if if_none_match == tag["ETag"]:
        return Response(status_code=304, headers=tag)
    if "gzip" in accept_encoding:
        return Response(document, media_type="application/json", headers={**tag, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(document), media_type="application/json", headers=tag)
