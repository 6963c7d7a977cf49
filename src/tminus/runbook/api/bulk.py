"""The route that acts on several steps at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.kernel.errors import TminusError
from tminus.platform.idempotency import Replayed
from tminus.runbook.api.answers import entries_of
from tminus.runbook.api.deps import CallerDep, ServicesDep
from tminus.runbook.commands.bulk import BulkCommand, BulkDone, Chosen, act_on_steps
from tminus.runbook.queries.events import live_event
from tminus.runbook.schemas.bulk import BulkAnswer, BulkRequest

router = APIRouter(tags=["runbook"])


@router.post("/iterations/{iteration_id}/bulk", response_model=BulkAnswer)
async def post_bulk(iteration_id: UUID, body: BulkRequest, services: ServicesDep, caller: CallerDep) -> Any:
    """Do one thing to several steps: all of them or none, or each on its own. One answer a step."""
    steps = {one.code: Chosen(one.code, one.version) for one in body.steps}
    together = body.mode == "together"
    asked = (iteration_id, body.action, tuple(steps.values()), together, body.reason, body.note)
    try:
        done = await act_on_steps(services, caller, BulkCommand(*asked))
    except Replayed as replayed:
        entries = tuple(await entries_of(services, replayed))
        done = BulkDone(dict.fromkeys(steps), entries, replayed.seq)
    return {
        "seq": done.seq,
        "results": [_result(code, refusal) for code, refusal in done.refused.items()],
        "events": [live_event(entry) for entry in done.entries],
    }


def _result(code: str, refusal: TminusError | None) -> dict[str, Any]:
    return {
        "code": code,
        "done": refusal is None,
        "problem": refusal.code if refusal else None,
        "detail": refusal.sentence if refusal else None,
    }
