"""Random networks with all kinds of links at all levels, against inequalities applied until nothing moves."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.kernel.network import Cyclic, Link, Span
from tminus.kernel.schedule import Network, circles, longest_chain, schedule

KINDS = ("FS", "SS", "FF", "SF")


@st.composite
def networks(draw: st.DrawFn, *, forward: bool = True) -> Network[str]:
    """Steps a0…, in chapters C0…C2, in macro-phases P0…P1; with `forward` links lead from earlier to later."""
    count = draw(st.integers(1, 8))
    chapter_of = sorted(draw(st.lists(st.integers(0, 2), min_size=count, max_size=count)))
    phase_of = sorted(draw(st.lists(st.integers(0, 1), min_size=3, max_size=3)))
    durations = {f"a{n}": draw(st.sampled_from([0, 60, 600])) for n in range(count)}
    inside = {f"a{n}": f"C{chapter}" for n, chapter in enumerate(chapter_of)}
    inside |= {f"C{n}": f"P{phase}" for n, phase in enumerate(phase_of)}
    places = {f"a{n}": (n, n) for n in range(count)}
    for n in range(3):
        numbers = [at for at, chapter in enumerate(chapter_of) if chapter == n]
        if numbers:
            places[f"C{n}"] = (numbers[0], numbers[-1])
    for n in range(2):
        numbers = [at for at, chapter in enumerate(chapter_of) if phase_of[chapter] == n]
        if numbers:
            places[f"P{n}"] = (numbers[0], numbers[-1])
    pairs = [
        (one, other)
        for one, (first, last) in places.items()
        for other, (begin, _) in places.items()
        if (last < begin if forward else one != other and not _related(one, other, inside))
    ]
    lags = st.sampled_from([0, 0, 300, -120])
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=8)) if pairs else []
    links = [Link(one, other, draw(lags), draw(st.sampled_from(KINDS))) for one, other in chosen]
    floors = {f"a{n}": draw(st.sampled_from([0, 450])) for n in range(count) if draw(st.booleans())}
    return Network(durations, ["C0", "C1", "C2", "P0", "P1"], inside, links, floors)


def _related(one: str, other: str, inside: dict[str, str]) -> bool:
    def above(node: str) -> set[str]:
        return {node} | (above(inside[node]) if node in inside else set())

    return one in above(other) or other in above(one)


def by_inequalities(network: Network[str]) -> dict[str, Span]:
    """The definitions, applied over and over from nothing; an AssertionError where they never come to rest."""
    members = network.members()
    starts = dict.fromkeys([*network.durations, *network.groups], 0)
    ends = dict(starts)

    def begin(node: str) -> int:
        return min(map(begin, members[node])) if members.get(node) else starts[node]

    for _ in range(200):
        before = dict(starts), dict(ends)
        for node in starts:
            into = [link for link in network.links if link.successor == node]
            start, end = max(starts[node], network.floors.get(node, 0)), ends[node]
            if node in network.inside:
                start = max(start, starts[network.inside[node]])
            point = node in network.durations and not network.durations[node]
            for link in into:
                from_begin = link.kind[0] == "S"
                moment = (begin(link.predecessor) if from_begin else ends[link.predecessor]) + link.lag
                if link.kind[1] == "S" or point:
                    start = max(start, moment)
                else:
                    end = max(end, moment)
            inner = [ends[member] for member in members.get(node, ())]
            starts[node], ends[node] = start, max(end, start + network.durations.get(node, 0), *inner, 0)
        if before == (starts, ends):
            return {node: Span(starts[node], ends[node]) for node in starts}
    raise AssertionError("they never come to rest")


@given(networks())
def test_the_schedule_is_what_the_inequalities_come_to(network: Network[str]) -> None:
    assert circles(network) == []
    assert schedule(network) == by_inequalities(network)


@pytest.mark.parametrize("seed", range(20))
def test_events_that_follow_a_crowd_are_reckoned_too(seed: int) -> None:
    network = crowd(seed)
    assert schedule(network) == by_inequalities(network)


def crowd(seed: int) -> Network[str]:
    """Two chapters of up to 40 steps, steps linked to one after or before all of these, by links of any kind."""
    rng = random.Random(seed)
    steps = [f"a{n}" for n in range(rng.randint(20, 40))]
    more = [f"b{n}" for n in range(rng.randint(15, 30))]
    durations = {name: rng.choice([0, 60, 600, 900]) for name in [*steps, *more, "hub", "last", "after"]}
    links = [Link(name, "hub", rng.choice([0, -120, 300]), rng.choice(KINDS)) for name in steps]
    links += [Link("hub", name, rng.choice([0, 300]), rng.choice(KINDS)) for name in more]
    links += [Link("A", "last", 60, "SS"), Link("B", "after", 0, rng.choice(KINDS)), Link("A", "B", 0, "FF")]
    links += [Link(rng.choice(steps), rng.choice(more), 0, rng.choice(KINDS)) for _ in range(10)]
    inside = dict.fromkeys(steps, "A") | dict.fromkeys(more, "B")
    return Network(durations, ["A", "B"], inside, links, {rng.choice(steps): 450})


@given(networks(forward=False))
def test_a_network_is_scheduled_or_its_circle_is_a_real_one(network: Network[str]) -> None:
    found = circles(network)
    if not found:
        assert schedule(network) == by_inequalities(network)
        return
    with pytest.raises(Cyclic):
        schedule(network)
    linked = {(link.predecessor, link.successor) for link in network.links}
    for path in found:
        assert path[0] == path[-1]
        assert any(pair in linked for pair in pairwise(path))
        for one, other in pairwise(path):
            assert (one, other) in linked or _related(one, other, dict(network.inside)), path


def test_a_circle_is_named_across_levels() -> None:
    inside = {"TRT-1": "A1", "TRT-2": "B1"}
    links = [Link("A1", "B1"), Link("TRT-2", "TRT-1")]
    network = Network({"TRT-1": 60, "TRT-2": 60}, ["A1", "B1"], inside, links)
    (path,) = circles(network)
    assert sorted(path[:-1]) == ["A1", "B1", "TRT-1", "TRT-2"]


def test_a_long_chain_is_a_chain_like_any_other() -> None:
    count = 100_000
    links = [Link(n, n + 1, 0, "FS") for n in range(count - 1)]
    assert schedule(Network(dict.fromkeys(range(count), 1), links=links))[count - 1] == Span(count - 1, count)


def test_each_starts_when_the_last_of_its_predecessors_lets_it() -> None:
    links = [Link("a", "c", lag=30), Link("b", "c"), Link("a", "b", lag=-20)]
    spans = schedule(Network({"a": 100, "b": 50, "c": 10}, links=links), start=1_000)
    assert spans == {"a": Span(1_000, 1_100), "b": Span(1_080, 1_130), "c": Span(1_130, 1_140)}


def test_nothing_begins_before_the_start_or_its_own_floor() -> None:
    network = Network({1: 10, 2: 10}, links=[Link(1, 2, lag=-500)], floors={1: 3})
    assert schedule(network, start=7) == {1: Span(7, 17), 2: Span(7, 17)}
    assert schedule(Network({1: 10}, floors={1: 30}), start=7)[1].start == 30


def test_the_longest_chain_is_what_decides_the_end() -> None:
    inside = {"a": "G", "b": "G", "c": "H", "d": "H"}
    links = [Link("a", "b"), Link("G", "H", lag=60)]
    network = Network({"a": 100, "b": 50, "c": 10, "d": 30}, ["G", "H"], inside, links)
    assert longest_chain(network) == ["a", "b", "d"]
    assert longest_chain(Network({})) == []
    assert longest_chain(Network({1: 10, 2: 5}, floors={2: 60})) == [2]


@given(networks())
def test_what_is_off_the_longest_chain_may_be_shorter_and_nothing_ends_sooner(drawn: Network[str]) -> None:
    # What hangs on the first of a group's members to start moves with any of them.
    links = [link for link in drawn.links if link.kind[0] == "F" or link.predecessor not in drawn.groups]
    network = Network(drawn.durations, drawn.groups, drawn.inside, links)
    chain = longest_chain(network)
    shorter = {node: time if node in chain else min(time, 60) for node, time in network.durations.items()}
    assert last_end(Network(shorter, network.groups, network.inside, links)) == last_end(network)
    if chain:
        assert schedule(network)[chain[-1]].end == last_end(network)


def last_end(network: Network[str]) -> int:
    spans = schedule(network)
    return max(spans[node].end for node in network.durations)
