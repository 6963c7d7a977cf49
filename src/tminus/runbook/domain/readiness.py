"""Which steps turn ready, and what completes itself, after something has changed.

Pure and to a fixpoint: a milestone that completes itself may free the next step in the same command, and the
last step of a chapter those that wait for the chapter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tminus.runbook.domain.change import Change, moved_by_system
from tminus.runbook.domain.group import Group, after_changes
from tminus.runbook.domain.neighbourhood import Neighbourhood, closing_time, opening_time
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import AUTOMATIC, RUNNING, IterationState, StepState
from tminus.runbook.domain.step import Step, decision_key
from tminus.runbook.domain.waiting import Held, held


def apply(network: Neighbourhood, *changes: Change) -> Neighbourhood:
    """Return the network after the changes: their steps, and the groups these are in."""
    moved = network.with_steps(*(change.after for change in changes))
    return replace(moved, groups=after_changes(dict(network.groups), changes))


def settle(
    network: Neighbourhood, iteration: IterationState, now: datetime
) -> tuple[Neighbourhood, list[Change]]:
    """Let every step of the reach turn ready (or back), and what completes itself complete, until nothing moves."""
    changes: list[Change] = []
    if iteration not in RUNNING:
        return network, changes
    moving = True
    while moving:
        moving = False
        for key in network.reach:
            for change in _next(network, network.steps[key], iteration, now):
                network = apply(network, change)
                changes.append(change)
                moving = True
        finished = [group for group in network.groups.values() if _finishes(network, group, now)]
        if finished:
            network = network.with_groups(*(_finished(group, now) for group in finished))
            moving = True
    return network, changes


def _next(network: Neighbourhood, step: Step, iteration: IterationState, now: datetime) -> Iterator[Change]:
    if step.dormant:
        return
    if step.state is StepState.NOT_READY and _passed(opening_time(network, step, now), now):
        asked = (
            {"decision_id": decision_key(step.id, step.attempt)} if step.behaviour is Behaviour.GATE else {}
        )
        yield moved_by_system(step, StepState.READY, now, "step.ready", ready_at=now, opens_at=None, **asked)
    elif step.state is StepState.READY and not _passed(opening_time(network, step, now), now):
        yield moved_by_system(step, StepState.NOT_READY, now, "step.not_ready", ready_at=None)
    elif step.state is StepState.READY and step.behaviour is Behaviour.MILESTONE:
        stamps = {"started_at": now, "work_ended_at": now, "ended_at": now}
        type_ = "step.completed" if step.in_scope else "step.passed_over"
        yield moved_by_system(step, StepState.COMPLETE, now, type_, **stamps)
    elif step.state is StepState.VERIFYING and may_end(network, step, now):
        yield moved_by_system(step, StepState.COMPLETE, now, "step.completed", ended_at=now, opens_at=None)
    elif _activates_itself(step, iteration):
        yield moved_by_system(step, StepState.ACTIVATED, now, "step.activated", activated_at=now)


def _activates_itself(step: Step, iteration: IterationState) -> bool:
    by_teams = step.behaviour in (Behaviour.WORK, Behaviour.CHECKPOINT)
    return step.state is StepState.READY and step.auto_activate and by_teams and iteration in AUTOMATIC


def may_end(network: Neighbourhood, step: Step, now: datetime) -> bool:
    """Tell whether a step whose work is done is complete: nothing of its own is missing, no link holds its end."""
    return not step.work_missing and _passed(closing_time(network, step, now), now)


def _finishes(network: Neighbourhood, group: Group, now: datetime) -> bool:
    unfinished = group.finished_at is None and not group.open_count
    return unfinished and _passed(closing_time(network, group, now), now)


def _finished(group: Group, now: datetime) -> Group:
    # Finished is not begun: skipped steps finish it too, and once one of them is reopened, nothing has begun.
    return replace(group, finished_at=now, opens_at=None)


def _passed(moment: datetime | None, now: datetime) -> bool:
    return moment is not None and moment <= now


def waiting_changes(
    before: Neighbourhood, after: Neighbourhood, now: datetime
) -> dict[UUID, tuple[Held, ...]]:
    """Return, for each step that is held differently, all that holds it now."""
    changed: dict[UUID, tuple[Held, ...]] = {}
    for key in after.reach:
        old, new = held(before, before.steps[key], now), held(after, after.steps[key], now)
        if old != new:
            changed[key] = new
    return changed


def with_opening_times(network: Neighbourhood, now: datetime) -> Neighbourhood:
    """Return the network in which each step and group that only time still holds knows when it lets go."""
    steps = [network.steps[key] for key in network.reach]
    timed = [
        replace(step, opens_at=moment)
        for step in steps
        if (moment := _by_time_alone(network, step, now)) != step.opens_at
    ]
    groups = [
        replace(group, opens_at=moment)
        for group in network.groups.values()
        if (moment := _ends_by_time(network, group, now)) != group.opens_at
    ]
    return network.with_steps(*timed).with_groups(*groups)


def _by_time_alone(network: Neighbourhood, step: Step, now: datetime) -> datetime | None:
    if step.dormant:
        return None
    if step.state is StepState.NOT_READY:
        return opening_time(network, step, now)
    if step.state is StepState.VERIFYING and not step.work_missing:
        return closing_time(network, step, now)
    return None


def _ends_by_time(network: Neighbourhood, group: Group, now: datetime) -> datetime | None:
    if group.finished_at or group.open_count:
        return None
    return closing_time(network, group, now)
