"""The tasks of a page of a Confluence step export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.confluence.values import Values
from tminus.runbook.readers.staged import Staged, StagedRow

MOST_TASKS = 2_000
"""Tasks of one page; the most ever seen are 54."""


def tasks_of(step: Values, listed: Any, row: int) -> Iterator[Staged]:
    """Yield the tasks of a page, whatever stands where they should be."""
    if listed is None or listed == "":
        return
    if not isinstance(listed, list):
        yield step.error(
            "wrong_type", "task_list", "“task_list” takes a list of tasks.", "Export the page again."
        )
        return
    for n, item in enumerate(listed[:MOST_TASKS], start=1):
        if isinstance(item, dict):
            yield from _task(item, row)
        else:
            said = f"Task {n} is no object with its fields, so nothing of it was read."
            yield step.error("wrong_type", "task_list", said, "Export the page again.")
    if len(listed) > MOST_TASKS:
        said = (
            f"The page has {len(listed):,} tasks; the most is {MOST_TASKS:,}, and the others were not read."
        )
        yield step.error("too_many_tasks", "task_list", said, "Split the step.")


def _task(item: dict[str, Any], row: int) -> Iterator[Staged]:
    found: list[Finding] = []
    values = Values(item, row, "task", found)
    values.code = code = values.number("instruction_id") or ""
    title = values.text("instruction_title", "name", "instructions") or ""
    name, _, instructions = title.partition("\n")
    controls = values.text("associated_controls", "controls")
    task = StagedRow(
        "task",
        code=code or None,
        row=row,
        of=row,
        name=name or None,
        instructions=instructions.strip() or None,
        team=values.text("instruction_assigned_team", "team"),
        nominee=values.text("nominated_user", "nominee"),
        controls=(controls,) if controls else (),
        given=(),
    )
    task.given = tuple(values.given)
    yield from found
    yield task
