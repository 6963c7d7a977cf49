"""Random plans, random presses by several people: what must hold after each of them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.unit.night import Night, Press, nights, play, presses
from tminus.runbook.domain.progress import measure
from tminus.runbook.domain.state import StepAction


@given(nights(), presses)
def test_progress_kept_by_changes_is_progress_counted_from_scratch(
    night: Night, pressed: list[Press]
) -> None:
    play(night, pressed)
    counted = measure(night.steps.values())
    assert night.progress.shown() == counted.shown()
    assert night.progress.done_seconds == counted.done_seconds


@given(nights(), presses)
def test_each_change_is_one_step_of_the_version(night: Night, pressed: list[Press]) -> None:
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
