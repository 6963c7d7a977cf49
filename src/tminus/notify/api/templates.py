"""Routes of message templates."""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from tminus.notify.api.deps import SendingDep
from tminus.notify.commands.save_template import SaveTemplate, save_template
from tminus.notify.queries.templates import history_view, preview, templates_view
from tminus.notify.schemas import templates as schemas
from tminus.people.identify import PersonDep
from tminus.platform.idempotency import Replayed
from tminus.runbook.api.deps import CallerDep, ReadDep, ServicesDep
from tminus.runbook.domain.occasion import Occasion, Wording

router = APIRouter(tags=["messages"])
TEMPLATES = "/migrations/{migration_id}/message-templates"


@router.get(TEMPLATES, response_model=schemas.TemplateList)
async def get_message_templates(migration_id: UUID, person: PersonDep, connection: ReadDep) -> Any:
    """List the template of each occasion: what is used, a newer one that can't be, the words there are."""
    return {"items": await templates_view(connection, person, migration_id)}


@router.get(f"{TEMPLATES}/{{occasion}}", response_model=schemas.TemplateHistory)
async def get_message_template(
    migration_id: UUID, occasion: Occasion, person: PersonDep, connection: ReadDep
) -> Any:
    """Give one template with all its versions, the newest first."""
    return await history_view(connection, person, migration_id, occasion)


@router.put(f"{TEMPLATES}/{{occasion}}", response_model=schemas.TemplateHistory)
async def put_message_template(
    migration_id: UUID,
    occasion: Occasion,
    body: schemas.NewTemplate,
    services: ServicesDep,
    caller: CallerDep,
) -> Any:
    """Save new words as the next version; one with an error is kept and not used."""
    command = SaveTemplate(migration_id, occasion, Wording(body.subject, body.body), body.seen)
    with suppress(Replayed):
        await save_template(services.database, caller, command)
    async with services.database.read() as connection:
        return await history_view(connection, caller.person, migration_id, occasion)


@router.post(f"{TEMPLATES}/{{occasion}}/preview", response_model=schemas.Preview)
async def post_template_preview(
    migration_id: UUID,
    occasion: Occasion,
    body: schemas.PreviewRequest,
    person: PersonDep,
    connection: ReadDep,
    sending: SendingDep,
) -> Any:
    """Show the message these words make, with a real step or with examples; sends nothing."""
    words = Wording(body.subject, body.body)
    place = (body.iteration_id, body.step_code)
    return await preview(connection, person, migration_id, (occasion, words), place, sending.base_url)
