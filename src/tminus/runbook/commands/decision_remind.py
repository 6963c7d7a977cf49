"""Reminding those of whom an answer is missing; by whoever asked, or a pilot."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.runbook.commands.deciding import Written, code_of, keeper, sitting
from tminus.runbook.commands.decision_tell import missing, tell_again
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.deciding import check_open
from tminus.runbook.domain.deciding_rules import (
    check_version,
)
from tminus.runbook.store import decisions


@dataclass(frozen=True, slots=True)
class Remind:
    """Remind who has not answered."""

    decision_id: UUID
    version: int | None = None


async def remind(services: Services, caller: Caller, command: Remind) -> Written:
    """Tell who has not answered that the question waits. Raises as every command on a decision does."""
    async with sitting(services, caller, command.decision_id) as sat:
        tx, decision, zone = sat.tx, sat.decision, sat.iteration.zone
        tx.actor = keeper(caller, decision)
        check_version(decision, command.version)
        check_open(decision, tx.now, zone)
        people = await missing(sat)
        if not people:
            raise Refused(
                "There is nobody left to remind. Nobody was told.",
                code="nobody_missing",
                hint="Ask for fewer answers, or ask more people.",
            )
        await decisions.update_decision(tx.connection, decision.id, reminded_at=tx.now)
        names = ", ".join(name for _, name in people)
        sentence = f"{tx.actor.name} reminded {names} of “{decision.question}”"
        sat.record("decision.reminded", sentence, await code_of(tx, decision), of=[n for _, n in people])
        await tell_again(services, sat, [key for key, _ in people])
        return sat.written()
