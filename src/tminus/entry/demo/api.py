"""Routes that only the demo has: the mails its catcher took."""

from __future__ import annotations

import asyncio
from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from tminus.entry.demo.mails import caught_mails
from tminus.people.identify import PersonDep
from tminus.platform.http.state import settings_of

router = APIRouter(tags=["demo"])

MAILS_FOLDER = "mails"
"""Under `TMINUS_HOME`: where the catcher writes and this reads."""


class CaughtMailView(BaseModel):
    """One mail as it arrived; `receivedAt` is wall time."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    id: str
    to: str
    subject: str
    received_at: datetime
    text: str


class CaughtMailsView(BaseModel):
    """The newest mails, newest first."""

    items: list[CaughtMailView]


@router.get("/mails")
async def mails(request: Request, person: PersonDep) -> CaughtMailsView:
    """List what the demo's mail catcher took; anyone signed in to the demo may look."""
    folder = settings_of(request).home / MAILS_FOLDER
    found = await asyncio.to_thread(caught_mails, folder)
    return CaughtMailsView(items=[CaughtMailView.model_validate(one, from_attributes=True) for one in found])
