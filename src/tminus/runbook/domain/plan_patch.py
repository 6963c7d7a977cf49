"""What a plan file says, before it meets the plan it is about.

A file may say less than a plan holds: a key that is absent leaves a value as it is, an explicit null clears
it. Here the first is `ABSENT`; the second was already turned into the value that means "nothing".
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from typing import Any, Final

from tminus.runbook.domain.moment import Moment
from tminus.runbook.domain.plan import Behaviour, Dependency, MigrationRef


class Absent(Enum):
    """The type of `ABSENT`."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""The file does not speak of this value."""


@dataclass(frozen=True, slots=True)
class TeamPatch:
    """What the file says of a team."""

    code: str
    name: str | Absent = ABSENT
    email: str | Absent | None = ABSENT
    phone: str | Absent | None = ABSENT


@dataclass(frozen=True, slots=True)
class ApplicationPatch:
    """What the file says of an application."""

    code: str
    name: str | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class EnvironmentPatch:
    """What the file says of an environment."""

    code: str
    name: str | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class EnvironmentRolePatch:
    """What the file says of an environment role."""

    code: str
    name: str | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class TypePatch:
    """What the file says of a step type of the plan's own."""

    code: str
    name: str | Absent = ABSENT
    behaviour: Behaviour | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class ControlPatch:
    """What the file says of a control."""

    code: str
    name: str | Absent = ABSENT
    description: str | Absent = ABSENT
    producer: str | Absent | None = ABSENT
    validator: str | Absent | None = ABSENT
    critical: bool | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class TaskPatch:
    """What the file says of a task."""

    code: str
    title: str | Absent = ABSENT
    instructions: str | Absent = ABSENT
    team: str | Absent | None = ABSENT
    required: bool | Absent = ABSENT
    nominee: str | Absent | None = ABSENT
    controls: tuple[str, ...] | Absent = ABSENT


@dataclass(frozen=True, slots=True)
class StepPatch:
    """What the file says of a step; `after` is one value, `tasks` are things of their own."""

    code: str
    type: str | Absent = ABSENT
    name: str | Absent = ABSENT
    team: str | Absent | None = ABSENT
    duration_seconds: int | Absent = ABSENT
    instructions: str | Absent = ABSENT
    auto_activate: bool | Absent = ABSENT
    point_of_no_return: bool | Absent = ABSENT
    evidence_required: bool | Absent = ABSENT
    after: tuple[Dependency, ...] | Absent = ABSENT
    environment: str | Absent | None = ABSENT
    not_before: Moment | Absent | None = ABSENT
    fixed_start: Moment | Absent | None = ABSENT
    scope: tuple[str, ...] | Absent = ABSENT
    impacted_teams: tuple[str, ...] | Absent = ABSENT
    applications: tuple[str, ...] | Absent = ABSENT
    labels: tuple[str, ...] | Absent = ABSENT
    undoes: tuple[str, ...] | Absent = ABSENT
    tasks: tuple[TaskPatch, ...] = ()


@dataclass(frozen=True, slots=True)
class ChapterPatch:
    """What the file says of a chapter."""

    code: str
    name: str | Absent = ABSENT
    rollback: bool | Absent = ABSENT
    after: tuple[Dependency, ...] | Absent = ABSENT
    steps: tuple[StepPatch, ...] = ()


@dataclass(frozen=True, slots=True)
class MacroPhasePatch:
    """What the file says of a macro-phase."""

    code: str
    name: str | Absent = ABSENT
    after: tuple[Dependency, ...] | Absent = ABSENT
    chapters: tuple[ChapterPatch, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPatch:
    """Everything a plan file says."""

    name: str
    description: str | Absent = ABSENT
    migration: MigrationRef | None = None
    teams: tuple[TeamPatch, ...] = ()
    macro_phases: tuple[MacroPhasePatch, ...] = ()
    types: tuple[TypePatch, ...] = ()
    controls: tuple[ControlPatch, ...] = ()
    applications: tuple[ApplicationPatch, ...] = ()
    environments: tuple[EnvironmentPatch, ...] = ()
    environment_roles: tuple[EnvironmentRolePatch, ...] = ()


def teams_named(patch: PlanPatch) -> frozenset[str]:
    """Return the codes of all teams that the file speaks of: in its list, or as whose a step or task is."""
    steps = [step for phase in patch.macro_phases for chapter in phase.chapters for step in chapter.steps]
    impacted = (code for step in steps if step.impacted_teams is not ABSENT for code in step.impacted_teams)
    doing = (*(step.team for step in steps), *(task.team for step in steps for task in step.tasks))
    own = (team.code for team in patch.teams)
    return frozenset((*own, *impacted, *(code for code in doing if isinstance(code, str))))


NamedPatch = TeamPatch | ApplicationPatch | EnvironmentPatch | EnvironmentRolePatch | TypePatch | ControlPatch
"""Things that stand in a list of their own, and have no place among each other."""
Patch = NamedPatch | TaskPatch | StepPatch | ChapterPatch | MacroPhasePatch

_THINGS = frozenset({"tasks", "steps", "chapters"})


def values_given(patch: Patch) -> dict[str, Any]:
    """Return the values the file does speak of, by their name in the plan; things inside are not values."""
    named = ((field.name, getattr(patch, field.name)) for field in fields(patch) if field.name not in _THINGS)
    return {name: value for name, value in named if value is not ABSENT}
