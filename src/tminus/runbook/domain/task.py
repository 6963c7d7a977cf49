"""One task of a step of an iteration, and the rules for ticking it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tminus.kernel.errors import Forbidden, Refused
from tminus.runbook.domain.asking import last_change
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.state import RUNNING, Relation, StepState
from tminus.runbook.domain.state_table import PEOPLE_AT_WORK
from tminus.runbook.domain.step import Step

WORKABLE = frozenset({StepState.ACTIVATED, StepState.IN_PROGRESS, StepState.VERIFYING})
"""States of a step in which its tasks may be ticked or reopened."""


@dataclass(frozen=True, slots=True)
class TaskNow:
    """A task as it stands; `state` is open or done (failed and not applicable follow)."""

    id: UUID
    code: str
    title: str
    team_id: UUID | None
    required: bool
    state: str
    version: int


def check_task(
    task: TaskNow, step: Step, iteration: Iteration, how: Relation, seen: int | None, *, done: bool
) -> None:
    """Raise the refusal of the first rule that does not let the task be ticked (or reopened)."""
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
    wanted = "open" if done else "done"
    if task.state != wanted or (seen is not None and seen != task.version):
        raise Refused(
            f"{task.code} has changed since you looked; it is {task.state} now. Nothing was done.",
            code="task_changed",
            hint="Look at the task as it is now, then decide again.",
        )


def task_actions(step: Step, state: str, iteration: Iteration, how: Relation) -> list[str]:
    """Return what this person may do to the task now."""
    if how not in PEOPLE_AT_WORK or step.dormant:
        return []
    if step.state not in WORKABLE or iteration.state not in RUNNING:
        return []
    return {"open": ["done"], "done": ["undone"]}.get(state, [])
