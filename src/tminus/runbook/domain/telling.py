"""From an outcome to the facts of the log: one for each change, in words and in members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tminus.kernel.actor import SYSTEM, Actor
from tminus.kernel.facts import Fact
from tminus.runbook.domain.act import Outcome
from tminus.runbook.domain.change import Change
from tminus.runbook.domain.group import Group
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.progress import after_change
from tminus.runbook.domain.step import shown_difference
from tminus.runbook.domain.waiting import after as after_links
from tminus.runbook.events import iteration_fact, step_fact

_SENTENCES = {
    "step.ready": "{code} {name} turned ready",
    "step.not_ready": "{code} {name} is no longer ready",
    "step.activated": "{actor} activated {code} {name}",
    "step.started": "{actor} started {code} {name}",
    "step.completed": "{actor} completed {code} {name}",
    "step.passed_over": "{code} {name} is not part of this iteration and was passed over",
    "step.verifying": "{actor} reported {code} {name} done; something still holds its end",
    "step.skipped": "{actor} skipped {code} {name}: {reason}",
    "step.failed": "{actor} reported that {code} {name} failed: {reason}",
    "step.taken": "{actor} took {code} {name}",
    "step.blocked": "{actor} reported {code} {name} blocked: {reason}",
    "step.unblocked": "{actor} unblocked {code} {name}",
    "step.cancelled": "{actor} cancelled {code} {name}: {reason}",
    "step.reopened": "{actor} reopened {code} {name}: {reason}",
    "step.done_undone": "{actor} took back that {code} {name} was done",
    "step.overridden": "{actor} started {code} {name} although it was not ready: {reason}",
    "step.dependency_waived": "{actor} waived a dependency of {code} {name}: {reason}",
    "step.retried": "{actor} put {code} {name} up for attempt {attempt}",
    "step.task_done": "{actor} ticked a task of {code} {name}",
    "step.task_undone": "{actor} reopened a task of {code} {name}",
    "step.task_failed": "{actor} reported that a task of {code} {name} failed",
    "step.task_not_applicable": "{actor} said that a task of {code} {name} does not apply",
    "step.evidence_added": "{actor} added evidence to {code} {name}",
    "step.evidence_withdrawn": "{actor} withdrew evidence of {code} {name}",
}


def sentence(change: Change) -> str:
    """Say a change in words."""
    step = change.after
    name = "The system" if change.actor.name == "system" else change.actor.name
    return _SENTENCES[change.type].format(
        code=step.code,
        name=f"“{step.name}”",
        actor=name,
        reason=step.override_reason if change.type == "step.overridden" else step.reason,
        attempt=step.attempt,
    )


def facts(
    outcome: Outcome,
    iteration: Iteration,
    tasks: list[dict[str, Any]] | None = None,
    also: Mapping[str, Any] | None = None,
    others: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[tuple[Fact, Actor]]:
    """Return the facts of an outcome with their actors; the first one also carries whose waiting changed.

    It carries `also` too, and what is changed in `others`: steps by key, members as the API names them.
    """
    told: list[tuple[Fact, Actor]] = []
    progress = iteration.progress
    first = _first(outcome, tasks, others or {}) | dict(also or {})
    for change in outcome.changes:
        moved = after_change(progress, change)
        more: dict[str, Any] = {} if moved == progress else {"progress": moved.shown()}
        if bool(moved.open_count) != bool(progress.open_count):
            more["reload"] = True  # what may be done with the iteration as a whole has changed
        progress = moved
        told.append((_fact(change, iteration, more | first), change.actor))
        first = {}
    for group in outcome.groups():
        if group.finished_at != outcome.before.groups[group.id].finished_at:
            told.append((_group_fact(group, iteration, first), SYSTEM))
            first = {}
    return told


def _group_fact(group: Group, iteration: Iteration, more: dict[str, Any]) -> Fact:
    level = group.level.value
    word = "complete" if group.finished_at else "no longer complete"
    return iteration_fact(
        f"{level}.{'completed' if group.finished_at else 'reopened'}",
        f"{level.replace('_', '-').capitalize()} {group.code} “{group.name}” is {word}",
        iteration.id,
        {},
        {},
        group={"id": str(group.id), "code": group.code, "openCount": group.open_count},
        **more,
    )


def _first(
    outcome: Outcome, tasks: list[dict[str, Any]] | None, others: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    more: dict[str, Any] = {"tasks": tasks} if tasks else {}
    waiting: dict[str, dict[str, Any]] = {
        str(key): {"blockedBy": [one.shown() for one in held]} for key, held in outcome.waiting.items()
    }
    moved = {change.after.id for change in outcome.changes}
    for step in outcome.rows():
        if step.id not in moved:
            _, after = shown_difference(outcome.before.steps[step.id], step)
            waiting.setdefault(str(step.id), {}).update(after)
    for target, _ in outcome.waived:
        waiting.setdefault(str(target), {})["predecessors"] = after_links(outcome.after, target)
    for key, told in others.items():
        waiting.setdefault(key, {}).update(told)
    return more | ({"waiting": waiting} if waiting else {})


def _fact(change: Change, iteration: Iteration, more: dict[str, Any]) -> Fact:
    before, after = shown_difference(change.before, change.after)
    step = change.after
    return step_fact(change.type, sentence(change), iteration.id, (step.id, step.code), before, after, **more)
