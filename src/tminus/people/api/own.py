"""Routes of what is one's own, and everybody's: tokens, the clock, the table of rights."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request

from tminus.kernel.errors import Forbidden
from tminus.people import schemas
from tminus.people.api.deps import by_program
from tminus.people.commands import clock as clock_commands
from tminus.people.commands import tokens as token_commands
from tminus.people.domain.rights import Person, Role
from tminus.people.domain.rights_table import rights_rows
from tminus.people.identify import PersonDep
from tminus.platform import clock
from tminus.platform.auth import tokens
from tminus.platform.http.state import database_of, settings_of

router = APIRouter(tags=["people"])


@router.get("/tokens", response_model=schemas.TokenList)
async def get_tokens(request: Request, person: PersonDep) -> Any:
    """List one's own tokens."""
    async with database_of(request).read() as connection:
        found = await tokens.of_person(connection, person.id) if person.id else []
    return {"items": [_token(token) for token in found], "next": None}


@router.post("/tokens", status_code=201, response_model=schemas.IssuedToken)
async def issue_token(request: Request, person: PersonDep, body: schemas.TokenRequest) -> Any:
    """Make a token for oneself; its secret is in this answer and nowhere else."""
    if person.id is None or by_program(request):
        raise Forbidden(
            "A token cannot make another: whoever found it could outlast its end. None was made.",
            hint="Sign in on the page, or use `tminus token create` on the server.",
        )
    new = token_commands.NewToken(person.id, body.name, body.expires_in_days)
    token, secret = await token_commands.issue_token(database_of(request), person, new)
    return {**_token(token), "token": secret}


@router.delete("/tokens/{token_id}", status_code=204)
async def revoke_token(request: Request, token_id: UUID, person: PersonDep) -> None:
    """Revoke a token; it stops working at once."""
    await token_commands.revoke_token(database_of(request), person, token_id)


@router.get("/clock", response_model=schemas.Clock)
async def get_clock(request: Request, person: PersonDep) -> Any:
    """Give Tminus's clock."""
    return await _clock(request, person)


@router.post("/clock/advance", response_model=schemas.Clock)
async def advance_clock(request: Request, person: PersonDep, body: schemas.ClockRequest) -> Any:
    """Move the clock forward for everybody, in a demo."""
    movable = settings_of(request).demo
    await clock_commands.advance_clock(database_of(request), person, body.seconds, movable=movable)
    return await _clock(request, person)


@router.get("/rights", response_model=schemas.RightsTable)
async def get_rights(person: PersonDep) -> Any:
    """Give the table of who may do what."""
    return {"roles": list(Role), "rights": rights_rows()}


async def _clock(request: Request, person: Person) -> dict[str, Any]:
    async with database_of(request).read() as connection:
        now, offset = await clock.server_now(connection), await clock.offset_seconds(connection)
    movable = settings_of(request).demo and clock_commands.may_move(person)
    return {"now": now, "offsetSeconds": offset, "movable": movable}


def _token(token: tokens.Token) -> dict[str, Any]:
    shown = asdict(token)
    del shown["user_id"]
    return shown
