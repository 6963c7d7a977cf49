"""Sessions: a random cookie, an absolute lifetime by wall time, ended one by one or all at once."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.auth.secret import digest, new_secret
from tminus.platform.tables import sessions

AGENT_LENGTH = 300

_CREATE = text(
    """
    WITH over AS (DELETE FROM sessions WHERE user_id = :user_id AND expires_at <= clock_timestamp())
    INSERT INTO sessions (id, user_id, created_at, expires_at, address, agent)
    VALUES (:id, :user_id, clock_timestamp(), clock_timestamp() + make_interval(hours => :hours),
            :address, :agent)
    """
)


async def create(
    connection: AsyncConnection, user_id: UUID, hours: int, address: str, agent: str | None
) -> str:
    """Begin a session of `hours` hours and return the cookie's value; it is kept nowhere."""
    value = new_secret()
    await connection.execute(
        _CREATE,
        {
            "id": digest(value),
            "user_id": user_id,
            "hours": hours,
            "address": address,
            "agent": agent[:AGENT_LENGTH] if agent else None,
        },
    )
    return value


async def end(connection: AsyncConnection, value: str) -> UUID | None:
    """End the session of a cookie and return whose it was; None = there was none."""
    statement = delete(sessions).where(sessions.c.id == digest(value)).returning(sessions.c.user_id)
    user_id: UUID | None = (await connection.execute(statement)).scalar_one_or_none()
    return user_id


async def end_all(connection: AsyncConnection, user_id: UUID, but: str | None = None) -> int:
    """End every session of a person, but perhaps that of one cookie, and return how many ended."""
    statement = delete(sessions).where(sessions.c.user_id == user_id).returning(sessions.c.id)
    if but is not None:
        statement = statement.where(sessions.c.id != digest(but))
    return len((await connection.execute(statement)).all())
