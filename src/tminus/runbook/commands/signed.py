"""What a second signature carries out, by the name of the action: in the very transaction in which it is given."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Refused
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.commands.control_override import override_control
from tminus.runbook.commands.services import Services
from tminus.runbook.commands.step import keep, reached
from tminus.runbook.domain.act import act
from tminus.runbook.domain.asking import Ask
from tminus.runbook.domain.decision import Decision
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import Relation, StepAction
from tminus.runbook.store import execution

Carry = Callable[[Services, Transaction, Iteration, Mapping[str, Any], Actor, Actor], Awaitable[None]]
"""Carries an action out, or raises why it is not possible any more: given its subject, who asked, who signed."""


def both(asker: Actor, signer: Actor) -> Actor:
    """Return how the log names what two people did: by both names, under the key of who is signed in."""
    return Actor(signer.id, f"{asker.name} and {signer.name}")


async def skip_step(
    services: Services,
    tx: Transaction,
    iteration: Iteration,
    subject: Mapping[str, Any],
    asker: Actor,
    signer: Actor,
) -> None:
    """Skip a checkpoint or a gate, as two people want it; by the rules of any skip, looked at again."""
    step_id = UUID(subject["stepId"])
    network = await execution.load_neighbourhood(tx.connection, iteration.id, [step_id])
    step = network.steps[step_id]
    if step.attempt != subject["attempt"]:
        raise Refused(
            f"{step.code} is in attempt {step.attempt} now; it was attempt {subject['attempt']} that"
            f" {asker.name} asked to skip. Nothing was skipped.",
            code="step_changed",
            hint="Decline, and talk to each other; it can be asked anew.",
        )
    ask = Ask(
        StepAction.SKIP, both(asker, signer), Relation.PILOT, None, subject["reason"], second=signer.name
    )
    outcome = await reached(tx, act(ask, step_id, network, iteration, tx.now), iteration)
    await keep(services, tx, iteration, outcome)


CARRY: dict[str, Carry] = {
    "skip_step": skip_step,
    "override_control": override_control,
}
"""Every action that takes two."""


async def carry_out(
    services: Services, tx: Transaction, iteration: Iteration, decision: Decision, signer: Actor
) -> None:
    """Do what was asked for and is signed now; raises why where it is not possible any more."""
    asker = Actor(decision.asked_by_id, decision.asked_by_name or "")
    subject = {**decision.subject, "stepId": str(decision.step_id)}
    await CARRY[decision.subject["action"]](services, tx, iteration, subject, asker, signer)
