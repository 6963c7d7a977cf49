"""What each button does to its step, once the rules have let it through. Pure: time is an argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.runbook.domain.act_again import reopen, retry, undo
from tminus.runbook.domain.asking import Ask, check, check_signatures
from tminus.runbook.domain.change import Change, moved
from tminus.runbook.domain.group import Group
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Link, Neighbourhood, Node, last_hold
from tminus.runbook.domain.progress import Progress, after_change
from tminus.runbook.domain.readiness import apply, may_end, settle, waiting_changes, with_opening_times
from tminus.runbook.domain.state import StepAction, StepState
from tminus.runbook.domain.step import MUTABLE, Step
from tminus.runbook.domain.waiting import Held
from tminus.runbook.domain.waiving import waive


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command is to save and to tell: changes in order, what was `asked` for first; who waits otherwise now."""

    before: Neighbourhood
    after: Neighbourhood
    asked: tuple[Change, ...]
    changes: tuple[Change, ...]
    waiting: dict[UUID, tuple[Held, ...]]
    waived: tuple[tuple[UUID, Link], ...] = ()

    def rows(self) -> list[Step]:
        """Return each step with something to save, in its final shape."""
        return [step for key, step in self.after.steps.items() if _differs(self.before.steps[key], step)]

    def groups(self) -> list[Group]:
        """Return each group with something to save, in its final shape."""
        return [group for key, group in self.after.groups.items() if group != self.before.groups[key]]

    def beyond(self) -> frozenset[UUID]:
        """Return the nodes that began or ended, whose successors at other levels were not looked at yet."""
        return frozenset(
            key
            for key in self.after.towards
            if key not in self.after.expanded
            and _flows(self.before.node(key)) != _flows(self.after.node(key))
        )

    def progress(self, progress: Progress) -> Progress:
        """Return the iteration's progress after all the changes."""
        for change in self.changes:
            progress = after_change(progress, change)
        return progress


def _flows(node: Node) -> tuple[object, ...]:
    return node.begun_at, node.finished_at, node.expected_end


def _differs(before: Step, after: Step) -> bool:
    return before is not after and any(getattr(before, name) != getattr(after, name) for name in MUTABLE)


def act(ask: Ask, key: UUID, network: Neighbourhood, iteration: Iteration, now: datetime) -> Outcome:
    """Carry out what is asked of step `key`, or raise the refusal with its sentence."""
    step = network.steps[key]
    check(ask, step, network, iteration, now)
    check_signatures(ask, step)
    match ask.action:
        case StepAction.COMPLETE:
            changes = _complete(ask, step, network, now)
        case StepAction.REOPEN:
            changes = reopen(ask, step, network, now)
        case StepAction.UNDO:
            changes = undo(ask, step, network, now)
        case StepAction.WAIVE:
            waived, changes = waive(ask, step, network, iteration.zone, now)
            return conclude(network, changes, iteration, now, waived)
        case _:
            changes = _BUTTONS[ask.action](ask, step, now)
    return conclude(network, changes, iteration, now)


def conclude(
    network: Neighbourhood,
    changes: list[Change],
    iteration: Iteration,
    now: datetime,
    waived: tuple[tuple[UUID, Link], ...] = (),
) -> Outcome:
    """Let the changes (and waived links) have their effect on the neighbourhood, and sum it all up."""
    settled, effects = settle(apply(network.with_waived(waived), *changes), iteration.state, now)
    timed = with_opening_times(settled, now)
    changed = (*changes, *effects)
    return Outcome(network, timed, tuple(changes), changed, waiting_changes(network, timed, now), waived)


def _activate(ask: Ask, step: Step, now: datetime) -> list[Change]:
    return [moved(step, StepState.ACTIVATED, now, ask.actor, "step.activated", activated_at=now)]


def _take(ask: Ask, step: Step, now: datetime) -> list[Change]:
    taken = {"taken_at": now, "taken_by": ask.actor.name}
    return [moved(step, step.state, now, ask.actor, "step.taken", **taken)]


def _start(ask: Ask, step: Step, now: datetime) -> list[Change]:
    return [moved(step, StepState.IN_PROGRESS, now, ask.actor, "step.started", **_begun(ask, now))]


def _begun(ask: Ask, now: datetime) -> dict[str, Any]:
    begun: dict[str, Any] = {
        "started_at": ask.happened_at or now,
        "start_told_at": now,
        "start_assumed": False,
    }
    return {**begun, "late_reason": ask.reason} if ask.happened_at else begun


def _override(ask: Ask, step: Step, now: datetime) -> list[Change]:
    """Start although not ready: for the reckoning of delays it counts as ready when it started."""
    by = {"ready_at": now, "opens_at": None, "override_by": ask.actor.name, "override_reason": ask.reason}
    begun = {**_begun(ask, now), **by}
    return [moved(step, StepState.IN_PROGRESS, now, ask.actor, "step.overridden", **begun)]


def _complete(ask: Ask, step: Step, network: Neighbourhood, now: datetime) -> list[Change]:
    ended = ask.happened_at or now
    stamps: dict[str, Any] = {"work_ended_at": ended, "end_told_at": now, "done_by_id": ask.actor.id}
    if ask.happened_at:
        stamps["late_reason"] = ask.reason
    if step.started_at is None:
        assumed = min(step.activated_at or ended, ended)
        stamps |= {"started_at": assumed, "start_told_at": now, "start_assumed": True}
    if not may_end(network, step, now):
        return [moved(step, StepState.VERIFYING, now, ask.actor, "step.verifying", **stamps)]
    # Reported late, it still did not end before what held its end had let go.
    let_go = last_hold(network, step, now)
    stamps["ended_at"] = max(ended, let_go) if let_go else ended
    return [moved(step, StepState.COMPLETE, now, ask.actor, "step.completed", **stamps)]


def _block(ask: Ask, step: Step, now: datetime) -> list[Change]:
    blocked = {"reason": ask.reason, "blocked_from": step.state, "expected_at": ask.expected_at}
    return [moved(step, StepState.BLOCKED, now, ask.actor, "step.blocked", **blocked)]


def _unblock(ask: Ask, step: Step, now: datetime) -> list[Change]:
    back = step.blocked_from or StepState.ACTIVATED
    free = {"reason": ask.reason or None, "blocked_from": None, "expected_at": None}
    return [moved(step, back, now, ask.actor, "step.unblocked", **free)]


def _fail(ask: Ask, step: Step, now: datetime) -> list[Change]:
    ended = ask.happened_at or now
    stamps = {"ended_at": ended, "work_ended_at": step.work_ended_at or ended, "end_told_at": now}
    over = {**stamps, **_ATTEMPT_OVER, "reason": ask.reason}
    if ask.happened_at:
        over["late_reason"] = ask.reason
    return [moved(step, StepState.FAILED, now, ask.actor, "step.failed", **over)]


def _skip(ask: Ask, step: Step, now: datetime) -> list[Change]:
    skipped = {**_ATTEMPT_OVER, "reason": ask.reason, "ended_at": now, "opens_at": None}
    return [moved(step, StepState.SKIPPED, now, ask.actor, "step.skipped", **skipped)]


def cancelled(step: Step, actor: Actor, reason: str | None, now: datetime) -> Change:
    """Return the change that cancels a step: it stays away for good, and holds what waits for it."""
    over = {**_ATTEMPT_OVER, "reason": reason, "ended_at": now, "opens_at": None}
    return moved(step, StepState.CANCELLED, now, actor, "step.cancelled", **over)


def _cancel(ask: Ask, step: Step, now: datetime) -> list[Change]:
    return [cancelled(step, ask.actor, ask.reason, now)]


_ATTEMPT_OVER: dict[str, Any] = {"blocked_from": None, "expected_at": None, "done_by_id": None}
_BUTTONS: dict[StepAction, Callable[[Ask, Step, datetime], list[Change]]] = {
    StepAction.ACTIVATE: _activate,
    StepAction.TAKE: _take,
    StepAction.START: _start,
    StepAction.OVERRIDE: _override,
    StepAction.BLOCK: _block,
    StepAction.UNBLOCK: _unblock,
    StepAction.FAIL: _fail,
    StepAction.SKIP: _skip,
    StepAction.CANCEL: _cancel,
    StepAction.RETRY: retry,
}


def close_gate(step: Step, actor: Actor, now: datetime, *, go: bool, reason: str) -> list[Change]:
    """Close a gate by its decision: go completes it, no-go fails it. The reason is the decision's."""
    stamps = {
        "started_at": step.ready_at or now,
        "work_ended_at": now,
        "ended_at": now,
        "reason": reason,
    }
    to, type_ = (StepState.COMPLETE, "step.completed") if go else (StepState.FAILED, "step.failed")
    return [moved(step, to, now, actor, type_, **stamps)]
