"""From the things of a draft to the plan as one value, for rules that look at all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from tminus.runbook.domain.moment import Moment, parse_moment
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    Application,
    Behaviour,
    Chapter,
    Control,
    Dependency,
    EnvironmentRole,
    LinkKind,
    MacroPhase,
    Plan,
    Step,
    StepType,
    Task,
)
from tminus.runbook.domain.plan_edit import Key, Level, Names, Thing, Tie, Values

Inside = Mapping[tuple[Level, str | None], list[Thing]]
After = Mapping[str, tuple[Dependency, ...]]


def plan_of(frame: Plan, things: Mapping[Key, Thing], ties: Iterable[Tie], names: Names) -> Plan:
    """Return the plan that these things make up; `frame` has what is not the version's own: name, teams…"""
    inside: dict[tuple[Level, str | None], list[Thing]] = defaultdict(list)
    for thing in things.values():
        inside[thing.level, thing.parent].append(thing)
    after = _after(ties)
    own = {one.code: _type(one) for one in inside[Level.TYPE, None]}
    types = STANDARD_TYPES | own
    return replace(
        frame,
        macro_phases=tuple(_phase(one, inside, after, types) for one in inside[Level.MACRO_PHASE, None]),
        types=tuple(own.values()),
        controls=tuple(_control(one.values) for one in inside[Level.CONTROL, None]),
        applications=tuple(Application(code, name) for code, name in names.applications.items()),
        environment_roles=tuple(EnvironmentRole(code, name) for code, name in names.roles.items()),
    )


def _after(ties: Iterable[Tie]) -> After:
    after: dict[str, tuple[Dependency, ...]] = defaultdict(tuple)
    for tie in ties:
        after[tie.to] = (*after[tie.to], Dependency(tie.code, LinkKind(tie.kind), tie.lag))
    return after


def _type(thing: Thing) -> StepType:
    return StepType(thing.code, thing.name, Behaviour(thing.values["behaviour"]))


def _phase(thing: Thing, inside: Inside, after: After, types: Mapping[str, StepType]) -> MacroPhase:
    chapters = inside.get((Level.CHAPTER, thing.code), ())
    return MacroPhase(
        thing.code,
        thing.name,
        tuple(_chapter(one, inside, after, types) for one in chapters),
        after.get(thing.code, ()),
    )


def _chapter(thing: Thing, inside: Inside, after: After, types: Mapping[str, StepType]) -> Chapter:
    steps = (_step(one, inside, after, types) for one in inside.get((Level.STEP, thing.code), ()))
    rollback = bool(thing.values["rollback"])
    return Chapter(thing.code, thing.name, rollback, tuple(steps), after.get(thing.code, ()))


def _step(thing: Thing, inside: Inside, after: After, types: Mapping[str, StepType]) -> Step:
    values = thing.values
    return Step(
        thing.code,
        thing.name,
        types.get(values["type"]) or StepType(values["type"], "", Behaviour(values["behaviour"])),
        values["team"],
        values["durationSeconds"],
        values["instructions"],
        values["autoActivate"],
        values["pointOfNoReturn"],
        after.get(thing.code, ()),
        tuple(_task(one.values) for one in inside.get((Level.TASK, thing.code), ())),
        tuple(values["impactedTeams"]),
        tuple(values["labels"]),
        tuple(values["applications"]),
        values["environment"],
        tuple(values["scope"]),
        _moment(values["notBefore"]),
        _moment(values["fixedStart"]),
        evidence_required=values["evidence"],
        undoes=tuple(values["undoes"]),
    )


def _moment(text: str | None) -> Moment | None:
    return parse_moment(text) if text else None


def _task(values: Values) -> Task:
    return Task(
        values["code"],
        values["title"],
        values["instructions"],
        values["team"],
        values["required"],
        values["nominee"],
        tuple(values["controls"]),
    )


def _control(values: Values) -> Control:
    return Control(
        values["code"],
        values["name"],
        values["description"],
        values["producer"],
        values["validator"],
        values["critical"],
    )
