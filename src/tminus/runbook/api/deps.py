"""What every route of the runbook takes from the request: who asks, and the services."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated, cast

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.identify import PersonDep
from tminus.platform.http.idempotency import idempotency_key
from tminus.platform.http.state import database_of
from tminus.runbook.commands.services import Caller, Services


async def services_of(request: Request) -> Services:
    """Return the runbook's services, wired by `entry.bootstrap`."""
    # Async, or the framework would go to another thread and back for it.
    return cast("Services", request.app.state.runbook)


async def caller_of(request: Request, person: PersonDep) -> Caller:
    """Return who asks, with the request's idempotency key."""
    return Caller(person, await idempotency_key(request, person))


async def reading(request: Request) -> AsyncIterator[AsyncConnection]:
    """Yield a connection that sees one snapshot and may write nothing."""
    async with database_of(request).read() as connection:
        yield connection


ServicesDep = Annotated[Services, Depends(services_of)]
CallerDep = Annotated[Caller, Depends(caller_of)]
ReadDep = Annotated[AsyncConnection, Depends(reading)]
