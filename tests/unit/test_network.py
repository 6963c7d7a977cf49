from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.kernel.network import (
    Cyclic,
    Link,
    Span,
    describe_cycle,
    find_cycle,
    find_cycles,
    forward_pass,
    topological_order,
)

edges_of_few_nodes = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=40)


def reaches(edges: list[tuple[int, int]], source: int, target: int) -> bool:
    seen: set[int] = set()
    todo = [b for a, b in edges if a == source]
    while todo:
        node = todo.pop()
        if node == target:
            return True
        if node not in seen:
            seen.add(node)
            todo.extend(b for a, b in edges if a == node)
    return False


def test_a_cycle_is_printed_as_its_path() -> None:
    cycle = find_cycle([("A", "B"), ("B", "C"), ("C", "A"), ("C", "D")])
    assert cycle is not None
    assert describe_cycle(cycle) == "A → B → C → A"


def test_a_step_that_waits_for_itself_is_a_cycle() -> None:
    assert find_cycle([("A", "A")]) == ["A", "A"]


def test_each_knot_is_found_once_and_by_a_short_way() -> None:
    edges = [(1, 2), (2, 3), (3, 1), (2, 1), (3, 4), (4, 5), (5, 4)]
    assert sorted(sorted(set(cycle)) for cycle in find_cycles(edges)) == [[1, 2], [4, 5]]


@given(edges_of_few_nodes)
def test_a_cycle_is_found_exactly_where_a_node_reaches_itself(edges: list[tuple[int, int]]) -> None:
    cycle = find_cycle(edges)
    knotted = any(reaches(edges, node, node) for node in range(13))
    assert (cycle is not None) == knotted
    if cycle:
        assert cycle[0] == cycle[-1]
        assert all(pair in edges for pair in itertools.pairwise(cycle))


@given(edges_of_few_nodes)
def test_an_order_puts_every_predecessor_first_or_there_is_a_cycle(edges: list[tuple[int, int]]) -> None:
    try:
        order = topological_order(range(13), edges)
    except Cyclic as error:
        assert all(pair in edges for pair in itertools.pairwise(error.path))
        return
    place = {node: index for index, node in enumerate(order)}
    assert sorted(order) == list(range(13))
    assert all(place[a] < place[b] for a, b in edges)


def test_the_forward_pass_starts_each_step_when_the_last_of_its_predecessors_lets_it() -> None:
    spans = forward_pass(
        ["a", "b", "c"],
        {"a": 100, "b": 50, "c": 10},
        [Link("a", "c", lag=30), Link("b", "c"), Link("a", "b", lag=-20)],
        start=1_000,
    )
    assert spans == {"a": Span(1_000, 1_100), "b": Span(1_080, 1_130), "c": Span(1_130, 1_140)}


def test_nothing_begins_before_the_start_or_its_own_floor() -> None:
    spans = forward_pass([1, 2], {1: 10, 2: 10}, [Link(1, 2, lag=-500)], start=7, not_before={1: 3})
    assert spans == {1: Span(7, 17), 2: Span(7, 17)}
    assert forward_pass([1], {1: 10}, [], start=7, not_before={1: 30})[1].start == 30


def test_a_kind_without_a_rule_is_refused_not_ignored() -> None:
    with pytest.raises(ValueError, match="SS"):
        forward_pass([1, 2], {1: 1, 2: 1}, [Link(1, 2, kind="SS")])


def test_a_hundred_thousand_steps_in_one_chain_do_not_recurse() -> None:
    count = 100_000
    edges = [(n, n + 1) for n in range(count - 1)]
    assert find_cycle(edges) is None
    assert len(find_cycle([*edges, (count - 1, 0)]) or ()) == count + 1
    order = topological_order(range(count), edges)
    spans = forward_pass(order, dict.fromkeys(order, 1), [Link(a, b) for a, b in edges])
    assert spans[count - 1] == Span(count - 1, count)
