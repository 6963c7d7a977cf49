"""Routes of single messages."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.notify.api.deps import SendingDep
from tminus.notify.commands.see_to_message import handle_message, resend_message
from tminus.notify.queries.activation import activation_message
from tminus.notify.schemas import messages as schemas
from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep

router = APIRouter(tags=["messages"])


@router.get(
    "/iterations/{iteration_id}/steps/{code}/activation-message", response_model=schemas.ActivationPreview
)
async def get_activation_message(
    iteration_id: UUID, code: str, person: PersonDep, connection: ReadDep, sending: SendingDep
) -> Any:
    """Give what activating a step would send, and to whom, for the pilot to read and edit."""
    return await activation_message(connection, person, sending, iteration_id, code)


@router.post("/messages/{message_id}/resend", response_model=schemas.MessageDone)
async def post_resend(message_id: UUID, services: ServicesDep, caller: CallerDep) -> Any:
    """Send a message again that failed, or may not have arrived; the old one is handled."""
    try:
        resent = await resend_message(services.database, caller, message_id)
    except Replayed:
        return {"id": message_id, "resent": None}
    return {"id": message_id, "resent": resent}


@router.post("/messages/{message_id}/handled", response_model=schemas.MessageDone)
async def post_handled(
    message_id: UUID, body: schemas.HandledRequest, services: ServicesDep, caller: CallerDep
) -> Any:
    """Note that the recipient was reached otherwise; the message asks for care no longer."""
    with suppress(Replayed):
        await handle_message(services.database, caller, message_id, body.note)
    return {"id": message_id, "resent": None}
