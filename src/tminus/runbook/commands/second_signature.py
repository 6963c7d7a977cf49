"""Asking for a second signature: what one person wants done that takes two.

What is asked for is carried out when another person signs, by `commands/signed.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tminus.kernel.errors import Forbidden, Refused
from tminus.kernel.ids import new_id
from tminus.kernel.instants import wall_time
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.commands.services import Services
from tminus.runbook.domain.asking import Ask, check
from tminus.runbook.domain.decision import Kind
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood
from tminus.runbook.domain.occasion import Occasion, Telling
from tminus.runbook.domain.step import Step
from tminus.runbook.events import iteration_fact, step_fact
from tminus.runbook.store import decision_lookup, decisions

SIGNERS = ("pilot", "approver")
"""Roles that give the right of the second signature."""


async def ask_second(
    services: Services,
    tx: Transaction,
    iteration: Iteration,
    *,
    action: str,
    subject: Mapping[str, Any],
    question: str,
    step_id: UUID | None,
) -> UUID:
    """Write the question to a second person, say so in the log and tell who may sign; return its key.

    `subject` names what `action` is done to (`code`…), and with `reason` why; it is JSON, and what the action
    gets back when it is signed. The doer is `tx.actor`. Raises `Refused` (`already_asked`) while the same is
    open, and where there is nobody else who could sign (`nobody_to_sign`).
    """
    if tx.actor.id is None:
        raise Forbidden("A second signature is asked for by a person, signed in by name.", hint="Sign in.")
    whole = {**subject, "action": action}
    await _not_asked_yet(tx, iteration, whole)
    able = [
        key for key, _, _ in await decision_lookup.holders(tx.connection, iteration.migration_id, SIGNERS)
    ]
    signers = tuple(key for key in able if key != tx.actor.id)
    if not signers:
        raise Refused(
            "There is no other pilot or approver who could sign. Nothing was asked.",
            code="nobody_to_sign",
            hint="Have an admin give somebody else the role.",
        )
    key = new_id()
    reason = str(subject.get("reason") or "")
    await decisions.insert_decision(
        tx.connection,
        {
            "id": key,
            "migration_id": iteration.migration_id,
            "iteration_id": iteration.id,
            "step_id": step_id,
            "kind": Kind.SECOND_SIGNATURE.value,
            "question": question,
            "detail": reason,
            "role": "pilot or approver",
            "asked_at": tx.now,
            "asked_by_id": tx.actor.id,
            "asked_by_name": tx.actor.name,
            "subject": whole,
        },
    )
    await _say(tx, iteration, key, whole, question, step_id)
    words = {"question": question, "detail": reason, "reason": reason, "who": tx.actor.name}
    telling = Telling(Occasion.DECISION_ASKED, step_id, users=signers, words=words)
    await services.messages.tell(tx, iteration, [telling])
    return key


async def _not_asked_yet(tx: Transaction, iteration: Iteration, subject: Mapping[str, Any]) -> None:
    there = await decisions.open_signature(tx.connection, iteration.id, json.dumps(subject))
    if there:
        raise Refused(
            f"This was already asked by {there.asked_by_name} at {wall_time(there.asked_at, iteration.zone)};"
            " a second person must sign it. Nothing was asked again.",
            code="already_asked",
            hint="Let another pilot or an approver sign it, or withdraw it.",
            decisionId=str(there.id),
        )


async def _say(
    tx: Transaction,
    iteration: Iteration,
    key: UUID,
    subject: Mapping[str, Any],
    question: str,
    step_id: UUID | None,
) -> None:
    reason = subject.get("reason")
    why = f": {reason}" if reason else ""
    sentence = f"{tx.actor.name} asked for a second signature on “{question}”{why}"
    more = {"decisionId": str(key), "kind": Kind.SECOND_SIGNATURE.value, "question": question}
    more["subject"] = dict(subject)  # type: ignore[assignment] # JSON members of several kinds
    if step_id is None:
        tx.record(iteration_fact("decision.asked", sentence, iteration.id, {}, {}, **more))
        return
    code, _ = await decision_lookup.step_code(tx.connection, step_id)
    tx.record(step_fact("decision.asked", sentence, iteration.id, (step_id, code), {}, {}, **more))


async def skip_with_second(
    services: Services, tx: Transaction, iteration: Iteration, ask: Ask, step: Step, network: Neighbourhood
) -> UUID:
    """Ask for a second signature on skipping a checkpoint or a gate; return the decision's key.

    `ask` = the press of Skip, checked here as any other. Raises what `check` and `ask_second` raise.
    """
    check(ask, step, network, iteration, tx.now)
    return await ask_second(
        services,
        tx,
        iteration,
        action="skip_step",
        subject={"code": step.code, "attempt": step.attempt, "reason": (ask.reason or "").strip()},
        question=f"Skip {step.code} {step.name}?",
        step_id=step.id,
    )
