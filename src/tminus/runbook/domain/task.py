"""One task of a step of an iteration, and the rules for bringing it into another state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.runbook.domain.asking import last_change
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import RUNNING, Relation, StepState
from tminus.runbook.domain.state_table import PEOPLE_AT_WORK
from tminus.runbook.domain.step import Step

WORKABLE = frozenset({StepState.ACTIVATED, StepState.IN_PROGRESS, StepState.VERIFYING})
"""States of a step in which its tasks may be brought into another state."""


class TaskMark(StrEnum):
    """What a person can say of a task."""

    DONE = "done"
    UNDONE = "undone"
    FAIL = "fail"
    NOT_APPLICABLE = "not-applicable"


LEADS_TO = {
    TaskMark.DONE: "done",
    TaskMark.UNDONE: "open",
    TaskMark.FAIL: "failed",
    TaskMark.NOT_APPLICABLE: "not_applicable",
}
FACTS = {
    TaskMark.DONE: "step.task_done",
    TaskMark.UNDONE: "step.task_undone",
    TaskMark.FAIL: "step.task_failed",
    TaskMark.NOT_APPLICABLE: "step.task_not_applicable",
}
FROM: dict[TaskMark, frozenset[str]] = {
    TaskMark.DONE: frozenset({"open", "failed"}),
    TaskMark.UNDONE: frozenset({"done", "failed", "not_applicable"}),
    TaskMark.FAIL: frozenset({"open"}),
    TaskMark.NOT_APPLICABLE: frozenset({"open", "failed"}),
}
NEEDS_REASON = frozenset({TaskMark.FAIL, TaskMark.NOT_APPLICABLE})
HOLDING = frozenset({"open", "failed"})
"""States of a required task that keep its step from being complete."""


@dataclass(frozen=True, slots=True)
class TaskNow:
    """A task as it stands; `state` is open, done, failed or not_applicable."""

    id: UUID
    code: str
    title: str
    team_id: UUID | None
    required: bool
    state: str
    version: int


def check_task(
    task: TaskNow,
    step: Step,
    iteration: Iteration,
    how: Relation,
    seen: int | None,
    mark: TaskMark,
    reason: str | None = None,
) -> None:
    """Raise the refusal of the first rule that does not let the task be brought into the other state."""
    if how not in PEOPLE_AT_WORK:
        raise Forbidden(
            f"To tick {task.code} takes a pilot or a member of its team. You are not one.",
            hint="Ask a pilot, or have an admin change your role or team.",
        )
    if step.dormant or iteration.state not in RUNNING:
        raise Refused(
            f"{iteration.name} is not live.", code="not_live", hint="Tasks are ticked while it is live."
        )
    if step.state not in WORKABLE:
        raise Refused(
            f"{task.code} cannot be ticked: of {step.code}, {last_change(step, iteration)}.",
            code="step_changed" if step.last_at else "wrong_state",
            hint="Its step must be activated or in progress.",
        )
    if task.state not in FROM[mark] or (seen is not None and seen != task.version):
        now = task.state.replace("_", " ")
        raise Refused(
            f"{task.code} has changed since you looked; it is {now} now. Nothing was done.",
            code="task_changed",
            hint="Look at the task as it is now, then decide again.",
        )
    if mark in NEEDS_REASON and not (reason or "").strip():
        what = "say that a task failed" if mark is TaskMark.FAIL else "say that a task does not apply"
        raise Invalid(
            f"To {what} takes a reason. Nothing was changed.",
            hint="Say why in a sentence; it goes into the log.",
        )


def counted(step: Step, task: TaskNow, mark: TaskMark) -> dict[str, int]:
    """Return the step's counts of tasks as they are with the task in its new state."""
    now = LEADS_TO[mark]
    done = (now == "done") - (task.state == "done")
    holds = (now in HOLDING) - (task.state in HOLDING) if task.required else 0
    return {"tasks_done": step.tasks_done + done, "tasks_open": step.tasks_open + holds}


def task_actions(step: Step, state: str, iteration: Iteration, how: Relation) -> list[str]:
    """Return what this person may say of the task now; the first is what a tick means."""
    if how not in PEOPLE_AT_WORK or step.dormant:
        return []
    if step.state not in WORKABLE or iteration.state not in RUNNING:
        return []
    return [mark.value for mark in TaskMark if state in FROM[mark]]
