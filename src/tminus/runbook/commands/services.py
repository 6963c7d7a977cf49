"""What every command of the runbook is given."""

from __future__ import annotations

from dataclasses import dataclass

from tminus.people.domain.rights import Person
from tminus.platform.database import Database
from tminus.platform.idempotency import IdempotencyKey
from tminus.runbook.ports import Messages


@dataclass(frozen=True, slots=True)
class Services:
    """The database and the ports."""

    database: Database
    messages: Messages


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and under which idempotency key."""

    person: Person
    key: IdempotencyKey | None = None
