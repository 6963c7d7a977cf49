"""Random networks of all kinds of links, lags and levels: the same steps are ready at the same moments."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given, settings

from tests.unit.night import Night, Press, nights, play, presses
from tests.unit.reference_night import Reference
from tminus.runbook.domain.state import StepAction, StepState

WAITING = {StepState.NOT_READY, StepState.READY}


@settings(max_examples=600)
@given(nights(), presses)
def test_the_same_steps_are_ready_and_done_at_the_same_moments(night: Night, pressed: list[Press]) -> None:
    reference = Reference.of(night)
    play(night, pressed)
    night.until(night.now + timedelta(hours=1))
    for moment, key, done in night.accepted:
        if isinstance(done, StepAction):
            reference.person(moment, key, done)
        else:
            reference.waive(moment, key, done)
    reference.until(night.now)
    for key, step in night.steps.items():
        told = reference.told[key]
        assert step.begun_at == told.begun, step.code
        assert (step.ended_at if step.done else None) == told.ended, step.code
        if step.state in WAITING:
            assert (step.ready_at if step.state is StepState.READY else None) == told.ready_since, step.code
    for key, group in night.groups.items():
        assert group.finished_at == reference.group_ended.get(key), group.code
