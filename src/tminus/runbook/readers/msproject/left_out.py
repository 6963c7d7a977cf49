"""What of a plan an MS Project file cannot hold, said before it is exported."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tminus.runbook.domain.moment import WeekTime
from tminus.runbook.domain.plan import STANDARD_TYPES, Chapter, Dependency, LinkKind, MacroPhase, Plan, Step
from tminus.runbook.readers.msproject.terms import LAG_UNIT

_NAMED = 5
"""Codes named in one sentence; of more their number is told."""


def left_out(plan: Plan) -> list[str]:
    """Return a sentence for each thing of the plan that does not come back from its MS Project file as it was."""
    return [*_lists(plan), *_links(plan), *_shown_otherwise(plan)]


def _lists(plan: Plan) -> Iterator[str]:
    tasks = sum(len(step.tasks) for step in plan.steps())
    if tasks:
        yield f"Tasks of steps: {tasks:,}. As tasks below it they would make a step a summary task, without a duration."
    if plan.controls:
        yield f"Controls: {_these(one.code for one in plan.controls)}."
    own = [one for one in plan.types if one != STANDARD_TYPES.get(one.code)]
    if own:
        yield f"Names and behaviours of step types: {_these(one.code for one in own)}. Steps keep their codes."
    if plan.applications:
        yield f"Names of applications: {_these(one.code for one in plan.applications)}. Steps keep their codes."
    if plan.environment_roles:
        codes = _these(one.code for one in plan.environment_roles)
        yield f"Names of environment roles: {codes}. Steps keep their codes."
    if plan.environments:
        yield f"Environments: {_these(one.code for one in plan.environments)}."
    if plan.migration and plan.migration.description:
        yield "The migration's description."


def _links(plan: Plan) -> Iterator[str]:
    links = [(thing, link) for thing in _things(plan) for link in thing.after]
    fine = [f"{thing.code} after {link.code}" for thing, link in links if link.lag_seconds % LAG_UNIT]
    if fine:
        yield f"Lags finer than {LAG_UNIT} seconds, which were rounded: {_these(fine)}."
    codes = {thing.code for thing in _things(plan)}
    nowhere = [f"{thing.code} after {link.code}" for thing, link in links if link.code not in codes]
    if nowhere:
        yield f"Links to what is not in the plan: {_these(nowhere)}."
    ends = [f"{thing.code} after {link.code}" for thing, link in links if _of_a_groups_end(thing, link)]
    if ends:
        yield f"MS Project takes no FF or SF link of a whole group and may refuse the file: {_these(ends)}."


def _of_a_groups_end(thing: MacroPhase | Chapter | Step, link: Dependency) -> bool:
    return not isinstance(thing, Step) and link.kind in (LinkKind.FF, LinkKind.SF)


def _shown_otherwise(plan: Plan) -> Iterator[str]:
    weekly = [
        step.code
        for step in plan.steps()
        if any(isinstance(m, WeekTime) for m in (step.not_before, step.fixed_start))
    ]
    if weekly:
        yield f"Moments by weekday are in a field of their own and move nothing in MS Project: {_these(weekly)}."
    sleeping = [chapter.code for chapter in plan.chapters() if chapter.rollback]
    if sleeping:
        yield f"Rollback chapters are planned like all others in MS Project: {_these(sleeping)}."


def _things(plan: Plan) -> tuple[MacroPhase | Chapter | Step, ...]:
    return (*plan.macro_phases, *plan.chapters(), *plan.steps())


def _these(words: Iterable[str]) -> str:
    """Name a few, count the rest."""
    found = list(words)
    more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
    return ", ".join(found[:_NAMED]) + more
