"""How often one may try to sign in: counted by address and by account, a minute at a time, by wall time."""

from __future__ import annotations

import hashlib

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import TminusError
from tminus.platform.auth.aside import aside
from tminus.platform.database import Database

ADDRESS_A_MINUTE = 10
ACCOUNT_A_MINUTE = 3
"""Mails with links that one account is sent each minute, whoever asks for them."""
PASSWORD_A_MINUTE = 5
"""Passwords that may be tried for one account each minute, from wherever; its links go on working."""
KEPT = "1 hour"

_COUNT = text(
    """
    INSERT INTO sign_in_attempts (key, window_start, count)
    VALUES (:key, date_trunc('minute', clock_timestamp()), 1)
    ON CONFLICT (key, window_start) DO UPDATE SET count = sign_in_attempts.count + 1
    RETURNING count AS tried,
              ceil(extract(epoch FROM window_start + interval '1 minute' - clock_timestamp()))::int AS wait
    """
)
_FORGET = text(f"DELETE FROM sign_in_attempts WHERE window_start < clock_timestamp() - interval '{KEPT}'")  # noqa: S608 - a constant


class TooManyAttempts(TminusError):
    """Too many tries in this minute; the number of seconds to wait is among the params."""

    code = "too_many_attempts"
    status = 429


def address_key(network: str) -> str:
    """Return what attempts from an address are counted under."""
    return f"address:{network}"


def account_key(email: str) -> str:
    """Return what attempts for an account are counted under; a hash, since anything may be typed there."""
    return "account:" + hashlib.sha256(email.encode()).hexdigest()


def password_key(email: str) -> str:
    """Return what tries of an account's password are counted under, apart from its mails."""
    return "password:" + hashlib.sha256(email.encode()).hexdigest()


async def count(database: Database, key: str, limit: int) -> None:
    """Count a try, whatever becomes of it; raise `TooManyAttempts` beyond `limit` in this minute."""
    async with aside(database) as connection:
        tried, wait = await _counted(connection, key)
    if tried > limit:
        seconds = max(wait, 1)
        raise TooManyAttempts(
            "There were too many tries in this minute. Nothing was changed, and nobody was signed in.",
            hint=f"Wait {seconds} s, then try once more.",
            retryAfterSeconds=seconds,
        )


async def _counted(connection: AsyncConnection, key: str) -> tuple[int, int]:
    row = (await connection.execute(_COUNT, {"key": key})).one()
    if row.tried == 1:
        await connection.execute(_FORGET)
    return row.tried, row.wait
