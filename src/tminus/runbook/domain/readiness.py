"""Which steps turn ready, and what completes itself, after something has changed.

Pure and to a fixpoint: a milestone that completes itself may free the next step in the same command.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tminus.runbook.domain.change import Change, moved_by_system
from tminus.runbook.domain.neighbourhood import Neighbourhood, opening_time, waits_for
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import RUNNING, IterationState, StepState
from tminus.runbook.domain.step import Step, decision_key


def with_steps(network: Neighbourhood, *steps: Step) -> Neighbourhood:
    """Return the network with these steps in their new shape."""
    return replace(network, steps={**network.steps, **{step.id: step for step in steps}})


def settle(
    network: Neighbourhood, iteration: IterationState, now: datetime
) -> tuple[Neighbourhood, list[Change]]:
    """Let every step of the reach turn ready (or back), and milestones complete, until nothing moves."""
    changes: list[Change] = []
    if iteration not in RUNNING:
        return network, changes
    moving = True
    while moving:
        moving = False
        for key in network.reach:
            for change in _next(network, network.steps[key], iteration, now):
                network = with_steps(network, change.after)
                changes.append(change)
                moving = True
    return network, changes


def _next(network: Neighbourhood, step: Step, iteration: IterationState, now: datetime) -> Iterator[Change]:
    if step.dormant:
        return
    if step.state is StepState.NOT_READY and _open(network, step, now):
        asked = (
            {"decision_id": decision_key(step.id, step.attempt)} if step.behaviour is Behaviour.GATE else {}
        )
        yield moved_by_system(step, StepState.READY, now, "step.ready", ready_at=now, opens_at=None, **asked)
    elif step.state is StepState.READY and not _open(network, step, now):
        yield moved_by_system(step, StepState.NOT_READY, now, "step.not_ready", ready_at=None)
    elif step.state is StepState.READY and step.behaviour is Behaviour.MILESTONE:
        stamps = {"started_at": now, "work_ended_at": now, "ended_at": now}
        yield moved_by_system(step, StepState.COMPLETE, now, "step.completed", **stamps)
    elif _activates_itself(step, iteration):
        yield moved_by_system(step, StepState.ACTIVATED, now, "step.activated", activated_at=now)


def _activates_itself(step: Step, iteration: IterationState) -> bool:
    by_teams = step.behaviour in (Behaviour.WORK, Behaviour.CHECKPOINT)
    return (
        step.state is StepState.READY and step.auto_activate and by_teams and iteration is IterationState.LIVE
    )


def _open(network: Neighbourhood, step: Step, now: datetime) -> bool:
    opening = opening_time(network, step, now)
    return opening is not None and opening <= now


def waiting_changes(before: Neighbourhood, after: Neighbourhood, now: datetime) -> dict[UUID, list[str]]:
    """Return, for each step whose waiting differs, the codes of the predecessors it still waits for."""
    changed: dict[UUID, list[str]] = {}
    for key in after.reach:
        old = [predecessor.code for predecessor in waits_for(before, before.steps[key], now)]
        new = [predecessor.code for predecessor in waits_for(after, after.steps[key], now)]
        if old != new:
            changed[key] = new
    return changed


def with_opening_times(network: Neighbourhood, now: datetime) -> Neighbourhood:
    """Return the network in which each step that only time still holds knows when it opens."""
    updated = []
    for key in network.reach:
        step = network.steps[key]
        waits = step.state is StepState.NOT_READY and not step.dormant
        opening = opening_time(network, step, now) if waits else None
        if opening != step.opens_at:
            updated.append(replace(step, opens_at=opening))
    return with_steps(network, *updated)
