"""What was proposed for a plan, each beside what the plan says now."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, require
from tminus.runbook.domain.plan_edit import Level
from tminus.runbook.store import plan_edit_read, plan_versions, proposals
from tminus.runbook.store.proposals import Proposal

Steps = dict[str, dict[str, Any]]


async def proposals_view(
    connection: AsyncConnection, person: Person, plan_id: UUID, state: str | None
) -> list[dict[str, Any]]:
    """Return a plan's proposals, the newest first. Raises `NotFound`, `Forbidden`."""
    migration_id = await plan_versions.migration_of_plan(connection, plan_id)
    if migration_id is None:
        raise NotFound("There is no such plan.", hint="Choose one from the list of plans.")
    require(person, Right.SEE, migration_id)
    found = await proposals.proposals_of(connection, plan_id, state)
    steps = await _newest_steps(connection, plan_id, [one.step_code for one in found])
    return [_view(one, steps) for one in found]


async def proposal_view(connection: AsyncConnection, person: Person, key: UUID) -> dict[str, Any]:
    """Return one proposal. Raises `NotFound`, `Forbidden`."""
    return await _one(connection, person, await proposals.find_proposal(connection, key))


async def insight_proposal_view(
    connection: AsyncConnection, person: Person, plan_id: UUID, insight: str
) -> dict[str, Any]:
    """Return the proposal that an insight of a plan was kept as. Raises `NotFound`, `Forbidden`."""
    return await _one(connection, person, await proposals.find_answer(connection, plan_id, insight))


async def _one(connection: AsyncConnection, person: Person, found: Proposal | None) -> dict[str, Any]:
    if found is None:
        raise NotFound("There is no such proposal.", hint="Reload the list of proposals.")
    require(person, Right.SEE, found.migration_id)
    return _view(found, await _newest_steps(connection, found.plan_id, [found.step_code]))


async def _newest_steps(connection: AsyncConnection, plan_id: UUID, codes: list[str]) -> Steps:
    versions = await plan_versions.versions_of(connection, plan_id)
    if not versions or not codes:
        return {}
    found = await plan_edit_read.load_some(connection, versions[0].id, {Level.STEP: codes}, ties=False)
    return {thing.code: thing.values for thing in found.things.values()}


def _view(one: Proposal, steps: Steps) -> dict[str, Any]:
    return {
        "id": one.id,
        "planId": one.plan_id,
        "stepCode": one.step_code,
        "stepName": one.step_name,
        "iterationName": one.iteration_name,
        "field": one.field,
        "value": one.value,
        "current": steps.get(one.step_code, {}).get(one.field) if one.field else None,
        "lesson": one.lesson,
        "by": one.by_name,
        "at": one.at,
        "state": one.state,
        "decidedBy": one.decided_by_name,
        "decidedAt": one.decided_at,
        "reason": one.reason,
        "version": one.version,
    }
