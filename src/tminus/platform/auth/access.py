"""The access log: who came in, who was refused, from where. Outside the chain of the event log."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import bindparam, insert, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.platform.auth.aside import aside
from tminus.platform.database import Database
from tminus.platform.tables import access_log

log = logging.getLogger(__name__)

NOTED = frozenset({401, 403})
"""Statuses of refusals that are written down."""
STRANGERS_A_MINUTE = 60
"""Refusals of one address without a person behind them that are kept each minute: a flood fills no disk."""

_REFUSED = text(
    f"""
    INSERT INTO access_log (kind, user_id, address, detail)
    SELECT 'refused', :user_id, :address, :detail
    WHERE CAST(:user_id AS uuid) IS NOT NULL OR {STRANGERS_A_MINUTE} > (
        SELECT count(*) FROM access_log
        WHERE at > clock_timestamp() - interval '1 minute' AND address = :address AND user_id IS NULL
    )
    """  # noqa: S608 - a constant
).bindparams(bindparam("detail", type_=JSONB))


@dataclass(frozen=True, slots=True)
class Refusal:
    """What was refused: the answer's status and code, and the address that was asked."""

    status: int
    code: str
    method: str
    path: str


async def note(
    connection: AsyncConnection, kind: str, user_id: UUID | None, address: str, **detail: Any
) -> None:
    """Write a line in the caller's transaction: `sign_in`, `sign_out`, `link_mailed`…"""
    await connection.execute(
        insert(access_log).values(kind=kind, user_id=user_id, address=address, detail=detail)
    )


async def refused(database: Database, user_id: UUID | None, address: str, refusal: Refusal) -> None:
    """Write a refusal; where that fails it is logged, and the person gets the refusal all the same."""
    values = {"user_id": user_id, "address": address, "detail": asdict(refusal)}
    try:
        async with aside(database) as connection:
            await connection.execute(_REFUSED, values)
    except (SQLAlchemyError, psycopg.Error, OSError) as error:
        log.warning("a refusal could not be written to the access log: %s", type(error).__name__)
