"""Importing base data into a migration: looked at first, then all of it or nothing."""

from __future__ import annotations

import asyncio
import hashlib
import json
from dataclasses import dataclass, replace
from uuid import UUID

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people.domain.rights import Person, Right, require
from tminus.platform.database import Database
from tminus.platform.eventlog import store as log
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.base_data.there import whats_there
from tminus.runbook.commands.base_data.write import write_changes
from tminus.runbook.domain.base_data.decide import decide
from tminus.runbook.domain.base_data.said import BaseChange, Decided, Here
from tminus.runbook.domain.findings import has_errors
from tminus.runbook.readers.base_data.reader import BaseData, read_base_data
from tminus.runbook.store.plans import find_migration


@dataclass(frozen=True, slots=True)
class BaseFile:
    """A file for a migration. `seen` = the mark of the changes that were shown; None = whatever they are."""

    migration_id: UUID
    name: str
    data: bytes
    dry_run: bool = False
    seen: str | None = None


@dataclass(frozen=True, slots=True)
class BaseImport:
    """What was found, and what was changed (`done`) or would be; `mark` names exactly these changes."""

    decided: Decided
    mark: str
    done: bool

    @property
    def can_import(self) -> bool:
        """False where an error stands in the way; then nothing was changed."""
        return not has_errors(self.decided.findings)


async def import_base_data(database: Database, person: Person, file: BaseFile) -> BaseImport:
    """Say what a file changes, and change it unless it is a dry run or there are errors in it.

    Where all of it is there already, that is a success whatever was shown: so is the same file sent twice.
    Raises `Forbidden` before the file is read, `NotFound`, `Refused` (`base_data_changed`) and `Unavailable`; then
    nothing was changed.
    """
    require(person, Right.ADMINISTER, file.migration_id, asked="Importing people, teams and places")
    said = await asyncio.to_thread(read_base_data, file.name, file.data)
    looked = await _look(database, file, said)
    if file.dry_run or not looked.can_import:
        return looked
    if not looked.decided.changes:
        return replace(looked, done=True)
    # The system's stream first, as everybody who needs both takes them.
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as system:
        tx = await _of_migration(system, file.migration_id)
        here = await whats_there(tx.connection, tx.stream, said.rows)
        now = _decided(said, here)
        _is_as_seen(now, file.seen)
        if now.can_import:
            await write_changes(system, tx, now.decided.changes, here)
            await tx.flush()
    return BaseImport(now.decided, now.mark, done=now.can_import)


async def _look(database: Database, file: BaseFile, said: BaseData) -> BaseImport:
    async with database.read() as connection:
        if await find_migration(connection, str(file.migration_id)) is None:
            raise _no_migration()
        return _decided(said, await whats_there(connection, file.migration_id, said.rows))


def _decided(said: BaseData, here: Here) -> BaseImport:
    decided = decide(said.rows, here, said.findings)
    return BaseImport(decided, _mark(decided.changes), done=False)


def _mark(changes: tuple[BaseChange, ...]) -> str:
    said = [(one.kind, one.code, dict(one.before), dict(one.after)) for one in changes]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


async def _of_migration(system: Transaction, migration_id: UUID) -> Transaction:
    """Open the migration's stream within the system's command."""
    head = await log.lock_head(system.connection, migration_id)
    if head is None:
        raise _no_migration()
    return Transaction(system.connection, migration_id, system.actor, head.now, head)


def _no_migration() -> NotFound:
    return NotFound("There is no such migration.", hint="Choose one from the list of migrations.")


def _is_as_seen(now: BaseImport, seen: str | None) -> None:
    # With nothing left to change, all that was shown is there: done a moment ago, by the same press or another one.
    nothing_left = now.can_import and not now.decided.changes
    if seen is not None and seen != now.mark and not nothing_left:
        raise Refused(
            "What this file changes is no longer what you were shown: somebody changed people, teams or places since. "
            "Nothing was imported.",
            code="base_data_changed",
            hint="Look at the file's changes as they are now, then decide again.",
        )
