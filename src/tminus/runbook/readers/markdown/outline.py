"""The headings of a checklist: where the plan, its macro-phases and its chapters begin."""

from __future__ import annotations

from collections.abc import Iterator

from tminus.runbook.readers.confluence.text import LONGEST_TEXT
from tminus.runbook.readers.markdown.warnings import too_deep
from tminus.runbook.readers.staged import Staged, StagedRow

_WHOLE = "Plan"
"""What the one macro-phase is called where the plan has no name."""


class Outline:
    """Where one is; `phase` and `chapter` are the names of the parts, None before the first."""

    def __init__(self, *, chapters: bool) -> None:
        self.phase: str | None = None
        self.chapter: str | None = None
        self._chapters = chapters
        self._plan: StagedRow | None = None
        self._named = False
        self._third = ""
        self._size = 0
        self._text: list[str] = []

    def heading(self, level: int, name: str, row: int) -> Iterator[Staged]:
        """Go on to a heading; yield the part that it is."""
        yield from self.close()
        if not name:
            return
        if level == 1 and not self._named:
            self._named, self._plan = True, StagedRow("plan", row=row, name=name, given=("name",))
        elif level <= 2 and self._chapters:
            self.phase, self.chapter, self._third = name, None, ""
            yield StagedRow("macroPhase", row=row, name=name, given=("name",))
        else:
            yield from self._chapter(level, name, row)

    def text(self, line: str) -> None:
        """Take a line that stands under no step: under the first heading it is the plan's description."""
        if self._plan and self._size < LONGEST_TEXT:
            self._text.append(line)
            self._size += len(line) + 1

    def close(self) -> Iterator[Staged]:
        """Yield the plan, once its description is known; with one macro-phase, that too."""
        if not self._plan:
            return
        plan, self._plan = self._plan, None
        description = "\n".join(self._text).strip()[:LONGEST_TEXT]
        if description:
            plan.description, plan.given = description, (*plan.given, "description")
        yield plan
        if not self._chapters:
            yield from self._one_phase(plan.name or _WHOLE, plan.row)

    def _one_phase(self, name: str, row: int | None) -> Iterator[Staged]:
        if self.phase is None:
            self.phase = name
            yield StagedRow("macroPhase", row=row, name=name, given=("name",))

    def _chapter(self, level: int, name: str, row: int) -> Iterator[Staged]:
        if not self._chapters:
            yield from self._one_phase(_WHOLE, row)
        if level >= 4:
            yield too_deep(name, row)
            name = f"{self._third} / {name}" if self._third else name
        else:
            self._third = name
        self.chapter = name
        yield StagedRow("chapter", row=row, name=name, parent=self.phase, given=("name", "parent"))
