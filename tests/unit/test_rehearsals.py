"""What rehearsals teach: durations, dependencies and steps, each from cells made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import exp
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tminus.runbook.domain.learning import Began, Observation, PlannedStep, Rehearsal, learn
from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.domain.plan_edit import Level, Tie
from tminus.runbook.domain.plan_edit_network import Node
from tminus.runbook.domain.rehearsals.durations import differs, new_durations, rounded_up
from tminus.runbook.domain.rehearsals.history import Cell, History, Night, Row
from tminus.runbook.domain.rehearsals.insight import InsightKind
from tminus.runbook.domain.rehearsals.insights import all_insights, insights_of
from tminus.runbook.domain.rehearsals.marks import Mark, marks_of, sums_of
from tminus.runbook.domain.rehearsals.missing import alike, missing_steps
from tminus.runbook.domain.rehearsals.order import MOST, missing_dependencies
from tminus.runbook.domain.rehearsals.paths import Paths
from tminus.runbook.domain.rehearsals.renaming import Renamed, current_code
from tminus.runbook.domain.rehearsals.taking import address, free_code, lesson, step_before, title
from tminus.runbook.domain.state import IterationKind, IterationState, StepState

T = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
MIN = 60
DBA, APP = UUID(int=71), UUID(int=72)


def night(number: int, name: str, **more: object) -> Night:
    over = {"state": IterationState.COMPLETE, "started_at": T + timedelta(days=number), **more}
    return Night(UUID(int=number), name, IterationKind.RUN, version=1, planned_start=T, **over)  # type: ignore[arg-type] # test's own words


RUN1, RUN2, DR1 = night(1, "RUN1"), night(2, "RUN2"), night(3, "DR1")
NIGHTS = (RUN1, RUN2, DR1)


def cell(planned: int, took: int | None, begin: int = 0, **more: object) -> Cell:
    """A cell whose work began `begin` minutes after T and took so many minutes; None: it was never done."""
    started = T + timedelta(minutes=begin)
    done = {"state": StepState.COMPLETE, "started": started, "ended": started + timedelta(minutes=took or 0)}
    times = {"state": StepState.NOT_READY} if took is None else done
    return Cell(UUID(int=planned), "X", planned * MIN, **{"team": DBA, **times, **more})  # type: ignore[arg-type] # test's own words


def row(code: str, estimate: int | None, *cells: Cell | None, behaviour: Behaviour = Behaviour.WORK) -> Row:
    """A step with a cell for each night, as far as there are any."""
    at = {
        where.id: replace(one, code=code, step_id=UUID(int=hash((code, where.id)) % 2**64))
        for where, one in zip(NIGHTS, cells, strict=False)
        if one
    }
    return Row(code, f"Step {code}", "A1", "DBA", behaviour, None if estimate is None else estimate * MIN, at)


def history(*rows: Row, nights: Sequence[Night] = NIGHTS, ties: Sequence[Tie] = ()) -> History:
    codes = [Node(Level.STEP, one.code, "A1", 600) for one in rows]
    measured = [Rehearsal(one.name, one.data_volume, list(_observed(rows, one))) for one in nights]
    return History("ERP", nights, rows, [Node(Level.CHAPTER, "A1", None, 0), *codes], ties, measured)


def _observed(rows: Sequence[Row], night: Night) -> Iterator[Observation]:
    """What the forecast learns from, of the same cells."""
    for one in rows:
        seen = one.cells.get(night.id)
        if seen and seen.seconds is not None:
            began = Began.ASSUMED if seen.assumed else Began.PRESSED
            yield Observation(one.code, None, seen.planned, seen.seconds, began)


class TestDurations:
    @pytest.mark.parametrize(("seconds", "said"), [(1, 60), (61, 120), (3600, 3600), (3601, 3900), (0, 60)])
    def test_a_proposal_is_rounded_up_to_minutes_that_people_plan_in(self, seconds: int, said: int) -> None:
        assert rounded_up(seconds) == said

    @given(st.integers(10, 120), st.lists(st.integers(1, 240), min_size=1, max_size=3))
    def test_who_accepts_what_the_forecast_learned_is_expected_to_take_just_that(
        self, estimate: int, took: list[int]
    ) -> None:
        others = [row(f"O{n}", 30, *(cell(30, 30) for _ in took)) for n in range(5)]
        before = history(row("A", estimate, *(cell(estimate, one) for one in took)), *others)
        found = next((one for one in new_durations(before) if one.code == "A"), None)
        if found is None or found.proposed is None:
            return
        first = PlannedStep("A", None, estimate * MIN)
        learned = learn(before.measured, [first]).steps["A"]
        assert found.proposed == rounded_up(learned.estimate * exp(learned.mu))
        after = learn(before.measured, [replace(first, estimate=found.proposed)]).steps["A"]
        assert abs(after.estimate * exp(after.mu) - found.proposed) <= (60 if found.proposed <= 3600 else 300)
        assert found.proposed >= after.estimate * exp(after.mu) - 1  # it is not late by the same history
        accepted = replace(before, rows=[replace(before.rows[0], estimate=found.proposed), *before.rows[1:]])
        assert not [one for one in new_durations(accepted) if one.code == "A"]

    def test_a_step_without_an_estimate_gets_the_mean_of_what_was_measured(self) -> None:
        (found,) = new_durations(history(row("A", 0, cell(0, 10), cell(0, 40))))
        assert (found.current, found.proposed) == (0, 20 * MIN)
        assert "the plan has no estimate" in found.caution

    def test_a_step_that_kept_to_its_estimate_is_not_blamed_for_the_others(self) -> None:
        slow = [row(f"O{n}", 30, cell(30, 90), cell(30, 90)) for n in range(8)]
        found = list(new_durations(history(row("A", 60, cell(60, 59), cell(60, 60)), *slow)))
        assert found and "A" not in {one.code for one in found}
        assert "of their estimates; that counts with it" in found[0].caution

    @pytest.mark.parametrize(
        ("proposed", "estimate", "said"),
        [(36, 30, False), (37, 30, True), (23, 30, True), (24, 30, False), (10, 5, False), (11, 5, True)],
    )
    def test_less_than_a_fifth_or_five_minutes_is_not_proposed(
        self, proposed: int, estimate: int, said: bool
    ) -> None:
        assert differs(proposed * MIN, estimate * MIN) is said

    def test_a_step_that_took_twice_as_long_twice_gets_another_duration_with_its_evidence(self) -> None:
        others = [row(f"O{n}", 30, cell(30, 30), None, cell(30, 30)) for n in range(9)]
        (found,) = new_durations(history(row("A", 30, cell(30, 60), None, cell(30, 62)), *others))
        assert (found.current, found.proposed) == (30 * MIN, 42 * MIN)
        assert (
            found.sentence
            == "In RUN1 and DR1, A took longer than the plan says, on average. Plan 42m instead of 30m."
        )
        assert [(one.night.name, one.sentence) for one in found.evidence] == [
            ("RUN1", "took 1h of 30m planned"),
            ("DR1", "took 1h 2m of 30m planned"),
        ]
        assert found.caution.startswith(
            "Measured twice; this goes 39 % of the way from the plan's estimate to their mean, as the forecast does."
        )

    def test_what_was_not_measured_teaches_nothing(self) -> None:
        assumed = cell(30, 90, assumed=True)
        skipped = cell(30, None, state=StepState.SKIPPED)
        outside = cell(30, 90, in_scope=False)
        assert not list(new_durations(history(row("A", 30, assumed, skipped, outside))))
        assert not list(new_durations(history(row("A", None, cell(30, 90)))))
        assert not list(new_durations(history(row("A", 30, cell(30, 90)), nights=[])))

    def test_a_night_that_is_not_over_teaches_nothing_yet(self) -> None:
        live = replace(RUN1, state=IterationState.LIVE)
        assert not list(new_durations(history(row("A", 30, cell(30, 90)), nights=[live])))

    def test_gates_and_milestones_have_no_duration_to_learn(self) -> None:
        slow = cell(30, 90, behaviour=Behaviour.GATE)
        assert not list(new_durations(history(row("A", 30, slow, behaviour=Behaviour.GATE))))

    def test_what_is_said_of_the_amount_of_data(self) -> None:
        one = history(row("A", 30, cell(30, 60), cell(30, 60)))
        assert "Nobody said how much data" in next(new_durations(one)).caution
        half = replace(one, nights=[replace(RUN1, data_volume=0.5), replace(RUN2, data_volume=1.0)])
        assert "different amounts of data" in next(new_durations(half)).caution
        same = replace(one, nights=[replace(RUN1, data_volume=2.0), replace(RUN2, data_volume=2.0)])
        assert "data" not in next(new_durations(same)).caution


def two_steps(*, gap: int = 2, ready: int = 0, team: UUID = DBA, nights: int = 2, **more: object) -> History:
    """B runs from 0 to 30; A is ready at `ready` and begins `gap` minutes after B's end."""
    first = [cell(30, 30) for _ in range(nights)]
    then = [
        cell(10, 10, 30 + gap, ready=T + timedelta(minutes=ready), team=team, **more) for _ in range(nights)
    ]
    return history(row("B", 30, *first), row("A", 10, *then))


class TestOrder:
    def test_a_step_that_could_have_begun_but_waited_for_another_one(self) -> None:
        (found,) = missing_dependencies(two_steps())
        assert (found.code, found.other, found.kind) == ("A", "B", InsightKind.DEPENDENCY)
        assert [one.sentence for one in found.evidence[:2]] == [
            "ended 2m before A began",
            "was ready for 32m when it began",
        ]
        assert "guess" in found.caution

    @pytest.mark.parametrize(
        "seen",
        [
            two_steps(gap=6),
            two_steps(ready=31),
            two_steps(team=APP),
            two_steps(nights=1),
            two_steps(assumed=True),
            two_steps(attempts=2),
            two_steps(gap=-5),
        ],
        ids=["later", "not ready before", "other team", "once", "assumed", "retried", "while it ran"],
    )
    def test_what_is_no_sign_of_a_dependency(self, seen: History) -> None:
        assert not list(missing_dependencies(seen))

    def test_an_application_in_common_is_enough(self) -> None:
        shop = frozenset({"SHOP"})
        seen = two_steps(team=APP, applications=shop)
        before = replace(
            seen.rows[0], cells={k: replace(c, applications=shop) for k, c in seen.rows[0].cells.items()}
        )
        assert list(missing_dependencies(replace(seen, rows=[before, seen.rows[1]])))

    def test_one_night_the_other_way_round_disproves_it(self) -> None:
        seen = two_steps()
        first = {**seen.rows[0].cells, DR1.id: cell(30, 30, 60)}
        then = {**seen.rows[1].cells, DR1.id: cell(10, 10, 0, ready=T)}
        rows = [replace(seen.rows[0], cells=first), replace(seen.rows[1], cells=then)]
        assert not list(missing_dependencies(replace(seen, rows=rows)))

    @pytest.mark.parametrize("ties", [[Tie("A", "B")], [Tie("B", "A")], [Tie("C", "B"), Tie("A", "C")]])
    def test_where_the_plan_has_a_way_nothing_is_missing(self, ties: list[Tie]) -> None:
        seen = two_steps()
        more = [*seen.nodes, Node(Level.STEP, "C", "A1", 0)]
        assert not list(missing_dependencies(replace(seen, nodes=more, ties=ties)))

    def test_no_more_than_a_screenful(self) -> None:
        rows = []
        for number in range(MOST + 5):
            at = number * 100
            rows += [
                row(f"B{number}", 30, *(cell(30, 30, at) for _ in range(2))),
                row(
                    f"A{number}",
                    10,
                    *(cell(10, 10, at + 31, ready=T + timedelta(minutes=at)) for _ in range(2)),
                ),
            ]
        assert len(list(missing_dependencies(history(*rows)))) == MOST

    def test_a_way_through_chapters_is_a_way(self) -> None:
        nodes = [Node(Level.CHAPTER, code, None, 0) for code in ("C1", "C2")]
        nodes += [
            Node(Level.STEP, "A", "C1", 60),
            Node(Level.STEP, "B", "C2", 60),
            Node(Level.STEP, "C", "C2", 60),
        ]
        paths = Paths(nodes, [Tie("C2", "C1")])
        assert paths.lead("A", "B") and paths.lead("A", "C")
        assert not paths.lead("B", "A") and not paths.lead("B", "C")


class TestMissingSteps:
    def test_trouble_for_the_same_reason_in_two_nights_hints_at_a_step_before(self) -> None:
        rows = [
            row(
                "A",
                30,
                cell(30, 30, troubles=("Firewall port 443 closed",)),
                cell(30, 30, troubles=("no certificate",)),
                cell(30, 30, troubles=("the firewall had port 443 closed again",)),
            )
        ]
        (found,) = missing_steps(history(*rows))
        assert [one.night.name for one in found.evidence] == ["RUN1", "DR1"]
        assert "RUN1 and DR1" in found.sentence

    def test_twice_in_one_night_or_for_other_reasons_is_no_hint(self) -> None:
        twice = cell(30, 30, troubles=("disk full", "disk full"))
        other = cell(30, 30, troubles=("no certificate",))
        assert not list(missing_steps(history(row("A", 30, twice, other))))

    def test_reasons_without_words_are_the_same_only_as_they_stand(self) -> None:
        assert alike("42", " 42 ") and not alike("42", "43") and not alike("", "")


class TestMarks:
    def test_slower_than_planned_and_than_the_time_before(self) -> None:
        seen = history(row("A", 30, cell(30, 35), cell(30, 31), cell(40, 38)))
        marks = marks_of(seen, seen.rows[0])
        assert marks[RUN1.id] == Mark(slower=True)
        assert marks[RUN2.id] == Mark()
        assert marks[DR1.id] == Mark(slower_than_before=True)

    def test_figures_of_a_night(self) -> None:
        rows = [
            row("A", 30, cell(30, 45)),
            row("B", 30, cell(30, None, state=StepState.SKIPPED)),
            row("C", 30, cell(30, 30, failed=True, attempts=2)),
            row("D", 30, None, cell(30, 30)),
            row("E", None, cell(30, 30, assumed=True)),
        ]
        seen = history(*rows)
        sums = sums_of(seen, RUN1.id, [marks_of(seen, one) for one in rows])
        assert (sums.slower, sums.skipped, sums.failed, sums.retried, sums.missing) == (1, 1, 1, 1, 1)
        assert (sums.measured, sums.planned_seconds, sums.actual_seconds) == (2, 60 * MIN, 75 * MIN)


class TestAnswers:
    def test_an_answered_insight_comes_back_with_new_evidence_alone(self) -> None:
        once = history(row("A", 30, cell(30, 60)))
        (found,) = all_insights(once)
        assert not insights_of(once, {found.key})
        changed = replace(once, rows=[replace(once.rows[0], estimate=25 * MIN)])
        assert not insights_of(changed, {found.key})
        again = history(row("A", 30, cell(30, 60), cell(30, 60)))
        assert insights_of(again, {found.key})

    def test_its_text_names_iterations_and_steps_with_their_addresses(self) -> None:
        (found,) = all_insights(history(row("A/1", 30, cell(30, 60))))
        assert title(found) == "Took over from RUN1 (1h): the duration of A/1 is 50m"
        text = lesson(found, "ERP")
        assert "RUN1: A/1 took 1h of 30m planned (/migrations/ERP/iterations/RUN1?step=A%2F1)" in text
        assert address("ERP", found.evidence[0]) in text

    def test_a_step_before_waits_for_what_the_other_one_waited_for(self) -> None:
        trouble = cell(30, 30, troubles=("Firewall port closed",))
        (found,) = all_insights(history(row("A", 30, trouble, trouble)))
        ties = [Tie("A", "Z", "FS", 60), Tie("A", "Y", "FF")]
        add = step_before(found, ("Aa", "Open the firewall"), ("A1", "DBA"), ties)
        assert add.item["after"] == [{"code": "Z", "kind": "FS", "lagSeconds": 60}]
        assert (add.parent, add.before, add.ties) == ("A1", "A", (Tie("A", "Aa"),))

    def test_a_new_step_takes_the_next_free_letter(self) -> None:
        assert free_code("TRT-1", ["TRT-1", "TRT-1a"]) == "TRT-1b"
        taken = [f"T{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
        assert free_code("T", taken) == "T-before"


def test_a_step_that_was_renamed_is_the_same_step() -> None:
    renamed = [Renamed(2, "A", "B"), Renamed(3, "B", "C"), Renamed(3, "X", "A")]
    assert current_code("A", 1, renamed) == "C"
    assert current_code("B", 2, renamed) == "C"
    assert current_code("A", 3, renamed) == "A"
    assert current_code("X", 2, renamed) == "A"
