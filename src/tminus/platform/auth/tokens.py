"""API tokens: shown once, kept as a hash, revocable, with the rights of the person they belong to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.ids import new_id
from tminus.platform.auth.secret import digest, new_secret
from tminus.platform.tables import api_tokens

PREFIX = "tmn_"
"""So that people and secret scanners know one when they see it."""

_REVOKE = text(
    """
    UPDATE api_tokens SET revoked_at = clock_timestamp() WHERE id = :id AND revoked_at IS NULL
    RETURNING user_id, name
    """
)
_TOUCH = text(
    """
    UPDATE api_tokens SET last_used_at = clock_timestamp()
    WHERE id = :id AND (last_used_at IS NULL OR last_used_at < clock_timestamp() - interval '1 minute')
    """
)
_LIVE = select(
    api_tokens.c.id,
    api_tokens.c.user_id,
    api_tokens.c.name,
    api_tokens.c.created_at,
    api_tokens.c.expires_at,
    api_tokens.c.last_used_at,
).where(api_tokens.c.revoked_at.is_(None))
_EXPIRY = text("SELECT clock_timestamp(), clock_timestamp() + make_interval(days => :days)")


@dataclass(frozen=True, slots=True)
class Token:
    """One token, without its secret; times are wall time."""

    id: UUID
    user_id: UUID
    name: str
    created_at: datetime
    expires_at: datetime | None
    last_used_at: datetime | None = None


async def create(
    connection: AsyncConnection, user_id: UUID, name: str, days: int | None
) -> tuple[Token, str]:
    """Make a token that ends in `days` days (None = never) and return it with its secret."""
    secret = new_secret(PREFIX)
    now, expires_at = (await connection.execute(_EXPIRY, {"days": days})).one()
    token = Token(new_id(), user_id, name, now, expires_at)
    await connection.execute(
        insert(api_tokens).values(
            id=token.id,
            secret=digest(secret),
            user_id=user_id,
            name=name,
            created_at=token.created_at,
            expires_at=token.expires_at,
        )
    )
    return token, secret


async def find(connection: AsyncConnection, token_id: UUID) -> Token | None:
    """Return a token that is not revoked."""
    row = (await connection.execute(_LIVE.where(api_tokens.c.id == token_id))).one_or_none()
    return Token(*row) if row else None


async def of_person(connection: AsyncConnection, user_id: UUID) -> list[Token]:
    """Return a person's tokens that are not revoked, newest first; expired ones are among them."""
    query = _LIVE.where(api_tokens.c.user_id == user_id).order_by(api_tokens.c.created_at.desc())
    return [Token(*row) for row in await connection.execute(query)]


async def revoke(connection: AsyncConnection, token_id: UUID) -> bool:
    """End a token; False where it was ended before."""
    return (await connection.execute(_REVOKE, {"id": token_id})).one_or_none() is not None


async def touch(connection: AsyncConnection, token_id: UUID) -> None:
    """Note that the token was used; at most once a minute."""
    await connection.execute(_TOUCH, {"id": token_id})
