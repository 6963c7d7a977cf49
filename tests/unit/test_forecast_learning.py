"""Durations learned from earlier iterations, and drawn: what moves them, what does not."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.runbook.domain.learning import (
    Began,
    Learned,
    Observation,
    PlannedStep,
    Progress,
    Rehearsal,
    drawn_seconds,
    expected_seconds,
    learn,
    remaining_seconds,
    tonight,
)
from tminus.runbook.domain.learning.overrun import at_hazard, cumulative_hazard

HOUR = 3_600.0
STEPS = [PlannedStep(f"S{n}", f"T{n % 3}", HOUR) for n in range(30)]
NOTHING = Progress({}, {})


def rehearsal(
    name: str, ratios: dict[str, float], began: Began = Began.PRESSED, *, complete: bool = True
) -> Rehearsal:
    seen = [
        Observation(step.code, step.team, step.estimate, step.estimate * ratios[step.code], began, complete)
        for step in STEPS
        if step.code in ratios
    ]
    return Rehearsal(name, None, seen)


def ratio_of(learned: Learned, code: str) -> float:
    return exp(learned.steps[code].mu)


def test_without_history_a_step_takes_its_estimate() -> None:
    learned = learn([], STEPS)
    assert {ratio_of(learned, step.code) for step in STEPS} == {1.0}
    assert learned.ratio is None
    assert (learned.steps_with, learned.steps_without) == (0, 30)
    assert learned.scaling == "No earlier iteration of this plan has measured a step."


def test_a_step_without_history_takes_the_ratio_of_the_plan() -> None:
    seen = {f"S{n}": 1.5 for n in range(20)}
    learned = learn([rehearsal("RUN1", seen), rehearsal("RUN2", seen)], STEPS)
    assert learned.ratio is not None
    assert 1.3 < learned.ratio < 1.5
    assert ratio_of(learned, "S25") == pytest.approx(learned.ratio)
    assert learned.steps["S25"].sigma > learned.steps["S5"].sigma
    assert (learned.steps_with, learned.steps_without) == (20, 10)
    assert learned.iterations == ("RUN1", "RUN2")


def test_the_more_nights_show_it_the_more_a_step_is_believed() -> None:
    rng = np.random.default_rng(3)
    seen = {step.code: float(rng.lognormal(0, 0.2)) for step in STEPS} | {"S7": 1.6}
    found = [
        ratio_of(learn([rehearsal(f"RUN{n}", seen) for n in range(nights)], STEPS), "S7")
        for nights in range(5)
    ]
    assert found == sorted(found)
    assert found[0] == 1.0
    assert 1.1 < found[1] < 1.5
    assert found[4] < 1.6


@pytest.mark.parametrize(
    ("began", "complete"), [(Began.ASSUMED, True), (Began.REOPENED, True), (Began.PRESSED, False)]
)
def test_what_is_no_measure_is_not_learned_from(began: Began, complete: bool) -> None:
    seen = {step.code: 3.0 for step in STEPS}
    assert learn([rehearsal("RUN1", seen, began, complete=complete)], STEPS) == learn([], STEPS)


@pytest.mark.parametrize("began", [Began.PRESSED, Began.OVERRIDDEN, Began.CARRIED])
def test_whoever_let_it_start_it_took_what_it_took(began: Began) -> None:
    learned = learn([rehearsal("RUN1", {step.code: 3.0 for step in STEPS}, began=began)], STEPS)
    assert learned.ratio is not None
    assert learned.ratio > 1.5


def test_rehearsals_of_other_volumes_are_scaled_and_the_untyped_said() -> None:
    steps = [PlannedStep("load", None, HOUR), PlannedStep("sign", None, HOUR, scales=False)]
    seen = [Observation("load", None, HOUR, HOUR / 2), Observation("sign", None, HOUR, HOUR)]
    half = learn([Rehearsal("RUN1", 50, seen), Rehearsal("DR1", None, seen)], steps, 100)
    assert half.scaling == (
        "Scaled to this iteration's data: RUN1 × 2. Not scaled by data volume: none is typed on DR1."
    )
    scaled = learn([Rehearsal("RUN1", 50, seen)], steps, 100)
    assert ratio_of(scaled, "load") == pytest.approx(1.0)
    assert ratio_of(scaled, "sign") == pytest.approx(1.0)
    untyped = learn([Rehearsal("RUN1", 50, seen)], steps)
    assert untyped.scaling == "Not scaled: no data volume is typed on this iteration."
    assert ratio_of(untyped, "load") < 0.9
    same = learn([Rehearsal("RUN1", 100, seen)], steps, 100)
    assert same.scaling == "RUN1 moved as much data: nothing had to be scaled."
    never = learn([Rehearsal("RUN1", None, seen), Rehearsal("DR1", None, seen)], steps, 100)
    assert never.scaling == "Not scaled by data volume: none is typed on RUN1 and DR1."


def test_an_estimate_that_took_over_what_was_learned_is_expected_as_it_is() -> None:
    nights = [rehearsal(name, {f"S{n}": 1.0 for n in range(1, 9)} | {"S0": 2.3}) for name in ("RUN1", "DR1")]
    ratio = ratio_of(learn(nights, STEPS), "S0")
    assert ratio > 1.4
    for change, expected in ((1.0, ratio), (1.2, ratio), (ratio, ratio), (2.3, 2.3), (0.5, 0.5 * ratio)):
        changed = [replace(one, estimate=one.estimate * change) if one.code == "S0" else one for one in STEPS]
        learned = learn(nights, changed)
        assert change * ratio_of(learned, "S0") == pytest.approx(expected)
        assert ratio_of(learned, "S1") == pytest.approx(ratio_of(learn(nights, STEPS), "S1"))


def test_a_night_on_the_corrected_estimate_does_not_correct_it_again() -> None:
    first = rehearsal("RUN1", {step.code: 1.0 for step in STEPS} | {"S0": 2.0})
    seen = [replace(one, estimate=2 * HOUR) if one.step == "S0" else one for one in first.observations]
    steps = [replace(one, estimate=2 * HOUR) if one.code == "S0" else one for one in STEPS]
    assert ratio_of(learn([first, Rehearsal("DR1", None, seen)], steps), "S0") == pytest.approx(1.0, abs=0.02)


def test_ten_times_over_once_does_not_move_a_step_far() -> None:
    seen = {step.code: 1.0 for step in STEPS}
    wild = learn([rehearsal("RUN1", seen | {"S3": 10.0})], STEPS)
    assert ratio_of(wild, "S3") < 2
    assert ratio_of(wild, "S4") == pytest.approx(1.0, abs=0.05)


def test_what_two_nights_agree_on_is_believed_however_far_it_is() -> None:
    seen = {step.code: 1.0 for step in STEPS}
    once = learn([rehearsal("RUN1", seen | {"S3": 3.0}), rehearsal("DR1", seen)], STEPS)
    twice = learn([rehearsal("RUN1", seen | {"S3": 3.0}), rehearsal("DR1", seen | {"S3": 3.0})], STEPS)
    assert ratio_of(twice, "S3") > 1.5 > ratio_of(once, "S3")


def test_a_history_of_nothing_but_one_step_is_learned_from_too() -> None:
    learned = learn([rehearsal("RUN1", {"S1": 2.0})], STEPS)
    assert learned.ratio is not None
    assert all(np.isfinite([step.mu, step.sigma]).all() for step in learned.steps.values())


def test_a_slow_night_shows_while_it_runs() -> None:
    learned = learn([], STEPS)
    usual = tonight(learned, NOTHING)
    slow = tonight(learned, Progress({f"S{n}": 1.4 * HOUR for n in range(10)}, {}))
    later = learned.steps["S20"]
    assert expected_seconds(usual, later) == pytest.approx(HOUR)
    assert 1.15 * HOUR < expected_seconds(slow, later) < 1.4 * HOUR
    assert slow.spread(later) < usual.spread(later)


def test_steps_that_still_run_show_it_as_well() -> None:
    learned = learn([], STEPS)
    overdue = tonight(learned, Progress({}, {f"S{n}": 1.4 * HOUR for n in range(10)}))
    early = tonight(learned, Progress({}, {f"S{n}": 0.1 * HOUR for n in range(10)}))
    assert expected_seconds(overdue, learned.steps["S20"]) > 1.3 * HOUR
    assert expected_seconds(early, learned.steps["S20"]) == pytest.approx(HOUR, rel=0.01)


def test_one_step_that_went_wrong_does_not_make_the_night_slow() -> None:
    learned = learn([], STEPS)
    done = {f"S{n}": HOUR for n in range(10)}
    wrong = tonight(learned, Progress(done | {"S0": 20 * HOUR}, {}))
    assert expected_seconds(wrong, learned.steps["S20"]) < 1.2 * HOUR


def test_a_team_that_is_slow_is_slow_for_its_own_steps() -> None:
    learned = learn([], STEPS)
    done = {step.code: (1.6 if step.team == "T0" else 1.0) * HOUR for step in STEPS[:15]}
    night = tonight(learned, Progress(done, {}))
    of_it, of_others = (expected_seconds(night, learned.steps[code]) for code in ("S18", "S19"))
    assert of_it > 1.2 * of_others


@given(st.floats(1, 1e6), st.floats(1, 1e6))
def test_what_is_left_is_always_something_and_never_goes_back_in_time(one: float, other: float) -> None:
    learned = learn([], STEPS)
    night = tonight(learned, NOTHING)
    shorter, longer = sorted((one, other))
    step = learned.steps["S1"]
    first, second = remaining_seconds(night, step, shorter), remaining_seconds(night, step, longer)
    assert first >= 1
    assert shorter + first <= longer + second + 1.5
    assert remaining_seconds(night, step, 0) == pytest.approx(expected_seconds(night, step))


def test_what_has_no_length_has_nothing_left() -> None:
    learned = learn([], [PlannedStep("M", None, 0.0)])
    night = tonight(learned, Progress({"M": 5.0}, {"M": 5.0}))
    assert remaining_seconds(night, learned.steps["M"], 5.0) == 0


@given(st.floats(-3, 5), st.floats(0.05, 0.8), st.floats(0.3, 3))
def test_the_hazard_is_undone(value: float, sigma: float, tail: float) -> None:
    spread = np.array([sigma])
    if value / sigma < -5:
        return
    hazards = cumulative_hazard(np.array([value]), spread, tail)
    assert at_hazard(hazards, spread, tail)[0] == pytest.approx(value, abs=1e-2)


def test_draws_are_spread_as_learned() -> None:
    learned = learn([], STEPS)
    night = tonight(learned, NOTHING)
    draws = np.log(drawn_seconds(night, ["S1"], {}, 5, 20_000)[0] / HOUR)
    low, middle, high = np.quantile(draws, (0.1587, 0.5, 0.8413))
    assert middle == pytest.approx(0, abs=0.02)
    assert (high - low) / 2 == pytest.approx(night.spread(learned.steps["S1"]), rel=0.05)
    far = (draws > log(5)).mean()
    assert 0.006 < far < 0.02


def test_a_running_step_is_drawn_given_how_long_it_has_run() -> None:
    """Against throwing away all draws of a fresh one that are shorter."""
    learned = learn([], [PlannedStep("S1", None, HOUR)])
    alone = replace(learned, spread=replace(learned.spread, plan=1e-6, night=1e-6, team=1e-6))
    night = tonight(alone, NOTHING)
    whole = drawn_seconds(night, ["S1"], {}, 5, 200_000)[0]
    for run in (0.5 * HOUR, 1.2 * HOUR, 2.5 * HOUR):
        left = drawn_seconds(night, ["S1"], {"S1": run}, 6, 200_000)[0]
        longer = whole[whole > run] - run
        assert left.min() >= 1
        for share in (0.25, 0.5, 0.75):
            assert np.quantile(left, share) == pytest.approx(np.quantile(longer, share), rel=0.1)


def test_draws_belong_to_their_step() -> None:
    learned = learn([], STEPS)
    night = tonight(learned, NOTHING)
    codes = [step.code for step in STEPS]
    every = drawn_seconds(night, codes, {}, 5, 300)
    fewer = drawn_seconds(night, codes[7:], {}, 5, 300)
    assert np.array_equal(every[7:], fewer)
    assert not np.array_equal(every, drawn_seconds(night, codes, {}, 6, 300))


def test_steps_of_a_night_stray_together_and_those_of_a_team_more() -> None:
    learned = learn([], STEPS)
    night = tonight(learned, NOTHING)
    draws = np.log(drawn_seconds(night, ["S0", "S3", "S1"], {}, 5, 4_000) / HOUR)
    together = np.corrcoef(np.minimum(draws, 0.7))
    assert together[0, 1] > together[0, 2] + 0.05
    assert together[0, 2] > 0.15
