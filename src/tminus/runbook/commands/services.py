"""What every command of the runbook is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.people.domain.rights import Person, Right, actor_for
from tminus.platform.child_process import ChildProcess
from tminus.platform.database import Database
from tminus.platform.files.objects import Objects
from tminus.platform.idempotency import IdempotencyKey
from tminus.runbook.ports import Messages


@dataclass(frozen=True, slots=True)
class Services:
    """The database, the ports, the store of files, where there is one, and a process for what takes long to reckon."""

    database: Database
    messages: Messages
    objects: Objects | None = None
    child: ChildProcess = field(default_factory=ChildProcess)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, and under which idempotency key."""

    person: Person
    key: IdempotencyKey | None = None

    def actor(self, right: Right, migration_id: UUID) -> Actor:
        """Return how the log is to name who uses this right: with both names where it is an absent person's."""
        return actor_for(self.person, right, migration_id)
