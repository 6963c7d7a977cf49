"""API tokens: made for oneself (by an admin: for anybody), shown once, revoked for good."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Invalid, NotFound
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.kernel.instants import instant
from tminus.people import events
from tminus.people.commands.users import known_user
from tminus.people.domain.names import clean_name
from tminus.people.domain.rights import Person, Right, may, require
from tminus.platform.auth import tokens
from tminus.platform.auth.tokens import Token
from tminus.platform.database import Database
from tminus.platform.unit_of_work import unit_of_work

LONGEST_DAYS = 3650


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token to be made; `days` = how long it lasts by wall time, None = until it is revoked."""

    owner: UUID
    name: str
    days: int | None = None


async def issue_token(database: Database, person: Person, new: NewToken) -> tuple[Token, str]:
    """Make a token and return it with its secret, which nobody can be shown again.

    Raises `Forbidden`, `Invalid`, `NotFound` and `Unavailable`; then no token was made.
    """
    if person.id != new.owner:
        require(person, Right.ADMINISTER, None)
    name = clean_name(new.name, "token")
    if new.days is not None and not 1 <= new.days <= LONGEST_DAYS:
        raise Invalid(
            f"A token lasts 1 to {LONGEST_DAYS} days. None was made.", hint="Leave the days out for no end."
        )
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        owner = await known_user(tx.connection, new.owner)
        token, secret = await tokens.create(tx.connection, new.owner, name, new.days)
        after = {"name": name, "expiresAt": instant(token.expires_at) if token.expires_at else None}
        tx.record(events.token_issued(token.id, (owner.id, owner.name), after, tx.actor.name))
    return token, secret


async def revoke_token(database: Database, person: Person, token_id: UUID) -> None:
    """End a token at once.

    Raises `NotFound` for one that is not there, is ended already, or is another's, and `Unavailable`.
    """
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        token = await tokens.find(tx.connection, token_id)
        mine = token is not None and person.id == token.user_id
        if token is None or not (mine or may(person, Right.ADMINISTER, None)):
            raise NotFound("You have no such token. Nothing was revoked.", hint="Reload the list of tokens.")
        await tokens.revoke(tx.connection, token_id)
        tx.record(events.token_revoked(token_id, token.user_id, token.name, tx.actor.name))
