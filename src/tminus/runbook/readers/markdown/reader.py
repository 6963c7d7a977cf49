"""Goes through the lines of a checklist once, and knows in which step it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from tminus.kernel.plain_text import UNPRINTABLE
from tminus.runbook.readers.markdown.item import Item, item_of
from tminus.runbook.readers.markdown.lines import heading_of, lines_of
from tminus.runbook.readers.markdown.outline import Outline
from tminus.runbook.readers.markdown.step import OpenStep
from tminus.runbook.readers.markdown.warnings import not_a_step, unprintable
from tminus.runbook.readers.staged import Staged

_LIST = re.compile(r"[ ]*(?:[-*+]|\d{1,9}[.)])[ \t]+\S")


class Reader:
    """One going through; `chapters` = there are headings of the third level."""

    def __init__(self, content: BinaryIO, *, chapters: bool) -> None:
        self._content = content
        self._outline = Outline(chapters=chapters)
        self._step: OpenStep | None = None

    def read(self) -> Iterator[Staged]:
        """Yield everything, each step when all that stands under it has been read."""
        for number, written, fenced in lines_of(self._content):
            line = written
            bad = UNPRINTABLE.search(line)
            if bad:
                yield unprintable(bad[0], number)
                line = UNPRINTABLE.sub("", line)
            heading = None if fenced else heading_of(line)
            item = None if fenced or heading else item_of(line)
            if heading:
                yield from self._close()
                yield from self._outline.heading(*heading, number)
            elif item:
                yield from self._item(item, number)
            else:
                yield from self._text(line, number, fenced=fenced)
        yield from self._close()
        yield from self._outline.close()

    def _item(self, item: Item, number: int) -> Iterator[Staged]:
        if self._step and item.indent > self._step.indent + 1:
            yield from self._step.task(item, number)
            return
        yield from self._close()
        yield from self._outline.close()
        self._step = OpenStep(item, number, self._outline.chapter, self._outline.phase)

    def _text(self, line: str, number: int, *, fenced: bool) -> Iterator[Staged]:
        if not self._step:
            self._outline.text(line)
            return
        yield from self._step.text(line, number)
        indent = len(line) - len(line.lstrip())
        if not fenced and indent <= self._step.indent and _LIST.match(line):
            yield not_a_step(number)

    def _close(self) -> Iterator[Staged]:
        if self._step:
            yield from self._step.close()
        self._step = None
