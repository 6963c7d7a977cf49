"""What happened: the iterations of one plan as columns, its steps as rows, and a cell where both meet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tminus.runbook.domain.learning import Rehearsal
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.plan_edit import Tie
from tminus.runbook.domain.plan_edit_network import Node
from tminus.runbook.domain.state import IterationKind, IterationState, StepState

OVER = frozenset({IterationState.COMPLETE, IterationState.CLOSED, IterationState.BACKED_OUT})
"""Only what is over teaches: a step of a running night may still be reopened."""
TO_COME = frozenset({IterationState.PLANNING, IterationState.SCHEDULED})
TIMED = frozenset({Behaviour.WORK, Behaviour.CHECKPOINT})
"""A gate takes as long as people talk, a milestone no time: neither has a duration to learn."""


@dataclass(frozen=True, slots=True)
class Night:
    """An iteration of the plan; `data_volume` = the size of the data it moved, where somebody said it."""

    id: UUID
    name: str
    kind: IterationKind
    state: IterationState
    version: int
    planned_start: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    data_volume: float | None = None

    @property
    def over(self) -> bool:
        """Whether nothing in it changes any more, so that it can be learned from."""
        return self.state in OVER and self.started_at is not None


@dataclass(frozen=True, slots=True)
class Cell:
    """One step in one iteration, under the code and with the duration in seconds that it had there.

    The times are those of the last attempt; `started` and `ended` are of the work, without its verification.
    `first` = it went through at the first attempt. `troubles` = why it was blocked or failed, as often as that was.
    """

    step_id: UUID
    code: str
    planned: int
    state: StepState
    behaviour: Behaviour = Behaviour.WORK
    attempts: int = 1
    started: datetime | None = None
    ended: datetime | None = None
    ready: datetime | None = None
    assumed: bool = False
    in_scope: bool = True
    dormant: bool = False
    failed: bool = False
    team: UUID | None = None
    applications: frozenset[str] = frozenset()
    troubles: tuple[str, ...] = ()

    @property
    def seconds(self) -> int | None:
        """How long the work took; None where it was not measured (not done, or never begun by anybody)."""
        if self.state is not StepState.COMPLETE or not self.in_scope or self.behaviour not in TIMED:
            return None
        if self.started is None or self.ended is None:
            return None
        return max(0, round((self.ended - self.started).total_seconds()))

    @property
    def learned(self) -> int | None:
        """The same where somebody said when it began: an assumed start teaches nothing."""
        return None if self.assumed else self.seconds

    @property
    def retried(self) -> bool:
        """Whether it took more than one attempt."""
        return self.attempts > 1


@dataclass(frozen=True, slots=True)
class Row:
    """A step through all iterations, by the code it has now; `estimate` = the newest plan's, in seconds.

    `estimate` None: the newest version has it no more. `cells` stand by the iteration's key. `scales` = its time goes
    with the amount of data.
    """

    code: str
    name: str
    chapter: str
    team: str | None
    behaviour: Behaviour
    estimate: int | None
    cells: Mapping[UUID, Cell] = field(default_factory=dict)
    scales: bool = True


@dataclass(frozen=True, slots=True)
class History:
    """All of it: nights in the order in which they were, rows in the order of the plan, and the plan's network.

    `measured` = the same nights as forecasts learn from them, steps under the codes they have now.
    """

    migration_key: str
    nights: Sequence[Night] = ()
    rows: Sequence[Row] = ()
    nodes: Sequence[Node] = ()
    ties: Sequence[Tie] = ()
    measured: Sequence[Rehearsal] = ()

    @property
    def lessons(self) -> list[Night]:
        """The nights that can be learned from."""
        return [night for night in self.nights if night.over]

    @property
    def next(self) -> Night | None:
        """The last iteration to come of which somebody said how much data it will move: the plan is for that one."""
        coming = [one for one in self.nights if one.state in TO_COME and one.data_volume]
        return max(coming, key=lambda one: one.planned_start, default=None)
