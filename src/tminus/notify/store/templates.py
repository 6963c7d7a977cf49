"""SQL of templates: versions are added, never changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.notify.store.tables import message_templates
from tminus.platform.swift import Statement
from tminus.runbook.domain.occasion import Occasion, Wording

_USED = b"""
SELECT DISTINCT ON (occasion) occasion, subject, body FROM message_templates
WHERE migration_id = %(migration)s AND occasion = ANY(%(occasions)s) AND error IS NULL
ORDER BY occasion, number DESC
"""


@dataclass(frozen=True, slots=True)
class Version:
    """A template as somebody saved it; with an error it is kept, and not used."""

    occasion: Occasion
    number: int
    words: Wording
    error: str | None
    error_line: int | None
    by_name: str
    at: datetime


def asking_used(migration_id: UUID, occasions: Iterable[Occasion]) -> Statement:
    """Return the statement whose rows `used_in` reads: of each occasion the newest without an error."""
    return _USED, {"migration": migration_id, "occasions": [one.value for one in occasions]}


def used_in(rows: Sequence[Any]) -> dict[Occasion, Wording]:
    """Return the user's templates by occasion; an occasion without one is not in it."""
    return {Occasion(row.occasion): Wording(row.subject, row.body) for row in rows}


async def versions_of(
    connection: AsyncConnection, migration_id: UUID, occasion: Occasion | None = None
) -> list[Version]:
    """Return the versions of a migration's templates (or of one occasion), the newest first."""
    table = message_templates.c
    query = select(message_templates).where(table.migration_id == migration_id)
    if occasion:
        query = query.where(table.occasion == occasion.value)
    rows = await connection.execute(query.order_by(table.occasion, table.number.desc()))
    return [_version(row) for row in rows]


async def add_version(connection: AsyncConnection, key: UUID, migration_id: UUID, version: Version) -> None:
    """Keep a version."""
    await connection.execute(
        insert(message_templates).values(
            id=key,
            migration_id=migration_id,
            occasion=version.occasion.value,
            number=version.number,
            subject=version.words.subject,
            body=version.words.body,
            error=version.error,
            error_line=version.error_line,
            by_name=version.by_name,
            at=version.at,
        )
    )


def _version(row: Any) -> Version:
    words = Wording(row.subject, row.body)
    return Version(Occasion(row.occasion), row.number, words, row.error, row.error_line, row.by_name, row.at)
