"""B6: the forecast of 5,000 steps by 1,000 draws; beside it the same draws and a forward pass in plain numpy.

Ours is all of it: what the night has shown, numbers that belong to each step, long tails, the forward pass, which
steps decide each draw, P80 of every step, percentiles and histogram. The peer draws one normal a step, a night and a
team and passes forward layer by layer through tables of predecessors padded to the longest; it sums up nothing. Both
get finish-to-start links alone; that the passes are the same is checked on the same durations. Then ours by itself on
the same steps in chapters, with all kinds of links.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import partial
from statistics import median
from time import process_time
from typing import Any

import networkx
import numpy as np

from bench.networks import chained, full
from bench.product import peak_mb
from bench.report import Line, compare
from tminus.kernel.schedule import Compiled, Network, compile_network, planned
from tminus.runbook.domain.learning import (
    Learned,
    Observation,
    PlannedStep,
    Progress,
    Rehearsal,
    Tonight,
    learn,
    tonight,
)
from tminus.runbook.domain.uncertainty import SimulationRequest, draw, finishes, simulate

STEPS, DEPTH, DRAWS, TEAMS = 5_000, 56, 1_000, 20
AIM = ("≤", 1.5)


def run(rounds: int) -> list[Line]:
    """Measure `rounds` pairs; return the lines. Times are of the processor, in one thread."""
    plain, whole = chained(STEPS, DEPTH), full(STEPS, DEPTH)
    mine, other = _request(plain), _request(whole)
    passes = _padded(plain)
    drawn = draw(mine)
    assert np.allclose(finishes(drawn), passes(drawn.draws.seconds.astype(np.float64)), atol=2)
    night = tonight(mine.learned, mine.progress)
    peer = partial(_peer, passes, night, plain)
    pairs = [(_ms(lambda: simulate(mine)), _ms(peer)) for _ in range(rounds + 1)][1:]
    alone = [_ms(lambda: simulate(other)) for _ in range(rounds)]
    memory = f"{peak_mb(os.getpid()):.0f} MB"
    return [
        compare("B6", f"{DRAWS:,} draws over {STEPS:,} steps", "ms", pairs, AIM, memory),
        Line("B6", "the same in chapters, all link types", "ms", median(alone)),
    ]


def _request(network: Network[str]) -> SimulationRequest:
    compiled: Compiled[str] = compile_network(network)
    return SimulationRequest(
        compiled,
        planned(compiled),
        tuple(network.durations),
        _learned(network),
        Progress({}, {}),
        250_000.0,
        DRAWS,
    )


def _learned(network: Network[str]) -> Learned:
    rng = np.random.default_rng(1)
    steps = [
        PlannedStep(code, f"T{n % TEAMS}", float(seconds))
        for n, (code, seconds) in enumerate(network.durations.items())
    ]
    history = [
        Rehearsal(name, None, [_observed(step, float(rng.lognormal(0.1, 0.3))) for step in steps])
        for name in ("RUN1", "DR1")
    ]
    return learn(history, steps)


def _observed(step: PlannedStep, ratio: float) -> Observation:
    return Observation(step.code, step.team, step.estimate, step.estimate * ratio)


def _peer(passes: Callable[[Any], Any], night: Tonight, network: Network[str]) -> Any:
    rng = np.random.default_rng(1)
    spread = night.learned.spread
    steps = list(night.learned.steps.values())
    team = np.array([night.teams.index(step.team) for step in steps])
    sigma = np.array([[step.sigma] for step in steps])
    mu = np.array([[step.mu] for step in steps])
    numbers = rng.standard_normal((len(steps), DRAWS)) * sigma + mu
    numbers += rng.standard_normal(DRAWS) * spread.night
    numbers += (rng.standard_normal((TEAMS, DRAWS)) * spread.team)[team]
    return passes(np.exp(numbers) * np.array([[step.estimate] for step in steps]))


def _padded(network: Network[str]) -> Callable[[Any], Any]:
    layers = list(_layers(network))
    count = len(network.durations)

    def passes(seconds: Any) -> Any:
        end = np.zeros((count + 1, seconds.shape[1]))
        for nodes, before in layers:
            end[nodes] = end[before].max(axis=1) + seconds[nodes]
        return end.max(axis=0)

    return passes


def _layers(network: Network[str]) -> Iterator[tuple[Any, Any]]:
    """Yield the places of each generation, and of their predecessors, padded with a place where nothing is."""
    place = {name: number for number, name in enumerate(network.durations)}
    graph: Any = networkx.DiGraph()
    graph.add_nodes_from(network.durations)
    graph.add_edges_from((link.predecessor, link.successor) for link in network.links)
    for layer in networkx.topological_generations(graph):
        before = [[place[one] for one in graph.pred[name]] for name in layer]
        widest = max(1, *map(len, before))
        padded = [row + [len(place)] * (widest - len(row)) for row in before]
        yield np.array([place[name] for name in layer]), np.array(padded)


def _ms(work: Callable[[], Any]) -> float:
    begun = process_time()
    work()
    return (process_time() - begun) * 1e3
