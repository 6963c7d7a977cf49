"""Whether the plan's links lead from one step to another, by whatever way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tminus.runbook.domain.plan_edit import Level, Tie
from tminus.runbook.domain.plan_edit_network import Node

Point = tuple[str, bool]
"""A node's code, and whether its end is meant; a step is one point, as its end follows its start."""


class Paths:
    """The links of a plan version, ready to be followed. What a chapter waits for, all in it waits for."""

    def __init__(self, nodes: Sequence[Node], ties: Sequence[Tie]) -> None:
        self._steps = {node.code for node in nodes if node.level is Level.STEP}
        self._next: dict[Point, list[Point]] = defaultdict(list)
        self._known: dict[str, frozenset[Point]] = {}
        for node in nodes:
            if node.parent is not None:
                self._next[self._end(node.code)].append((node.parent, True))
                self._next[(node.parent, False)].append(self._start(node.code))
        for tie in ties:
            self._next[self._end(tie.code)].append(self._start(tie.to))

    def lead(self, before: str, after: str) -> bool:
        """Tell whether a way leads from one step to another."""
        if before not in self._known:
            self._known[before] = self._from(before)
        return self._start(after) in self._known[before]

    def _from(self, code: str) -> frozenset[Point]:
        seen: set[Point] = set()
        todo = [self._end(code)]
        while todo:
            for point in self._next[todo.pop()]:
                if point not in seen:
                    seen.add(point)
                    todo.append(point)
        return frozenset(seen)

    def _start(self, code: str) -> Point:
        return (code, False)

    def _end(self, code: str) -> Point:
        return (code, code not in self._steps)
