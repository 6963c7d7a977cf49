"""Setting a gate's terms while its decision is open: who is asked, how many answers close it, until when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Refused
from tminus.kernel.instants import instant
from tminus.people.domain.rights import Right, actor_for, require
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.commands.deciding import Sitting, Written, code_of, sitting
from tminus.runbook.commands.decision_ask import voters_of
from tminus.runbook.commands.decision_tell import tell_asked
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.deciding_rules import check_deadline, check_quorum, check_unsettled, check_version
from tminus.runbook.domain.decision import Decision, Kind, Voter
from tminus.runbook.store import decision_lookup, decision_voters, decisions


@dataclass(frozen=True, slots=True)
class SetTerms:
    """A gate's terms, whole; without voters every approver may answer, without a deadline it waits."""

    decision_id: UUID
    voters: Sequence[tuple[UUID, str]]
    quorum: int
    deadline: datetime | None
    version: int | None = None


async def set_terms(services: Services, caller: Caller, command: SetTerms) -> Written:
    """Set a gate's voters, quorum and deadline; by a pilot. Who is newly named is told, with a personal link.

    Raises `NotFound`, `Forbidden`, `Invalid`, `Refused` (also where so many have answered already that it would
    be decided by the new quorum) and `Unavailable`; after any of them nothing has changed.
    """
    async with sitting(services, caller, command.decision_id) as sat:
        tx, decision, zone = sat.tx, sat.decision, sat.iteration.zone
        require(caller.person, Right.ANY_STEP, decision.migration_id, asked="Setting the terms of a gate")
        tx.actor = actor_for(caller.person, Right.ANY_STEP, decision.migration_id)
        check_version(decision, command.version)
        check_unsettled(decision, tx.now, zone)
        _check_gate(decision, command)
        check_deadline(command.deadline, tx.now, zone)
        voters = await _voters(tx, decision, command)
        await decision_voters.set_voters(tx.connection, decision.id, voters)
        members = {"quorum": command.quorum, "deadline": command.deadline, "reminded_at": None}
        await decisions.update_decision(tx.connection, decision.id, **members)
        now = await decisions.load_decision(tx.connection, decision.id)
        if now is None:
            raise AssertionError("a decision that was just written is gone")
        _record(sat, now, await code_of(tx, decision))
        new = [
            one.user_id
            for one in voters
            if not decision.voter(one.user_id) and not decision.answer_of(one.user_id)
        ]
        if new:
            await tell_asked(services, Sitting(tx, sat.iteration, now), new)
        return sat.written()


def _check_gate(decision: Decision, command: SetTerms) -> None:
    if decision.kind is not Kind.GATE:
        raise Refused(
            "Only a gate's terms are set afterwards; what a poll asks of whom stands. Nothing was changed.",
            code="not_a_gate",
            hint="Withdraw it, and ask anew.",
        )
    if command.quorum <= len(decision.answers):
        raise Refused(
            f"{len(decision.answers)} have answered already: a quorum of {command.quorum} would decide it by"
            " hindsight. Nothing was changed.",
            code="answers_are_in",
            hint=f"Ask for at least {len(decision.answers) + 1}.",
        )
    named = {key for key, _ in command.voters}
    gone = [one.name for one in decision.answers if named and one.user_id not in named]
    if gone:
        raise Refused(
            f"{' and '.join(gone)} answered already, and would no longer be asked. Nothing was changed.",
            code="answers_are_in",
            hint="Name whoever has answered too.",
        )


async def _voters(tx: Transaction, decision: Decision, command: SetTerms) -> tuple[Voter, ...]:
    voters = await voters_of(tx, decision.migration_id, command.voters, ("approver",))
    able = len(voters) or len(
        await decision_lookup.holders(tx.connection, decision.migration_id, ("approver",))
    )
    check_quorum(command.quorum, able)
    return voters


def _record(sat: Sitting, now: Decision, code: str | None) -> None:
    sentence = f"{sat.tx.actor.name} set who decides “{now.question}”, by how many answers and until when"
    sat.record("decision.terms_set", sentence, code, was=_terms(sat.decision), now=_terms(now))


def _terms(decision: Decision) -> dict[str, Any]:
    return {
        "quorum": decision.quorum,
        "deadline": instant(decision.deadline) if decision.deadline else None,
        "voters": [{"name": voter.name, "role": voter.role} for voter in decision.voters],
    }
