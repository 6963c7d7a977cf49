"""One page of a Confluence step export to the step and the tasks it speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.confluence.tasks import tasks_of
from tminus.runbook.readers.confluence.values import Values
from tminus.runbook.readers.staged import Staged, StagedLink, StagedRow

KNOWN = frozenset(
    {
        "step_type",
        "step_number",
        "title",
        "predecessor",
        "successor",
        "primary_team",
        "impacted_teams",
        "macro_time_sequence",
        "time_sequence",
        "task_list",
    }
)
"""The fields of a page."""


def rows_of(said: dict[str, Any], row: int) -> Iterator[Staged]:
    """Yield the step of a page, its tasks, and what is wrong with single fields."""
    found: list[Finding] = []
    values = Values(said, row, "step", found)
    step = _step(values, row)
    yield from found
    yield step
    yield from tasks_of(values, said.get("task_list"), row)


def _step(values: Values, row: int) -> StagedRow:
    kind, number = values.text("step_type", "type", longest=60), values.number("step_number")
    values.code = code = f"{kind}-{number}" if kind and number else ""
    step = StagedRow(
        "step",
        code=code or None,
        row=row,
        type=kind,
        name=values.text("title", "name"),
        team=values.text("primary_team", "team"),
        phase=values.text("macro_time_sequence", "phase"),
        parent=values.text("time_sequence", "parent"),
        impacted_teams=values.texts("impacted_teams", "impacted_teams"),
        links=[StagedLink(code, column="predecessor") for code in values.texts("predecessor", "after")],
    )
    # A successor is a hint for the page it names; it says nothing about what this one waits for.
    hints = Values(values.said, row, "step", values.found).texts("successor", "")
    step.links += [StagedLink(code, suggested=True, column="successor") for code in hints]
    step.given = tuple(values.given)
    return step
