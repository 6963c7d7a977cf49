"""A lesson written on a step of an iteration, proposed for the plan: accepted into a draft, or declined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Invalid, NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people.domain.rights import Right, actor_for, may, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.plan_edit import Asked, apply_edits, draft_of
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan_edit import Level, SetField
from tminus.runbook.domain.plan_edit_fields import clean, field_of
from tminus.runbook.domain.plan_edit_words import shown
from tminus.runbook.events import plan_fact
from tminus.runbook.store import plan_edit_read, plan_edits, plan_versions, proposals
from tminus.runbook.store.proposals import Proposal, StepOfIteration
from tminus.runbook.store.version import Version

NEVER = frozenset({"code"})
"""Fields that no lesson changes: a step is found again by them."""


@dataclass(frozen=True, slots=True)
class Propose:
    """A lesson on a step; with a field and its value, or in words alone."""

    iteration_id: UUID
    code: str
    lesson: str
    field: str | None = None
    value: Any = None


@dataclass(frozen=True, slots=True)
class Accept:
    """A proposal to be put into a draft; `was` = the value that was shown, where it must still be that."""

    proposal_id: UUID
    version_id: UUID
    was: Any = None
    checked: bool = False


@dataclass(frozen=True, slots=True)
class Decline:
    """A proposal that is not taken up, and why."""

    proposal_id: UUID
    reason: str


async def propose(database: Database, caller: Caller, command: Propose) -> UUID:
    """Keep a proposal and return its key.

    Raises `NotFound`, `Forbidden` (neither of the step's team nor a pilot), `Invalid` and `Unavailable`.
    """
    if not command.lesson.strip():
        raise Invalid("A lesson says something. Nothing was proposed.", hint="Say what you learned.")
    async with database.read() as connection:
        step = await proposals.step_of(connection, command.iteration_id, command.code)
        if step is None:
            raise NotFound("There is no such step in this iteration.", hint="Check the code on the runsheet.")
        proposer = _proposer(caller, step)
        command = await _cleaned(connection, step, command)
    async with unit_of_work(database, step.migration_id, proposer, caller.key) as tx:
        key = new_id()
        await proposals.insert_proposal(tx.connection, _row(tx, key, step, command))
        tx.record(_proposed(tx, key, step, command))
        return key


async def _cleaned(connection: AsyncConnection, step: StepOfIteration, command: Propose) -> Propose:
    """Return it with the value as the plan's newest version would hold it, or raise `Invalid`."""
    if command.field is None:
        return command
    if command.field in NEVER:
        raise Invalid("A step's code is not proposed. Nothing was proposed.", field="field")
    (newest, *_) = await plan_versions.versions_of(connection, step.plan_id)
    names, _ = await plan_edits.load_names(connection, newest)
    return replace(command, value=clean(Level.STEP, command.field, command.value, names))


def _proposer(caller: Caller, step: StepOfIteration) -> Actor:
    """How the log names a pilot, or one of the step's team. Raises `Forbidden` for anybody else."""
    if may(caller.person, Right.PLANS, step.migration_id):
        return caller.actor(Right.PLANS, step.migration_id)
    require(caller.person, Right.OWN_STEPS, step.migration_id, step.team_id)
    return actor_for(caller.person, Right.OWN_STEPS, step.migration_id, step.team_id)


def _row(tx: Transaction, key: UUID, step: StepOfIteration, command: Propose) -> dict[str, Any]:
    return {
        "id": key,
        "plan_id": step.plan_id,
        "iteration_id": step.iteration_id,
        "step_id": step.step_id,
        "step_code": step.code,
        "field": command.field,
        "value": command.value,
        "lesson": command.lesson.strip(),
        "by_id": tx.actor.id,
        "by_name": tx.actor.name,
        "at": tx.now,
    }


def _proposed(tx: Transaction, key: UUID, step: StepOfIteration, command: Propose) -> Any:
    what = ""
    if command.field:
        words = field_of(Level.STEP, command.field).words
        what = f": {words} {shown(Level.STEP, command.field, command.value)}"
    return plan_fact(
        "plan.proposed",
        f"{tx.actor.name} proposed for the plan what {step.code} of {step.iteration_name} taught{what}",
        proposalId=str(key),
        planId=str(step.plan_id),
        iteration=str(step.iteration_id),
        stepCode=step.code,
        lesson=command.lesson.strip(),
        field=command.field,
        value=command.value,
    )


async def accept_proposal(database: Database, caller: Caller, command: Accept) -> int | None:
    """Accept a proposal; put its value into the draft as an edit and return that one's number.

    None for a lesson in words, and where the draft said so already. Raises `NotFound`, `Forbidden`, `Refused`
    (`already_decided`, and as for edits) and `Unavailable`.
    """
    seen = await _known(database, caller, command.proposal_id)
    async with unit_of_work(
        database, seen.migration_id, caller.actor(Right.PLANS, seen.migration_id), caller.key
    ) as tx:
        proposal = await _open(tx, seen.id)
        version = await draft_of(tx, command.version_id)
        if version.plan_id != proposal.plan_id:
            raise NotFound(
                "This draft is of another plan. Nothing was changed.", hint="Choose its plan's draft."
            )
        number = await _apply(tx, version, proposal, command) if proposal.field else None
        await _decided(tx, proposal, "accepted", None, {"versionId": str(version.id), "edit": number})
        return number


async def _apply(tx: Transaction, version: Version, proposal: Proposal, command: Accept) -> int | None:
    code, field = proposal.step_code, proposal.field or ""
    found = await plan_edit_read.load_some(tx.connection, version.id, {Level.STEP: [code]}, ties=False)
    now = found.things.get((Level.STEP, code))
    was = command.was if command.checked else now.values.get(field) if now else None
    edit = SetField(Level.STEP, code, field, was, proposal.value)
    words = field_of(Level.STEP, field).words
    title = f"Took over from {proposal.iteration_name}: the {words} of {code} is {shown(Level.STEP, field, edit.to)}"
    number = await apply_edits(tx, version, Asked([edit], title))
    return number if tx.entries else None  # nothing recorded: the draft said so already


async def decline_proposal(database: Database, caller: Caller, command: Decline) -> None:
    """Decline a proposal, with the reason. Raises `NotFound`, `Forbidden`, `Invalid`, `Refused`."""
    if not command.reason.strip():
        raise Invalid(
            "Declining takes a reason. Nothing was changed.", hint="Say why, for whoever proposed it."
        )
    seen = await _known(database, caller, command.proposal_id)
    async with unit_of_work(
        database, seen.migration_id, caller.actor(Right.PLANS, seen.migration_id), caller.key
    ) as tx:
        proposal = await _open(tx, seen.id)
        await _decided(tx, proposal, "declined", command.reason.strip(), {})


async def _known(database: Database, caller: Caller, key: UUID) -> Proposal:
    async with database.read() as connection:
        proposal = await proposals.find_proposal(connection, key)
    if proposal is None:
        raise NotFound("There is no such proposal.", hint="Reload the list of proposals.")
    require(caller.person, Right.PLANS, proposal.migration_id)
    return proposal


async def _open(tx: Transaction, key: UUID) -> Proposal:
    proposal = await proposals.find_proposal(tx.connection, key)
    if proposal is None or proposal.state != "open":
        by = f" by {proposal.decided_by_name}" if proposal else ""
        state = proposal.state if proposal else "withdrawn"
        raise Refused(
            f"This proposal was {state}{by} already. Nothing was changed.",
            code="already_decided",
            hint="Reload the list of proposals.",
        )
    return proposal


async def _decided(
    tx: Transaction, proposal: Proposal, state: str, reason: str | None, more: dict[str, Any]
) -> None:
    values = {"state": state, "decided_by_name": tx.actor.name, "decided_at": tx.now, "reason": reason}
    await proposals.decide_proposal(tx.connection, proposal.id, values)
    tx.record(
        plan_fact(
            f"plan.proposal_{state}",
            f"{tx.actor.name} {state} what {proposal.by_name} proposed after {proposal.step_code} of"
            f" {proposal.iteration_name}",
            proposalId=str(proposal.id),
            planId=str(proposal.plan_id),
            stepCode=proposal.step_code,
            before={"state": proposal.state},
            after={"state": state, "reason": reason},
            **more,
        )
    )
