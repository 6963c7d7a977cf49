"""From an outcome to the facts of the log: one for each change, in words and in members."""

from __future__ import annotations

from typing import Any

from tminus.kernel.actor import Actor
from tminus.kernel.facts import Fact
from tminus.runbook.domain.act import Outcome
from tminus.runbook.domain.change import Change
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.progress import after_change
from tminus.runbook.domain.step import shown_difference
from tminus.runbook.events import step_fact

_SENTENCES = {
    "step.ready": "{code} {name} turned ready",
    "step.not_ready": "{code} {name} is no longer ready",
    "step.activated": "{actor} activated {code} {name}",
    "step.started": "{actor} started {code} {name}",
    "step.completed": "{actor} completed {code} {name}",
    "step.verifying": "{actor} reported {code} {name} done; required tasks are still open",
    "step.skipped": "{actor} skipped {code} {name}: {reason}",
    "step.failed": "{actor} reported that {code} {name} failed: {reason}",
    "step.retried": "{actor} put {code} {name} up for attempt {attempt}",
    "step.task_done": "{actor} ticked a task of {code} {name}",
    "step.task_undone": "{actor} reopened a task of {code} {name}",
}


def sentence(change: Change) -> str:
    """Say a change in words."""
    step = change.after
    name = "The system" if change.actor.name == "system" else change.actor.name
    return _SENTENCES[change.type].format(
        code=step.code, name=f"“{step.name}”", actor=name, reason=step.reason, attempt=step.attempt
    )


def facts(
    outcome: Outcome, iteration: Iteration, tasks: list[dict[str, Any]] | None = None
) -> list[tuple[Fact, Actor]]:
    """Return the facts of an outcome with their actors; the first one also carries whose waiting changed."""
    told: list[tuple[Fact, Actor]] = []
    progress = iteration.progress
    for change in outcome.changes:
        moved = after_change(progress, change)
        more: dict[str, Any] = {} if moved == progress else {"progress": moved.shown()}
        if bool(moved.open_count) != bool(progress.open_count):
            more["reload"] = True  # what may be done with the iteration as a whole has changed
        progress = moved
        if change is outcome.changes[0]:
            more |= _first(outcome, tasks)
        told.append((_fact(change, iteration, more), change.actor))
    return told


def _first(outcome: Outcome, tasks: list[dict[str, Any]] | None) -> dict[str, Any]:
    more: dict[str, Any] = {"tasks": tasks} if tasks else {}
    waiting: dict[str, dict[str, Any]] = {
        str(key): {"waitsFor": codes} for key, codes in outcome.waiting.items()
    }
    moved = {change.after.id for change in outcome.changes}
    for step in outcome.rows():
        if step.id not in moved:
            _, after = shown_difference(outcome.before.steps[step.id], step)
            waiting.setdefault(str(step.id), {}).update(after)
    return more | ({"waiting": waiting} if waiting else {})


def _fact(change: Change, iteration: Iteration, more: dict[str, Any]) -> Fact:
    before, after = shown_difference(change.before, change.after)
    step = change.after
    return step_fact(change.type, sentence(change), iteration.id, (step.id, step.code), before, after, **more)
