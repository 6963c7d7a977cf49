"""Asking a go/no-go poll of named people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tminus.kernel.errors import Invalid, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Right, require
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.deciding import Sitting, Written
from tminus.runbook.commands.decision_tell import tell_asked
from tminus.runbook.commands.place import seen_migration
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import find_step, load_iteration
from tminus.runbook.domain.deciding_rules import check_deadline, check_quorum
from tminus.runbook.domain.decision import Decision, Kind, Voter
from tminus.runbook.domain.electorate import check_asks
from tminus.runbook.store import decision_lookup, decision_voters, decisions

EVERY_ROLE = ("viewer", "member", "data_lead", "pilot", "approver")


@dataclass(frozen=True, slots=True)
class AskPoll:
    """A question to named people, (key, in which capacity) each; `step_code` = the step it is about."""

    iteration_id: UUID
    question: str
    detail: str
    voters: Sequence[tuple[UUID, str]]
    quorum: int
    deadline: datetime | None = None
    step_code: str | None = None


async def ask_poll(services: Services, caller: Caller, command: AskPoll) -> Written:
    """Ask, and tell each of those asked with a personal link; by a pilot or an approver.

    Raises `NotFound`, `Forbidden`, `Invalid` (a quorum that cannot be reached, a deadline that has passed, somebody
    who has no role here), `Refused` and `Unavailable`; after any of them nothing was asked.
    """
    migration_id = await seen_migration(services, caller.person, command.iteration_id)
    require(caller.person, Right.SECOND_SIGNATURE, migration_id, asked="Asking for a decision")
    step_id = None
    if command.step_code:
        _, step_id = await find_step(services, caller, command.iteration_id, command.step_code)
    actor = caller.actor(Right.SECOND_SIGNATURE, migration_id)
    async with unit_of_work(services.database, migration_id, actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        check_asks(iteration)
        check_deadline(command.deadline, tx.now, iteration.zone)
        voters = await voters_of(tx, migration_id, command.voters, EVERY_ROLE)
        check_quorum(command.quorum, len(voters))
        if step_id and await decision_lookup.is_gate(tx.connection, step_id):
            raise Refused(
                f"{command.step_code} is a gate, and asks its own question. Nothing was asked.",
                code="gate_asks_itself",
                hint="Say there who decides, with which quorum and by when.",
            )
        decision = await _write(tx, migration_id, step_id, command, voters)
        sat = Sitting(tx, iteration, decision)
        _record(sat, command.step_code)
        await tell_asked(services, sat, [voter.user_id for voter in voters])
        return sat.written()


async def voters_of(
    tx: Transaction, migration_id: UUID, wanted: Sequence[tuple[UUID, str]], roles: Sequence[str]
) -> tuple[Voter, ...]:
    """Return the named people, each once, who must hold one of `roles` in the migration; raises `Invalid`."""
    names = {key: name for key, name, _ in await decision_lookup.holders(tx.connection, migration_id, roles)}
    if len({key for key, _ in wanted}) < len(wanted):
        raise Invalid("Somebody is named twice. Nothing was asked.", hint="Name each once.", field="voters")
    if missing := [key for key, _ in wanted if key not in names]:
        who = "is no approver of" if tuple(roles) == ("approver",) else "has no role in"
        raise Invalid(
            f"{len(missing)} of those named {who} this migration. Nothing was asked.",
            hint="Choose among its people; an admin gives roles.",
            field="voters",
        )
    return tuple(Voter(key, names[key], role) for key, role in wanted)


async def _write(
    tx: Transaction, migration_id: UUID, step_id: UUID | None, command: AskPoll, voters: tuple[Voter, ...]
) -> Decision:
    key = new_id()
    await decisions.insert_decision(
        tx.connection,
        {
            "id": key,
            "migration_id": migration_id,
            "iteration_id": command.iteration_id,
            "step_id": step_id,
            "kind": Kind.POLL.value,
            "question": command.question,
            "detail": command.detail,
            "role": "named",
            "quorum": command.quorum,
            "deadline": command.deadline,
            "asked_at": tx.now,
            "asked_by_id": tx.actor.id,
            "asked_by_name": tx.actor.name,
        },
    )
    await decision_voters.set_voters(tx.connection, key, voters)
    decision = await decisions.load_decision(tx.connection, key)
    if decision is None:
        raise AssertionError("a decision that was just written is gone")
    return decision


def _record(sat: Sitting, code: str | None) -> None:
    decision = sat.decision
    named = ", ".join(f"{voter.name} ({voter.role})" for voter in decision.voters)
    sat.record(
        "decision.asked",
        f"{sat.tx.actor.name} asked “{decision.question}” of {named}",
        code,
        question=decision.question,
        detail=decision.detail,
        quorum=decision.quorum,
        deadline=decision.deadline.isoformat() if decision.deadline else None,
        voters=[{"name": voter.name, "role": voter.role} for voter in decision.voters],
    )
