"""A plan written as an MS Project file comes back with all that the format holds, and the rest is named."""

from __future__ import annotations

from dataclasses import replace

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings

from tests.unit.msproject_plan import plan_of, staged
from tests.unit.plan_strategies import plans
from tests.unit.test_plan_format import EXAMPLES, read
from tminus.entry.demo.bank import bank_plan
from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    Chapter,
    Dependency,
    LinkKind,
    MacroPhase,
    Plan,
    Step,
    StepType,
    Task,
    Team,
    map_steps,
)
from tminus.runbook.domain.plan_canonical import canonical, normal
from tminus.runbook.readers.msproject.left_out import left_out
from tminus.runbook.readers.msproject.writer import plan_as_msproject

NS = "{http://schemas.microsoft.com/project}"
PLANS = {"bank": bank_plan(), **{path.stem: read(path) for path in EXAMPLES}}


def held(plan: Plan) -> Plan:
    """The plan without what `left_out` names."""

    def link(one: Dependency) -> Dependency:
        return replace(one, lag_seconds=round(one.lag_seconds / 6) * 6)

    def links(after: tuple[Dependency, ...]) -> tuple[Dependency, ...]:
        return tuple(link(one) for one in after)

    def step(one: Step) -> Step:
        type_ = STANDARD_TYPES.get(one.type.code, StepType(one.type.code, one.type.code))
        return replace(one, tasks=(), type=type_, after=links(one.after))

    def phase(one: MacroPhase) -> MacroPhase:
        chapters = tuple(replace(each, after=links(each.after)) for each in one.chapters)
        return replace(one, chapters=chapters, after=links(one.after))

    return replace(
        plan,
        macro_phases=tuple(map_steps(phase(one), step) for one in plan.macro_phases),
        migration=replace(plan.migration, description="") if plan.migration else None,
        types=(),
        controls=(),
        applications=(),
        environments=(),
        environment_roles=(),
    )


@pytest.mark.parametrize("name", PLANS)
def test_an_example_plan_comes_back_field_by_field(name: str) -> None:
    plan = PLANS[name]
    xml = plan_as_msproject(plan)
    rows, findings = staged(xml)
    assert findings == []
    again = plan_of(rows)
    assert canonical(again) == canonical(held(plan))
    assert len(list(again.steps())) == len(list(plan.steps())) > 20
    assert plan_as_msproject(again) == xml


@settings(max_examples=40, deadline=None)
@given(plans())
def test_any_plan_comes_back_but_for_what_is_named(plan: Plan) -> None:
    xml = plan_as_msproject(plan)
    rows, findings = staged(xml)
    assert {one.code for one in findings} <= {"no_steps"}
    again = plan_of(rows)
    assert normal(again) == normal(held(plan))
    assert bool(left_out(plan)) or normal(again) == normal(plan)
    assert plan_as_msproject(again) == xml or _has_own_types(plan)


def _has_own_types(plan: Plan) -> bool:
    """What a type of the plan's own does is not in the file, and so neither is that its steps are milestones."""
    return any(type_ != STANDARD_TYPES.get(type_.code) for type_ in plan.types)


def test_what_is_left_out_is_named_and_counted() -> None:
    steps = (
        Step("A", "A", tasks=(Task("A-1", "x"), Task("A-2", "y")), not_before=parse_moment("Sun 06:00")),
        Step("B", "B", after=(Dependency("A", LinkKind.FS, 45), Dependency("X"))),
    )
    chapters = (Chapter("C", "C", True, steps), Chapter("D", "D", after=(Dependency("C", LinkKind.FF),)))
    said = left_out(Plan("P", macro_phases=(MacroPhase("M", "M", chapters),)))
    assert [sentence.split(":")[0] for sentence in said] == [
        "Tasks of steps",
        "Lags finer than 6 seconds, which were rounded",
        "Links to what is not in the plan",
        "MS Project takes no FF or SF link of a whole group and may refuse the file",
        "Moments by weekday are in a field of their own and move nothing in MS Project",
        "Rollback chapters are planned like all others in MS Project",
    ]
    assert [sentence for sentence in said if "B after A" in sentence] == [said[1]]
    assert ": 2." in said[0]
    assert left_out(Plan("P", macro_phases=(MacroPhase("M", "M", (Chapter("C", "C"),)),))) == []


_TASK_ORDER = """
    UID ID Name Active Manual Type IsNull WBS OutlineNumber OutlineLevel Priority Start Finish Duration
    DurationFormat EffortDriven Estimated Milestone Summary ConstraintType CalendarUID ConstraintDate Notes
    PredecessorLink ExtendedAttribute"""
_PROJECT_ORDER = """
    SaveVersion Name Title ScheduleFromStart StartDate CalendarUID DefaultStartTime DefaultFinishTime MinutesPerDay
    MinutesPerWeek DaysPerMonth DurationFormat WorkFormat NewTasksEffortDriven NewTasksAreManual ExtendedAttributes
    Calendars Tasks Resources Assignments"""


def test_tags_stand_in_the_order_of_the_schema() -> None:
    root = ElementTree.fromstring(plan_as_msproject(PLANS["erp-go-live-weekend"]))
    assert [one.tag.removeprefix(NS) for one in root] == _PROJECT_ORDER.split()
    tasks = list(root.iter(f"{NS}Task"))
    assert len(tasks) > 100
    for task in tasks:
        places = [_TASK_ORDER.split().index(one.tag.removeprefix(NS)) for one in task]
        assert places == sorted(places)


def test_a_new_task_in_an_exported_plan_gets_a_code_that_nothing_has() -> None:
    plan = Plan("P", macro_phases=(MacroPhase("T-7", "M", (Chapter("C", "C", steps=(Step("T-3", "x"),)),)),))
    root = ElementTree.fromstring(plan_as_msproject(plan))
    assert [task.findtext(f"{NS}UID") for task in root.iter(f"{NS}Task")] == ["0", "7", "8", "3"]


def test_dates_follow_the_network_from_t_zero_on() -> None:
    first = Step("A", "A", duration_seconds=3_600, not_before=parse_moment("T+2h"))
    second = Step("B", "B", duration_seconds=60, after=(Dependency("A", LinkKind.FS, 600),))
    plan = Plan("P", macro_phases=(MacroPhase("M", "M", (Chapter("C", "C", steps=(first, second)),)),))
    tasks = {
        task.findtext(f"{NS}Name"): (task.findtext(f"{NS}Start"), task.findtext(f"{NS}Finish"))
        for task in ElementTree.fromstring(plan_as_msproject(plan)).iter(f"{NS}Task")
    }
    assert tasks["A"] == ("2024-01-01T02:00:00", "2024-01-01T03:00:00")
    assert tasks["B"] == ("2024-01-01T03:10:00", "2024-01-01T03:11:00")
    assert tasks["P"][1] == tasks["C"][1] == "2024-01-01T03:11:00"


def test_links_in_a_circle_are_written_without_dates() -> None:
    steps = (Step("A", "A", after=(Dependency("B"),)), Step("B", "B", after=(Dependency("A"),)))
    xml = plan_as_msproject(
        Plan("P", macro_phases=(MacroPhase("M", "M", (Chapter("C", "C", steps=steps),)),))
    )
    assert "<Start>" not in xml
    assert xml.count("<PredecessorLink>") == 2


def test_words_with_semicolons_and_markup_come_back() -> None:
    step = Step(
        "A", '<b> & "x"', labels=("a;b", "c\\d", "e"), scope=("run",), team="DBA", instructions="]]>\n&amp;"
    )
    plan = Plan(
        "P & Q",
        "d",
        teams=(Team("DBA", "<i>"),),
        macro_phases=(MacroPhase("M", "M", (Chapter("C", "C", steps=(step,)),)),),
    )
    assert plan_of(staged(plan_as_msproject(plan))[0]) == normal(plan)
