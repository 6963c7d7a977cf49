from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from tminus.kernel.network import (
    Cyclic,
    describe_cycle,
    find_cycle,
    find_cycles,
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


def test_a_hundred_thousand_steps_in_one_chain_do_not_recurse() -> None:
    count = 100_000
    edges = [(n, n + 1) for n in range(count - 1)]
    assert find_cycle(edges) is None
    assert len(find_cycle([*edges, (count - 1, 0)]) or ()) == count + 1
    assert topological_order(range(count), edges)[-1] == count - 1
