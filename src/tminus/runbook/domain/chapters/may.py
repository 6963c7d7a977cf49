"""In which states of an iteration its schedule may be changed, and how it is refused otherwise."""

from __future__ import annotations

from enum import StrEnum

from tminus.kernel.errors import Refused
from tminus.runbook.domain.iteration import Iteration, moved_words
from tminus.runbook.domain.state import IterationState as I


class ScheduleAct(StrEnum):
    """What may be done to a schedule."""

    TYPE = "type"
    SHIFT = "shift"
    FIT = "fit"
    DERIVE = "derive"
    REBASELINE = "re-baseline"


_BEFORE = frozenset({I.PLANNING, I.SCHEDULED})
_RUNNING = frozenset({I.LIVE, I.ON_HOLD})
WHEN: dict[ScheduleAct, frozenset[I]] = {
    ScheduleAct.TYPE: _BEFORE,
    ScheduleAct.SHIFT: _BEFORE | _RUNNING,
    ScheduleAct.FIT: _BEFORE,
    ScheduleAct.DERIVE: _BEFORE,
    ScheduleAct.REBASELINE: frozenset({I.SCHEDULED}) | _RUNNING,
}
_ASKED = {
    ScheduleAct.TYPE: "times of chapters are typed",
    ScheduleAct.SHIFT: "a schedule is shifted",
    ScheduleAct.FIT: "a schedule is fitted into its window",
    ScheduleAct.DERIVE: "a schedule is derived again",
    ScheduleAct.REBASELINE: "a baseline is frozen anew",
}


def allowed(state: I) -> list[ScheduleAct]:
    """Return what a state allows."""
    return [act for act, states in WHEN.items() if state in states]


def why_not(iteration: Iteration, act: ScheduleAct) -> str | None:
    """Say why the state does not allow it; None where it does."""
    if iteration.state in WHEN[act]:
        return None
    if iteration.state is I.PLANNING:
        return f"{iteration.name} has no baseline yet: the first is frozen when it is scheduled."
    words = {I.PLANNING: "in planning", I.ON_HOLD: "on hold"}
    states = [words.get(one, one.value) for one in I if one in WHEN[act]]
    return (
        f"{iteration.name} is {moved_words(iteration)}; {_ASKED[act]} while it is "
        f"{', '.join(states[:-1])} or {states[-1]}."
        + (" What has not begun can be shifted." if iteration.state in _RUNNING else "")
    )


def check(iteration: Iteration, act: ScheduleAct) -> None:
    """Raise `Refused` (`schedule_closed`) where the state does not allow it."""
    sentence = why_not(iteration, act)
    if sentence:
        raise Refused(f"{sentence} Nothing was changed.", code="schedule_closed")
