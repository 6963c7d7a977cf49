"""Routes of the command centre: how everything stands together, and what to look at now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.people.identify import PersonDep
from tminus.runbook.api.deps import ReadDep
from tminus.runbook.queries import now, rollup
from tminus.runbook.schemas.rollup import IterationRollup, NowList

router = APIRouter(tags=["runbook"])


@router.get("/iterations/{iteration_id}/rollup", response_model=IterationRollup)
async def get_rollup(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """Say how the iteration, its macro-phases and its chapters stand."""
    return await rollup.rollup(connection, person, iteration_id)


@router.get("/iterations/{iteration_id}/now", response_model=NowList)
async def get_now(iteration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """List the steps that somebody can do something about now, by their effect on the finish."""
    return await now.now_list(connection, person, iteration_id)
