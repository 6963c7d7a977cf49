"""SQL of who is asked by name, and of the personal links they get."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.decision import Voter
from tminus.runbook.store.tables import decision_voters


@dataclass(frozen=True, slots=True)
class LinkOf:
    """Whose link it is, to which decision, and when it was used to answer."""

    decision_id: UUID
    user_id: UUID
    used_at: datetime | None


async def set_voters(connection: AsyncConnection, decision_id: UUID, voters: Sequence[Voter]) -> None:
    """Make these the people asked by name; who is no longer among them loses the link, who stays keeps it."""
    keys = [voter.user_id for voter in voters]
    of = decision_voters.c.decision_id == decision_id
    await connection.execute(delete(decision_voters).where(of, decision_voters.c.user_id.not_in(keys)))
    query = select(decision_voters.c.user_id).where(of)
    there = set((await connection.execute(query)).scalars())
    for voter in voters:
        if voter.user_id in there:
            one = of & (decision_voters.c.user_id == voter.user_id)
            await connection.execute(update(decision_voters).where(one).values(role=voter.role))
        else:
            row = {"decision_id": decision_id, "user_id": voter.user_id, "role": voter.role}
            await connection.execute(insert(decision_voters).values(**row))


async def set_links(connection: AsyncConnection, decision_id: UUID, hashes: Mapping[UUID, bytes]) -> None:
    """Give voters a link each, by the SHA-256 of its secret; the one they had before is worth nothing now."""
    for user_id, link_hash in hashes.items():
        await connection.execute(
            update(decision_voters)
            .where(decision_voters.c.decision_id == decision_id, decision_voters.c.user_id == user_id)
            .values(link_hash=link_hash)
        )


async def link_of(connection: AsyncConnection, link_hash: bytes) -> LinkOf | None:
    """Return whose link it is, by the SHA-256 of its secret."""
    v = decision_voters.c
    query = select(v.decision_id, v.user_id, v.link_used_at).where(v.link_hash == link_hash)
    row = (await connection.execute(query)).one_or_none()
    return LinkOf(row.decision_id, row.user_id, row.link_used_at) if row else None


async def use_link(connection: AsyncConnection, decision_id: UUID, user_id: UUID, at: datetime) -> None:
    """Write when a link was used to answer."""
    await connection.execute(
        update(decision_voters)
        .where(decision_voters.c.decision_id == decision_id, decision_voters.c.user_id == user_id)
        .values(link_used_at=at)
    )
