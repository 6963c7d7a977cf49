"""The made-up bank is as large as such plans are, without a finding, and the same each time."""

from __future__ import annotations

import pytest

from tminus.entry.demo.bank import bank_plan
from tminus.kernel.schedule import schedule
from tminus.runbook.domain.plan import LinkKind, Plan
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_facts import PlanFacts
from tminus.runbook.readers.plan_writer import plan_as_yaml


@pytest.fixture(scope="module")
def bank() -> Plan:
    return bank_plan()


def test_it_is_as_large_as_such_plans_are(bank: Plan) -> None:
    steps = list(bank.steps())
    assert len(steps) == pytest.approx(1_200, rel=0.05)
    assert sum(len(step.tasks) for step in steps) == pytest.approx(2_700, rel=0.05)
    assert (len(bank.teams), len(bank.macro_phases), len(list(bank.chapters()))) == (60, 5, 65)


def test_it_has_everything_a_plan_can_have(bank: Plan) -> None:
    facts = PlanFacts.of(bank)
    assert {link.kind for _, link in facts.links()} == set(LinkKind) - {LinkKind.SF}
    assert any(step.fixed_start for step in bank.steps())
    assert any(step.not_before for step in bank.steps())
    assert any(step.scope for step in bank.steps())
    assert any(step.impacted_teams for step in bank.steps())
    assert any(chapter.rollback for chapter in bank.chapters())
    assert [step.code for step in bank.steps() if step.point_of_no_return] == ["TRT-31901"]


def test_it_has_no_finding_and_can_be_scheduled(bank: Plan) -> None:
    assert check_plan(bank) == ()
    assert schedule(PlanFacts.of(bank).network())["OPEN"].end > 0


def test_the_same_seed_makes_the_same_plan_and_another_one_another(bank: Plan) -> None:
    assert plan_as_yaml(bank_plan()) == plan_as_yaml(bank)
    assert plan_as_yaml(bank_plan(7)) != plan_as_yaml(bank)
