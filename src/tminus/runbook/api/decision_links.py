"""Routes of personal links: without signing in, for exactly one decision and one person.

The secret comes in the body, as at the sign-in: an address is written to logs on its way. Looking uses nothing up, so
that whatever opens a mail's links before its reader does no harm; only the answer does.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request

from tminus.kernel.errors import Forbidden, NotFound
from tminus.people.api.deps import visitor_of
from tminus.platform.auth import attempts
from tminus.platform.http.address import network_of
from tminus.runbook import schemas
from tminus.runbook.api.deps import ServicesDep
from tminus.runbook.commands.decision_links import LinkAnswer, answer_by_link, holder_of
from tminus.runbook.commands.services import Services
from tminus.runbook.queries.decision_link import link_view

router = APIRouter(tags=["decisions"])
A_MINUTE = 30
"""Tries of one network each minute: a room of voters behind one address gets through, guessing gets nowhere."""


@router.post("/decision-links/look", response_model=schemas.LinkedDecision)
async def look_at_link(request: Request, body: schemas.DecisionLinkRequest, services: ServicesDep) -> Any:
    """Show the question a personal link leads to, with who else is asked and what was said; uses nothing up."""
    await _count(request, services)
    return await _view(services, body.token)


@router.post("/decision-links/answer", response_model=schemas.LinkedDecision)
async def answer_link(request: Request, body: schemas.DecisionLinkAnswer, services: ServicesDep) -> Any:
    """Answer by a personal link, once; the log has it under the name of whoever the link was given to."""
    await _count(request, services)
    await answer_by_link(services, LinkAnswer(body.token, body.answer, body.reason))
    return await _view(services, body.token)


async def _count(request: Request, services: Services) -> None:
    key = f"decision-link:{network_of(visitor_of(request).address)}"
    await attempts.count(services.database, key, A_MINUTE)


async def _view(services: Services, token: str) -> dict[str, Any]:
    async with services.database.read() as connection:
        decision_id, person = await holder_of(connection, token)
        try:
            return await link_view(connection, person, decision_id)
        except Forbidden as error:  # whoever lost every role here is told as little as a stranger
            raise NotFound("This link leads to no question.", hint="Ask whoever asked you.") from error
