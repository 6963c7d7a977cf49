"""Circles among the links of an import: which nodes are in them, and which link closes each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from tminus.kernel.network import Link, find_cycles
from tminus.kernel.schedule import Network, circles


@dataclass(frozen=True, slots=True)
class Tie:
    """A link that may be in a circle. `n` = its place in the files, -1: it is there already; `proposed` by a repair."""

    predecessor: str
    successor: str
    n: int
    proposed: bool
    kind: str = "FS"


@dataclass(frozen=True, slots=True)
class Circle:
    """A way round, first and last the same, and the link to drop."""

    path: tuple[str, ...]
    closing: Tie


def nodes_in_knots(predecessors: Sequence[int], successors: Sequence[int]) -> list[int]:
    """Return the nodes that may be in a circle: what is left without all that nothing precedes, or follows.

    Nodes are numbers from 0; link i leads from `predecessors[i]` to `successors[i]`.
    """
    left = _peel(predecessors, successors, range(len(predecessors)))
    left = _peel(successors, predecessors, left)
    return sorted({predecessors[link] for link in left} | {successors[link] for link in left})


def _peel(before: Sequence[int], after: Sequence[int], links: Sequence[int]) -> list[int]:
    """Return the links that remain when nodes without a link into them are taken away, again and again."""
    if not links:
        return []
    nodes = 1 + max(max(before[link], after[link]) for link in links)
    waiting = [0] * nodes
    starts = [0] * (nodes + 1)
    for link in links:
        waiting[after[link]] += 1
        starts[before[link] + 1] += 1
    for node in range(nodes):
        starts[node + 1] += starts[node]
    out, place = [0] * len(links), starts[:-1]
    for link in links:
        out[place[before[link]]] = link
        place[before[link]] += 1
    free = [node for node in range(nodes) if not waiting[node]]
    gone = bytearray(nodes)
    while free:
        node = free.pop()
        gone[node] = 1
        for link in out[starts[node] : starts[node + 1]]:
            waiting[after[link]] -= 1
            if not waiting[after[link]]:
                free.append(after[link])
    return [link for link in links if not gone[before[link]]]


def circles_of(ties: Sequence[Tie]) -> list[Circle]:
    """Return one circle of every knot with the link that closes it.

    A link that a repair proposed closes it; else the one that stands last in the files; one that is there already
    only where all of them are.
    """
    found: list[Circle] = []
    by_ends = {(tie.predecessor, tie.successor): tie for tie in ties}
    for path in find_cycles(by_ends):
        around = [by_ends[ends] for ends in pairwise(path)]
        found.append(Circle(tuple(path), max(around, key=lambda tie: (tie.proposed, tie.n))))
    return found


@dataclass(frozen=True, slots=True)
class Tree:
    """Steps by their duration in seconds, chapters and macro-phases, and what each of them is directly in."""

    durations: Mapping[str, int]
    groups: Sequence[str]
    inside: Mapping[str, str]

    def around(self, code: str) -> set[str]:
        """Return what contains a node."""
        found: set[str] = set()
        while (code := self.inside.get(code, "")) and code not in found:
            found.add(code)
        return found


def circles_across(tree: Tree, ties: Sequence[Tie]) -> list[Circle]:
    """Return one circle of every knot that runs through what contains what; those of links alone are not among them.

    A chapter that waits for a step holds all its steps, and so closes circles in which no two links meet.
    """
    by_ends = {(tie.predecessor, tie.successor): tie for tie in ties}
    links = [
        Link(tie.predecessor, tie.successor, 0, tie.kind)
        for tie in ties
        if tie.predecessor not in tree.around(tie.successor)
        and tie.successor not in tree.around(tie.predecessor)
        and tie.predecessor != tie.successor
    ]
    found: list[Circle] = []
    for path in circles(Network(tree.durations, tree.groups, tree.inside, links)):
        around = [by_ends[ends] for ends in pairwise(path) if ends in by_ends]
        if 0 < len(around) < len(path) - 1:
            found.append(Circle(tuple(path), max(around, key=lambda tie: (tie.proposed, tie.n))))
    return found
