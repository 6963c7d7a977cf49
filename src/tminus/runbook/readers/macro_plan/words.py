"""How the macro-plan says states, delays and marks: the same in the table and on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tminus.runbook.domain.chapters.words import length
from tminus.runbook.domain.macro_plan import (
    Back,
    Delay,
    MacroPlan,
    MarkKind,
    Outlook,
    Part,
    delay_of,
    is_overdue,
    overdue_marks,
    overdue_parts,
)
from tminus.runbook.domain.rag import percent
from tminus.runbook.domain.rollup import RollupState
from tminus.runbook.readers.macro_plan.clock import Clock

MOST = 8
"""Overdue things that are named on one page."""

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


def state_words(plan: MacroPlan, part: Part) -> tuple[str, str]:
    """Return sign and word; of a way back that sleeps, that it does; of what should have begun, that it had not."""
    if part.dormant and part.state is RollupState.DORMANT:
        return "◌", "only if we turn back" if part.level else "dormant"
    sign, word = STATES[part.state]
    return (sign, f"{word}, overdue") if is_overdue(plan, part) else (sign, word)


def delay_words(delay: Delay | None) -> str:
    """Say a delay: `+1 h 5 min`, `−10 min`, `on time`; of what is not over `so far`, or `by forecast`."""
    if delay is None:
        return ""
    minutes = round(delay.seconds / 60)
    if not minutes:
        return "on time by forecast" if delay.forecast else "" if delay.so_far else "on time"
    told = ("+" if minutes > 0 else "−") + length(abs(minutes) * 60)
    return f"{told} by forecast" if delay.forecast else f"{told} so far" if delay.so_far else told


def delay_in(plan: MacroPlan, part: Part) -> str:
    """Say the delay of a part as of when the macro-plan was made; of what never ran there is none."""
    over = part.state in (RollupState.COMPLETE, RollupState.CANCELLED)
    if part.dormant or (over and not part.begun):
        return ""
    if not part.ended and not plan.ended and plan.outlook is not None:
        return delay_words(_forecast(plan.outlook, part.delay))
    live = plan.begun is not None and plan.ended is None
    return delay_words(delay_of(part.planned, part.baseline, part.begun, part.ended, plan.made, live=live))


def whole_delay(plan: MacroPlan) -> str:
    """Say the delay of the whole iteration; on the way back, which nobody had planned, none."""
    if not plan.ended and plan.outlook is not None:
        return delay_words(_forecast(plan.outlook, plan.outlook.delay))
    live = plan.begun is None and plan.state == "scheduled"
    return delay_words(delay_of(plan.planned, plan.baseline, plan.begun, plan.ended, plan.made, live=live))


def _forecast(outlook: Outlook, seconds: int | None) -> Delay | None:
    return None if seconds is None or outlook.way_back else Delay(seconds, so_far=True, forecast=True)


def chance_words(outlook: Outlook) -> str:
    """Say the chance to finish inside the window, as every screen does."""
    return "not evaluated" if outlook.chance is None else percent(outlook.chance)


def decision_words(outlook: Outlook, clock: Clock) -> str:
    """Say until when one can safely decide to turn back."""
    if outlook.back is Back.FORWARD_ONLY:
        step = (
            f"{outlook.no_return}, the point of no return, has begun" if outlook.no_return else "no way back"
        )
        return f"None: {step}; there is only forward"
    if outlook.last_safe is None:
        return "passed" if outlook.back is Back.PASSED else "cannot be computed"
    told = clock.tell(outlook.last_safe)
    if outlook.back is Back.PASSED:
        return f"passed, {told}"
    return f"{told}, before {outlook.before} begins" if outlook.before else told


def overdue_sentences(plan: MacroPlan, clock: Clock) -> Iterator[tuple[str, str]]:
    """Give what should have begun or been reached by the plan when this was made: a heading, and what it is."""
    at = clock.tell(plan.made)
    parts = [
        f"{one.code} {one.name}, {clock.tell(one.planned.start)}"
        for one in overdue_parts(plan)
        if one.planned
    ]
    if parts:
        yield f"Overdue by plan, not begun as of {at}", _listed(parts)
    marks = [
        f"{one.code} {one.name} ({MARKS[one.kind]}), {clock.tell(one.planned)}" for one in overdue_marks(plan)
    ]
    if marks:
        yield f"Overdue by plan, not reached as of {at}", _listed(marks)


def _listed(words: Sequence[str]) -> str:
    more = len(words) - MOST
    return " · ".join(words[:MOST]) + (f" · and {more} more" if more > 0 else "")
