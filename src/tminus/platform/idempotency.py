"""The same request sent twice (a lost answer, an impatient thumb) is carried out once.

The key is written in the transaction of the change, so that either both exist or neither.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from tminus.kernel.errors import Invalid
from tminus.platform.swift import Statement


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


_ASK = b"SELECT fingerprint, answer FROM idempotency_keys WHERE user_key = %(user)s AND key = %(key)s"
_REMEMBER = b"""
INSERT INTO idempotency_keys (user_key, key, fingerprint, answer, at)
VALUES (%(user)s, %(key)s, %(fingerprint)s, %(answer)s, %(at)s)
"""


def asking(key: IdempotencyKey) -> Statement:
    """Return the statement that looks whether the key was used; `check` judges its rows."""
    return _ASK, {"user": key.user, "key": key.key}


def check(key: IdempotencyKey, found: Sequence[Any]) -> None:
    """Raise `Replayed` if the key was used for this request, `Invalid` if for another one."""
    if not found:
        return
    row = found[0]
    if bytes(row.fingerprint) != key.fingerprint:
        raise Invalid("This Idempotency-Key was used for another request.", hint="Send a new key.")
    raise Replayed(row.answer)


def remembering(key: IdempotencyKey, answer: dict[str, Any], now: datetime) -> Statement:
    """Return the statement that writes the key with the answer, in the transaction of the change."""
    values = {"user": key.user, "key": key.key, "fingerprint": key.fingerprint}
    return _REMEMBER, {**values, "answer": Jsonb(answer), "at": now}
