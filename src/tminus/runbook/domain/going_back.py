"""Going back: taking back one's own Done within a minute, and reopening what is over.

Both are refused once a successor has begun on the strength of it: by an FS or SS link with its start, by an FF or
SF link with its end. Milestones on the way are looked through, and fall back by themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from tminus.kernel.actor import Actor
from tminus.kernel.errors import Refused
from tminus.kernel.instants import wall_time
from tminus.runbook.domain.iteration import Iteration
from tminus.runbook.domain.neighbourhood import END_KINDS, Link, Neighbourhood
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import StepAction, StepState
from tminus.runbook.domain.step import Step

UNDO_SECONDS = 60
GOING_BACK = frozenset({StepAction.UNDO, StepAction.REOPEN})
_BEGUN = frozenset(
    {
        StepState.IN_PROGRESS,
        StepState.VERIFYING,
        StepState.COMPLETE,
        StepState.BLOCKED,
        StepState.FAILED,
    }
)


def check_going_back(
    action: StepAction, actor: Actor, step: Step, network: Neighbourhood, iteration: Iteration, now: datetime
) -> None:
    """Raise the refusal of the first rule that keeps the step from going back."""
    if action not in GOING_BACK:
        return
    if action is StepAction.UNDO:
        _own_and_just_now(actor, step, iteration, now)
    elif not step.in_scope:
        raise Refused(
            f"{step.code} is not part of {iteration.name}; there is nothing to reopen.", code="out_of_scope"
        )
    begun = begun_after(network, step)
    if begun:
        some = ", ".join(sorted(one.code for one in begun)[:5])
        raise Refused(
            f"{step.code} cannot go back: {some} came after it and {'has' if len(begun) == 1 else 'have'} begun.",
            code="successor_started",
            hint="Deal with what came after it first, or report a problem on it.",
            successors=[one.code for one in begun][:50],
        )


def undoable(step: Step, person_id: UUID | None, now: datetime) -> bool:
    """Tell whether this person may still take back the Done of the step, as far as the step itself tells."""
    told = step.end_told_at
    own = step.done_by_id is not None and step.done_by_id == person_id
    return own and told is not None and now < told + timedelta(seconds=UNDO_SECONDS)


def _own_and_just_now(actor: Actor, step: Step, iteration: Iteration, now: datetime) -> None:
    if step.done_by_id is None or step.done_by_id != actor.id:
        raise Refused(
            f"{step.last_actor or 'Somebody else'} reported {step.code} done; only the doer takes that back.",
            code="not_the_doer",
            hint="A pilot can reopen it.",
        )
    if not undoable(step, actor.id, now):
        told = wall_time(step.end_told_at, iteration.zone) if step.end_told_at else "earlier"
        raise Refused(
            f"{step.code} was reported done at {told}, more than {UNDO_SECONDS} seconds ago.",
            code="too_late",
            hint="A pilot can reopen it, as long as nothing after it has begun.",
        )


def begun_after(network: Neighbourhood, step: Step) -> list[Step]:
    """Return the steps that began (or ended) on the strength of this one, in the order of the network."""
    sources = {step.id, *(one.id for one in milestones_after(network, step))}
    led = {
        after.id
        for source in sources
        for after, link in _led_to(network, network.steps[source])
        if after.behaviour is not Behaviour.MILESTONE and _moved_on(after, link)
    }
    return [one for key, one in network.steps.items() if key in led]


def milestones_after(network: Neighbourhood, step: Step) -> list[Step]:
    """Return the milestones that this step leads to, directly or through other milestones."""
    found: dict[UUID, Step] = {}
    todo = [step]
    while todo:
        for after, _ in _led_to(network, todo.pop()):
            if after.behaviour is Behaviour.MILESTONE and after.id not in found:
                found[after.id] = after
                todo.append(after)
    return list(found.values())


def _led_to(network: Neighbourhood, step: Step) -> Iterator[tuple[Step, Link]]:
    """The steps that a link from a step, or from what it is in, holds: successors, and members of successors."""
    sources = {step.id, *(group.id for group in network.containers(step))}
    for target, into in network.links.items():
        for link in into:
            if link.predecessor not in sources or link.waived_at:
                continue
            if target in network.steps:
                yield network.steps[target], link
            else:
                yield from ((one, link) for one in network.steps.values() if target in _places(one))


def _places(step: Step) -> tuple[UUID, UUID]:
    return step.chapter_id, step.macro_phase_id


def _moved_on(after: Step, link: Link) -> bool:
    if link.kind in END_KINDS and after.behaviour is not Behaviour.GATE:
        return after.state is StepState.COMPLETE
    return after.state in _BEGUN
