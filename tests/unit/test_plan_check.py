from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.moment import Offset
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    Behaviour,
    Chapter,
    Control,
    Dependency,
    MacroPhase,
    Plan,
    Step,
    StepType,
    Task,
    Team,
)
from tminus.runbook.domain.plan_check import check_plan

DBA = Team("DBA", "Databases", "dba@example.org")


def work(code: str, *after: str, **more: object) -> Step:
    values = {"team": "DBA", "duration_seconds": 60} | more
    return Step(code, f"Do {code}", after=tuple(Dependency(one) for one in after), **values)  # type: ignore[arg-type] # test's own words


def check(*steps: Step, back: tuple[Step, ...] = (), teams: tuple[Team, ...] = (DBA,)) -> list[Finding]:
    chapters = [Chapter("A1", "Forward", steps=steps)]
    if back:
        chapters.append(Chapter("R1", "Back", rollback=True, steps=back))
    return list(check_plan(Plan("N", teams=teams, macro_phases=(MacroPhase("PH", "All", tuple(chapters)),))))


def codes(findings: list[Finding]) -> list[tuple[str, str, bool]]:
    return [(one.code, one.subject.code if one.subject else "", one.is_error) for one in findings]


def test_a_plan_in_order_has_no_finding() -> None:
    gate = Step("IGO-1", "Go?", STANDARD_TYPES["IGO"], after=(Dependency("S-1"),))
    stone = Step("DUM-1", "Done", STANDARD_TYPES["DUM"], after=(Dependency("IGO-1"),))
    assert (
        check(
            work("S-1", tasks=(Task("S-1-1", "Look"),)),
            gate,
            stone,
            back=(work("B-1", "S-1", undoes=("S-1",)), work("B-2", "B-1")),
        )
        == []
    )


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((work("S-1"), work("S-1")), ("duplicate_code", "S-1", True)),
        ((work("S-1", "S-9"),), ("unknown_predecessor", "S-1", True)),
        ((work("S-1", "S-1"),), ("cycle", "S-1", True)),
        ((work("S-1", team="DBX"),), ("unknown_team", "S-1", True)),
        ((work("S-1", tasks=(Task("S-1-1", "Look", team="X"),)),), ("unknown_team", "S-1-1", True)),
        (
            (work("G-1", type=STANDARD_TYPES["BGO"], tasks=(Task("T", "t"),)),),
            ("tasks_not_heeded", "G-1", False),
        ),
        (
            (Step("D-1", "d", STANDARD_TYPES["DUM"], tasks=(Task("T", "t"),)),),
            ("tasks_not_heeded", "D-1", False),
        ),
        ((work("D-1", type=STANDARD_TYPES["DUM"]),), ("milestone_with_duration", "D-1", True)),
        ((work("S-1", team=None),), ("no_team", "S-1", False)),
        ((work("S-1", duration_seconds=0),), ("no_duration", "S-1", False)),
        (
            (work("S-1", point_of_no_return=True), work("S-2", point_of_no_return=True)),
            ("several_points_of_no_return", "S-2", False),
        ),
        ((), ("empty_chapter", "A1", False)),
    ],
)
def test_each_rule_finds_its_defect_and_nothing_else(
    steps: tuple[Step, ...], expected: tuple[str, str, bool]
) -> None:
    assert codes(check(*steps)) == [expected]


def test_a_forward_step_that_waits_for_the_way_back_would_never_be_ready() -> None:
    (finding,) = check(work("S-1", "B-1"), back=(work("B-1", undoes=("S-1",)),))
    assert (finding.code, finding.is_error) == ("waits_for_rollback", True)
    assert "S-1 would never be ready" in finding.message


def test_a_point_of_no_return_on_the_way_back_is_a_warning() -> None:
    assert codes(check(work("S-1"), back=(work("B-1", point_of_no_return=True, undoes=("S-1",)),))) == [
        ("no_return_in_rollback", "B-1", False)
    ]


@pytest.mark.parametrize(
    ("forward", "back", "expected"),
    [
        ((work("S-1"),), (work("B-1", undoes=("S-1",)), work("B-2")), []),
        ((work("S-1"),), (work("B-1"),), [("rollback_undoes_nothing", "R1", False)]),
        ((work("S-1"),), (work("B-1", undoes=("S-9",)),), [("unknown_undone", "B-1", True)]),
        ((work("S-1"),), (work("B-1", undoes=("A1",)),), [("unknown_undone", "B-1", True)]),
        ((work("S-1"),), (work("B-1", undoes=("B-1",)),), [("undoes_itself", "B-1", True)]),
        (
            (work("S-1"),),
            (work("B-1", undoes=("S-1",)), work("B-2", undoes=("B-1",))),
            [("undoes_rollback", "B-2", True)],
        ),
        ((work("S-1"), work("S-2", undoes=("S-1",))), (), [("undoes_outside_rollback", "S-2", True)]),
    ],
)
def test_what_steps_say_they_undo_is_checked(
    forward: tuple[Step, ...], back: tuple[Step, ...], expected: list[tuple[str, str, bool]]
) -> None:
    assert codes(check(*forward, back=back)) == expected


def test_a_team_that_cannot_be_mailed_and_an_empty_phase_are_warnings() -> None:
    assert codes(check(work("S-1"), teams=(Team("DBA", "Databases"),))) == [
        ("team_without_email", "DBA", False)
    ]
    assert codes(list(check_plan(Plan("N", macro_phases=(MacroPhase("A", "All"),))))) == [
        ("empty_macro_phase", "A", False)
    ]


def test_every_knot_is_one_finding_that_names_its_way_round() -> None:
    findings = check(work("A", "C"), work("B", "A"), work("C", "B"), work("X", "Y"), work("Y", "X"))
    assert [finding.code for finding in findings] == ["cycle", "cycle"]
    said = " ".join(finding.message for finding in findings)
    assert "A → B → C → A." in said
    assert "X → Y → X." in said


def plan_with(*chapters: Chapter, **more: Any) -> Plan:
    return Plan("N", teams=(DBA,), macro_phases=(MacroPhase("PH", "All", chapters),), **more)


def test_a_circle_across_levels_is_one() -> None:
    first = Chapter("A1", "First", steps=(work("S-1", "S-2"),))
    then = Chapter("B1", "Then", steps=(work("S-2"),), after=(Dependency("A1"),))
    (finding,) = check_plan(plan_with(first, then))
    assert finding.code == "cycle"
    assert "S-1 → A1 → B1 → S-2 → S-1" in finding.message


def test_a_chapter_waits_for_nothing_that_is_in_it() -> None:
    chapter = Chapter("A1", "First", steps=(work("S-1"), work("S-2", "A1")), after=(Dependency("S-1"),))
    assert codes(list(check_plan(plan_with(chapter)))) == [
        ("link_into_itself", "A1", True),
        ("link_into_itself", "S-2", True),
    ]


def test_one_code_is_one_node() -> None:
    chapter = Chapter("PH", "First", steps=(work("S-1"),))
    assert ("duplicate_code", "PH", True) in codes(list(check_plan(plan_with(chapter))))


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (work("S-1", impacted_teams=("NET",)), "unknown_team"),
        (work("S-1", applications=("SAP",)), "unknown_application"),
        (work("S-1", environment="TARGET"), "unknown_environment_role"),
        (work("S-1", tasks=(Task("S-1-1", "t", controls=("C1",)),)), "unknown_control"),
        (work("S-1", scope=("cutovr",)), "unsure_scope"),
        (work("S-1", scope=("x" * 61,)), "bad_scope"),
        (work("S-1", fixed_start=Offset(60), not_before=Offset(120)), "fixed_before_not_before"),
    ],
)
def test_what_a_step_names_is_there(step: Step, code: str) -> None:
    assert [finding.code for finding in check(step)] == [code]


def test_controls_have_somebody_else_to_validate_them() -> None:
    task = Task("S-1-1", "t", controls=("C1", "C2"))
    controls = (
        Control("C1", "Sums agree", producer="DBA", validator="DBA"),
        Control("C2", "Counts agree"),
        Control("C3", "Idle", producer="DBA", validator="NET"),
    )
    net = Team("NET", "Networks", "net@example.org")
    plan = plan_with(Chapter("A1", "First", steps=(work("S-1", tasks=(task,)),)), controls=controls)
    assert codes(list(check_plan(replace(plan, teams=(DBA, net))))) == [
        ("control_validates_itself", "C1", False),
        ("control_without_validator", "C2", False),
        ("idle_control", "C3", False),
    ]


def test_a_standard_type_keeps_its_meaning() -> None:
    own = (StepType("TRT", "Ours", Behaviour.GATE), StepType("NET", "Network", Behaviour.WORK))
    plan = plan_with(Chapter("A1", "First", steps=(work("S-1"),)), types=own)
    assert codes(list(check_plan(plan))) == [("standard_type", "TRT", True)]
