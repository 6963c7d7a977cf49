"""The route of *what if*."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.people.identify import PersonDep
from tminus.runbook.api.deps import ServicesDep
from tminus.runbook.domain.forecast.supposing import Supposition
from tminus.runbook.queries.what_if import what_if
from tminus.runbook.schemas import what_if as schemas

router = APIRouter(tags=["runbook"])


@router.post("/iterations/{iteration_id}/what-if", response_model=schemas.WhatIf)
async def post_what_if(
    iteration_id: UUID, body: schemas.WhatIfRequest, services: ServicesDep, person: PersonDep
) -> Any:
    """Say what would become of the finish and the chance, if; nothing is changed."""
    suppositions = [
        Supposition(one.what, one.step_code, one.minutes, one.factor, one.window_end)
        for one in body.suppositions
    ]
    return await what_if(services.database, services.child, person, iteration_id, suppositions)
