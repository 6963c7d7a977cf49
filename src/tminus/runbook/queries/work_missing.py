"""What of its own a step that is being verified still waits for, in words."""

from __future__ import annotations

from typing import Any

from tminus.runbook.domain.step import Step
from tminus.runbook.domain.task import HOLDING

_NOBODY = {
    "code": None,
    "level": "task",
    "kind": None,
    "lagSeconds": 0,
    "team": None,
    "since": None,
    "opensAt": None,
}


def work_missing(step: Step, tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return a sentence for each required task, for evidence, and for each critical control that is missing.

    `tasks` as the API prints them, with their controls.
    """
    found = [_task(task) for task in tasks if task["required"] and task["state"] in HOLDING]
    if step.evidence_missing:
        found.append("It waits for evidence: a text, a link or a file that shows it")
    holding = {
        control["code"]: control
        for task in tasks
        for control in task["controls"]
        if control["critical"] and control["state"] in ("pending", "failed")
    }
    found += [_control(control) for _, control in sorted(holding.items())]
    return [{**_NOBODY, "sentence": sentence} for sentence in found]


def _task(task: dict[str, Any]) -> str:
    failed = ", which failed" if task["state"] == "failed" else ""
    return f"It waits for the required task {task['code']} “{task['title']}”{failed}"


def _control(control: dict[str, Any]) -> str:
    validator = control["validator"]
    who = f", which {validator} validates" if validator else ", which a pilot validates"
    failed = "; it failed" if control["state"] == "failed" else ""
    return f"It waits for the critical control {control['code']} “{control['name']}”{who}{failed}"
