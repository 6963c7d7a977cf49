"""Time worked is not time blocked, what nobody timed teaches nothing, what is assumed is said, seconds are whole."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.forecasting import T0, Line, at, done, key, reckoned, running, situation_of, span, with_step
from tminus.runbook.domain.forecast.document import document_of
from tminus.runbook.domain.forecast.making import make_forecast
from tminus.runbook.domain.forecast.measured import progress_of
from tminus.runbook.domain.forecast.situation import Hold, Situation, Terms
from tminus.runbook.domain.forecast.worked import worked
from tminus.runbook.domain.learning import Observation, PlannedStep, Rehearsal, learn, was_pressed_afterwards
from tminus.runbook.domain.state import IterationState, StepState
from tminus.runbook.domain.uncertainty.result import method

CHAIN = [Line("A", 30), Line("B", 30, ["A"]), Line("C", 30, ["B"])]


def blocked(situation: Situation, code: str, *spans: tuple[float, float | None]) -> Situation:
    """Return the situation in which a step was blocked from one minute to another; None: it still is."""
    held = [Hold(at(low), None if high is None else at(high)) for low, high in spans]
    return replace(situation, blocked={**situation.blocked, key(code): held})


def document_at(situation: Situation, minute: float) -> dict[str, Any]:
    """Return the whole document, nothing learned before this night."""
    found: dict[str, Any] = json.loads(gzip.decompress(make_forecast(situation, [], at(minute)).packed))
    return found


def test_what_is_left_goes_by_the_time_worked_and_unblocking_makes_nothing_worse() -> None:
    night = running(situation_of(CHAIN), "A", 0)
    waits = with_step(night, "A", state=StepState.BLOCKED, since=at(10), expected_at=at(21))
    before = reckoned(blocked(waits, "A", (10, None)), 20)
    assert span(before, "A") == (0, 41)
    freed = blocked(night, "A", (10, 20))
    assert span(reckoned(freed, 20), "A") == (0, 40)
    assert span(reckoned(freed, 35), "A") == (0, 40)
    again = blocked(freed, "A", (10, 20), (25, 45))
    assert span(reckoned(again, 45), "A") == (0, 60)


def test_a_blackout_it_passed_through_is_no_work_of_a_step_either() -> None:
    night = running(situation_of(CHAIN), "A", 0)
    dark = replace(night, terms=replace(night.terms, blackouts=((at(10), at(60)),)))
    assert span(reckoned(dark, 65), "A") == (0, 80)
    begun_inside = running(dark, "A", 20)
    assert span(reckoned(begun_inside, 30), "A")[0] == 20
    assert progress_of(begun_inside, at(30)).running["A"] == 10 * 60


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5), st.integers(0, 60))
def test_worked_is_what_a_loop_over_the_minutes_counts(spans: list[tuple[int, int]], end: int) -> None:
    held = [Hold(at(low), at(high)) for low, high in spans if low <= high]
    minutes = sum(
        not any(one.start <= at(n) and at(n + 1) <= (one.end or at(n)) for one in held) for n in range(end)
    )
    assert worked(T0, at(end), held) == 60 * minutes


def test_this_night_learns_from_the_time_worked() -> None:
    night = blocked(done(situation_of(CHAIN), "A", 0, 50), "A", (5, 25))
    assert progress_of(night, at(60)).worked == {"A": 30 * 60}


def test_start_and_done_in_one_second_move_nothing_and_are_said() -> None:
    lines = [Line(f"S{n}", 20, [f"S{n - 1}"] if n else []) for n in range(12)]
    night = situation_of(lines, terms=Terms(at(250), None, 0, None))
    pressed = night
    for n in range(6):
        pressed = done(pressed, f"S{n}", 100, 100 + 1 / 60)
    assert progress_of(pressed, at(101)).worked == {}
    document = document_at(pressed, 101)
    (told,) = (one for one in document["assumptions"] if one["code"] == "pressed_afterwards")
    assert told["sentence"].startswith("6 steps ended within seconds of their start")
    sure, untouched = document["uncertainty"], document_at(night, 101)["uncertainty"]
    assert sure["p50"] < sure["p80"] < sure["p95"]
    # Half of the work is gone, and no more than that.
    left, whole = (_minutes(one["p50"]) - 101 for one in (sure, untouched))
    assert 0.4 * whole < left < 0.6 * whole


def _minutes(moment: str) -> float:
    return (type(T0).fromisoformat(moment) - T0).total_seconds() / 60


def test_one_step_of_any_length_moves_the_rest_by_no_more_than_a_third() -> None:
    lines = [Line(f"S{n}", 20, [f"S{n - 1}"] if n else []) for n in range(12)]
    night = situation_of(lines)
    usual = _minutes(document_at(done(night, "S0", 80, 100), 100)["uncertainty"]["p50"]) - 100
    for took in (2.1, 5, 60, 100):
        found = document_at(done(night, "S0", 100 - took, 100), 100)["uncertainty"]
        assert 0.7 * usual < _minutes(found["p50"]) - 100 < 1.4 * usual
        assert found["p50"] < found["p80"] < found["p95"]


def test_blocked_past_its_expected_time_is_an_assumption_by_name() -> None:
    night = with_step(
        running(situation_of(CHAIN), "A", 0), "A", state=StepState.BLOCKED, since=at(10), expected_at=at(40)
    )
    found = reckoned(night, 45)
    assert span(found, "A") == (0, 65)
    (told,) = found.reckoning.assumptions
    assert (told.code, told.step_code, told.at) == ("blocked_past", "A", at(40))
    assert told.sentence == "A was to go on at 20:40 UTC and is blocked still; it is taken to go on now."
    assert found.reckoning.assumed == {key("A")}
    assert not reckoned(night, 40).reckoning.assumptions


def test_turned_back_what_was_cancelled_of_the_way_forward_is_no_assumption() -> None:
    lines = [*CHAIN, Line("R", 20, chapter="BACK"), Line("S", 20, ["R"], chapter="BACK")]
    night = done(situation_of(lines, rollback=["BACK"]), "A", 0, 30)
    for code in ("B", "C"):
        night = with_step(night, code, state=StepState.CANCELLED, ended_at=at(35), since=at(35))
    back = replace(night, state=IterationState.BACKING_OUT)
    for code in ("R", "S"):
        back = with_step(back, code, dormant=False)
    # A step of the way forward that runs still, after a cancelled one.
    back = running(back, "C", 31)
    assert reckoned(back, 40).reckoning.assumptions == ()
    gone = with_step(back, "R", state=StepState.CANCELLED, ended_at=at(38), since=at(38))
    assert [one.step_code for one in reckoned(gone, 40).reckoning.assumptions] == ["R"]


def test_cancelled_after_cancelled_holds_nobody_and_is_no_assumption() -> None:
    night = situation_of(CHAIN)
    for code in ("B", "C"):
        night = with_step(night, code, state=StepState.CANCELLED, ended_at=at(5), since=at(5))
    assert reckoned(night, 10).reckoning.assumptions == ()


def test_a_failed_step_stands_at_its_own_start_and_its_end_is_assumed() -> None:
    failed = with_step(done(situation_of(CHAIN), "A", 0, 20), "A", state=StepState.FAILED)
    (step,) = (one for one in document_at(failed, 25)["steps"] if one["code"] == "A")
    assert (_minutes(step["start"]), step["assumed"]) == (0, True)
    assert _minutes(step["end"]) == 55


def test_a_last_milestone_decides_the_finish_as_often_as_what_it_waits_for() -> None:
    night = situation_of([*CHAIN, Line("M", 0, ["C"])], IterationState.SCHEDULED)
    document = document_at(night, -10)
    steps = {one["code"]: one for one in document["steps"]}
    assert document["criticalPath"] == ["A", "B", "C", "M"]
    assert steps["M"]["critical"]
    assert steps["M"]["criticality"] == steps["C"]["criticality"] == 1


def test_what_is_on_the_critical_path_is_critical_at_any_fraction_of_a_second() -> None:
    lines = [Line(f"S{n}", 3 + n % 4, [f"S{n - 1}"] if n else []) for n in range(25)]
    for number in range(60):
        begun = at(0) + timedelta(microseconds=123_457 * number % 999_983)
        night = with_step(running(situation_of(lines), "S0", 0), "S0", started_at=begun, begun_at=begun)
        waits = with_step(night, "S0", state=StepState.BLOCKED, since=at(1), expected_at=at(20))
        document = document_of(reckoned(waits, 2 + number * 0.01663))
        assert all(one["critical"] for one in document["steps"])


@pytest.mark.parametrize(
    ("seconds", "estimate", "pressed"),
    [
        (0, 30, True),
        (4, 30, True),
        (5, 30, False),
        (4, 20, False),
        (0, 20, True),
        (2, 20, False),
        (59, 600, True),
        (60, 600, False),
        (59, 590, False),
        (60, 36_000, False),
        (0, 0, False),
    ],
)
def test_what_counts_as_pressed_afterwards(seconds: float, estimate: float, pressed: bool) -> None:
    assert was_pressed_afterwards(seconds, estimate) is pressed


def test_attempts_pressed_afterwards_are_left_out_of_history_and_counted() -> None:
    steps = [PlannedStep(f"S{n}", "T", 1_200) for n in range(8)]
    seen = [Observation(one.code, "T", one.estimate, 1_200.0 if n else 2.0) for n, one in enumerate(steps)]
    learned = learn([Rehearsal("RUN1", None, seen)], steps)
    assert learned.pressed == 1
    assert replace(learned, pressed=0) == learn([Rehearsal("RUN1", None, seen[1:])], steps)
    assert "Left out: 1 earlier attempt that ended within seconds" in method(1_000, learned)


def test_what_began_although_it_was_not_ready_waits_no_more_for_what_leads_to_it() -> None:
    lines = [Line("A", 2), Line("B", 12, ["A"]), Line("C", 4, ["A"]), Line("D", 3, ["B", "C"])]
    night = running(running(situation_of(lines), "A", 0), "B", 1)
    steps = {one["code"]: one for one in document_of(reckoned(night, 2))["steps"]}
    # B ends at 13; A may end with C 7 minutes before that, and is no part of what decides the finish.
    assert steps["A"]["totalFloatSeconds"] == (13 - 4 - 2) * 60
    assert [code for code, one in steps.items() if one["critical"]] == ["B", "D"]
