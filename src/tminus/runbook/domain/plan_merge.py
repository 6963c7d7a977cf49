"""A plan and what a file says of it, put together.

Things are matched by code, wherever in the plan they stand. A file never removes what it does not contain,
unless it is to replace the plan: then the plan is what the file says and nothing else. Teams are the
migration's and outlive every plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from tminus.runbook.domain.findings import Finding, Severity, Subject, did_you_mean
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    TRT,
    Application,
    Chapter,
    Control,
    Environment,
    EnvironmentRole,
    MacroPhase,
    Plan,
    Step,
    StepType,
    Task,
    Team,
    map_steps,
)
from tminus.runbook.domain.plan_patch import (
    ABSENT,
    ChapterPatch,
    MacroPhasePatch,
    NamedPatch,
    Patch,
    PlanPatch,
    StepPatch,
    TaskPatch,
    values_given,
)

Named = Team | Application | Environment | EnvironmentRole | StepType | Control
T = TypeVar("T", bound=Task | Step | Chapter | MacroPhase | Named)
_NAME_OF: dict[type, str] = {Task: "title"}


@dataclass(frozen=True, slots=True)
class Merged:
    """The plan as it would be, and what the file failed to say of things that are new."""

    plan: Plan
    findings: tuple[Finding, ...] = ()


def merge(base: Plan | None, patch: PlanPatch, *, replace_all: bool = False) -> Merged:
    """Return the plan that results from saying `patch` to `base` (None: to nothing)."""
    old = base or Plan(patch.name)
    return _Merge(old, replace_all).merged(patch)


class _Merge:
    def __init__(self, base: Plan, replace_all: bool) -> None:
        self.base = base
        self.replace_all = replace_all
        self.findings: list[Finding] = []
        self.old_chapters = {chapter.code: chapter for chapter in base.chapters()}
        self.old_steps = {step.code: step for step in base.steps()}
        self.old_tasks = {task.code: task for step in base.steps() for task in step.tasks}
        self.types = dict(STANDARD_TYPES)
        self.moved: set[tuple[type, str]] = set()

    def merged(self, patch: PlanPatch) -> Merged:
        self._note_moves(patch)
        types = self._named(StepType, () if self.replace_all else self.base.types, patch.types)
        self.types |= {one.code: one for one in types}
        phases = self._phases(self.base.macro_phases, patch.macro_phases)
        if patch.types:
            phases = tuple(map_steps(phase, self._retyped) for phase in phases)
        kept = "" if self.replace_all else self.base.description
        description = kept if patch.description is ABSENT else patch.description
        migration = self.base.migration or patch.migration
        controls = self._named(Control, () if self.replace_all else self.base.controls, patch.controls)
        plan = Plan(
            self.base.name,
            description,
            migration,
            self._named(Team, self.base.teams, patch.teams),
            phases,
            types,
            controls,
            self._named(Application, self.base.applications, patch.applications),
            self._named(Environment, self.base.environments, patch.environments),
            self._named(EnvironmentRole, self.base.environment_roles, patch.environment_roles),
        )
        return Merged(plan, tuple(self.findings))

    def _note_moves(self, patch: PlanPatch) -> None:
        """What the file names is taken from where the file has it, and so not from where it was."""
        for phase in patch.macro_phases:
            for chapter in phase.chapters:
                self.moved.add((Chapter, chapter.code))
                for step in chapter.steps:
                    self.moved.add((Step, step.code))
                    self.moved.update((Task, task.code) for task in step.tasks)

    def _named(self, kind: type[T], base: Iterable[T], patches: Iterable[NamedPatch]) -> tuple[T, ...]:
        """Things that others name by their codes; what is the migration's outlives every plan."""
        things = {thing.code: thing for thing in base}
        for patch in patches:
            things[patch.code] = self._thing(kind, things.get(patch.code), patch)
        return tuple(sorted(things.values(), key=lambda thing: thing.code))

    def _phases(
        self, base: Sequence[MacroPhase], patches: Sequence[MacroPhasePatch]
    ) -> tuple[MacroPhase, ...]:
        old = {phase.code: phase for phase in base}
        given = {
            patch.code: replace(
                self._thing(MacroPhase, known := old.get(patch.code), patch),
                chapters=self._chapters(known.chapters if known else (), patch.chapters),
            )
            for patch in patches
        }
        kept = [replace(phase, chapters=self._chapters(phase.chapters, ())) for phase in base]
        return tuple(self._ordered(kept, given))

    def _chapters(self, base: Sequence[Chapter], patches: Sequence[ChapterPatch]) -> tuple[Chapter, ...]:
        given = {
            patch.code: replace(
                self._thing(Chapter, known := self.old_chapters.get(patch.code), patch),
                steps=self._steps(known.steps if known else (), patch.steps),
            )
            for patch in patches
        }
        stay = [
            replace(chapter, steps=self._steps(chapter.steps, ()))
            for chapter in base
            if chapter.code in given or (Chapter, chapter.code) not in self.moved
        ]
        return tuple(self._ordered(stay, given))

    def _steps(self, base: Sequence[Step], patches: Sequence[StepPatch]) -> tuple[Step, ...]:
        given = {
            patch.code: replace(
                self._thing(Step, known := self.old_steps.get(patch.code), patch),
                tasks=self._tasks(known.tasks if known else (), patch.tasks),
            )
            for patch in patches
        }
        stay = [
            replace(step, tasks=self._tasks(step.tasks, ()))
            for step in base
            if step.code in given or (Step, step.code) not in self.moved
        ]
        return tuple(self._ordered(stay, given))

    def _tasks(self, base: Sequence[Task], patches: Sequence[TaskPatch]) -> tuple[Task, ...]:
        given = {patch.code: self._thing(Task, self.old_tasks.get(patch.code), patch) for patch in patches}
        stay = [task for task in base if task.code in given or (Task, task.code) not in self.moved]
        return tuple(self._ordered(stay, given))

    def _thing(self, kind: type[T], old: T | None, patch: Patch) -> T:
        values: dict[str, Any] = values_given(patch)
        if kind is Step and "type" in values:
            values["type"] = self._type(patch.code, values["type"])
        if old is not None and not self.replace_all:
            return replace(old, **values)
        name = _NAME_OF.get(kind, "name")
        if name not in values:
            self.findings.append(_nameless(kind, patch.code, name))
        known = {field.name for field in fields(kind)}
        return kind(**{name: ""} | {key: value for key, value in values.items() if key in known})

    def _retyped(self, step: Step) -> Step:
        """A step whose type acts otherwise from now on acts so too."""
        return replace(step, type=self.types.get(step.type.code, step.type))

    def _type(self, step: str, code: str) -> StepType:
        known = self.types.get(code)
        if known:
            return known
        hint = did_you_mean(code, self.types) or "The types are " + ", ".join(self.types) + "."
        message = f"“{code}” is not a type of step."
        subject = Subject("step", step, "type")
        self.findings.append(Finding("unknown_type", Severity.ERROR, message, hint, subject=subject))
        return TRT

    def _ordered(self, base: Sequence[T], given: Mapping[str, T]) -> list[T]:
        """The file's order leads; what it does not name stays behind the one it stood behind."""
        if self.replace_all:
            return list(given.values())
        return _interleaved(base, given)


def _interleaved(base: Sequence[T], given: Mapping[str, T]) -> list[T]:
    following: dict[str | None, list[T]] = {}
    anchor: str | None = None
    for thing in base:
        if thing.code in given:
            anchor = thing.code
        else:
            following.setdefault(anchor, []).append(thing)
    known = {thing.code for thing in base}
    things: list[T] = []
    waiting = following.get(None, [])
    for code, thing in given.items():
        if code in known or not things:
            # New things stay with the one they follow in the file; then come those it does not name.
            things += waiting
            waiting = following.get(code, [])
        things.append(thing)
    return things + waiting


_KIND_NAMES: dict[type, str] = {
    Task: "task",
    Step: "step",
    Chapter: "chapter",
    MacroPhase: "macroPhase",
    Team: "team",
    Application: "application",
    Environment: "environment",
    EnvironmentRole: "environmentRole",
    StepType: "type",
    Control: "control",
}


def _nameless(kind: type, code: str, name: str) -> Finding:
    word = _KIND_NAMES[kind]
    spoken = {MacroPhase: "macro-phase", EnvironmentRole: "environment role", StepType: "step type"}.get(
        kind, word
    )
    message = f"{spoken.capitalize()} “{code}” is new and has no “{name}”."
    return Finding("missing_field", Severity.ERROR, message, subject=Subject(word, code))
