"""How many steps stand together, the light with its reason, and the order of what a pilot looks at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.runbook.domain.impediment import ImpedimentSeverity
from tminus.runbook.domain.now import InHand, Why, chains_of, in_order, late_seconds, work_behind
from tminus.runbook.domain.rag import OpenImpediment, Rag, RagColor, percent, rag_of, worst_of
from tminus.runbook.domain.rollup import RollupState, Slice, roll_up, state_of
from tminus.runbook.domain.state import DONE, StepState

S = StepState
T = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
CHAPTER, PHASE = UUID(int=1), UUID(int=2)


def part(state: StepState, count: int = 1, seconds: int = 600, late: int = 0, **more: datetime) -> Slice:
    times = {"planned_start": None, "planned_end": None, "begun": None, "ended": None, **more}
    return Slice(CHAPTER, PHASE, state, count, seconds, late, **times)


@pytest.mark.parametrize(
    ("states", "word"),
    [
        ((), RollupState.DORMANT),
        ((S.NOT_READY, S.READY, S.ACTIVATED), RollupState.NOT_STARTED),
        ((S.NOT_READY, S.CANCELLED), RollupState.NOT_STARTED),
        ((S.NOT_READY, S.IN_PROGRESS), RollupState.IN_PROGRESS),
        ((S.READY, S.COMPLETE), RollupState.IN_PROGRESS),
        ((S.READY, S.SKIPPED), RollupState.IN_PROGRESS),
        ((S.COMPLETE, S.BLOCKED), RollupState.BLOCKED),
        ((S.BLOCKED, S.FAILED, S.COMPLETE), RollupState.FAILED),
        ((S.COMPLETE, S.SKIPPED), RollupState.COMPLETE),
        ((S.COMPLETE, S.CANCELLED), RollupState.CANCELLED),
        ((S.CANCELLED, S.FAILED), RollupState.FAILED),
    ],
)
def test_one_word_for_many_steps(states: Sequence[StepState], word: RollupState) -> None:
    assert state_of({state.value: 1 for state in states}) is word


def test_a_state_with_no_step_in_it_says_nothing() -> None:
    assert state_of({"failed": 0, "complete": 2}) is RollupState.COMPLETE


PARTS = st.lists(
    st.builds(part, st.sampled_from(StepState), st.integers(1, 9), st.integers(0, 100_000), st.just(0))
)


@given(PARTS)
def test_counts_add_up_and_the_percentage_never_says_more_than_was_done(parts: list[Slice]) -> None:
    progress = roll_up(parts, ()).progress
    assert sum(progress.counts.values()) == progress.total_count == sum(one.count for one in parts)
    assert progress.done_count == sum(one.count for one in parts if one.state in DONE)
    total = sum(one.seconds for one in parts)
    done = sum(one.seconds for one in parts if one.state in DONE)
    if total == 0:
        assert progress.percent is None
    else:
        assert progress.percent is not None
        assert 0 <= progress.percent <= 100 * done / total
        assert (progress.percent == 100) == (done == total)


def test_nearly_all_is_not_all() -> None:
    of = roll_up((part(S.COMPLETE, 1, 9996), part(S.READY, 1, 4)), ())
    assert of.progress.percent == 99.9


def test_times_are_the_first_start_and_the_last_end_once_nothing_is_open() -> None:
    first, last = T, T + timedelta(hours=2)
    done = part(S.COMPLETE, begun=first, ended=last, planned_start=T, planned_end=last)
    running = part(S.IN_PROGRESS, begun=T + timedelta(hours=1), planned_end=last + timedelta(hours=1))
    of = roll_up((done, running), ())
    assert (of.actual_start, of.actual_end) == (first, None)
    assert (of.planned_start, of.planned_end) == (T, last + timedelta(hours=1))
    assert roll_up((done,), ()).actual_end == last


def impediment(number: int, severity: ImpedimentSeverity, where: str = "TRT-1") -> OpenImpediment:
    return OpenImpediment(number, severity, f"Trouble {number}", where)


def test_the_light_is_that_of_the_worst_and_names_it() -> None:
    both = [impediment(1, ImpedimentSeverity.HIGH), impediment(2, ImpedimentSeverity.CRITICAL, "TRT-9")]
    red = Rag(RagColor.RED, "A CRITICAL impediment is open: #2 “Trouble 2” on TRT-9.")
    assert rag_of(both) == red
    two = [impediment(7, ImpedimentSeverity.HIGH), impediment(3, ImpedimentSeverity.HIGH)]
    amber = Rag(RagColor.AMBER, "2 HIGH impediments are open, among them #3 “Trouble 3” on TRT-1.")
    assert rag_of(two) == amber
    assert worst_of([("DR1", amber), ("CUTOVER", red)]) == Rag(RagColor.RED, f"CUTOVER: {red.reason}")


def test_without_a_forecast_it_is_never_green() -> None:
    quiet = [impediment(1, ImpedimentSeverity.MEDIUM), impediment(2, ImpedimentSeverity.LOW)]
    for light in (rag_of(()), rag_of(quiet), worst_of(()), worst_of([("DR1", rag_of(quiet))])):
        assert light.color is RagColor.GREY
        assert "not evaluated" in light.reason


def test_the_chance_lights_what_impediments_leave() -> None:
    high = [impediment(1, ImpedimentSeverity.HIGH)]
    colors = [rag_of((), chance).color for chance in (0.0, 0.49, 0.5, 0.79, 0.8, 1.0)]
    assert colors == [
        *[RagColor.RED] * 2,
        *[RagColor.AMBER] * 2,
        *[RagColor.GREEN] * 2,
    ]
    assert rag_of(high, 0.99).color is RagColor.AMBER
    assert rag_of(high, 0.2) == Rag(RagColor.RED, "The chance to finish inside the window is 20 %.")


def test_a_chance_is_a_share_of_draws_and_never_certain() -> None:
    told = [percent(one) for one in (0.0, 0.004, 0.01, 0.29, 0.99, 0.996, 1.0)]
    assert told == ["under 1 %", "under 1 %", "1 %", "29 %", "99 %", "above 99 %", "above 99 %"]


def test_on_the_way_back_it_is_never_green() -> None:
    lights = [rag_of((), chance, way_back=True) for chance in (0.2, 0.6, 1.0)]
    assert [one.color for one in lights] == [RagColor.RED, RagColor.AMBER, RagColor.GREY]
    assert "the way back ends inside the window is above 99 %" in lights[2].reason
    assert worst_of([("CUTOVER", lights[2])]).reason == f"CUTOVER: {lights[2].reason}"
    assert rag_of((), None, way_back=True).color is RagColor.GREY


def test_what_is_well_beside_what_is_not_evaluated_is_not_green() -> None:
    assert worst_of([("RUN1", rag_of((), 0.9)), ("CUTOVER", rag_of(()))]).color is RagColor.GREY
    assert worst_of([("RUN1", rag_of((), 0.9))]).color is RagColor.GREEN


def hand(n: int, state: StepState, *, late: int = 0, behind: int = 0, **more: bool) -> InHand:
    return InHand(UUID(int=n), state, more.get("not_taken", False), late, behind, n, more.get("stuck", False))


def test_what_is_now_is_sorted_by_effect_on_the_finish() -> None:
    steps = [
        hand(1, S.READY, behind=60),
        hand(2, S.IN_PROGRESS, behind=600),
        hand(3, S.READY, late=120, behind=9000),
        hand(4, S.IN_PROGRESS, late=600),
        hand(5, S.ACTIVATED, not_taken=True, late=9999),
        hand(6, S.BLOCKED, behind=10, late=5000),
        hand(7, S.BLOCKED, behind=20),
        hand(8, S.FAILED),
        hand(9, S.IN_PROGRESS, behind=600),
        hand(10, S.NOT_READY, stuck=True, late=90),
    ]
    found = in_order(steps)
    assert [one.position for one in found] == [8, 7, 6, 10, 5, 4, 3, 2, 9, 1]
    assert [one.why for one in found[:7]] == [
        Why.FAILED,
        Why.BLOCKED,
        Why.BLOCKED,
        Why.STUCK,
        Why.NOT_TAKEN,
        Why.LATE,
        Why.LATE,
    ]


def test_late_is_from_a_minute_on_and_by_what_is_due_next() -> None:
    end = T + timedelta(minutes=10)
    assert late_seconds(T + timedelta(seconds=60), T, end, None) == 0
    assert late_seconds(T + timedelta(seconds=61), T, end, None) == 61
    assert late_seconds(T + timedelta(minutes=5), T, end, T) == 0
    assert late_seconds(T + timedelta(minutes=5), T, end, T + timedelta(minutes=3)) == 180
    assert late_seconds(T + timedelta(minutes=14), T, end, T + timedelta(minutes=3)) == 240
    assert late_seconds(T, None, None, None) == 0


def test_work_behind_is_the_longest_chain_through_steps_and_groups() -> None:
    group, other = UUID(int=1), UUID(int=2)
    links: list[tuple[int | UUID, int | UUID]] = [(1, 2), (1, 3), (2, 4), (3, 4), (group, other)]
    # 4 is all of one group, 5 all of another that waits for it
    chains = chains_of({1: 10, 2: 20, 3: 300, 4: 4, 5: 7}, links, {group: [4], other: [5]})
    assert work_behind(chains, {1, 2, 3, 4, 5}) == {1: 311, 2: 11, 3: 11, 4: 7, 5: 0}
    # what is over holds nobody, and neither does a waived link
    assert work_behind(chains, {1, 2, 4, 5}) == {1: 31, 2: 11, 4: 7, 5: 0}
    assert work_behind(chains, {1, 2, 3, 4, 5}, {(1, 3)})[1] == 31
    assert work_behind(chains, {1, 2, 3, 4, 5}, {(group, other)})[4] == 0
