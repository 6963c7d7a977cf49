"""When everything in a network happens at the earliest: activities inside groups, links of all four kinds between them.

Every node has a start and an end, a group also a begin, which is its first member's. Each is an event that
follows others (Kelley & Walker's forward pass, on events instead of activities):

- an activity ends its duration after its start; a group's members start after the group may, and it ends after
  the last of them;
- a link leads from the end (FS, FF) or the begin (SS, SF) of one node to the start (FS, SS) or the end (FF, SF)
  of another, whatever they are. What has no length starts when it ends, so that every link holds its start.

The begin of a group is taken to follow the start of all its members: a circle by which only some of them could
never start is a circle too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from tminus.kernel.network import Cyclic, Link, Span, find_cycles, topological_order

N = TypeVar("N", bound=Hashable)
_FROM_BEGIN = frozenset({"SS", "SF"})
_TO_START = frozenset({"FS", "SS"})


class _Event(NamedTuple, Generic[N]):
    """One moment of one node: `S`tart, `B`egin, `F`inish."""

    moment: str
    node: N


Edge = tuple[_Event[N], _Event[N], int]
_Before = tuple[_Event[N], int]


@dataclass(frozen=True, slots=True)
class Network(Generic[N]):
    """Activities by their duration in seconds, groups, and links between any of them.

    `inside` = the group a node is in; `floors` = seconds before which a node does not start.
    """

    durations: Mapping[N, int]
    groups: Sequence[N] = ()
    inside: Mapping[N, N] = field(default_factory=dict)
    links: Sequence[Link[N]] = ()
    floors: Mapping[N, int] = field(default_factory=dict)

    def members(self) -> dict[N, list[N]]:
        """Return what is directly inside each group."""
        members: dict[N, list[N]] = {group: [] for group in self.groups}
        for node, group in self.inside.items():
            members[group].append(node)
        return members


def circles(network: Network[N]) -> list[list[N]]:
    """Return a way round for every knot of nodes that wait for each other, across levels; first and last the same."""
    edges = [(before, after) for before, after, _ in _edges(network)]
    return [path for way in find_cycles(edges) if (path := _spoken(way))]


def _spoken(way: Sequence[_Event[N]]) -> list[N]:
    path: list[N] = []
    for event in way:
        if not path or path[-1] != event.node:
            path.append(event.node)
    return path if path[0] == path[-1] else [*path, path[0]]


def schedule(network: Network[N], start: int = 0) -> dict[N, Span]:
    """Return the earliest start and end of every activity and group, in seconds on the axis of `start`.

    Raises `Cyclic`, its path in nodes.
    """
    at, _ = _moments(network, start)
    nodes = [*network.durations, *network.groups]
    return {node: Span(at[_Event("S", node)], at[_Event("F", node)]) for node in nodes}


def longest_chain(network: Network[N]) -> list[N]:
    """Return the activities that decide when all is over, each after what it waits for: none could be a second later.

    Of several such chains the one that the network names first; none where there is no activity. Raises `Cyclic`.
    """
    at, into = _moments(network, 0)
    event = max((_Event("F", node) for node in network.durations), key=lambda end: at[end], default=None)
    chain: list[N] = []
    while event is not None:
        if event.node in network.durations and (not chain or chain[-1] != event.node):
            chain.append(event.node)
        now = at[event]
        event = next((one for one, seconds in into.get(event, ()) if at[one] + seconds == now), None)
    return chain[::-1]


def _moments(
    network: Network[N], start: int
) -> tuple[dict[_Event[N], int], dict[_Event[N], list[_Before[N]]]]:
    """Return when every event is at the earliest, and what each follows with how many seconds between."""
    edges = list(_edges(network))
    try:
        order = topological_order((), [(before, after) for before, after, _ in edges])
    except Cyclic as circle:
        raise Cyclic(_spoken([event for event in circle.path if isinstance(event, _Event)])) from None
    into: dict[_Event[N], list[_Before[N]]] = {}
    for before, after, seconds in edges:
        into.setdefault(after, []).append((before, seconds))
    at: dict[_Event[N], int] = {}
    for event in order:
        moments = [at[before] + seconds for before, seconds in into.get(event, ())]
        if event.moment == "S":
            moments.append(max(start, network.floors.get(event.node, start)))
        at[event] = min(moments) if event.moment == "B" else max(moments)
    return at, into


def _edges(network: Network[N]) -> Iterator[Edge[N]]:
    members = network.members()
    begins = {group for group, inside in members.items() if inside}
    points = {node for node, seconds in network.durations.items() if not seconds}
    for node, seconds in network.durations.items():
        yield _Event("S", node), _Event("F", node), seconds
    for group, inside in members.items():
        yield _Event("S", group), _Event("F", group), 0
        for member in inside:
            begin = _Event("B" if member in begins else "S", member)
            yield _Event("S", group), _Event("S", member), 0
            yield _Event("F", member), _Event("F", group), 0
            yield begin, _Event("B", group), 0
    for link in network.links:
        begin = _Event("B" if link.predecessor in begins else "S", link.predecessor)
        source = begin if link.kind in _FROM_BEGIN else _Event("F", link.predecessor)
        to_start = link.kind in _TO_START or link.successor in points
        yield source, _Event("S" if to_start else "F", link.successor), link.lag
