"""One-time links: whoever has one signs in with it, once, while it lasts."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import Unauthenticated
from tminus.platform.auth.secret import digest, new_secret
from tminus.platform.settings import Settings

LIFETIME = timedelta(minutes=30)
DEMO_LIFETIME = timedelta(days=7)
"""A demo's links are printed once at its start and tried over days."""
PAGE = "/sign-in"
"""The secret follows as a fragment, which browsers send to no server and no log."""

_CREATE = text(
    """
    INSERT INTO sign_in_links (id, user_id, created_at, expires_at)
    VALUES (:id, :user_id, clock_timestamp(), clock_timestamp() + CAST(:lifetime AS interval))
    RETURNING expires_at
    """
)
# Compare and set: of two who open the same link at once, one finds it unused.
_USE = text(
    """
    UPDATE sign_in_links SET used_at = clock_timestamp()
    WHERE id = :id AND used_at IS NULL AND expires_at > clock_timestamp()
    RETURNING user_id
    """
)
_WHY = text("SELECT used_at IS NOT NULL FROM sign_in_links WHERE id = :id")

AGAIN = "Ask for a new one on the sign-in page, or ask an admin."


async def create(connection: AsyncConnection, user_id: UUID, lifetime: timedelta) -> str:
    """Make a link's secret for a person."""
    return (await create_until(connection, user_id, lifetime))[0]


async def create_until(
    connection: AsyncConnection, user_id: UUID, lifetime: timedelta
) -> tuple[str, datetime]:
    """Make a link's secret for a person and return it with its end, by wall time."""
    secret = new_secret()
    values = {"id": digest(secret), "user_id": user_id, "lifetime": lifetime}
    expires_at: datetime = (await connection.execute(_CREATE, values)).scalar_one()
    return secret, expires_at


async def use(connection: AsyncConnection, secret: str) -> UUID:
    """Use a link up and return whose it is.

    Raises `Unauthenticated` with code `link_used`, `link_expired` or `link_unknown`.
    """
    key = {"id": digest(secret)}
    user_id: UUID | None = (await connection.execute(_USE, key)).scalar_one_or_none()
    if user_id is not None:
        return user_id
    used: bool | None = (await connection.execute(_WHY, key)).scalar_one_or_none()
    if used is None:
        raise Unauthenticated(
            "This is not a sign-in link of this Tminus. Nobody was signed in.",
            code="link_unknown",
            hint=AGAIN,
        )
    if used:
        raise Unauthenticated(
            "This sign-in link was used before; each works once. Nobody was signed in.",
            code="link_used",
            hint=AGAIN,
        )
    raise Unauthenticated(
        "This sign-in link is too old. Nobody was signed in.", code="link_expired", hint=AGAIN
    )


def lifetime_of(settings: Settings) -> timedelta:
    """Return how long a new link lasts."""
    return DEMO_LIFETIME if settings.demo else LIFETIME


def address_of_link(settings: Settings, secret: str) -> str:
    """Return the address a person opens."""
    return f"{settings.base_url}{PAGE}#{secret}"
