"""The state table: which action leads from which states to which, and who may take it.

One row an action; the rules that need more than the row (dependencies, tasks, hold) are in `rules`.
The page gets this very table and decides nothing itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from uuid import UUID

from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.state import IterationState, Relation, StepAction, StepState
from tminus.runbook.domain.step import Step

S = StepState
PEOPLE_AT_WORK = frozenset({Relation.TEAM, Relation.PILOT, Relation.PILOT_APPROVER})
PILOTS = frozenset({Relation.PILOT, Relation.PILOT_APPROVER})
APPROVERS = frozenset({Relation.APPROVER, Relation.PILOT_APPROVER})
BY_TEAMS = frozenset({Behaviour.WORK, Behaviour.CHECKPOINT})
LIVE_ONLY = frozenset({IterationState.LIVE})
LIVE_OR_HELD = frozenset({IterationState.LIVE, IterationState.ON_HOLD, IterationState.BACKING_OUT})
MAY_BEGIN = frozenset({IterationState.LIVE, IterationState.BACKING_OUT})


@dataclass(frozen=True, slots=True)
class Row:
    """From which states, for which behaviours, by whom and while the iteration is in which state."""

    sources: frozenset[StepState]
    who: frozenset[Relation]
    behaviours: frozenset[Behaviour]
    while_iteration: frozenset[IterationState]
    needs_reason: bool = False


EVERY_KIND = frozenset(Behaviour)
STATE_TABLE: dict[StepAction, Row] = {
    StepAction.ACTIVATE: Row(frozenset({S.READY}), PILOTS, BY_TEAMS, MAY_BEGIN),
    StepAction.TAKE: Row(frozenset({S.ACTIVATED}), PEOPLE_AT_WORK, BY_TEAMS, LIVE_OR_HELD),
    StepAction.START: Row(frozenset({S.READY, S.ACTIVATED}), PEOPLE_AT_WORK, BY_TEAMS, MAY_BEGIN),
    StepAction.COMPLETE: Row(frozenset({S.ACTIVATED, S.IN_PROGRESS}), PEOPLE_AT_WORK, BY_TEAMS, LIVE_OR_HELD),
    StepAction.UNDO: Row(frozenset({S.VERIFYING, S.COMPLETE}), PEOPLE_AT_WORK, BY_TEAMS, LIVE_OR_HELD),
    StepAction.BLOCK: Row(
        frozenset({S.ACTIVATED, S.IN_PROGRESS}), PEOPLE_AT_WORK, BY_TEAMS, LIVE_OR_HELD, needs_reason=True
    ),
    StepAction.UNBLOCK: Row(frozenset({S.BLOCKED}), PEOPLE_AT_WORK, BY_TEAMS, LIVE_OR_HELD),
    StepAction.FAIL: Row(
        frozenset({S.ACTIVATED, S.IN_PROGRESS, S.VERIFYING, S.BLOCKED}),
        PEOPLE_AT_WORK,
        BY_TEAMS,
        LIVE_OR_HELD,
        needs_reason=True,
    ),
    StepAction.RETRY: Row(frozenset({S.FAILED}), PILOTS, EVERY_KIND, LIVE_OR_HELD),
    StepAction.REOPEN: Row(
        frozenset({S.COMPLETE, S.SKIPPED, S.CANCELLED}), PILOTS, EVERY_KIND, LIVE_OR_HELD, needs_reason=True
    ),
    # A checkpoint and a gate are skipped by two people: this asks for the second signature (decision 0015).
    StepAction.SKIP: Row(
        frozenset({S.NOT_READY, S.READY, S.ACTIVATED, S.BLOCKED, S.FAILED}),
        PILOTS,
        EVERY_KIND,
        LIVE_OR_HELD,
        needs_reason=True,
    ),
    StepAction.CANCEL: Row(
        frozenset(StepState) - {S.COMPLETE, S.SKIPPED, S.CANCELLED},
        PILOTS,
        EVERY_KIND,
        LIVE_OR_HELD,
        needs_reason=True,
    ),
    StepAction.OVERRIDE: Row(frozenset({S.NOT_READY}), PILOTS, BY_TEAMS, MAY_BEGIN, needs_reason=True),
    StepAction.WAIVE: Row(
        frozenset({S.NOT_READY, S.VERIFYING}), PILOTS, EVERY_KIND, LIVE_OR_HELD, needs_reason=True
    ),
    StepAction.DECIDE: Row(
        frozenset({S.READY, S.ACTIVATED}),
        APPROVERS,
        frozenset({Behaviour.GATE}),
        LIVE_OR_HELD,
        needs_reason=True,
    ),
}
BY_TWO = frozenset({Behaviour.CHECKPOINT, Behaviour.GATE})
"""Behaviours that one person alone cannot skip."""


@cache
def allowed_actions(
    iteration: IterationState, behaviour: Behaviour, state: StepState, relation: Relation, *, dormant: bool
) -> tuple[StepAction, ...]:
    """Return what this person may ask of such a step now, in the order of the table."""
    if dormant:
        return ()
    return tuple(
        action
        for action, row in STATE_TABLE.items()
        if state in row.sources
        and relation in row.who
        and behaviour in row.behaviours
        and iteration in row.while_iteration
    )


def open_to(actions: tuple[StepAction, ...], step: Step, person_id: UUID | None) -> tuple[StepAction, ...]:
    """Leave out what this very step does not allow this very person: what is taken, another's Done to take back.

    The page does the same with what a row says (`takenAt`, `doneById`); the minute for taking back is asked when it
    is pressed, and the page shows it running out.
    """
    closed = set[StepAction]()
    if step.taken_at:
        closed.add(StepAction.TAKE)
    if step.done_by_id is None or step.done_by_id != person_id:
        closed.add(StepAction.UNDO)
    return tuple(action for action in actions if action not in closed)


def action_table() -> dict[str, dict[str, dict[str, dict[str, list[str]]]]]:
    """Return the whole table by iteration state, behaviour, step state and relation; absent = nothing allowed."""
    table: dict[str, dict[str, dict[str, dict[str, list[str]]]]] = {}
    for iteration in IterationState:
        for behaviour in Behaviour:
            for state in StepState:
                for relation in Relation:
                    actions = allowed_actions(iteration, behaviour, state, relation, dormant=False)
                    if actions:
                        table.setdefault(iteration, {}).setdefault(behaviour, {}).setdefault(state, {})[
                            relation
                        ] = [action.value for action in actions]
    return table
