"""Mermaid and SVG of a plan's network: everything is in them, nothing breaks out of them, large plans are folded."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings

from tests.unit.plan_strategies import plans
from tests.unit.test_msproject_round_trip import PLANS
from tminus.runbook.domain.plan import STANDARD_TYPES, Chapter, Dependency, LinkKind, MacroPhase, Plan, Step
from tminus.runbook.readers.drawings.mermaid import LONGEST, MOST_STEPS, plan_as_mermaid
from tminus.runbook.readers.drawings.network_layout import placed
from tminus.runbook.readers.drawings.network_svg import plan_as_svg
from tminus.runbook.readers.drawings.network_view import view

SVG = "{http://www.w3.org/2000/svg}"
NASTY = """</text><script>alert(1)</script> "quoted" 'x' & %%{init: {"securityLevel":"loose"}}%% [a](b) `c` | ; # end"""
_LINE = re.compile(
    r"%% .*|flowchart LR|  end|    end"
    r'|  (  )?subgraph n\d+\["[^"<>{}%`\[\]()|]*"\]'
    r'|      n\d+(\[|\[/|\{\{|\(\[)"([^"<>{}%`\[\]()|]|<br/>)*"(\]|/\]|\}\}|\]\))'
    r'|  n\d+ (-->|-\.->)(\|"[^"<>{}%`\[\]()|]*"\|)? n\d+'
)


def plan(*steps: Step, more: tuple[Chapter, ...] = (), after: tuple[Dependency, ...] = ()) -> Plan:
    return Plan("P", macro_phases=(MacroPhase("M", "M", (Chapter("C", "C", steps=steps), *more), after),))


def chain(count: int) -> tuple[Step, ...]:
    return tuple(
        Step(f"S{n}", f"Step {n}", after=(Dependency(f"S{n - 1}"),) if n else ()) for n in range(count)
    )


def said(svg: str) -> list[str]:
    return [one.text or "" for one in ElementTree.fromstring(svg, forbid_dtd=True).iter(f"{SVG}text")]


@pytest.mark.parametrize("name", PLANS)
def test_an_example_plan_is_drawn_whole(name: str) -> None:
    whole = PLANS[name]
    drawn = plan_as_svg(whole)
    titles = {one.text or "" for one in ElementTree.fromstring(drawn).iter(f"{SVG}title")}
    folded = len(list(whole.steps())) > 150
    boxes = list(whole.chapters()) if folded else list(whole.steps())
    for box in boxes:
        assert any(title.startswith(f"{box.code} {box.name} (") for title in titles)
    text = plan_as_mermaid(whole)
    for line in text.splitlines():
        assert _LINE.fullmatch(line), line
    assert len(re.findall(r"^      n\d+", text, re.MULTILINE)) == len(boxes)
    assert len(text) <= LONGEST


def test_every_kind_of_link_and_lag_is_named() -> None:
    steps = [Step("A", "A")]
    for number, kind in enumerate(LinkKind):
        steps.append(Step(f"B{number}", "B", after=(Dependency("A", kind, 1_800 * (number - 1)),)))
    text = plan_as_mermaid(plan(*steps))
    assert [line.strip() for line in text.splitlines() if "->" in line] == [
        'n3 -->|"-30m"| n4',
        'n3 -.->|"SS"| n5',
        'n3 -.->|"FF +30m"| n6',
        'n3 -.->|"SF +1h"| n7',
    ]
    assert {"-30m", "SS", "FF +30m", "SF +1h"} <= set(said(plan_as_svg(plan(*steps))))


def test_links_of_groups_are_drawn_between_groups_or_told() -> None:
    more = (Chapter("D", "D", after=(Dependency("C"),), steps=(Step("E", "E", after=(Dependency("C"),)),)),)
    grouped = plan(Step("A", "A"), more=more)
    arrows = [line.strip() for line in plan_as_mermaid(grouped).splitlines() if "->" in line]
    assert arrows == ["n2 --> n4", "n2 --> n5"]
    assert said(plan_as_svg(grouped)).count("after C") == 2
    spots = placed(view(grouped, folded=False))[0].spots
    assert spots["A"].column < spots["E"].column


@pytest.mark.parametrize("behaviour", ["TRT", "CHK", "GON", "DUM"])
def test_nothing_that_people_write_breaks_out(behaviour: str) -> None:
    step = Step("A", NASTY, STANDARD_TYPES[behaviour], point_of_no_return=True)
    nasty = replace(plan(step, more=(Chapter("end", NASTY),)), name=NASTY)
    drawn = plan_as_svg(nasty)
    tags = {one.tag.removeprefix(SVG) for one in ElementTree.fromstring(drawn).iter()}
    assert tags <= {"svg", "title", "desc", "style", "defs", "marker", "path", "rect", "text", "g"}
    assert not re.search(r"href|url\((?!#tip)|\son\w+=|@import", re.sub(r">[^<]*<", "><", drawn))
    for line in plan_as_mermaid(nasty).splitlines():
        assert _LINE.fullmatch(line), line
        assert not line.startswith("%%{")


@settings(max_examples=40, deadline=None)
@given(plans())
def test_any_plan_is_drawn(any_plan: Plan) -> None:
    ElementTree.fromstring(plan_as_svg(any_plan))
    for line in plan_as_mermaid(any_plan).splitlines():
        assert _LINE.fullmatch(line), line


@settings(max_examples=40, deadline=None)
@given(plans())
def test_boxes_stand_apart_and_right_of_what_they_follow(any_plan: Plan) -> None:
    shown = view(any_plan, folded=False)
    for one in placed(shown):
        places = list(one.spots.values())
        assert len(set(places)) == len(places)
        assert all(spot.row < one.rows[spot.lane] for spot in places)
        for arrow in shown.arrows:
            if {arrow.source, arrow.target} <= one.spots.keys():
                assert one.spots[arrow.source].column < one.spots[arrow.target].column


def test_links_in_a_circle_are_drawn_nevertheless() -> None:
    circle = plan(Step("A", "A", after=(Dependency("B"),)), Step("B", "B", after=(Dependency("A"),)))
    spots = placed(view(circle, folded=False))[0].spots
    assert (spots["A"].column, spots["B"].column) == (0, 1)
    assert plan_as_svg(circle).count('marker-end="url(#tip)"') == 2 + 2
    assert plan_as_mermaid(circle).count("-->") == 2


@pytest.mark.parametrize(("count", "folded"), [(150, False), (151, True)])
def test_a_drawing_folds_where_it_could_not_be_read(count: int, folded: bool) -> None:
    chapters = (Chapter("D", "D", steps=(Step("Z", "Z", after=(Dependency("S1"), Dependency("S0"))),)),)
    drawn = plan_as_svg(plan(*chain(count - 1), more=chapters))
    assert ("Every box is a chapter" in drawn) == folded
    assert (f"{count - 1} steps" in said(drawn)) == folded
    assert ("2×" in said(drawn)) == folded


@pytest.mark.parametrize(("count", "folded"), [(MOST_STEPS, False), (MOST_STEPS + 1, True)])
def test_a_flowchart_folds_where_mermaid_could_not_draw_it(count: int, folded: bool) -> None:
    text = plan_as_mermaid(plan(*chain(count)))
    assert ("each box is a chapter" in text) == folded
    assert (f"{count} steps" in text) == folded


def test_a_flowchart_folds_for_its_links_and_for_its_length() -> None:
    every = tuple(Step(f"B{n}", "B", after=tuple(Dependency(f"A{m}") for m in range(23))) for n in range(23))
    assert "each box is a chapter" in plan_as_mermaid(plan(*(Step(f"A{m}", "A") for m in range(23)), *every))
    assert "each box is a chapter" in plan_as_mermaid(plan(*(Step(f"A{m}", "x" * 300) for m in range(200))))


def test_the_drawing_of_nothing_is_a_drawing() -> None:
    assert said(plan_as_svg(Plan("P")))[0] == "P"
    assert plan_as_mermaid(Plan("P")) == "%% P\nflowchart LR\n"
