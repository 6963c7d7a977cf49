"""Draws against the engine that schedules one at a time: the same moments, and the same way that decides the end."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.test_schedule import networks
from tminus.kernel.network import Link
from tminus.kernel.schedule import Blackouts, Compiled, Conditions, Network, compile_network, reckon
from tminus.kernel.simulation import Draws, percentile, percentiles, simulate, standard_normals

DRAWS = 3


@st.composite
def nights(draw: st.DrawFn) -> tuple[Compiled[str], Conditions, Draws]:
    """A network, some of it over, some running, with and without blackouts; and other durations for half of it."""
    compiled = compile_network(draw(networks()))
    count, activities = len(compiled.nodes), compiled.activities
    started, ended, work_from = (np.full(count, value) for value in (np.nan, np.nan, -np.inf))
    durations = compiled.durations.copy()
    for node in range(activities):
        state = draw(st.sampled_from(["open", "open", "running", "over"]))
        if state != "open":
            started[node] = draw(st.sampled_from([-900.0, -60.0, -0.5]))
        if state == "over":
            ended[node] = started[node] + draw(st.sampled_from([0.0, 0.25, 60.0]))
        if state == "running":
            work_from[node] = draw(st.sampled_from([0.0, 300.0]))
    windows = draw(st.lists(st.tuples(st.integers(-100, 1500), st.integers(1, 400)), max_size=2))
    blackouts = Blackouts.of([(start, start + length) for start, length in windows])
    floors = np.maximum(compiled.floors, 0.0)
    floors[activities:] = -1e12
    chosen = np.flatnonzero(durations[:activities] > 0)[::2]
    seconds = draw(st.lists(st.integers(1, 2000), min_size=chosen.size * DRAWS, max_size=chosen.size * DRAWS))
    matrix = np.array(seconds, np.float32).reshape(chosen.size, DRAWS)
    return (
        compiled,
        Conditions(durations, floors, started, ended, work_from, blackouts),
        Draws(chosen, matrix),
    )


def one_draw(conditions: Conditions, draws: Draws, number: int) -> Conditions:
    durations = conditions.durations.copy()
    durations[draws.nodes] = draws.seconds[:, number]
    return replace(conditions, durations=durations)


@given(nights())
def test_each_draw_is_what_the_engine_makes_of_it(night: tuple[Compiled[str], Conditions, Draws]) -> None:
    compiled, conditions, draws = night
    outcome = simulate(compiled, conditions, draws)
    on_paths = np.zeros(compiled.activities)
    for number in range(DRAWS):
        drawn = reckon(compiled, one_draw(conditions, draws, number))
        assert np.array_equal(drawn.end[: compiled.activities], outcome.ends[:, number] + outcome.origin)
        assert drawn.finish == outcome.finish[number]
        on_paths[[compiled.nodes.index(node) for node in drawn.critical_path()]] += 1
    assert outcome.criticality is not None
    assert outcome.criticality.tolist() == (on_paths / DRAWS).tolist()


def test_an_end_of_hundreds_is_reckoned_too() -> None:
    members = {f"s{n}": 60 for n in range(300)}
    links = [Link("A", "last", lag=120)]
    network = Network({**members, "last": 60}, ["A"], dict.fromkeys(members, "A"), links)
    compiled = compile_network(network)
    conditions = Conditions(compiled.durations, np.zeros(len(compiled.nodes)))
    seconds = np.full((300, 2), 60, np.float32)
    seconds[7, 0] = 500
    seconds[299, 1] = 700
    outcome = simulate(compiled, conditions, Draws(np.arange(300), seconds))
    assert outcome.finish.tolist() == [680, 880]
    assert outcome.criticality is not None
    assert np.flatnonzero(outcome.criticality).tolist() == [7, 299, 300]
    assert outcome.criticality[[7, 299, 300]].tolist() == [0.5, 0.5, 1.0]


def test_a_plan_of_years_is_exact_to_the_second() -> None:
    count = 300
    links = [Link(n, n + 1) for n in range(count - 1)]
    compiled = compile_network(Network(dict.fromkeys(range(count), 86_401), links=links))
    conditions = Conditions(compiled.durations, np.zeros(count))
    draws = Draws(np.arange(count), np.full((count, 2), 86_401, np.float32))
    assert simulate(compiled, conditions, draws).finish.tolist() == [86_401 * count] * 2


def test_a_chain_goes_on_across_a_blackout() -> None:
    links = [Link("a", "b"), Link("b", "c")]
    compiled = compile_network(Network({"a": 100, "b": 100, "c": 100}, links=links))
    for window in [(150, 170), (190, 220), (200, 220), (90, 120)]:
        conditions = Conditions(compiled.durations, np.zeros(3), blackouts=Blackouts.of([window]))
        assert reckon(compiled, conditions).critical_path() == ["a", "b", "c"]


def test_a_percentile_is_the_least_draw_by_which_so_many_are_over() -> None:
    draws = np.arange(1.0, 11.0)[::-1]
    assert percentiles(draws, [0.5, 0.8, 0.95, 1.0]) == (5, 8, 10, 10)
    assert percentile(np.array([draws, draws + 10]), 0.8).tolist() == [8, 18]


def test_numbers_belong_to_their_name() -> None:
    both = standard_normals(7, ["TRT-1", "TRT-2"], 1000)
    assert np.array_equal(standard_normals(7, ["TRT-2"], 1000)[0], both[1])
    assert np.array_equal(standard_normals(7, ["TRT-2"], 200)[0], both[1, :200])
    assert not np.array_equal(standard_normals(8, ["TRT-2"], 1000)[0], both[1])


def test_numbers_of_many_names_are_normal_and_strangers_to_each_other() -> None:
    names = [f"TRT-{n}" for n in range(400)]
    numbers = standard_normals(1, names, 1000).astype(np.float64)
    assert abs(numbers.mean()) < 0.01
    assert abs(numbers.std() - 1) < 0.01
    assert abs((numbers > 1.6449).mean() - 0.05) < 0.002
    together = np.corrcoef(numbers) - np.eye(len(names))
    # Of 79,800 pairs of strangers the closest is expected at 4.4 standard errors of 1/√1000.
    assert abs(together).max() < 6 / np.sqrt(1000)
