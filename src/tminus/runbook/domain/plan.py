"""The plan as a value: what a plan file says and what a plan version holds, free of keys and rows.

Hierarchy: plan > macro-phase > chapter > step > task; people are named by team code, steps by their code.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class StepType(StrEnum):
    """The standard step types; what each does at run time is its `Behaviour`."""

    TRT = "TRT"
    PRE = "PRE"
    BUS = "BUS"
    SYS = "SYS"
    CHK = "CHK"
    IGO = "IGO"
    BGO = "BGO"
    GON = "GON"
    DUM = "DUM"


class Behaviour(StrEnum):
    """How a step acts: work is done by a team, a gate closes by a decision, a milestone completes itself."""

    WORK = "work"
    CHECKPOINT = "checkpoint"
    GATE = "gate"
    MILESTONE = "milestone"


BEHAVIOUR_OF = {
    StepType.TRT: Behaviour.WORK,
    StepType.PRE: Behaviour.WORK,
    StepType.BUS: Behaviour.WORK,
    StepType.SYS: Behaviour.WORK,
    StepType.CHK: Behaviour.CHECKPOINT,
    StepType.IGO: Behaviour.GATE,
    StepType.BGO: Behaviour.GATE,
    StepType.GON: Behaviour.GATE,
    StepType.DUM: Behaviour.MILESTONE,
}


class LinkKind(StrEnum):
    """Finish-to-start and its kin; the first letter is the predecessor's end, the second the successor's."""

    FS = "FS"
    SS = "SS"
    FF = "FF"
    SF = "SF"


@dataclass(frozen=True, slots=True)
class Dependency:
    """`step` must finish (FS) before the step that names it may start, `lag_seconds` later."""

    step: str
    kind: LinkKind = LinkKind.FS
    lag_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to tick off inside a step; a required one must be done before the step is complete."""

    code: str
    title: str
    instructions: str = ""
    team: str | None = None
    required: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One piece of work of one team; the unit that waits, starts and completes. Duration in seconds."""

    code: str
    name: str
    type: StepType = StepType.TRT
    team: str | None = None
    duration_seconds: int = 0
    instructions: str = ""
    auto_activate: bool = False
    point_of_no_return: bool = False
    after: tuple[Dependency, ...] = ()
    tasks: tuple[Task, ...] = ()

    @property
    def behaviour(self) -> Behaviour:
        """What the step's type makes of it at run time."""
        return BEHAVIOUR_OF[self.type]


@dataclass(frozen=True, slots=True)
class Chapter:
    """Steps that belong together; a rollback chapter sleeps until a back-out wakes it."""

    code: str
    name: str
    rollback: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class MacroPhase:
    """The plan's coarsest part, in the order leadership follows it."""

    code: str
    name: str
    chapters: tuple[Chapter, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """Who does steps: reached by mail, and by phone when mail goes unread."""

    code: str
    name: str
    email: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class MigrationRef:
    """The migration a plan file belongs to; created with this name and zone where the key is new."""

    key: str
    name: str
    zone: str = "UTC"
    description: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole plan, as read from a file or from the rows of one version."""

    name: str
    description: str = ""
    migration: MigrationRef | None = None
    teams: tuple[Team, ...] = ()
    macro_phases: tuple[MacroPhase, ...] = ()

    def chapters(self) -> Iterator[Chapter]:
        """Every chapter, top to bottom."""
        for phase in self.macro_phases:
            yield from phase.chapters

    def steps(self) -> Iterator[Step]:
        """Every step, top to bottom."""
        for chapter in self.chapters():
            yield from chapter.steps
