"""Putting a decision's deadline off; by whoever asked, or a pilot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.kernel.instants import instant, wall_time
from tminus.runbook.commands.deciding import Written, code_of, keeper, sitting
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.deciding_rules import (
    check_deadline,
    check_unsettled,
    check_version,
)
from tminus.runbook.domain.decision import Kind
from tminus.runbook.store import decisions


@dataclass(frozen=True, slots=True)
class Extend:
    """A later deadline; a decision that has ended is open again until then."""

    decision_id: UUID
    deadline: datetime
    version: int | None = None


async def extend(services: Services, caller: Caller, command: Extend) -> Written:
    """Put the deadline off; what has ended without a decision is open again."""
    async with sitting(services, caller, command.decision_id) as sat:
        tx, decision, zone = sat.tx, sat.decision, sat.iteration.zone
        tx.actor = keeper(caller, decision)
        check_version(decision, command.version)
        check_unsettled(decision, tx.now, zone)
        if decision.kind is Kind.SECOND_SIGNATURE:
            raise Refused(
                "A second signature has no deadline. Nothing was changed.",
                code="no_deadline",
                hint="Remind those who may sign, or withdraw it.",
            )
        check_deadline(command.deadline, tx.now, zone)
        was = decision.deadline
        if was and command.deadline <= was:
            raise Invalid(
                f"To extend is to put off: the deadline is {wall_time(was, zone)} already. Nothing was changed.",
                hint="Give a later time.",
                field="deadline",
            )
        members = {"deadline": command.deadline, "reminded_at": None}
        await decisions.update_decision(tx.connection, decision.id, **members)
        sat.record(
            "decision.extended",
            f"{tx.actor.name} extended “{decision.question}” to {wall_time(command.deadline, zone)}",
            await code_of(tx, decision),
            was={"deadline": instant(was) if was else None},
            now={"deadline": instant(command.deadline)},
        )
        return sat.written()
