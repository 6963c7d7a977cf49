"""Passing a critical control by order, once a second person has signed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tminus.kernel.actor import Actor
from tminus.kernel.errors import NotFound, Refused
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.commands.control_keep import keep_control
from tminus.runbook.commands.services import Services
from tminus.runbook.domain.control import ControlAction, check_control, now_words
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.store import controls


async def override_control(
    services: Services,
    tx: Transaction,
    iteration: Iteration,
    subject: Mapping[str, Any],
    asker: Actor,
    signer: Actor,
) -> None:
    """Pass the control as two people want it, by both names. Raises `Refused` where it has changed since."""
    control = await controls.load_control(tx.connection, iteration.id, subject["code"])
    if control is None:
        raise NotFound("There is no such control any more.", hint="Decline what was asked.")
    if control.version != subject["version"]:
        raise Refused(
            f"Control {control.code} has changed since {asker.name} asked: {now_words(control, iteration)}."
            " Nothing was done.",
            code="control_changed",
            hint="Decline, and talk to each other; it can be asked anew.",
        )
    check_control(
        control, ControlAction.OVERRIDE, iteration, validates=False, pilot=True, reason=subject["reason"]
    )
    signed, tx.actor = tx.actor, Actor(signer.id, f"{asker.name} and {signer.name}")
    await keep_control(services, tx, iteration, control, ControlAction.OVERRIDE, subject["reason"])
    tx.actor = signed
