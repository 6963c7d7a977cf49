"""The whole schedule against its definitions, tried out: floats by moving things, large networks by networkx."""

from __future__ import annotations

import random
from dataclasses import replace

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.test_schedule import crowd, networks
from tminus.kernel.network import Link
from tminus.kernel.schedule import (
    Blackouts,
    Compiled,
    Conditions,
    Network,
    Schedule,
    compile_network,
    planned,
    reckon,
    waves,
)

LARGE = 10_000


def plain(drawn: Network[str]) -> Network[str]:
    """Without links that hang on the first of a group's members: any of several may carry those."""
    links = [link for link in drawn.links if link.kind[0] == "F" or link.predecessor not in drawn.groups]
    return replace(drawn, links=links)


def moved(compiled: Compiled[str], conditions: Conditions, place: int, start: float) -> Schedule[str]:
    """Return the schedule in which one node starts no earlier than said."""
    floors = conditions.floors.copy()
    floors[place] = max(floors[place], start)
    return reckon(compiled, replace(conditions, floors=floors))


@given(networks())
def test_total_float_is_by_how_much_an_activity_may_start_later_and_no_second_more(
    drawn: Network[str],
) -> None:
    total_float_is_what_may_pass(drawn)


@pytest.mark.parametrize("seed", range(4))
def test_floats_are_right_where_an_event_has_a_crowd_around_it_too(seed: int) -> None:
    total_float_is_what_may_pass(crowd(seed))
    free_float_moves_nobody(crowd(seed))


def total_float_is_what_may_pass(drawn: Network[str]) -> None:
    compiled = compile_network(plain(drawn))
    conditions = planned(compiled)
    found = reckon(compiled, conditions)
    for place in range(compiled.activities):
        slack, start = float(found.total_float[place]), float(found.start[place])
        assert slack >= 0
        assert moved(compiled, conditions, place, start + slack).finish == found.finish
        assert moved(compiled, conditions, place, start + slack + 1).finish > found.finish


@given(networks())
def test_no_float_that_is_told_makes_the_whole_later_whatever_the_links(drawn: Network[str]) -> None:
    compiled = compile_network(drawn)
    conditions = planned(compiled)
    found = reckon(compiled, conditions)
    for place in range(compiled.activities):
        later = moved(compiled, conditions, place, float(found.start[place] + found.total_float[place]))
        assert later.finish == found.finish


@given(networks())
def test_free_float_moves_no_other_activity_and_a_second_more_does(drawn: Network[str]) -> None:
    free_float_moves_nobody(drawn)


def free_float_moves_nobody(drawn: Network[str]) -> None:
    compiled = compile_network(plain(drawn))
    conditions = planned(compiled)
    found = reckon(compiled, conditions)
    steps = np.arange(compiled.activities)
    for place in steps.tolist():
        others = steps != place
        slack, start = float(found.free_float[place]), float(found.start[place])
        assert slack <= found.total_float[place]

        def stay(later: Schedule[str], others: np.ndarray = others) -> bool:
            same_starts = later.start[: steps.size] == found.start[: steps.size]
            same_ends = later.end[: steps.size] == found.end[: steps.size]
            return bool((same_starts & same_ends)[others].all()) and later.finish == found.finish

        assert stay(moved(compiled, conditions, place, start + slack))
        assert not stay(moved(compiled, conditions, place, start + slack + 1))


@given(networks())
def test_the_critical_path_is_of_critical_activities_and_ends_with_the_whole(drawn: Network[str]) -> None:
    compiled = compile_network(plain(drawn))
    found = reckon(compiled, planned(compiled))
    path = found.critical_path()
    places = [compiled.nodes.index(node) for node in path]
    assert places
    assert found.end[places[-1]] == found.finish
    # The last of the path may end late only because links hold it: then its own work has float, not they.
    for place in places:
        held = found.end[place] - found.start[place] > conditions_seconds(found, place)
        assert found.critical[place] or held


def conditions_seconds(found: Schedule[str], place: int) -> float:
    return float(found.conditions.durations[place])


@given(networks(), st.lists(st.tuples(st.integers(0, 1_500), st.integers(1, 600)), min_size=1, max_size=3))
def test_nobody_works_in_a_blackout_and_the_latest_start_still_ends_in_time(
    drawn: Network[str], dark: list[tuple[int, int]]
) -> None:
    compiled = compile_network(plain(drawn))
    blackouts = Blackouts.of((start, start + length) for start, length in dark)
    conditions = planned(compiled, 0, blackouts)
    found = reckon(compiled, conditions)
    windows = [(start, start + length) for start, length in dark]
    for place in range(compiled.activities):
        start, end, seconds = (
            int(one[place]) for one in (found.start, found.end, found.conditions.durations)
        )
        if seconds:
            assert not any(low <= start < high for low, high in windows)
            worked = [second for second in range(start, end) if not any(a <= second < b for a, b in windows)]
            assert len(worked) >= seconds
        slack = float(found.total_float[place])
        assert moved(compiled, conditions, place, start + slack).finish == found.finish


def layered(count: int, width: int, seed: int) -> Network[int]:
    """Return a network in layers, each step after a few of the layers before it."""
    dice = random.Random(seed)
    links = []
    for node in range(width, count):
        first = (node // width - 1) * width
        links += [
            Link(one, node)
            for one in {dice.randrange(max(first - width, 0), first + width) for _ in range(3)}
        ]
    return Network({node: dice.randrange(1, 3_600) for node in range(count)}, links=links)


@pytest.mark.parametrize("width", [20, 500])
def test_a_large_network_is_as_networkx_says(width: int) -> None:
    network = layered(LARGE, width, seed=width)
    graph: nx.DiGraph[int] = nx.DiGraph()
    graph.add_nodes_from(network.durations)
    graph.add_edges_from((link.predecessor, link.successor) for link in network.links)
    early: dict[int, int] = {}
    for node in nx.topological_sort(graph):
        early[node] = max(
            (early[one] + network.durations[one] for one in graph.predecessors(node)), default=0
        )
    finish = max(early[node] + network.durations[node] for node in graph)
    late: dict[int, int] = {}
    for node in reversed(list(nx.topological_sort(graph))):
        late[node] = (
            min((late[one] for one in graph.successors(node)), default=finish) - network.durations[node]
        )
    found = reckon(compiled := compile_network(network), planned(compiled))
    assert found.finish == finish
    assert dict(zip(compiled.nodes, found.start.astype(int).tolist(), strict=True)) == early
    assert dict(zip(compiled.nodes, found.late_start.astype(int).tolist(), strict=True)) == late


@settings(max_examples=30)
@given(networks())
def test_a_wave_is_one_after_the_last_wave_that_is_waited_for(drawn: Network[str]) -> None:
    steps = drawn.durations.keys()
    links = [
        link for link in drawn.links if {link.predecessor, link.successor} <= steps and link.kind == "FS"
    ]
    compiled = compile_network(Network(drawn.durations, links=links))
    wave = dict(zip(compiled.nodes, waves(compiled).tolist(), strict=True))
    before: dict[str, list[str]] = {node: [] for node in compiled.nodes}
    for link in links:
        before[link.successor].append(link.predecessor)
    for node, others in before.items():
        assert wave[node] == max((wave[one] + (drawn.durations[one] > 0) for one in others), default=1)


def test_what_has_happened_stands_and_has_no_float() -> None:
    compiled = compile_network(Network({"a": 60, "b": 60, "c": 60}, links=[Link("a", "b"), Link("b", "c")]))
    nan = float("nan")
    conditions = Conditions(
        np.array([60.0, 30.0, 60.0]),
        np.array([0.0, 100.0, 100.0]),
        np.array([0.0, 50.0, nan]),
        np.array([40.0, nan, nan]),
        np.array([-np.inf, 100.0, -np.inf]),
    )
    found = reckon(compiled, conditions)
    assert found.start.tolist() == [0, 50, 130]
    assert found.end.tolist() == [40, 130, 190]
    assert np.isnan(found.total_float[0])
    assert found.total_float[1:].tolist() == [0, 0]


def test_durations_of_nothing_and_of_ten_days_and_a_network_of_nothing() -> None:
    day = 86_400
    compiled = compile_network(
        Network({"a": 0, "b": 10 * day, "c": 0}, links=[Link("a", "b"), Link("b", "c")])
    )
    found = reckon(compiled, planned(compiled))
    assert found.end.tolist() == [0, 10 * day, 10 * day]
    nothing: Network[str] = Network({})
    empty = compile_network(nothing)
    assert reckon(empty, planned(empty)).critical_path() == []
