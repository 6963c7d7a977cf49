"""What a forecast says of steps in every state, whose a delay is, and that its parts add up."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.forecasting import Line, at, done, key, reckoned, running, situation_of, span, with_step
from tminus.runbook.domain.forecast.conflicts import conflicts_of, shown
from tminus.runbook.domain.forecast.course import Reckoned
from tminus.runbook.domain.forecast.delay import Delay
from tminus.runbook.domain.forecast.document import document_of
from tminus.runbook.domain.forecast.origin import origin
from tminus.runbook.domain.forecast.situation import Hold, Terms
from tminus.runbook.domain.forecast.words import delay_words
from tminus.runbook.domain.state import IterationState, StepState

CHAIN = [Line("A", 30), Line("B", 30, ["A"]), Line("C", 30, ["B"]), Line("D", 30, ["C"])]


def origin_of(found: Reckoned, code: str) -> tuple[str, int] | None:
    share = origin(found.shares.get(key(code), ()))
    if share is None:
        return None
    return next(step.code for step in found.situation.steps if step.id == share.step), share.seconds // 60


def test_before_the_night_the_forecast_is_the_plan_or_later_once_it_should_have_begun() -> None:
    scheduled = situation_of(CHAIN, IterationState.SCHEDULED)
    assert span(reckoned(scheduled, -60), "D") == (90, 120)
    late = reckoned(scheduled, 10)
    assert span(late, "D") == (100, 130)
    assert [one.code for one in late.reckoning.assumptions] == ["starts_now"]


def test_a_running_step_ends_when_its_time_is_over_and_never_before_now() -> None:
    night = running(situation_of(CHAIN), "A", 5)
    assert span(reckoned(night, 10), "A") == (5, 35)
    assert span(reckoned(night, 50), "A") == (5, 50)
    assert span(reckoned(night, 50), "B") == (50, 80)


def test_what_is_ready_and_not_begun_begins_now() -> None:
    night = with_step(situation_of(CHAIN), "A", state=StepState.READY, ready_at=at(0))
    assert span(reckoned(night, 12), "A") == (12, 42)


def test_blocked_goes_on_when_it_was_said_to_or_else_is_done_anew_from_now_and_that_is_told() -> None:
    blocked = with_step(
        running(situation_of(CHAIN), "A", 0), "A", state=StepState.BLOCKED, since=at(10), expected_at=at(40)
    )
    assert span(reckoned(blocked, 20), "A") == (0, 60)
    assert not reckoned(blocked, 20).reckoning.assumptions
    unknown = reckoned(with_step(blocked, "A", expected_at=None), 20)
    assert span(unknown, "A") == (0, 50)
    assert [one.step_code for one in unknown.reckoning.assumptions] == ["A"]
    assert unknown.reckoning.assumed == {key("A")}


def test_failed_is_taken_to_be_done_anew_and_cancelled_to_let_others_go() -> None:
    failed = with_step(done(situation_of(CHAIN), "A", 0, 20), "A", state=StepState.FAILED)
    assert span(reckoned(failed, 25), "A") == (0, 55)
    cancelled = with_step(situation_of(CHAIN), "A", state=StepState.CANCELLED, since=at(5), ended_at=at(5))
    found = reckoned(cancelled, 25)
    assert span(found, "B") == (25, 55)
    assert [one.code for one in found.reckoning.assumptions] == ["cancelled_passed"]


def test_a_hold_is_taken_to_end_now() -> None:
    held = replace(situation_of(CHAIN, IterationState.LIVE), state=IterationState.ON_HOLD)
    assert [one.code for one in reckoned(held, 5).reckoning.assumptions] == ["hold_ends_now"]


def test_a_blackout_stops_work_and_lets_it_go_on() -> None:
    night = situation_of(CHAIN, IterationState.SCHEDULED)
    dark = replace(night, terms=replace(night.terms, blackouts=((at(40), at(100)),)))
    found = reckoned(dark, -10)
    assert span(found, "B") == (30, 120)
    assert span(found, "C") == (120, 150)


def test_a_delay_is_inherited_from_the_step_it_began_in() -> None:
    night = done(done(situation_of(CHAIN), "A", 0, 75), "B", 75, 105)
    found = reckoned(night, 105)
    assert found.delays[key("A")].own == 45 * 60
    assert found.delays[key("B")].inherited == 45 * 60
    assert found.delays[key("B")].own == 0
    assert origin_of(found, "D") == ("A", 45)


def test_of_several_delays_the_largest_that_is_left_names_the_origin() -> None:
    lines = [Line("A", 30), Line("X", 60), Line("B", 30, ["A", "X"]), Line("C", 30, ["B"])]
    # A's 35 minutes meet 30 of slack before B; B adds 20 of its own.
    night = done(done(done(situation_of(lines), "A", 0, 65), "X", 0, 60), "B", 65, 115)
    found = reckoned(night, 115)
    assert origin_of(found, "B") == ("A", 5)
    assert origin_of(found, "C") == ("B", 20)
    assert found.delays[key("C")].inherited == 25 * 60


def test_the_wait_for_a_late_start_is_the_steps_own_and_a_hold_is_nobodys() -> None:
    night = done(situation_of(CHAIN), "A", 25, 55, ready=0)
    assert reckoned(night, 55).delays[key("A")].own == 25 * 60
    held = reckoned(replace(night, holds=(Hold(at(5), at(20)),)), 55).delays[key("A")]
    assert (held.inherited, held.own) == (15 * 60, 10 * 60)
    assert held.reasons[0].code == "hold"


def test_waiting_for_what_holds_the_end_is_inherited() -> None:
    lines = [Line("A", 60), Line("B", 30, [("A", "FF", 0)])]
    night = done(situation_of(lines), "A", 0, 90)
    night = with_step(done(night, "B", 0, 90), "B", work_ended_at=at(40))
    found = reckoned(night, 90).delays[key("B")]
    assert (found.variance, found.inherited, found.own) == (30 * 60, 50 * 60, -20 * 60)
    assert found.reasons[0].code == "finish_wait"


def test_an_overridden_step_counts_as_ready_when_it_began() -> None:
    night = with_step(done(situation_of(CHAIN), "B", 20, 50, ready=10), "B", overridden=True)
    assert reckoned(night, 50).delays[key("B")].inherited == -10 * 60


@given(
    st.lists(st.tuples(st.integers(-20, 60), st.integers(0, 30), st.integers(1, 90)), min_size=1, max_size=4),
    st.integers(0, 300),
)
def test_inherited_and_own_add_up_to_the_variance_for_every_step(
    courses: list[tuple[int, int, int]], later: int
) -> None:
    night, clock = situation_of(CHAIN), 0
    for line, (slip, wait, minutes) in zip(CHAIN, courses, strict=False):
        ready = max(clock + slip, 0)
        clock = ready + wait + minutes
        night = done(night, line.code, ready + wait, clock, ready)
    found = reckoned(night, clock + later)
    assert len(found.delays) == len(CHAIN)
    for step in night.steps:
        delay = found.delays[step.id]
        assert delay.inherited + delay.own == delay.variance
        assert step.baseline_end is not None
        place = found.schedule.compiled.nodes.index(step.id)
        end = found.moment(found.schedule.end[place])
        assert delay.variance == (end - step.baseline_end).total_seconds()


def test_the_document_names_what_is_late_critical_and_at_risk() -> None:
    lines = [Line("A", 60), Line("X", 10), Line("B", 30, ["A"])]
    found = reckoned(running(running(situation_of(lines), "A", 20), "X", 20), 25)
    document = document_of(found)
    steps = {one["code"]: one for one in document["steps"]}
    assert document["criticalPath"] == ["A", "B"]
    assert document["finish"]["delaySeconds"] == 20 * 60
    assert steps["B"]["late"]
    assert steps["B"]["critical"]
    assert not steps["X"]["critical"]
    assert steps["B"]["wave"] == 2
    assert steps["X"]["totalFloatSeconds"] == (110 - 30) * 60
    (chapter,) = document["chapters"]
    assert chapter["late"]
    assert chapter["delaySeconds"] == 20 * 60


def test_the_way_back_has_no_delay_against_the_way_forward() -> None:
    night = running(situation_of([Line("A", 60), Line("R", 30, chapter="BACK")], rollback=["BACK"]), "A", 20)
    back = with_step(replace(night, state=IterationState.BACKING_OUT), "R", dormant=False)
    finish = document_of(reckoned(back, 25))["finish"]
    assert (finish["wayBack"], finish["delaySeconds"]) == (True, None)
    assert document_of(reckoned(night, 25))["finish"]["wayBack"] is False


def test_the_sentence_of_a_delay_says_what_its_figures_say() -> None:
    steps = {one.id: one for one in situation_of(CHAIN).steps}
    told = delay_words(Delay(87, 57, 30, 0), (), steps)
    assert told == "1m 27s behind its baseline: 57s inherited, 30s its own."
    assert delay_words(Delay(-5, 0, -5, 0), (), steps) == (
        "5s ahead of its baseline: nothing inherited, 5s made up by itself."
    )
    assert delay_words(Delay(0, 0, 0, 0), (), steps) == "As in the baseline."


def test_a_fixed_start_before_what_it_waits_for_is_over_is_a_conflict_that_names_it() -> None:
    night = with_step(situation_of(CHAIN, IterationState.SCHEDULED), "C", fixed_start=at(45))
    (conflict,) = conflicts_of(reckoned(night, -10))
    assert (conflict.code, conflict.step_code) == ("fixed_start_missed", "C")
    assert "B “Do B”" in conflict.sentence
    assert (conflict.wanted, conflict.possible) == (at(45), at(60))
    assert shown(conflict)["beforeCode"] == "B"
    (days_before,) = conflicts_of(reckoned(night, -1_450))
    assert "start at Fri 20 Nov 20:45 UTC" in days_before.sentence
    assert not conflicts_of(reckoned(with_step(night, "C", fixed_start=at(70)), -10))


def test_blackouts_that_cover_the_window_are_told() -> None:
    night = situation_of(CHAIN, IterationState.SCHEDULED, terms=Terms(at(240), None, 0, None))
    dark = replace(night.terms, blackouts=((at(-5), at(100)), (at(90), at(300))))
    assert [one.code for one in conflicts_of(reckoned(replace(night, terms=dark), -10))] == [
        "no_working_time"
    ]
    light = replace(night.terms, blackouts=((at(-5), at(100)), (at(101), at(300))))
    assert not conflicts_of(reckoned(replace(night, terms=light), -10))


def test_a_running_step_whose_begin_nobody_wrote_down_is_taken_to_begin_now() -> None:
    night = with_step(situation_of(CHAIN), "A", state=StepState.IN_PROGRESS)
    assert span(reckoned(night, 10), "A") == (10, 40)
    known = with_step(night, "A", started_at=at(4))
    assert span(reckoned(known, 10), "A") == (4, 34)
