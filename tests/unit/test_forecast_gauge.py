"""Until when one can still turn back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.forecasting import Line, at, done, key, reckoned, running, situation_of, with_step
from tminus.runbook.domain.forecast.course import Reckoned
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


def night(
    window: float | None = 480, decision: int = 30, blackouts: tuple[tuple[datetime, datetime], ...] = ()
) -> Situation:
    terms = Terms(None if window is None else at(window), "Ann", decision * 60, None, blackouts)
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


def test_nobody_turns_back_in_a_blackout() -> None:
    # Back by 1,560; from 1,200 to 1,530 nobody works: half an hour after it, two and a half hours before.
    dark = ((at(1_200), at(1_530)),)
    found = gauge(night(1_560, 30, dark))
    assert found.last_safe == at(1_200 - 150 - 30)
    assert found.rollback_seconds == 180 * 60
    assert "turning back takes 3h of work" in found.sentence
    # One that falls into what is decided and begun now puts its end off; deciding goes by the clock.
    near = gauge(night(1_560, 30, ((at(30), at(90)),)), 10)
    assert near.backout_now == at(10 + 20 + 60 + 10)
    assert near.backout_decided == at(90 + 30)
    assert gauge(night(119, 30, ((at(30), at(90)),)), 10).state is GaugeState.PASSED
    assert gauge(night(120, 30, ((at(30), at(90)),)), 10).last_safe == at(60)


def test_a_day_is_said_where_it_is_not_today() -> None:
    assert (
        "by 23:30 UTC to be back inside the window at Sat 21 Nov 04:00 UTC" in gauge(night(480, 90)).sentence
    )
    begun = running(
        done(done(with_step(night(), "C", point_of_no_return=True), "A", 0, 60), "B", 60, 120), "C", 120
    )
    assert gauge(begun, 130).sentence.startswith("C began at 22:00 UTC:")
    assert gauge(begun, 1_000).sentence.startswith("C began at Fri 20 Nov 22:00 UTC:")


@given(
    st.integers(60, 600), st.integers(0, 60), st.integers(0, 170), st.integers(0, 600), st.integers(0, 300)
)
def test_in_a_night_with_a_blackout_too_the_last_safe_decision_is_safe_and_a_minute_later_is_not(
    window: int, decision: int, minute: int, dark_from: int, dark: int
) -> None:
    blackouts = ((at(dark_from), at(dark_from + dark)),) if dark else ()
    situation = night(window, decision, blackouts)
    found = gauge(situation, minute)
    later = reckoned(situation, minute)

    def in_time(moment: float) -> bool:
        left = to_undo(later, minute, moment)
        end = moment + decision
        while left > 0 and end <= window:
            left -= not dark_from <= end < dark_from + dark
            end += 1
        return bool(left <= 0 and end <= window)

    holds_until_the_last_safe_decision(found, minute, in_time)


@given(st.integers(60, 600), st.integers(0, 60), st.integers(0, 170))
def test_the_last_safe_decision_is_safe_and_a_minute_later_is_not(
    window: int, decision: int, minute: int
) -> None:
    situation = night(window, decision)
    found = gauge(situation, minute)
    later = reckoned(situation, minute)

    def in_time(moment: float) -> bool:
        return bool(moment + to_undo(later, minute, moment) + decision <= window)

    holds_until_the_last_safe_decision(found, minute, in_time)


def to_undo(later: Reckoned, minute: int, moment: float) -> float:
    """The minutes of work of a way back begun at a moment: the more, the more of B and C has begun by then."""
    schedule = later.schedule
    begins = {code: minute + schedule.start[schedule.compiled.nodes.index(key(code))] / 60 for code in "BC"}
    return 30.0 + 60 * bool(moment >= begins["B"]) + 90 * bool(moment >= begins["C"])


def holds_until_the_last_safe_decision(found: Gauge, minute: int, in_time: Callable[[float], bool]) -> None:
    if found.last_safe is None:
        assert not in_time(minute)
        return
    last = (found.last_safe - at(0)).total_seconds() / 60
    assert in_time(last - 1) or last == minute
    assert not in_time(last + 1)
