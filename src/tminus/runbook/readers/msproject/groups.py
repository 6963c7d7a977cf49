"""Where a task of an MS Project file stands: its outline becomes macro-phases and chapters, whatever its depth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tminus.runbook.readers.msproject.cells import Cells
from tminus.runbook.readers.msproject.index import Index, Known
from tminus.runbook.readers.msproject.links import links_of
from tminus.runbook.readers.staged import Staged, StagedLink, StagedRow

_LONGEST_CODE = 54
"""Characters of a macro-phase's code before `-STEPS`: a code has at most 60."""


@dataclass(frozen=True, slots=True)
class _Open:
    level: int
    code: str
    name: str
    links: list[StagedLink]


@dataclass(slots=True)
class Outline:
    """The groups around the next task, outermost first, and the chapters made for steps that stand in none.

    Level 1 = a macro-phase, level 2 = a chapter; a deeper group is a chapter beside it, named `A / B`, which
    waits for what `A` waits for.
    """

    index: Index
    name: str
    _open: list[_Open] = field(default_factory=list)
    _made: set[str] = field(default_factory=set)

    def leave(self, level: int) -> None:
        """Close the groups that a task of this level is no longer in."""
        while self._open and self._open[-1].level >= level:
            self._open.pop()

    def enter(self, cells: Cells, known: Known) -> Iterator[Staged]:
        """Open a group, and yield its row where it has one."""
        links, name = links_of(cells, self.index), cells.text("Name")
        depth = len(self._open)
        titles = [one.name for one in self._open[1:]]
        inherited = [link for one in self._open[1:] for link in one.links]
        code = known.code or f"(row {cells.row})"
        if depth > 1:
            path = " / ".join([*titles, name or code])
            said = f"A plan has two levels of groups: “{path}” became a chapter of its own beside the one it stood in."
            cells.warn("too_deep", said[:1_000], "OutlineLevel")
        if depth == 0:
            yield self._row("macroPhase", cells, name, None, links)
        elif known.own:
            full = " / ".join([*titles, name or code]) if titles else name
            yield self._row("chapter", cells, full, self._open[0].code, _once([*links, *inherited]))
        self._open.append(_Open(known.level, code, name or code, links))

    def _row(
        self, kind: str, cells: Cells, name: str | None, parent: str | None, links: list[StagedLink]
    ) -> StagedRow:
        given = ["name"] if name else []
        row = StagedRow(kind, cells.code or None, cells.row, parent=parent, name=name, links=links)
        own = self.index.own_fields(cells.record)
        if kind == "chapter" and "rollback" in self.index.task_keys.values():
            row.rollback = cells.flag_of("rollback", own.get("rollback"))
            given.append("rollback")
        row.given = (*given, "after")
        return row

    def stand(self, row: StagedRow) -> Iterator[StagedRow]:
        """Put a step into the chapter around it; yields the rows of a chapter that is made for it, then its own."""
        if len(self._open) > 1:
            row.phase, row.parent = self._open[0].code, self._open[-1].code
        else:
            yield from self._without_chapter(row)
        yield row

    def _without_chapter(self, row: StagedRow) -> Iterator[StagedRow]:
        phase = self._open[0].code if self._open else "T-0"
        name = self._open[0].name if self._open else self.name
        chapter = f"{phase[:_LONGEST_CODE]}-STEPS"
        row.phase, row.parent = phase, chapter
        if chapter not in self._made:
            self._made.add(chapter)
            if not self._open:
                yield StagedRow("macroPhase", phase, row.row, name=name, given=("name",))
            yield StagedRow("chapter", chapter, row.row, parent=phase, name=name, given=("name",))


def _once(links: list[StagedLink]) -> list[StagedLink]:
    return list({(link.code, link.kind): link for link in reversed(links)}.values())[::-1]
