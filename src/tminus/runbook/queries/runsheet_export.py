"""An iteration's runsheet for an export: the plan it was made from, and where each of its steps stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person
from tminus.runbook.domain.plan import Plan
from tminus.runbook.queries.iteration import visible_iteration
from tminus.runbook.readers.table.progress import StepProgress
from tminus.runbook.store.plans import load_plan

_STEPS = text(
    """
    SELECT code, state, in_scope, dormant, planned_start, planned_end, started_at, ended_at
    FROM iteration_steps WHERE iteration_id = :iteration
    """
)


@dataclass(frozen=True, slots=True)
class RunsheetExport:
    """The plan (approved, so that it is what was frozen), where its steps stand, the iteration's name, and its zone."""

    plan: Plan
    progress: Mapping[str, StepProgress]
    name: str
    zone: str


async def runsheet_export(connection: AsyncConnection, person: Person, iteration_id: UUID) -> RunsheetExport:
    """Return an iteration's runsheet. Raises `NotFound`, `Forbidden`."""
    row, _ = await visible_iteration(connection, person, iteration_id)
    steps = await connection.execute(_STEPS, {"iteration": iteration_id})
    progress = {step.code: _progress(step) for step in steps}
    plan = await load_plan(connection, row.plan_version_id)
    return RunsheetExport(plan, progress, row.name, row.zone)


def _progress(step: Row[Any]) -> StepProgress:
    if not step.in_scope:
        return StepProgress("out of scope")
    state = "dormant" if step.dormant else step.state.replace("_", " ")
    return StepProgress(
        state, step.planned_start, step.planned_end, actual_start=step.started_at, actual_end=step.ended_at
    )
