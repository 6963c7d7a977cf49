"""The format's table, its JSON Schema, its reference page and the example plans say the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema_rs
import pytest
import yaml
from hypothesis import given, settings

import tminus.entry.demo
from tests.unit.plan_strategies import plans
from tminus.kernel.network import Link
from tminus.kernel.schedule import Network, schedule
from tminus.runbook.domain.plan import Behaviour, Plan
from tminus.runbook.domain.plan_canonical import canonical
from tminus.runbook.domain.plan_check import check_plan
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.readers.plan_format import OBJECTS, Field, Kind
from tminus.runbook.readers.plan_schema import schema, schema_text

DOCS = Path(__file__).parents[2] / "docs"
PLANS = Path(tminus.entry.demo.__file__).parent / "plans"
EXAMPLES = sorted(PLANS.glob("*.yaml"))
REFERENCE = (DOCS / "reference/plan-file.md").read_text()
VALIDATOR = jsonschema_rs.Draft202012Validator(schema())


def read(path: Path) -> Plan:
    file = read_plan_file(path.name, path.read_bytes())
    assert file.patch
    plan = merge(None, file.patch).plan
    assert [*file.findings, *check_plan(plan)] == []
    return plan


def spans(plan: Plan) -> dict[str, tuple[int, int]]:
    forward = [step for chapter in plan.chapters() if not chapter.rollback for step in chapter.steps]
    links = [Link(link.code, step.code, link.lag_seconds) for step in forward for link in step.after]
    found = schedule(Network({step.code: step.duration_seconds for step in forward}, links=links))
    return {code: (span.start, span.end) for code, span in found.items()}


def test_the_schema_in_the_docs_is_the_one_the_reader_follows() -> None:
    assert (DOCS / "reference/plan-file.schema.json").read_text() == schema_text(), (
        "write it anew: python -m tminus.runbook.readers.plan_schema docs/reference/plan-file.schema.json"
    )


def test_the_schema_is_a_valid_schema() -> None:
    jsonschema_rs.meta.validate(schema())


@given(plans())
@settings(max_examples=30)
def test_every_export_satisfies_the_schema(plan: Plan) -> None:
    VALIDATOR.validate(canonical(plan))


@pytest.mark.parametrize(
    "wrong", [{"tminus": 2}, {"x": 1}, {"plan": {}}, {"teams": [{"code": "a b"}]}, {"macroPhases": {}}]
)
def test_the_schema_refuses_what_the_reader_refuses(wrong: dict[str, object]) -> None:
    document = {"tminus": 1, "plan": {"name": "N"}} | wrong
    assert not VALIDATOR.is_valid(document)
    assert any(finding.is_error for finding in read_plan_file("x", json.dumps(document).encode()).findings)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_example_plans_have_no_finding_and_satisfy_the_schema(path: Path) -> None:
    read(path)
    VALIDATOR.validate(yaml.safe_load(path.read_text()))


def test_the_example_of_the_reference_is_a_plan_without_a_finding(tmp_path: Path) -> None:
    (tmp_path / "example.yaml").write_text(
        re.findall(r"```yaml\n(tminus: 1\n.*?)```", REFERENCE, re.DOTALL)[0]
    )
    assert len(list(read(tmp_path / "example.yaml").steps())) >= 4


@pytest.mark.parametrize("kind", OBJECTS)
def test_the_reference_names_every_key_with_its_meaning(kind: str) -> None:
    for field in OBJECTS[kind]:
        assert f"| `{field.key}` | {field.meaning}" in REFERENCE


@pytest.mark.parametrize(
    ("kind", "field"),
    [pytest.param(kind, field, id=f"{kind}.{field.key}") for kind in OBJECTS for field in OBJECTS[kind]],
)
def test_the_reference_says_what_a_key_is_where_it_is_absent(kind: str, field: Field) -> None:
    row = rf"^\| `{field.key}` \| {re.escape(field.meaning)} \| [^|]* \| (.*) \|$"
    assert absent(field) in re.findall(row, REFERENCE, re.MULTILINE), f"{kind}.{field.key}"


def absent(field: Field) -> str:
    """How the reference writes what stands there where the file says nothing."""
    if field.needed:
        return "**needed**"
    if field.kind in (Kind.DURATION, Kind.LAG):
        return "0m"
    if isinstance(field.empty, bool):
        return f"`{str(field.empty).lower()}`"
    if field.empty in (None, ()):
        return "none"
    return f"`{field.empty}`" if field.empty else "empty"


def test_the_switchover_is_read_only_for_about_three_minutes() -> None:
    plan = read(PLANS / "data-centre-switchover.yaml")
    assert [phase.code for phase in plan.macro_phases] == [
        "00",
        "01",
        "02",
        "03",
        "04",
        "06",
        "07",
        "08",
        "09",
    ]
    when = spans(plan)
    assert 150 <= when["TRT-0710"][1] - when["TRT-0210"][1] <= 210


def test_the_go_live_is_a_weekend_of_many_teams_with_gates_and_a_way_back() -> None:
    plan = read(PLANS / "erp-go-live-weekend.yaml")
    steps = list(plan.steps())
    working = {step.team for step in steps if step.team}
    assert len(steps) >= 120
    assert len(working) >= 12
    assert working == {team.code for team in plan.teams}
    assert sum(step.behaviour is Behaviour.GATE for step in steps) >= 3
    assert [step.code for step in steps if step.point_of_no_return] == ["TRT-7030"]
    assert sum(chapter.rollback for chapter in plan.chapters()) >= 2
    assert max(end for _, end in spans(plan).values()) <= 50 * 3_600
