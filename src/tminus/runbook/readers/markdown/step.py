"""A step of a checklist while the lines under it are still coming: its tasks and instructions."""

from __future__ import annotations

from collections.abc import Iterator

from tminus.runbook.readers.confluence.tasks import MOST_TASKS
from tminus.runbook.readers.confluence.text import LONGEST_TEXT
from tminus.runbook.readers.markdown.item import Item
from tminus.runbook.readers.markdown.part import Part
from tminus.runbook.readers.markdown.rows import error_at, oddities_of, step_of, task_of
from tminus.runbook.readers.staged import Staged


class OpenStep:
    """One step; what is odd about its lines is told at once, its rows when it is closed."""

    def __init__(self, item: Item, number: int, chapter: str | None, phase: str | None) -> None:
        self.indent = item.indent
        self._number = number
        self._found = list(oddities_of(item, number, "step"))
        self._step = Part(step_of(item, number, chapter, phase), item.indent)
        self._tasks: list[Part] = []

    def task(self, item: Item, number: int) -> Iterator[Staged]:
        """Take a tick box further in."""
        if len(self._tasks) == MOST_TASKS:
            yield error_at(
                "too_many_tasks", number, "step", f"A step has at most {MOST_TASKS:,} tasks.", "Split it."
            )
        if len(self._tasks) < MOST_TASKS:
            self._found += oddities_of(item, number, "task")
            self._tasks.append(Part(task_of(item, number, self._number), item.indent))

    def text(self, line: str, number: int) -> Iterator[Staged]:
        """Take a line of text: of the last task where it stands further in than it, else of the step."""
        indent = len(line) - len(line.lstrip())
        last = self._tasks[-1] if self._tasks else None
        part = last if last and (indent > last.indent or (not line.strip() and last.lines)) else self._step
        part.size += len(line) + 1
        if part.size <= LONGEST_TEXT:
            part.lines.append(line)
        elif part.size - len(line) - 1 <= LONGEST_TEXT:
            said = f"The instructions are longer than {LONGEST_TEXT:,} characters; the rest was not read."
            yield error_at("too_long", number, part.row.kind, said, "Shorten them.")

    def close(self) -> Iterator[Staged]:
        """Yield what was found, the step and its tasks."""
        yield from self._found
        yield self._step.finished()
        for task in self._tasks:
            yield task.finished()
