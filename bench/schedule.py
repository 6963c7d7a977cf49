"""B5: a schedule with calendars, all link types, chapters and float; beside it networkx and rustworkx.

The peers reckon early and late moments of every step both ways, over the same steps and pairs linked by finish to
start alone, on graphs built before. They know no chapters, lags, other links, blackouts or free float. Whether the
work is the same is checked on the plain network, to the second. Ours is compiled before as well, and the time for that
stands by itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from statistics import median
from time import process_time
from typing import Any

import networkx
import rustworkx

from bench.networks import chained, full
from bench.product import peak_mb
from bench.report import Line, compare
from tminus.kernel.schedule import Blackouts, Compiled, Conditions, Network, compile_network, planned, reckon

SIZES = ((10_000, 56), (100_000, 900))
NETWORKX_AIM, RUSTWORKX_AIM = ("≤", 1 / 20), ("≤", 1 / 3)
EVENT_MS = 5.0
_DAY, _NIGHTLY = 86_400, (6 * 3_600, 8 * 3_600)

Late = tuple[list[float], list[float]]


def run(rounds: int) -> list[Line]:
    """Measure `rounds` pairs of each size and peer; return the lines. Times are of the processor, in one thread."""
    lines: list[Line] = []
    for count, depth in SIZES:
        lines += _size(count, depth, rounds)
    return lines


def _size(count: int, depth: int, rounds: int) -> list[Line]:
    plain, whole = chained(count, depth), full(count, depth)
    by_networkx, by_rustworkx = _networkx(plain), _rustworkx(plain)
    _check(plain, by_networkx(), by_rustworkx())
    compiled = compile_network(whole)
    conditions = planned(compiled, 0, _calendar(compiled))
    peers: list[tuple[str, Callable[[], Late], tuple[str, float]]] = [
        ("networkx", by_networkx, NETWORKX_AIM),
        ("rustworkx", by_rustworkx, RUSTWORKX_AIM),
    ]
    lines = []
    alone = compile_network(plain)
    for name, peer, aim in peers:
        pairs = [(_ms(lambda: reckon(alone, planned(alone))), _ms(peer)) for _ in range(rounds + 1)][1:]
        lines.append(
            replace(
                compare("B5", f"{count:,} steps, {depth} deep, plain; {name}", "ms", pairs, aim),
                aim="",
                met=None,
            )
        )
        pairs = [(_ms(lambda: reckon(compiled, conditions)), _ms(peer)) for _ in range(rounds + 1)][1:]
        memory = f"{peak_mb(os.getpid()):.0f} MB"
        lines.append(compare("B5", f"{count:,} steps, {depth} deep; {name}", "ms", pairs, aim, memory))
    lines.append(
        _alone(f"compiling {count:,} steps", [_ms(lambda: compile_network(whole)) for _ in range(rounds)])
    )
    if count == SIZES[0][0]:
        lines.append(_one_event(compiled, conditions, rounds))
    return lines


def _calendar(compiled: Compiled[str]) -> Blackouts | None:
    """Nobody works from six to eight in the morning, as long as it may take."""
    days = int(reckon(compiled, planned(compiled)).finish * 1.2 / _DAY) + 1
    return Blackouts.of([(day * _DAY + _NIGHTLY[0], day * _DAY + _NIGHTLY[1]) for day in range(days)])


def _one_event(compiled: Compiled[str], conditions: Conditions, rounds: int) -> Line:
    """A step takes longer: everything is reckoned again, both ways."""
    taken = []
    for n in range(rounds):
        durations = conditions.durations.copy()
        durations[n] += 600
        taken.append(_ms(partial(reckon, compiled, replace(conditions, durations=durations))))
    line = _alone(f"one event on {compiled.activities:,} steps", taken)
    return replace(line, aim=f"≤ {EVENT_MS:.0f} ms", met=line.ours <= EVENT_MS)


def _alone(figure: str, taken: Sequence[float]) -> Line:
    return Line("B5", figure, "ms", median(taken))


def _ms(work: Callable[[], Any]) -> float:
    begun = process_time()
    work()
    return (process_time() - begun) * 1e3


def _check(plain: Network[str], *peers: Late) -> None:
    compiled = compile_network(plain)
    mine = reckon(compiled, planned(compiled))
    for early, late in peers:
        assert mine.start.tolist() == early
        assert mine.late_start.tolist() == late


def _networkx(plain: Network[str]) -> Callable[[], Late]:
    graph: Any = networkx.DiGraph()
    graph.add_nodes_from(plain.durations)
    graph.add_edges_from((link.predecessor, link.successor) for link in plain.links)
    lengths = dict(plain.durations)
    before, after = graph.pred, graph.succ

    def both_ways() -> Late:
        order = list(networkx.topological_sort(graph))
        end: dict[str, float] = {}
        for node in order:
            end[node] = max((end[one] for one in before[node]), default=0) + lengths[node]
        last = max(end.values())
        start: dict[str, float] = {}
        for node in reversed(order):
            start[node] = min((start[one] for one in after[node]), default=last) - lengths[node]
        return [end[node] - lengths[node] for node in lengths], [start[node] for node in lengths]

    return both_ways


def _rustworkx(plain: Network[str]) -> Callable[[], Late]:
    """Its own longest path gives a length only, Bellman and Ford's by it takes three times this."""
    place = {name: number for number, name in enumerate(plain.durations)}
    graph: Any = rustworkx.PyDiGraph()
    graph.add_nodes_from(list(plain.durations))
    graph.add_edges_from_no_data([(place[link.predecessor], place[link.successor]) for link in plain.links])
    lengths = list(plain.durations.values())
    before, after = graph.predecessor_indices, graph.successor_indices

    def both_ways() -> Late:
        order = rustworkx.topological_sort(graph)
        begun, end = [0.0] * len(lengths), [0.0] * len(lengths)
        for node in order:
            first = 0.0
            for one in before(node):
                if end[one] > first:
                    first = end[one]
            begun[node], end[node] = first, first + lengths[node]
        last = max(end)
        start = [0.0] * len(lengths)
        for node in reversed(order):
            latest = last
            for one in after(node):
                if start[one] < latest:
                    latest = start[one]
            start[node] = latest - lengths[node]
        return begun, start

    return both_ways
