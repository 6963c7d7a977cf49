"""Validating a control of an iteration: pass, fail, cancel, reopen, and override by order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tminus.kernel.errors import NotFound
from tminus.people.domain.rights import Person, Right, may
from tminus.platform.eventlog.record import Entry
from tminus.platform.unit_of_work import Transaction, unit_of_work
from tminus.runbook.commands.control_keep import keep_control
from tminus.runbook.commands.place import seen_migration
from tminus.runbook.commands.second_signature import ask_second
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.control import Control, ControlAction, check_control
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.relation import actor_on
from tminus.runbook.domain.state_table import PEOPLE_AT_WORK
from tminus.runbook.store import controls


@dataclass(frozen=True, slots=True)
class ControlCommand:
    """Which control, what is said of it, at which version it was seen (None = whatever it is), and why."""

    iteration_id: UUID
    code: str
    action: ControlAction
    version: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """The entries that a command wrote."""

    entries: tuple[Entry, ...]
    seq: int


async def act_on_control(services: Services, caller: Caller, command: ControlCommand) -> Written:
    """Bring a control into another state; the last critical one completes a step that is being verified.

    To override a critical one only asks a second person; it passes when that person signs. Raises `NotFound`,
    `Forbidden`, `Invalid`, `Refused` and `Unavailable`.
    """
    migration_id = await seen_migration(services, caller.person, command.iteration_id)
    async with unit_of_work(services.database, migration_id, caller.person.actor, caller.key) as tx:
        iteration = await load_iteration(tx, command.iteration_id)
        control = await known_control(tx, iteration, command.code)
        tx.actor = actor_on(caller.person, migration_id, PEOPLE_AT_WORK, control.validator_team_id)
        check_control(
            control,
            command.action,
            iteration,
            **standing(caller.person, iteration, control),
            seen=command.version,
            reason=command.reason,
        )
        if command.action is ControlAction.OVERRIDE and control.critical:
            await _ask(services, tx, iteration, control, (command.reason or "").strip())
        else:
            await keep_control(services, tx, iteration, control, command.action, command.reason)
    return Written(tuple(tx.entries), tx.seq)


async def known_control(tx: Transaction, iteration: Iteration, code: str) -> Control:
    """Return the control, under the lock, or raise `NotFound`."""
    control = await controls.load_control(tx.connection, iteration.id, code)
    if control is None:
        raise NotFound(
            f"{iteration.name} has no control {code[:80]}.", hint="Check the code on the list of controls."
        )
    return control


def standing(person: Person, iteration: Iteration, control: Control) -> dict[str, bool]:
    """Return whether the person validates the control, and whether they are a pilot."""
    own = may(person, Right.OWN_STEPS, iteration.migration_id, control.validator_team_id)
    return {"validates": own, "pilot": may(person, Right.ANY_STEP, iteration.migration_id)}


async def _ask(
    services: Services, tx: Transaction, iteration: Iteration, control: Control, reason: str
) -> None:
    subject: dict[str, Any] = {"code": control.code, "version": control.version, "reason": reason}
    question = (
        f"Pass the critical control {control.code} “{control.name}” by order, although it is {control.state}?"
    )
    await ask_second(
        services, tx, iteration, action="override_control", subject=subject, question=question, step_id=None
    )
