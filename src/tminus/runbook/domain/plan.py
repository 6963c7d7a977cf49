"""The plan as a value: what a plan file says and what a plan version holds, free of keys and rows.

Hierarchy: plan > macro-phase > chapter > step > task. Everything is named by its code: a code is unique in
its plan, whatever it names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from tminus.runbook.domain.moment import Moment


class Behaviour(StrEnum):
    """How a step acts: work is done by a team, a gate closes by a decision, a milestone completes itself."""

    WORK = "work"
    CHECKPOINT = "checkpoint"
    GATE = "gate"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class StepType:
    """What kind of step it is, by name, and so how it behaves."""

    code: str
    name: str
    behaviour: Behaviour = Behaviour.WORK


STANDARD_TYPES = {
    type_.code: type_
    for type_ in (
        StepType("TRT", "Technical work"),
        StepType("PRE", "Preparation"),
        StepType("BUS", "Business work"),
        StepType("SYS", "System work"),
        StepType("CHK", "Checkpoint", Behaviour.CHECKPOINT),
        StepType("IGO", "IT go/no-go", Behaviour.GATE),
        StepType("BGO", "Business go/no-go", Behaviour.GATE),
        StepType("GON", "Go/no-go", Behaviour.GATE),
        StepType("DUM", "Milestone", Behaviour.MILESTONE),
    )
}
"""The nine types every plan has; a plan adds its own, each on one of the behaviours."""

TRT = STANDARD_TYPES["TRT"]


class LinkKind(StrEnum):
    """Finish-to-start and its kin; the first letter is the predecessor's end, the second the successor's."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


@dataclass(frozen=True, slots=True)
class Dependency:
    """The step, chapter or macro-phase `code` comes first, in the way of `kind`, `lag_seconds` apart."""

    code: str
    kind: LinkKind = LinkKind.FS
    lag_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Control:
    """What has to be shown before it is believed: a team produces the evidence, another one validates it."""

    code: str
    name: str
    description: str = ""
    producer: str | None = None
    validator: str | None = None
    critical: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to tick off inside a step; a required one must be done before the step is complete.

    `nominee` = the person meant to do it, by mail address or name; `controls` = codes of what it is to satisfy.
    """

    code: str
    title: str
    instructions: str = ""
    team: str | None = None
    required: bool = True
    nominee: str | None = None
    controls: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work of one team; the unit that waits, starts and completes. Duration in seconds.

    `environment` is a role (SOURCE, TARGET), made real for each iteration; `scope` names the kinds of iteration or
    the iterations it is part of, and says nothing where it is part of all; `not_before` is heeded by plan and
    forecast, `fixed_start` locks the step until then; `undoes` names the forward steps that a step of a rollback
    chapter takes back.
    """

    code: str
    name: str
    type: StepType = TRT
    team: str | None = None
    duration_seconds: int = 0
    instructions: str = ""
    auto_activate: bool = False
    point_of_no_return: bool = False
    after: tuple[Dependency, ...] = ()
    tasks: tuple[Task, ...] = ()
    impacted_teams: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    applications: tuple[str, ...] = ()
    environment: str | None = None
    scope: tuple[str, ...] = ()
    not_before: Moment | None = None
    fixed_start: Moment | None = None
    evidence_required: bool = False
    undoes: tuple[str, ...] = ()

    @property
    def behaviour(self) -> Behaviour:
        """What the step's type makes of it at run time."""
        return self.type.behaviour


@dataclass(frozen=True, slots=True)
class Chapter:
    """Steps that belong together; a rollback chapter sleeps until a back-out wakes it."""

    code: str
    name: str
    rollback: bool = False
    steps: tuple[Step, ...] = ()
    after: tuple[Dependency, ...] = ()


@dataclass(frozen=True, slots=True)
class MacroPhase:
    """The plan's coarsest part, in the order leadership follows it."""

    code: str
    name: str
    chapters: tuple[Chapter, ...] = ()
    after: tuple[Dependency, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """Who does steps: reached by mail, and by phone when mail goes unread."""

    code: str
    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class Application:
    """A system that steps concern."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Environment:
    """A real place where things run: PROD, REH-2."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class EnvironmentRole:
    """What an environment is in the plan: SOURCE, TARGET; each iteration says which one it is this time."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class MigrationRef:
    """The migration a plan file belongs to; created with this name and zone where the key is new."""

    key: str
    name: str
    zone: str = "UTC"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan, as read from a file or from the rows of one version.

    Teams, applications, environments and their roles are the migration's; the rest is the version's own.
    """

    name: str
    description: str = ""
    migration: MigrationRef | None = None
    teams: tuple[Team, ...] = ()
    macro_phases: tuple[MacroPhase, ...] = ()
    types: tuple[StepType, ...] = ()
    controls: tuple[Control, ...] = ()
    applications: tuple[Application, ...] = ()
    environments: tuple[Environment, ...] = ()
    environment_roles: tuple[EnvironmentRole, ...] = ()

    def chapters(self) -> Iterator[Chapter]:
        """Every chapter, top to bottom."""
        for phase in self.macro_phases:
            yield from phase.chapters

    def steps(self) -> Iterator[Step]:
        """Every step, top to bottom."""
        for chapter in self.chapters():
            yield from chapter.steps


def map_steps(phase: MacroPhase, change: Callable[[Step], Step]) -> MacroPhase:
    """Return the macro-phase with every step changed."""
    chapters = (replace(one, steps=tuple(change(step) for step in one.steps)) for one in phase.chapters)
    return replace(phase, chapters=tuple(chapters))
