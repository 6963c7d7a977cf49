"""Random plans, random presses by several people: what must hold after each of them."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.night import Night, nights, play, presses
from tminus.runbook.domain.neighbourhood import Link
from tminus.runbook.domain.progress import measure
from tminus.runbook.domain.state import StepAction, StepState
from tminus.runbook.domain.step import Step

WAITING = {StepState.NOT_READY, StepState.SKIPPED}


def satisfied(link: Link, predecessor: Step, now: datetime) -> bool:
    """The rule again, written apart from the product: done + lag has passed, or a negative lag has begun."""
    lag = timedelta(seconds=link.lag_seconds)
    if predecessor.state in (StepState.COMPLETE, StepState.SKIPPED):
        assert predecessor.ended_at is not None
        return predecessor.ended_at + lag <= now
    if lag < timedelta() and predecessor.state is StepState.IN_PROGRESS:
        assert predecessor.started_at is not None
        expected = predecessor.started_at + timedelta(seconds=predecessor.duration_seconds)
        return max(expected, now) + lag <= now
    return False


@given(nights(), presses)
def test_a_step_is_ready_exactly_when_all_it_waits_for_lets_it(
    night: Night, pressed: list[tuple[int, StepAction, int]]
) -> None:
    play(night, pressed)
    night.tick()
    for key, step in night.steps.items():
        if step.dormant:
            assert step.state is StepState.NOT_READY
            continue
        links = night.links[key]
        free = all(satisfied(link, night.steps[link.predecessor], night.now) for link in links)
        if step.state is StepState.NOT_READY:
            assert not free, step.code
        if step.state is StepState.READY:
            assert free, step.code


@given(nights(), presses)
def test_no_step_starts_before_its_dependencies(
    night: Night, pressed: list[tuple[int, StepAction, int]]
) -> None:
    play(night, pressed)
    for outcome in night.outcomes:
        for change in outcome.changes:
            if change.type in ("step.started", "step.activated"):
                links = night.links[change.after.id]
                at = change.after.started_at or change.after.activated_at
                assert at is not None
                for link in links:
                    predecessor = outcome.after.steps[link.predecessor]
                    assert satisfied(link, predecessor, at), (change.after.code, predecessor.code)


@given(nights(), presses)
def test_progress_kept_by_changes_is_progress_counted_from_scratch(
    night: Night, pressed: list[tuple[int, StepAction, int]]
) -> None:
    play(night, pressed)
    counted = measure(night.steps.values())
    assert night.progress.shown() == counted.shown()
    assert night.progress.done_seconds == counted.done_seconds


@given(nights(), presses)
def test_each_change_is_one_step_of_the_version(
    night: Night, pressed: list[tuple[int, StepAction, int]]
) -> None:
    play(night, pressed)
    versions = dict.fromkeys(night.steps, 1)
    for outcome in night.outcomes:
        for change in outcome.changes:
            assert change.before.version == versions[change.after.id]
            versions[change.after.id] = change.after.version
            assert change.after.version == change.before.version + 1


@given(nights(), st.sampled_from(list(StepAction)))
def test_a_refusal_changes_nothing(night: Night, action: StepAction) -> None:
    before = dict(night.steps)
    for key in before:
        if action is not StepAction.DECIDE and not night.press(key, action):
            assert night.steps[key] == before[key]
            return
        before = dict(night.steps)
