"""What a person asks of a step, and the rules that may refuse it: each a small function, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.going_back import check_going_back
from tminus.runbook.domain.iteration import Iteration, moved_words
from tminus.runbook.domain.late import check_moments
from tminus.runbook.domain.neighbourhood import Neighbourhood, opening_time
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import IterationState, Relation, StepAction, StepState
from tminus.runbook.domain.state_table import BY_TWO, STATE_TABLE
from tminus.runbook.domain.step import Step
from tminus.runbook.domain.waiting import blocked_by

PAST = {
    "step.activated": "has activated it",
    "step.started": "has started it",
    "step.completed": "has completed it",
    "step.verifying": "has reported it done",
    "step.skipped": "has skipped it",
    "step.failed": "has reported that it failed",
    "step.retried": "has put it up for another attempt",
    "step.taken": "has taken it",
    "step.blocked": "has reported it blocked",
    "step.unblocked": "has unblocked it",
    "step.cancelled": "has cancelled it",
    "step.reopened": "has reopened it",
    "step.done_undone": "has taken back that it was done",
    "step.overridden": "has started it although it was not ready",
    "step.dependency_waived": "has waived a dependency of it",
    "step.task_done": "has ticked a task of it",
    "step.task_undone": "has reopened a task of it",
    "step.task_failed": "has reported that a task of it failed",
    "step.task_not_applicable": "has said that a task of it does not apply",
    "step.evidence_added": "has added evidence to it",
    "step.evidence_withdrawn": "has withdrawn evidence of it",
}
WAITS_FOR_DEPENDENCIES = (StepAction.ACTIVATE, StepAction.START, StepAction.DECIDE)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request on one step: what, by whom in which relation, seen at which version, why.

    `expected_at` = when it should be unblocked; `happened_at` = when it happened, where that is reported late;
    `predecessor` = the code of whom to wait for no longer; `second` = who else signed it, where it takes two.
    """

    action: StepAction
    actor: Actor
    relation: Relation
    seen_version: int | None
    reason: str | None = None
    expected_at: datetime | None = None
    happened_at: datetime | None = None
    predecessor: str | None = None
    second: str | None = None


def check(ask: Ask, step: Step, network: Neighbourhood, iteration: Iteration, now: datetime) -> None:
    """Raise the refusal of the first rule that does not hold."""
    _has_the_right(ask, step)
    _unchanged_since_seen(ask, step, iteration)
    _not_dormant(step)
    _by_its_kind(ask, step)
    _iteration_lets(ask, iteration)
    if ask.action in WAITS_FOR_DEPENDENCIES and step.state is StepState.NOT_READY:
        _dependencies_hold(step, network, iteration, now)
    _state_lets(ask, step, iteration)
    _reason_given(ask)
    if ask.action in WAITS_FOR_DEPENDENCIES:
        _dependencies_hold(step, network, iteration, now)
    _once_taken(ask, step, iteration)
    check_going_back(ask.action, ask.actor, step, network, iteration, now)
    check_moments(ask.action, ask.happened_at, ask.expected_at, ask.reason, step, iteration.zone, now)


def takes_two(action: StepAction, step: Step) -> bool:
    """Tell whether one person alone cannot do this: it takes a second signature."""
    return action is StepAction.SKIP and step.behaviour in BY_TWO


def check_signatures(ask: Ask, step: Step) -> None:
    """Raise `Refused` where one person alone would do what takes two."""
    if takes_two(ask.action, step) and ask.second is None:
        raise Refused(
            f"{step.code} is a {step.behaviour.value}: it takes a second person to skip it.",
            code="second_signature",
            hint="Ask for the second signature from the step itself.",
        )


def _once_taken(ask: Ask, step: Step, iteration: Iteration) -> None:
    if ask.action is StepAction.TAKE and step.taken_at:
        raise Refused(
            f"{step.taken_by} has had {step.code} since {wall_time(step.taken_at, iteration.zone)}.",
            code="already_taken",
            hint="Talk to each other; nothing else is needed.",
        )


def _unchanged_since_seen(ask: Ask, step: Step, iteration: Iteration) -> None:
    if ask.seen_version is not None and ask.seen_version != step.version:
        raise Refused(
            f"{step.code} has changed since you looked: {last_change(step, iteration)}. Nothing was done.",
            code="step_changed",
            hint="Look at the step as it is now, then decide again.",
            stepId=str(step.id),
        )


def last_change(step: Step, iteration: Iteration) -> str:
    """Say who did what to the step last, and when, in the migration's zone."""
    state = step.state.value.replace("_", " ")
    if step.last_actor and step.last_at:
        did = PAST.get(step.last_action or "", "has changed it")
        return f"{step.last_actor} {did} at {wall_time(step.last_at, iteration.zone)}, and it is now {state}"
    return f"it is now {state}"


def _not_dormant(step: Step) -> None:
    if step.dormant:
        raise Refused(
            f"{step.code} belongs to a rollback chapter, which sleeps until a back-out is called.",
            code="dormant",
            hint="Only a back-out wakes rollback chapters.",
        )


def _by_its_kind(ask: Ask, step: Step) -> None:
    if step.behaviour in STATE_TABLE[ask.action].behaviours:
        return
    reasons = {
        Behaviour.GATE: "is a gate: it closes by its decision, go or no-go, given by an approver",
        Behaviour.MILESTONE: "is a milestone: it completes itself when what it waits for is done",
        Behaviour.CHECKPOINT: "is a checkpoint: it has no decision to take",
        Behaviour.WORK: "is work: it has no decision to take",
    }
    raise Refused(
        f"{step.code} {reasons[step.behaviour]}.",
        code="wrong_kind",
        hint="Open the step to see what it needs.",
    )


def _has_the_right(ask: Ask, step: Step) -> None:
    if ask.relation in STATE_TABLE[ask.action].who:
        return
    doing = _INFINITIVES.get(ask.action, ask.action.value)
    raise Forbidden(
        f"To {doing} {step.code} takes {_who_may(ask.action)}. You are not one.",
        hint="Ask a pilot, or have an admin change your role or team.",
    )


def _who_may(action: StepAction) -> str:
    who = STATE_TABLE[action].who
    if Relation.APPROVER in who:
        return "an approver"
    return "a pilot or a member of the team that owns it" if Relation.TEAM in who else "a pilot"


def _iteration_lets(ask: Ask, iteration: Iteration) -> None:
    if iteration.state in STATE_TABLE[ask.action].while_iteration:
        return
    if iteration.state is IterationState.ON_HOLD:
        raise Refused(
            f"{iteration.name} is {moved_words(iteration)}: nothing new is activated or started."
            " Running work goes on.",
            code="on_hold",
            hint="Wait for a pilot to resume.",
        )
    raise Refused(
        f"{iteration.name} is {iteration.state.value.replace('_', ' ')}, not live.",
        code="not_live",
        hint="A pilot starts an iteration from its runsheet.",
    )


def _state_lets(ask: Ask, step: Step, iteration: Iteration) -> None:
    if step.state in STATE_TABLE[ask.action].sources:
        return
    raise Refused(
        f"{step.code} cannot be {_participle(ask.action)}: {last_change(step, iteration)}.",
        code="step_changed" if step.last_at else "wrong_state",
        hint=_needs(ask.action),
        stepId=str(step.id),
    )


def _participle(action: StepAction) -> str:
    return _PARTICIPLES.get(action, f"{action.value.rstrip('e')}ed")


_PARTICIPLES = {
    StepAction.SKIP: "skipped",
    StepAction.RETRY: "retried",
    StepAction.TAKE: "taken",
    StepAction.UNDO: "taken back",
    StepAction.CANCEL: "cancelled",
    StepAction.OVERRIDE: "started by override",
    StepAction.WAIVE: "let off what it waits for",
}
_INFINITIVES = {
    StepAction.TAKE: "take",
    StepAction.UNDO: "take back the Done of",
    StepAction.OVERRIDE: "override the wait of",
    StepAction.WAIVE: "waive a dependency of",
    StepAction.DECIDE: "answer the decision of",
}


def _needs(action: StepAction) -> str:
    states = ", ".join(sorted(state.value.replace("_", " ") for state in STATE_TABLE[action].sources))
    return f"To {_INFINITIVES.get(action, action.value)} a step, it must be one of: {states}."


def _reason_given(ask: Ask) -> None:
    if STATE_TABLE[ask.action].needs_reason and not (ask.reason or "").strip():
        raise Invalid(
            f"To {ask.action.value} a step takes a reason.",
            hint="Say why in a sentence; it goes into the log.",
        )


def _dependencies_hold(step: Step, network: Neighbourhood, iteration: Iteration, now: datetime) -> None:
    opening = opening_time(network, step, now)
    if opening is not None and opening <= now:
        return
    why = "; ".join(one.sentence for one in blocked_by(network, step, iteration.zone, now))
    raise Refused(f"{step.code} is not ready: {why}.", code="not_ready", hint="It turns ready by itself.")
