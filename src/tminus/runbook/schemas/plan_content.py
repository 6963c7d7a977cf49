"""A plan version with all that is in it. Teams, applications and all else by code, durations in seconds."""

from __future__ import annotations

from tminus.runbook.domain.plan import LinkKind
from tminus.runbook.domain.plan_edit import Level
from tminus.runbook.schemas.plan_controls import BehaviourName, PlanControl, PlanStepType
from tminus.runbook.schemas.shape import Shape


class PlanLink(Shape):
    """The step, chapter or macro-phase that comes first, in which way, so many seconds apart."""

    code: str
    kind: LinkKind
    lag_seconds: int


class PlanTask(Shape):
    """A task of a step of the plan; `instructions` where the step was asked for alone."""

    code: str
    title: str
    team: str | None
    required: bool
    nominee: str | None
    controls: list[str]
    has_instructions: bool
    instructions: str | None = None


class PlanStep(Shape):
    """A step of the plan; moments as texts (`T+14h`, `Sun 06:00`)."""

    code: str
    name: str
    type: str
    behaviour: BehaviourName
    team: str | None
    duration_seconds: int
    auto_activate: bool
    point_of_no_return: bool
    evidence: bool
    after: list[PlanLink]
    impacted_teams: list[str]
    labels: list[str]
    applications: list[str]
    environment: str | None
    scope: list[str]
    undoes: list[str]
    not_before: str | None
    fixed_start: str | None
    has_instructions: bool
    tasks: list[PlanTask]
    instructions: str | None = None


class PlanChapterHead(Shape):
    """A chapter without its steps."""

    code: str
    name: str
    rollback: bool
    after: list[PlanLink]


class PlanChapter(PlanChapterHead):
    """A chapter with its steps, in their order."""

    steps: list[PlanStep]


class PlanPhaseHead(Shape):
    """A macro-phase without its chapters."""

    code: str
    name: str
    after: list[PlanLink]


class PlanPhase(PlanPhaseHead):
    """A macro-phase with its chapters, in their order."""

    chapters: list[PlanChapter]


class Named(Shape):
    """Something by its code and name."""

    code: str
    name: str


PlanItem = PlanStep | PlanTask | PlanChapterHead | PlanControl | PlanStepType | PlanPhaseHead
"""One thing of a plan alone."""

PlanLevel = Level
