"""SQL of an iteration's terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.runbook.domain.terms import Blackout, Decider, Terms

_TERMS = text(
    """
    SELECT i.window_start, i.window_end, i.data_volume, i.decider_id, u.name AS decider_name, i.decision_seconds,
           i.blackouts
    FROM iterations AS i LEFT JOIN users AS u ON u.id = i.decider_id WHERE i.id = :iteration
    """
)


async def load_terms(connection: AsyncConnection, iteration_id: UUID) -> Terms:
    """Return the terms of an iteration, which must be there."""
    return terms_from((await connection.execute(_TERMS, {"iteration": iteration_id})).one())


def terms_from(row: Row[Any]) -> Terms:
    """Turn a row of iterations, with the decider's name beside it, into its terms."""
    return Terms(
        row.window_start,
        row.window_end,
        float(row.data_volume) if row.data_volume is not None else None,
        Decider(row.decider_id, row.decider_name) if row.decider_id else None,
        row.decision_seconds,
        tuple(_blackout(one) for one in row.blackouts),
    )


def spans_of(kept: Sequence[dict[str, Any]]) -> tuple[tuple[datetime, datetime], ...]:
    """Return from when until when each of the blackouts is that an iteration keeps."""
    return tuple((one.start, one.end) for one in map(_blackout, kept))


def _blackout(kept: dict[str, Any]) -> Blackout:
    start, end = (datetime.fromisoformat(kept[name]) for name in ("start", "end"))
    return Blackout(start, end, kept["reason"])


def columns_of(terms: Terms) -> dict[str, Any]:
    """Return the terms as columns of iterations."""
    return {
        "window_start": terms.window_start,
        "window_end": terms.window_end,
        "data_volume": terms.data_volume,
        "decider_id": terms.decider.id if terms.decider else None,
        "decision_seconds": terms.decision_seconds,
        "blackouts": [one.shown() for one in terms.blackouts],
    }
