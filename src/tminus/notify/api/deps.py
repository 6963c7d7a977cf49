"""What routes of notify take from the request beside who asks."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import Depends, Request

from tminus.notify.letters import Sending
from tminus.runbook.commands.services import Services


async def sending_of(request: Request) -> Sending:
    """Return where links begin and who hears everything in a test; wired by `entry.bootstrap`."""
    services = cast("Services", request.app.state.runbook)
    return cast("Sending", services.messages)


SendingDep = Annotated[Sending, Depends(sending_of)]
