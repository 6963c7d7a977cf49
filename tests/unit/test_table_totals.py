"""Rows that add up the others are no steps: left out, and said; what only looks like one stays."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.staged_plan import source
from tests.unit.test_table_reading import codes, of_csv, sheet, split
from tminus.runbook.readers.table.excel import read_workbook

HEADED = "Code,Name,Duration,Team,Predecessors\nA-1,Stop,20m,DBA,\nA-2,Copy,1h,DBA,A-1\n"


@pytest.mark.parametrize(
    "total",
    [
        ",Total,80m,,",
        "Total,,80m,,",
        "TOTAL:,,1:20:00,,",
        ",Grand total,1h 20m,2,",
        ",Summe:,80 Min.,,",
        ',Gesamtdauer,"1,33 h",-,-',
        ",,80m,Σ,",
        ",Total: 80m,,,",
        ",Durée totale,80,,",
        ",Sous-total,80,,",
        ",,80m,,",
        ",,1:20,,",
        ",,95m,,",
        "Total,,12",
    ],
)
def test_a_row_that_adds_up_the_others_is_left_out_and_said(total: str) -> None:
    rows, findings = of_csv(f"{HEADED}{total}\n")
    assert [row.code for row in rows] == ["A-1", "A-2"]
    assert codes(findings) == [("total_row", 4)]
    assert not findings[0].is_error
    assert findings[0].message == "Row 4 looks like a total, not a step: it was left out."


def test_parts_are_added_up_and_the_steps_after_them_stay() -> None:
    more = ",,80m,,\nB-1,Check,10m,DBA,A-2\nB-2,Go,5m,DBA,B-1\n,Subtotal,15m,,\n,,95m,,\n,,2,,\n"
    rows, findings = of_csv(HEADED + more)
    assert [row.code for row in rows] == ["A-1", "A-2", "B-1", "B-2"]
    assert codes(findings) == [("total_row", row) for row in (4, 7, 8, 9)]


@pytest.mark.parametrize(
    "step",
    [
        "A-3,Total reconciliation,10m,DBA,A-2",
        ",Total reconciliation,10m,,",
        ",Summer time,10m,,",
        "A-3,Total,10m,,",
        ",Total,10m,DBA,",
        ",Total,10m,,A-2",
        ",Total,,,",
        ",,,DBA,",
        "A-3,,80m,,",
    ],
)
def test_what_says_more_than_a_sum_is_a_step_whatever_it_is_called(step: str) -> None:
    rows, findings = of_csv(f"{HEADED}{step}\n")
    assert [row.row for row in rows] == [2, 3, 4]
    assert findings == []


def test_a_step_whose_title_was_forgotten_is_no_total() -> None:
    rows, findings = of_csv(f"{HEADED},,15m,,\nA-4,Go,5m,DBA,\n")
    assert [row.row for row in rows] == [2, 3, 4, 5]
    assert findings == []


def test_a_row_that_says_its_kind_is_of_that_kind() -> None:
    rows, findings = of_csv("Kind,Code,Name,Duration\nstep,1,Stop,80m\nstep,2,Total,80m\nTotal,,,160m\n")
    assert [row.name for row in rows] == ["Stop", "Total"]
    assert codes(findings) == [("total_row", 4)]


def test_a_total_does_not_make_numbers_less_of_codes() -> None:
    rows, _ = of_csv("Code,Name,Duration,Predecessors\n1,Stop,5m,\n2,Copy,5m,#1\nTotal,,10m,\n")
    assert [(link.code, link.row) for link in rows[1].links] == [("1", None)]


def test_the_sum_of_a_formula_and_one_that_failed_are_left_out_of_a_workbook() -> None:
    def fill(workbook: Any, page: Any) -> None:
        page.write_row(0, 0, ["Name", "Duration (min)", "Team"])
        page.write_row(1, 0, ["Stop", 20, "DBA"])
        page.write_row(2, 0, ["Copy", 40, "DBA"])
        page.write_formula(3, 1, "=SUM(B2:B3)", None, 60)
        page.write_row(4, 0, ["Total"])
        page.write_formula(4, 1, "=SUM(B2:B9)", None, "#REF!")

    rows, findings = split(read_workbook(source(sheet(fill))))
    assert [row.name for row in rows] == ["Stop", "Copy"]
    assert codes(findings) == [("total_row", 4), ("total_row", 5)]
