"""The step, or one of its tasks, with the text under it."""

from __future__ import annotations

from tminus.runbook.readers.staged import StagedRow


class Part:
    """A row whose instructions are still coming; `size` counts their characters."""

    def __init__(self, row: StagedRow, indent: int) -> None:
        self.row = row
        self.indent = indent
        self.size = 0
        self.lines: list[str] = []

    def finished(self) -> StagedRow:
        """Return the row, with its instructions where there are any."""
        own = [len(line) - len(line.lstrip()) for line in self.lines]
        under = [
            indent for indent, line in zip(own, self.lines, strict=True) if line and indent > self.indent
        ]
        cut = min(under, default=0)
        text = "\n".join(
            line[min(cut, indent) :] for indent, line in zip(own, self.lines, strict=True)
        ).strip("\n")
        if text:
            self.row.instructions = text
            self.row.given = (*self.row.given, "instructions")
        return self.row
