"""Keeping what was said of a control, with all that follows for the steps it is tied to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tminus.kernel.facts import Fact
from tminus.kernel.instants import instant
from tminus.platform.unit_of_work import Transaction
from tminus.runbook.commands.services import Services
from tminus.runbook.commands.step import keep, reached
from tminus.runbook.domain.act import conclude
from tminus.runbook.domain.control import DID, LEADS_TO, Control, ControlAction
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood
from tminus.runbook.events import iteration_fact, step_fact
from tminus.runbook.store import controls, execution


async def keep_control(
    services: Services,
    tx: Transaction,
    iteration: Iteration,
    control: Control,
    action: ControlAction,
    reason: str | None,
) -> None:
    """Write the control's new state, say so in the log, and let steps that waited for it alone complete."""
    state = LEADS_TO[action]
    who, at = (None, None) if state == "pending" else (tx.actor.name, tx.now)
    words = None if state == "pending" else (reason or "").strip() or None
    overridden = action is ControlAction.OVERRIDE
    await controls.save_control(tx.connection, control.id, state, who, at, words, overridden=overridden)
    tied = await controls.tied_steps(tx.connection, control.id)
    counted = await controls.recount(tx.connection, tied)
    now = {"state": state, "by": who, "at": instant(at) if at else None, "reason": words}
    after = {**now, "overridden": overridden, "version": control.version + 1}
    if not tied:
        tx.record(_fact(tx, iteration, control, action, reason, after))
        return
    network = await execution.load_neighbourhood(tx.connection, iteration.id, tied)
    tx.record(_fact(tx, iteration, control, action, reason, after, (network, tied[0]), counted))
    outcome = await reached(tx, conclude(network, [], iteration, tx.now), iteration)
    await keep(services, tx, iteration, outcome)


def _fact(
    tx: Transaction,
    iteration: Iteration,
    control: Control,
    action: ControlAction,
    reason: str | None,
    after: dict[str, Any],
    place: tuple[Neighbourhood, UUID] | None = None,
    counted: dict[UUID, int] | None = None,
) -> Fact:
    type_, did = DID[action]
    why = f": {reason.strip()}" if reason and reason.strip() else ""
    sentence = f"{tx.actor.name} {did} control {control.code} “{control.name}”{why}"
    names = ("state", "reason", "overridden", "version")
    before = {name: getattr(control, name) for name in names} | {"by": control.by_name}
    more: dict[str, Any] = {"control": {"code": control.code, "before": before, "after": after}}
    if reason and after["state"] == "pending":
        more["reason"] = reason.strip()
    if counted:
        more["waiting"] = {str(key): {"controlsOpen": count} for key, count in counted.items()}
    if place is None:
        return iteration_fact(type_, sentence, iteration.id, {}, {}, **more)
    network, step_id = place
    of = (step_id, network.steps[step_id].code)
    return step_fact(type_, sentence, iteration.id, of, {}, {}, **more)
