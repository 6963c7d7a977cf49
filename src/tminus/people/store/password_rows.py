"""SQL of passwords: a hash for each person who has one."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.store.tables import passwords


async def password_hash(connection: AsyncConnection, user_id: UUID, *, hold: bool = False) -> str | None:
    """Return the hash of a person's password; with `hold` nobody changes it before this transaction ends."""
    query = select(passwords.c.hash).where(passwords.c.user_id == user_id)
    query = query.with_for_update(read=True) if hold else query
    found: str | None = (await connection.execute(query)).scalar_one_or_none()
    return found


async def save_password(connection: AsyncConnection, user_id: UUID, hashed: str) -> None:
    """Set a person's password, or replace it."""
    now = func.clock_timestamp()
    statement = insert(passwords).values(user_id=user_id, hash=hashed, set_at=now)
    changed = {"hash": hashed, "set_at": now}
    await connection.execute(statement.on_conflict_do_update(index_elements=["user_id"], set_=changed))


async def rehash_password(connection: AsyncConnection, user_id: UUID, before: str, after: str) -> None:
    """Keep the same password under newer parameters, if it is still the same."""
    same = (passwords.c.user_id == user_id) & (passwords.c.hash == before)
    await connection.execute(passwords.update().where(same).values(hash=after))


async def delete_password(connection: AsyncConnection, user_id: UUID) -> bool:
    """Remove a person's password; False where there was none."""
    removed = delete(passwords).where(passwords.c.user_id == user_id).returning(passwords.c.user_id)
    return (await connection.execute(removed)).first() is not None
