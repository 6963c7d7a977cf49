"""The same request sent twice (a lost answer, an impatient thumb) is carried out once.

The key is written in the transaction of the change, so that either both exist or neither.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import Invalid
from tminus.platform.tables import idempotency_keys


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """A client's key with the fingerprint (SHA-256) of the request it stands for."""

    user: str
    key: str
    fingerprint: bytes

    @classmethod
    def of(cls, user: str, key: str, *request: bytes) -> IdempotencyKey:
        """Make the key of a request given as its parts (method, path, body)."""
        digest = hashlib.sha256()
        for part in request:
            digest.update(len(part).to_bytes(8, "big") + part)
        return cls(user, key, digest.digest())


class Replayed(Exception):
    """The request was carried out before: it wrote the entries after `after` up to `seq` of `stream`."""

    def __init__(self, written: dict[str, Any]) -> None:
        super().__init__("already carried out")
        self.stream = UUID(written["stream"])
        self.after = int(written["after"])
        self.seq = int(written["seq"])


async def check(connection: AsyncConnection, key: IdempotencyKey) -> None:
    """Raise `Replayed` if the key was used for this request, `Invalid` if for another one."""
    query = select(idempotency_keys.c.fingerprint, idempotency_keys.c.answer).where(
        idempotency_keys.c.user_key == key.user, idempotency_keys.c.key == key.key
    )
    row = (await connection.execute(query)).one_or_none()
    if row is None:
        return
    if bytes(row.fingerprint) != key.fingerprint:
        raise Invalid("This Idempotency-Key was used for another request.", hint="Send a new key.")
    raise Replayed(row.answer)


async def remember(
    connection: AsyncConnection, key: IdempotencyKey, answer: dict[str, Any], now: datetime
) -> None:
    """Write the key with the answer, in the transaction of the change."""
    await connection.execute(
        insert(idempotency_keys).values(
            user_key=key.user, key=key.key, fingerprint=key.fingerprint, answer=answer, at=now
        )
    )
