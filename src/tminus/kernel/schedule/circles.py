"""Where the links of a network lead in a circle: between steps, or across chapters and macro-phases."""

from __future__ import annotations

from collections.abc import Sequence

from tminus.kernel.network import find_cycles
from tminus.kernel.schedule.edges import Edges, edges_of
from tminus.kernel.schedule.network import N, Network


def circles(network: Network[N]) -> list[list[N]]:
    """Return a way round for every knot of nodes that wait for each other, across levels; first and last the same.

    The begin of a group is taken to follow the start of all its members: a circle by which only some of them could
    never start is a circle too.
    """
    return circles_of(edges_of(network))


def circles_of(edges: Edges[N]) -> list[list[N]]:
    """Return the same of a network's edges."""
    count = len(edges.nodes)
    own = [(node, count + node) for node in range(count)]
    between = list(zip(edges.before.tolist(), edges.after.tolist(), strict=True))
    return [path for way in find_cycles([*own, *between]) if (path := _spoken(edges, way))]


def _spoken(edges: Edges[N], way: Sequence[int]) -> list[N]:
    path: list[N] = []
    for event in way:
        node = edges.node_of(event)
        if not path or path[-1] != node:
            path.append(node)
    return path if path[0] == path[-1] else [*path, path[0]]
