"""What each button does to its step, once the rules have let it through. Pure: time is an argument."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.runbook.domain.asking import Ask, check
from tminus.runbook.domain.change import Change, moved
from tminus.runbook.domain.group import Group
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import Neighbourhood, Node
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.progress import Progress, after_change
from tminus.runbook.domain.readiness import apply, may_end, settle, waiting_changes, with_opening_times
from tminus.runbook.domain.state import StepAction, StepState
from tminus.runbook.domain.step import MUTABLE, Step, decision_key
from tminus.runbook.domain.waiting import Held


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command is to save and to tell: changes in order, what was `asked` for first; who waits otherwise now."""

    before: Neighbourhood
    after: Neighbourhood
    asked: tuple[Change, ...]
    changes: tuple[Change, ...]
    waiting: dict[UUID, tuple[Held, ...]]

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
    if ask.action is StepAction.COMPLETE:
        changes = _complete(ask, step, now, whole=may_end(network, step, now))
    else:
        changes = _BUTTONS[ask.action](ask, step, now)
    return conclude(network, changes, iteration, now)


def conclude(network: Neighbourhood, changes: list[Change], iteration: Iteration, now: datetime) -> Outcome:
    """Let the changes have their effect on the neighbourhood, and sum it all up."""
    settled, effects = settle(apply(network, *changes), iteration.state, now)
    timed = with_opening_times(settled, now)
    changed = (*changes, *effects)
    return Outcome(network, timed, tuple(changes), changed, waiting_changes(network, timed, now))


def _activate(ask: Ask, step: Step, now: datetime) -> list[Change]:
    return [moved(step, StepState.ACTIVATED, now, ask.actor, "step.activated", activated_at=now)]


def _start(ask: Ask, step: Step, now: datetime) -> list[Change]:
    return [
        moved(
            step, StepState.IN_PROGRESS, now, ask.actor, "step.started", started_at=now, start_assumed=False
        )
    ]


def _complete(ask: Ask, step: Step, now: datetime, *, whole: bool) -> list[Change]:
    assumed = step.started_at is None
    start = {"started_at": step.activated_at or now, "start_assumed": True} if assumed else {}
    if not whole:
        return [
            moved(step, StepState.VERIFYING, now, ask.actor, "step.verifying", work_ended_at=now, **start)
        ]
    stamps = {"work_ended_at": now, "ended_at": now, **start}
    return [moved(step, StepState.COMPLETE, now, ask.actor, "step.completed", **stamps)]


def _fail(ask: Ask, step: Step, now: datetime) -> list[Change]:
    ended = {"ended_at": now, "work_ended_at": step.work_ended_at or now}
    return [moved(step, StepState.FAILED, now, ask.actor, "step.failed", reason=ask.reason, **ended)]


def _skip(ask: Ask, step: Step, now: datetime) -> list[Change]:
    skipped = {"reason": ask.reason, "ended_at": now, "opens_at": None}
    return [moved(step, StepState.SKIPPED, now, ask.actor, "step.skipped", **skipped)]


def _retry(ask: Ask, step: Step, now: datetime) -> list[Change]:
    fresh = {
        "attempt": step.attempt + 1,
        "ready_at": now,
        "activated_at": None,
        "started_at": None,
        "start_assumed": False,
        "work_ended_at": None,
        "ended_at": None,
        "reason": ask.reason or None,
        "tasks_done": 0,
        "tasks_open": step.tasks_required,
        "decision_id": decision_key(step.id, step.attempt + 1) if step.behaviour is Behaviour.GATE else None,
    }
    return [moved(step, StepState.READY, now, ask.actor, "step.retried", **fresh)]


_BUTTONS: dict[StepAction, Callable[[Ask, Step, datetime], list[Change]]] = {
    StepAction.ACTIVATE: _activate,
    StepAction.START: _start,
    StepAction.FAIL: _fail,
    StepAction.SKIP: _skip,
    StepAction.RETRY: _retry,
}


def tick(step: Step, actor: Actor, now: datetime, *, done: bool, required: bool) -> list[Change]:
    """Tick or reopen one task of a step; the last required one lets a step that is being verified complete."""
    sign = 1 if done else -1
    open_tasks = step.tasks_open - (sign if required else 0)
    type_ = "step.task_done" if done else "step.task_undone"
    members = {"tasks_done": step.tasks_done + sign, "tasks_open": open_tasks}
    return [moved(step, step.state, now, actor, type_, **members)]


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
