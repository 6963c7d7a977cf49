"""The activity network: what follows from what, in which order, and when at the earliest.

Nodes are any hashable values; nothing here recurses, so a chain of 100,000 steps is a chain like any other.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Generic, NamedTuple, TypeVar

N = TypeVar("N", bound=Hashable)


class Span(NamedTuple):
    """Start and end of an activity, in seconds on whatever axis the caller's start is on."""

    start: int
    end: int


class Link(NamedTuple, Generic[N]):
    """`successor` waits for `predecessor` in the way of `kind`, `lag` seconds longer (negative: shorter)."""

    predecessor: N
    successor: N
    lag: int = 0
    kind: str = "FS"


class Cyclic(ValueError):
    """The links lead back to where they started; `path` names the way round, first and last the same."""

    def __init__(self, path: Sequence[Hashable]) -> None:
        super().__init__(f"the links run in a circle: {describe_cycle(path)}")
        self.path = tuple(path)


def describe_cycle(path: Sequence[Hashable]) -> str:
    """Return the path as people read it: `A → B → C → A`."""
    return " → ".join(str(node) for node in path)


def topological_order(nodes: Iterable[N], edges: Iterable[tuple[N, N]]) -> list[N]:
    """Return the nodes with every predecessor before its successors; equals keep the order they came in.

    An edge is (predecessor, successor); its ends count as nodes too. Raises `Cyclic`.
    """
    known = list(edges)
    successors = _successors(nodes, known)
    waiting = dict.fromkeys(successors, 0)
    for _, successor in known:
        waiting[successor] += 1
    free = deque(node for node, count in waiting.items() if not count)
    order: list[N] = []
    while free:
        order.append(node := free.popleft())
        for successor in successors[node]:
            waiting[successor] -= 1
            if not waiting[successor]:
                free.append(successor)
    if len(order) < len(successors):
        raise Cyclic(find_cycle(known) or ())
    return order


def find_cycle(edges: Iterable[tuple[N, N]]) -> list[N] | None:
    """Return one way round, first and last node the same, or None where the edges are acyclic."""
    cycles = find_cycles(edges)
    return cycles[0] if cycles else None


def find_cycles(edges: Iterable[tuple[N, N]], nodes: Iterable[N] = ()) -> list[list[N]]:
    """Return a shortest way round for every knot of nodes that lead back to each other.

    Each begins at the knot's node that comes first in `nodes`, or else in the edges.
    """
    successors = _successors(nodes, edges)
    place = {node: index for index, node in enumerate(successors)}
    return [
        _way_round(min(group, key=place.__getitem__), group, successors)
        for group in _strong_components(successors)
        if len(group) > 1 or group[0] in successors[group[0]]
    ]


def _successors(nodes: Iterable[N], edges: Iterable[tuple[N, N]]) -> dict[N, list[N]]:
    successors: dict[N, list[N]] = {node: [] for node in nodes}
    for predecessor, successor in edges:
        successors.setdefault(predecessor, []).append(successor)
        successors.setdefault(successor, [])
    return successors


def _strong_components(successors: Mapping[N, Sequence[N]]) -> list[list[N]]:
    """Two sweeps (Kosaraju): finish order forwards, then gather backwards; both with their own stack."""
    predecessors: dict[N, list[N]] = {node: [] for node in successors}
    for node, following in successors.items():
        for successor in following:
            predecessors[successor].append(node)
    gathered: set[N] = set()
    groups: list[list[N]] = []
    for root in reversed(_finish_order(successors)):
        group, todo = [], [root]
        while todo:
            node = todo.pop()
            if node not in gathered:
                gathered.add(node)
                group.append(node)
                todo.extend(predecessors[node])
        if group:
            groups.append(group)
    return groups


def _finish_order(successors: Mapping[N, Sequence[N]]) -> list[N]:
    seen: set[N] = set()
    order: list[N] = []
    for root in successors:
        stack = [] if root in seen else [(root, iter(successors[root]))]
        seen.add(root)
        while stack:
            node, rest = stack[-1]
            following = next((successor for successor in rest if successor not in seen), None)
            if following is None:
                order.append(node)
                stack.pop()
            else:
                seen.add(following)
                stack.append((following, iter(successors[following])))
    return order


def _way_round(home: N, group: Iterable[N], successors: Mapping[N, Sequence[N]]) -> list[N]:
    """Breadth first from `home` back to itself; it arrives, as all of the group reach each other."""
    members = set(group)
    came_from: dict[N, N] = {}
    queue = deque([home])
    while home not in came_from:
        node = queue.popleft()
        for successor in successors[node]:
            if successor in members and successor not in came_from:
                came_from[successor] = node
                queue.append(successor)
    path = [home, came_from[home]]
    while path[-1] != home:
        path.append(came_from[path[-1]])
    return path[::-1]
