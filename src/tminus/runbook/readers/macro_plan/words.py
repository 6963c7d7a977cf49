"""How the macro-plan says states, delays and marks: the same in the table and on the page."""

from __future__ import annotations

from tminus.runbook.domain.chapters.words import length
from tminus.runbook.domain.macro_plan import Delay, MacroPlan, MarkKind, Part, delay_of
from tminus.runbook.domain.rollup import RollupState

STATES: dict[RollupState, tuple[str, str]] = {
    RollupState.NOT_STARTED: ("○", "not started"),
    RollupState.IN_PROGRESS: ("▶", "in progress"),
    RollupState.COMPLETE: ("✓", "complete"),
    RollupState.BLOCKED: ("■", "blocked"),
    RollupState.FAILED: ("✕", "failed"),
    RollupState.CANCELLED: ("–", "cancelled"),
    RollupState.DORMANT: ("◌", "not planned"),
}
"""A sign and a word each, so that neither colour nor the sign stands alone."""
MARKS = {
    MarkKind.MILESTONE: "milestone",
    MarkKind.GATE: "gate",
    MarkKind.NO_RETURN: "point of no return",
}


def state_words(part: Part) -> tuple[str, str]:
    """Return sign and word; of a way back that sleeps, that it does."""
    if part.dormant and part.state is RollupState.DORMANT:
        return "◌", "only if we turn back" if part.level else "dormant"
    return STATES[part.state]


def delay_words(delay: Delay | None) -> str:
    """Say a delay: `+1 h 5 min`, `−10 min`, `on time`; `so far` of what is not over."""
    if delay is None:
        return ""
    minutes = round(delay.seconds / 60)
    if not minutes:
        return "" if delay.so_far else "on time"
    told = ("+" if minutes > 0 else "−") + length(abs(minutes) * 60)
    return f"{told} so far" if delay.so_far else told


def delay_in(plan: MacroPlan, part: Part) -> str:
    """Say the delay of a part as of when the macro-plan was made; of what never ran there is none."""
    over = part.state in (RollupState.COMPLETE, RollupState.CANCELLED)
    if part.dormant or (over and not part.begun):
        return ""
    live = plan.begun is not None and plan.ended is None
    return delay_words(delay_of(part.planned, part.baseline, part.begun, part.ended, plan.made, live=live))


def whole_delay(plan: MacroPlan) -> str:
    """Say the delay of the whole iteration."""
    live = plan.begun is None and plan.state == "scheduled"
    return delay_words(delay_of(plan.planned, plan.baseline, plan.begun, plan.ended, plan.made, live=live))
