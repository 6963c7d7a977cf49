"""What a simulation answers: percentiles, the chance of the window, a histogram; of all or a part, anywhere."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from tests.unit.other_nights import World, asked, case
from tminus.kernel.network import Link
from tminus.kernel.schedule import Network, compile_network, planned
from tminus.runbook.domain.learning import PlannedStep, Progress, learn
from tminus.runbook.domain.uncertainty import (
    SimulationRequest,
    draw,
    finishes,
    histogram,
    percentile_finish,
    simulate,
)

HOUR = 3_600


def request_of(links: list[Link[str]], **hours: float) -> SimulationRequest:
    compiled = compile_network(Network({code: int(HOUR * time) for code, time in hours.items()}, links=links))
    learned = learn([], [PlannedStep(code, "OPS", HOUR * time) for code, time in hours.items()])
    return SimulationRequest(compiled, planned(compiled), tuple(hours), learned, Progress({}, {}))


EMPTY: Network[str] = Network({})
CHAIN = request_of([Link("A", "B"), Link("A", "C")], A=2, B=3, C=0.5, M=0)


def test_a_request_goes_to_another_process_and_gives_the_same_there() -> None:
    request, _ = asked(case(World(), 77), 0.4, 200)
    there = pickle.loads(pickle.dumps(request))  # noqa: S301 - our own bytes
    assert simulate(there) == simulate(request)


def test_the_figures_of_a_small_plan() -> None:
    result = simulate(replace(CHAIN, window_end=5.0 * HOUR))
    assert result is not None
    assert 4.7 * HOUR < result.p50 < 5.4 * HOUR
    assert result.p50 < result.p80 < result.p95
    assert result.chance == pytest.approx(0.5, abs=0.07)
    assert result.steps["A"].criticality > 0.98
    assert result.steps["B"].criticality > 0.95
    assert result.steps["C"].criticality < 0.05
    assert result.steps["A"].p80_end < result.steps["B"].p80_end
    assert sum(result.histogram.counts) == result.draws == 1_000
    assert "nothing has been measured yet" in result.method


def test_without_a_window_there_is_no_chance_and_without_steps_nothing() -> None:
    result = simulate(CHAIN)
    assert result is not None
    assert result.chance is None
    empty = compile_network(EMPTY)
    assert simulate(SimulationRequest(empty, planned(empty), (), learn([], []), Progress({}, {}))) is None


def test_what_has_happened_is_not_drawn() -> None:
    one = case(World(), 5)
    request, finish = asked(one, 50.0, 100)
    result = simulate(replace(request, window_end=finish))
    assert result is not None
    assert (result.p50, result.p95, result.chance) == (finish, finish, 1.0)
    assert len(result.histogram.counts) == 1


def test_a_part_of_the_steps_takes_the_time_of_that_part() -> None:
    drawn = draw(CHAIN)
    whole, first = finishes(drawn), finishes(drawn, {"A"})
    assert (first < whole).all()
    assert np.array_equal(finishes(drawn, {"A", "B", "C", "M"}), whole)
    assert not finishes(drawn, set()).any()
    assert percentile_finish(CHAIN, 0.95, {"A"}) == np.sort(first)[949]


def test_a_what_if_differs_by_what_is_asked_and_not_by_chance() -> None:
    later = replace(CHAIN, conditions=planned(CHAIN.compiled, HOUR))
    assert np.array_equal(finishes(draw(later)), finishes(draw(CHAIN)) + HOUR)


def test_an_end_moves_nobody_elses_numbers() -> None:
    """As long as what ended tells nothing new of the night."""
    before = draw(CHAIN)
    durations = CHAIN.conditions.durations.copy()
    durations[0] = 0
    after = draw(replace(CHAIN, conditions=replace(CHAIN.conditions, durations=durations)))
    assert np.array_equal(before.draws.seconds[1:], after.draws.seconds)


def test_a_histogram_is_read_off_a_clock() -> None:
    rng = np.random.default_rng(2)
    ends = rng.normal(30_000, 3_000, 1_000)
    ends[3] = 1e7
    found = histogram(ends)
    assert found.bin_seconds == 900
    assert found.start % 900 == 0
    assert 10 <= len(found.counts) <= 60
    assert sum(found.counts) == 1_000
    assert found.counts[-1] >= 1
    assert histogram(np.full(5, 77.0)).counts == (5,)
