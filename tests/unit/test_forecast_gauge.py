"""Until when one can still turn back."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.forecasting import Line, at, done, key, reckoned, running, situation_of, with_step
from tminus.runbook.domain.forecast.gauge import Gauge, GaugeState, gauge_of
from tminus.runbook.domain.forecast.situation import Situation, Terms

LINES = [
    Line("A", 60),
    Line("B", 60, ["A"]),
    Line("C", 60, ["B"]),
    Line("R1", 30, chapter="BACK"),
    Line("R2", 60, ["R1"], chapter="BACK"),
    Line("R3", 90, ["R2"], chapter="BACK"),
]
MINUTES = {key("R1"): 30, key("R2"): 60, key("R3"): 90}


def night(window: float | None = 480, decision: int = 30) -> Situation:
    terms = Terms(None if window is None else at(window), "Ann", decision * 60, None)
    undoes = {"R2": ["B"], "R3": ["C"]}
    return running(situation_of(LINES, terms=terms, rollback=["BACK"], undoes=undoes), "A", 0)


def in_a_row(needed: frozenset[UUID]) -> float:
    return sum(MINUTES[step] for step in needed) * 60.0


def gauge(situation: Situation, minute: float = 10) -> Gauge:
    found = gauge_of(reckoned(situation, minute), in_a_row)
    assert found is not None
    return found


def test_with_time_enough_for_all_it_is_the_window_less_the_whole_rollback_and_the_decision() -> None:
    found = gauge(night(480))
    assert found.state is GaugeState.OPEN
    assert found.last_safe == at(480 - 180 - 30)
    assert found.backout_now == at(10 + 30)
    assert found.backout_at_worst == at(180 + 180)


def test_a_step_after_which_it_would_be_too_late_is_the_last_moment() -> None:
    # From C on, at 120, three hours would be needed: until 330 and half an hour for the decision.
    assert gauge(night(350)).last_safe == at(350 - 30 - 180)
    assert gauge(night(320)).last_safe == at(120)
    assert "before C begins, forecast 22:00" in gauge(night(320)).sentence
    held, free = gauge(night(320)).before, gauge(night(350)).before
    assert (held and held.code, free) == ("C", None)
    assert gauge(night(200)).last_safe == at(200 - 30 - 90)


def test_it_closes_and_passes() -> None:
    assert gauge(night(480), 10).state is GaugeState.OPEN
    assert gauge(night(120), 10).state is GaugeState.CLOSING
    passed = gauge(night(60), 10)
    assert passed.state is GaugeState.PASSED
    assert passed.last_safe is None
    assert passed.backout_now == at(40)
    assert "21:10" in passed.sentence  # half an hour to decide, and half an hour back


def test_what_cannot_be_known_is_said() -> None:
    assert gauge(night(None)).state is GaugeState.NO_WINDOW
    assert gauge(night(None)).backout_now == at(40)
    without = situation_of(LINES[:3], terms=Terms(at(480), None, 0, None))
    assert gauge(without).state is GaugeState.CANNOT_BE_COMPUTED
    assert gauge(without).last_safe is None


def test_after_the_point_of_no_return_there_is_only_forward() -> None:
    marked = with_step(night(480), "C", point_of_no_return=True)
    assert gauge(marked).last_safe == at(120)
    begun = running(done(done(marked, "A", 0, 60), "B", 60, 120), "C", 120)
    assert gauge(begun, 130).state is GaugeState.FORWARD_ONLY
    assert gauge(begun, 130).last_safe is None


def test_a_rollback_step_that_names_nothing_is_always_needed() -> None:
    assert gauge(replace(night(480), undoes={}), 10).backout_now == at(10 + 180)


@given(st.integers(60, 600), st.integers(0, 60), st.integers(0, 170))
def test_the_last_safe_decision_is_safe_and_a_minute_later_is_not(
    window: int, decision: int, minute: int
) -> None:
    situation = night(window, decision)
    found = gauge(situation, minute)
    later = reckoned(situation, minute)
    starts = {
        code: later.schedule.start[later.schedule.compiled.nodes.index(key(code))] / 60 for code in "BC"
    }

    def in_time(moment: float) -> bool:
        rollback = 30 + 60 * (moment >= minute + starts["B"]) + 90 * (moment >= minute + starts["C"])
        return bool(moment + rollback + decision <= window)

    if found.last_safe is None:
        assert not in_time(minute)
        return
    last = (found.last_safe - at(0)).total_seconds() / 60
    assert in_time(last - 1) or last == minute
    assert not in_time(last + 1)
