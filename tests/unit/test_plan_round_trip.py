from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.plan_strategies import plans
from tminus.runbook.domain.plan import Chapter, Dependency, MacroPhase, Plan, Step, Task, Team
from tminus.runbook.domain.plan_canonical import canonical, content_hash, normal
from tminus.runbook.domain.plan_diff import Change, Difference, diff
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.domain.plan_patch import (
    ChapterPatch,
    MacroPhasePatch,
    PlanPatch,
    StepPatch,
    TaskPatch,
)
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.readers.plan_writer import plan_as_json, plan_as_yaml


def read_back(text: str, base: Plan | None = None, *, replace_all: bool = False) -> Plan:
    file = read_plan_file("export", text.encode())
    assert not file.findings
    assert file.patch
    merged = merge(base, file.patch, replace_all=replace_all)
    assert not merged.findings
    return merged.plan


@given(plans())
def test_an_export_read_back_is_the_same_plan(plan: Plan) -> None:
    assert normal(plan) == plan
    assert read_back(plan_as_yaml(plan)) == plan
    assert read_back(plan_as_json(plan)) == plan


@given(plans(), st.booleans())
def test_importing_an_export_changes_nothing(plan: Plan, replace_all: bool) -> None:
    again = read_back(plan_as_yaml(plan), plan, replace_all=replace_all)
    assert diff(plan, again).items == ()
    assert content_hash(again) == content_hash(plan)


@given(plans(), plans())
def test_without_replacing_nothing_is_ever_removed_and_with_it_the_file_is_the_plan(
    old: Plan, new: Plan
) -> None:
    new = replace(new, name=old.name)
    assert diff(old, read_back(plan_as_yaml(new), old)).count(Change.REMOVED) == 0
    replaced = read_back(plan_as_yaml(new), old, replace_all=True)
    assert replaced.macro_phases == new.macro_phases


@given(plans(), plans())
def test_the_difference_is_empty_exactly_for_equal_plans(one: Plan, other: Plan) -> None:
    one, other = replace(one, name="N", migration=None), replace(other, name="N", migration=None)
    assert (not diff(one, other).items) == (one == other)
    assert not diff(one, one).items


def steps(*codes: str) -> tuple[Step, ...]:
    return tuple(Step(code, f"Do {code}", duration_seconds=60) for code in codes)


def plan_of(*chapters: Chapter) -> Plan:
    return Plan("Night", macro_phases=(MacroPhase("A", "All", chapters),))


def said(*chapters: ChapterPatch) -> PlanPatch:
    return PlanPatch("Night", macro_phases=(MacroPhasePatch("A", chapters=chapters),))


BASE = plan_of(Chapter("A1", "One", steps=steps("S1", "S2", "S3")), Chapter("A2", "Two", steps=steps("S4")))


def test_what_the_file_does_not_say_stays_and_what_it_says_is_null_goes() -> None:
    base = plan_of(
        Chapter("A1", "One", steps=(Step("S1", "Do", team="DBA", instructions="How", duration_seconds=9),))
    )
    merged = merge(base, said(ChapterPatch("A1", steps=(StepPatch("S1", team=None, name="Does"),))))
    assert list(merged.plan.steps()) == [
        Step("S1", "Does", team=None, instructions="How", duration_seconds=9)
    ]


def test_a_new_step_lands_behind_the_step_it_follows_in_the_file() -> None:
    patch = said(ChapterPatch("A1", steps=(StepPatch("S2"), StepPatch("S2b", name="New"))))
    merged = merge(BASE, patch).plan
    assert [step.code for step in merged.steps()] == ["S1", "S2", "S2b", "S3", "S4"]
    assert diff(BASE, merged).items == (Difference("step", "S2b", Change.ADDED),)


def test_a_step_named_under_another_chapter_moves_there_with_its_tasks() -> None:
    base = plan_of(
        Chapter("A1", "One", steps=(Step("S1", "Do", tasks=(Task("S1-1", "Look"),)),)), Chapter("A2", "Two")
    )
    merged = merge(
        base, said(ChapterPatch("A2", steps=(StepPatch("S1", tasks=(TaskPatch("S1-2", "See"),)),)))
    ).plan
    one, two = merged.chapters()
    assert one.steps == ()
    assert [task.code for task in two.steps[0].tasks] == ["S1-1", "S1-2"]
    assert Difference("step", "S1", Change.CHANGED, ("parent",)) in diff(base, merged).items


def test_one_step_that_changes_its_place_is_one_difference() -> None:
    moved = plan_of(
        Chapter("A1", "One", steps=steps("S3", "S1", "S2")), Chapter("A2", "Two", steps=steps("S4"))
    )
    found = diff(BASE, moved)
    assert found.items == (Difference("step", "S3", Change.CHANGED, ("order",)),)
    assert found.unchanged == 7


def test_the_differences_name_their_fields_and_are_counted() -> None:
    changed = Step("S1", "Do S1", duration_seconds=120, after=(Dependency("S2"),))
    new = plan_of(Chapter("A1", "One", steps=(changed, *steps("S2"))), Chapter("A3", "Three"))
    found = diff(BASE, new)
    assert Difference("step", "S1", Change.CHANGED, ("duration", "after")) in found.items
    assert {item.code for item in found.items if item.change is Change.REMOVED} == {"A2", "S3", "S4"}
    assert (found.count(Change.ADDED), found.count(Change.CHANGED), found.unchanged) == (1, 1, 4)


def test_a_new_thing_without_a_name_is_an_error_a_known_one_is_not() -> None:
    findings = merge(BASE, said(ChapterPatch("A1", steps=(StepPatch("S1"), StepPatch("S9"))))).findings
    assert [finding.message for finding in findings] == ["Step “S9” is new and has no “name”."]


def test_the_hash_is_of_the_content_and_not_of_what_lives_beside_it() -> None:
    assert content_hash(replace(BASE, teams=(Team("DBA", "Databases"),))) == content_hash(BASE)
    assert content_hash(replace(BASE, description="Else")) == content_hash(BASE)
    assert content_hash(replace(BASE, macro_phases=())) != content_hash(BASE)


@pytest.mark.parametrize("plan", [BASE])
def test_an_export_is_made_for_git_long_texts_as_blocks_defaults_left_out(plan: Plan) -> None:
    step = Step(
        "S1",
        "Do S1",
        duration_seconds=5_400,
        instructions="One\nTwo",
        after=(Dependency("S2", lag_seconds=-60),),
    )
    text = plan_as_yaml(plan_of(Chapter("A1", "One", steps=(step, *steps("S2")))))
    assert "duration: 1h 30m\n" in text
    assert "instructions: |\n" in text
    assert "lag: -1m\n" in text
    assert "type" not in text
    assert "migration" not in canonical(plan)
