"""Saving a template: always a new version; one with an error is kept as such, and not used."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.kernel.facts import Fact
from tminus.kernel.ids import new_id
from tminus.notify.domain.template import fault_in
from tminus.notify.queries.templates import TITLES
from tminus.notify.store.templates import Version, add_version, versions_of
from tminus.notify.texts import built_in
from tminus.people.domain.rights import Right, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import unit_of_work
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.occasion import Occasion, Wording


@dataclass(frozen=True, slots=True)
class SaveTemplate:
    """New words for an occasion; `seen` = number of the newest version that was seen, 0 = the built-in one."""

    migration_id: UUID
    occasion: Occasion
    words: Wording
    seen: int


async def save_template(database: Database, caller: Caller, command: SaveTemplate) -> None:
    """Keep a new version. Raises `Forbidden`, `NotFound` and `Refused` (`template_changed`)."""
    migration_id, occasion = command.migration_id, command.occasion
    require(caller.person, Right.SEE, migration_id)
    require(caller.person, Right.ITERATIONS, migration_id, asked="Writing message templates")
    fault = fault_in(occasion, command.words)
    actor = caller.actor(Right.ITERATIONS, migration_id)
    async with unit_of_work(database, migration_id, actor, caller.key) as tx:
        versions = await versions_of(tx.connection, migration_id, occasion)
        newest = versions[0] if versions else None
        number = newest.number if newest else 0
        if number != command.seen and newest:
            raise Refused(
                f"{newest.by_name} saved version {number} of this template since you looked. Yours was not saved.",
                code="template_changed",
                hint="Copy your words, look at the new version, then save again.",
                newest=number,
            )
        line = fault.line if fault else None
        error = fault.words if fault else None
        version = Version(occasion, number + 1, command.words, error, line, tx.actor.name, tx.now)
        await add_version(tx.connection, new_id(), migration_id, version)
        told = f"{tx.actor.name} saved version {version.number} of the message “{TITLES[occasion]}”"
        tx.record(
            Fact(
                "message_template.saved",
                f"{told}; it has an error and is not used" if fault else told,
                detail={
                    "occasion": occasion.value,
                    "before": _shown(number, newest.words if newest else built_in(occasion)),
                    "after": {**_shown(version.number, command.words), "error": error},
                },
            )
        )


def _shown(number: int, words: Wording) -> dict[str, Any]:
    """A version in the log: every version is kept whole, its hash proves which words these were."""
    body = sha256(words.body.encode()).hexdigest()
    return {"number": number, "subject": words.subject, "bodySha256": body}
