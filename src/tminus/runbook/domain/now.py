"""What a pilot looks at now, in the order of its effect on the finish.

Until a forecast says what each step does to the finish, the order is this: failed, then blocked, then held for good by
a cancelled step, then told but not taken, then late (the latest first), then what is left; among equals, the one with
more planned work behind it. Work behind a step = the longest chain of planned durations of steps that wait for it, over
links of every kind between steps, chapters and macro-phases; lags are not counted, nor what is over, asleep or out of
scope.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tminus.kernel.network import topological_order
from tminus.runbook.domain.state import StepState

GRACE_SECONDS = 60
"""So much later than planned is not late yet."""


class Why(StrEnum):
    """What brings a step to the pilot's eye; its place in this list is its place on the screen."""

    FAILED = "failed"
    BLOCKED = "blocked"
    STUCK = "stuck"
    NOT_TAKEN = "not_taken"
    LATE = "late"
    RUNNING = "running"
    VERIFYING = "verifying"
    ACTIVATED = "activated"
    READY = "ready"


_BY_STATE = {
    StepState.FAILED: Why.FAILED,
    StepState.BLOCKED: Why.BLOCKED,
    StepState.IN_PROGRESS: Why.RUNNING,
    StepState.VERIFYING: Why.VERIFYING,
    StepState.ACTIVATED: Why.ACTIVATED,
    StepState.READY: Why.READY,
}
IN_HAND = frozenset(_BY_STATE)
"""States of steps that somebody can do something about now.

What is not ready waits for one of these, or is stuck: no step that it waits for will ever let it go.
"""
_FIRST = {Why.FAILED: 0, Why.BLOCKED: 1, Why.STUCK: 2, Why.NOT_TAKEN: 3, Why.LATE: 4}
_REST = 5


Key = int | UUID
"""A step by its position, a group by its key."""
Node = tuple[Key, str]
STEP, BEGIN, END = "step", "begin", "end"


@dataclass(frozen=True, slots=True)
class InHand:
    """A step that is in hand, as far as its place in the list goes; `behind_seconds` = work behind it."""

    id: UUID
    state: StepState
    not_taken: bool
    late_seconds: int
    behind_seconds: int
    position: int
    stuck: bool = False

    @property
    def why(self) -> Why:
        """The worst that can be said of it."""
        if self.state in (StepState.FAILED, StepState.BLOCKED):
            return _BY_STATE[self.state]
        if self.stuck:
            return Why.STUCK
        if self.not_taken and self.state is StepState.ACTIVATED:
            return Why.NOT_TAKEN
        return Why.LATE if self.late_seconds else _BY_STATE[self.state]


def in_order(steps: Iterable[InHand]) -> list[InHand]:
    """Return them by effect on the finish; see the module."""
    return sorted(steps, key=_place)


def _place(step: InHand) -> tuple[int, int, int, int]:
    rank = _FIRST.get(step.why, _REST)
    late = step.late_seconds if step.why is Why.LATE else 0
    return rank, -late, -step.behind_seconds, step.position


def stuck_words(state: StepState, codes: Sequence[str]) -> str:
    """Say why a step is held for good by the cancelled steps of these codes, and what would let it go."""
    some = ", ".join(codes[:3]) + (f" and {len(codes) - 3} more" if len(codes) > 3 else "")
    one = len(codes) == 1
    never = "be complete" if state is StepState.VERIFYING else "become ready"
    return (
        f"{some} {'was' if one else 'were'} cancelled: this can never {never} unless {some if one else 'they'}"
        f" {'is' if one else 'are'} reopened, the {'link is' if one else 'links are'} waived, or this is cancelled too."
    )


def late_seconds(
    now: datetime, planned_start: datetime | None, planned_end: datetime | None, started: datetime | None
) -> int:
    """Return by how much an open step is behind its plan; 0 = not late.

    Before it has begun, from its planned start; then from its planned end, or by how late it began if that is more.
    """
    due = planned_end if started else planned_start
    behind = int((now - due).total_seconds()) if due else 0
    if started and planned_start:
        behind = max(behind, int((started - planned_start).total_seconds()))
    return behind if behind > GRACE_SECONDS else 0


@dataclass(frozen=True, slots=True)
class Chains:
    """The links of an iteration, ready to be walked; they are frozen with it, so that this can be kept.

    Steps go by their position, groups by their key, each group as two nodes. `order` names a node before any that
    waits for it; `following` = by node, (the step or group that waits, its node); `seconds` = planned durations.
    """

    order: tuple[Node, ...]
    following: Mapping[Node, Sequence[tuple[Key, Node]]]
    seconds: Mapping[int, int]


def chains_of(
    seconds: Mapping[int, int], links: Iterable[tuple[Key, Key]], groups: Mapping[UUID, Sequence[int]]
) -> Chains:
    """Return the chains of links (predecessor, successor). Raises `kernel.network.Cyclic`.

    `seconds` = planned durations by position; `groups` = the positions in each group that is linked.
    """
    following: dict[Node, list[tuple[Key, Node]]] = {}
    edges: list[tuple[Node, Node]] = []

    def lead(before: Node, after: Node, meant: Key) -> None:
        edges.append((before, after))
        following.setdefault(before, []).append((meant, after))

    for key, members in groups.items():
        for member in members:
            lead((member, STEP), (key, END), key)
            lead((key, BEGIN), (member, STEP), member)
    for before, after in links:
        lead((before, END if before in groups else STEP), (after, BEGIN if after in groups else STEP), after)
    order = topological_order([(key, STEP) for key in seconds], edges)
    return Chains(tuple(order), following, seconds)


def work_behind(
    chains: Chains, awake: Collection[int], waived: Collection[tuple[Key, Key]] = ()
) -> dict[int, int]:
    """Return the seconds of work behind each step that is open and awake, by position.

    What is neither holds nobody, and neither does a waived link.
    """
    behind: dict[Node, int] = {}
    for node in reversed(chains.order):
        key, what = node
        if what == STEP and key not in awake:
            continue
        best = 0
        for meant, after in chains.following.get(node, ()):
            if after not in behind or (waived and what != BEGIN and (key, meant) in waived):
                continue
            more = chains.seconds[after[0]] if after[1] == STEP else 0  # type: ignore[index]  # a step's key is a position
            best = max(best, behind[after] + more)
        behind[node] = best
    return {key: behind[(key, STEP)] for key in awake}
