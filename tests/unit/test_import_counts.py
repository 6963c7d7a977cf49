"""What a format has by nature is no defect of a file."""

from __future__ import annotations

from tminus.runbook.domain.import_counts import telling_counts

CHECKLIST = {
    "pages": 7,
    "tasks": 3,
    "distinct_codes": 0,
    "null_number": 7,
    "pages_sharing_a_code": 0,
    "self_predecessor": 0,
    "unknown_predecessor": 1,
    "macro_phase_empty": 7,
    "task_not_under_its_step": 3,
    "steps_with_duplicate_task_id": 1,
    "task_without_team": 3,
    "team_spellings": 2,
}


def test_of_pages_every_number_stays() -> None:
    assert telling_counts(CHECKLIST, pages=True, fields=()) == CHECKLIST


def test_a_checklist_is_not_told_that_it_has_no_codes() -> None:
    assert telling_counts(CHECKLIST, pages=False, fields=()) == {
        "pages": 7,
        "tasks": 3,
        "self_predecessor": 0,
        "team_spellings": 2,
    }


def test_codes_that_are_there_are_counted() -> None:
    said = telling_counts(CHECKLIST | {"distinct_codes": 5, "null_number": 2}, pages=False, fields=())
    assert said["distinct_codes"] == 5
    assert "null_number" not in said


def test_a_table_with_a_column_for_codes_lacks_those_that_are_missing() -> None:
    said = telling_counts(CHECKLIST | {"macro_phase_empty": 2}, pages=False, fields=("code", "name", None))
    assert (said["null_number"], said["task_not_under_its_step"], said["macro_phase_empty"]) == (7, 3, 2)
    assert "task_without_team" not in said
