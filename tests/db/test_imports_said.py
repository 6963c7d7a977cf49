"""What an import says of files that people really have: it is so, and nothing is left out without a word."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.broken.kit import json_of, page, zip_of
from tests.db.importing import Desk, desk_of
from tests.world import World
from tminus.runbook.queries.imports import import_view
from tminus.runbook.store.imports import findings

CHECKLIST = b"""# Night
## Friday
- [ ] Stop the batch (1h30) @DBA
  - [ ] The queue is empty
- [ ] Back up (~15m) @DBA after: Stop the batch
"""
SHEET = b"""Code,Name,Duration,Macro-phase,Chapter
A-1,Stop,20m,P,C
A-2,Total reconciliation,40m,P,C
,Total,60m,,
"""


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return desk_of(world, tmp_path)


async def test_a_checklist_is_taken_over_and_not_told_that_it_lacks_codes(desk: Desk) -> None:
    batch = await desk.bring(CHECKLIST, "night.md", plan="Checklist")
    async with desk.database.read() as connection:
        view = await import_view(connection, batch)
    assert view["canCommit"]
    assert [kind["code"] for kind in view["kinds"]] == ["unread_duration"]
    assert (view["counts"]["pages"], view["counts"]["tasks"]) == (2, 1)
    for name in ("null_number", "distinct_codes", "task_not_under_its_step", "steps_with_duplicate_task_id"):
        assert name not in view["counts"]


async def test_the_total_of_a_sheet_stops_nothing_and_is_no_step(desk: Desk) -> None:
    batch = await desk.bring(SHEET, "sheet.csv", plan="Sheet")
    async with desk.database.read() as connection:
        view = await import_view(connection, batch)
    assert view["canCommit"]
    assert [(kind["code"], kind["severity"]) for kind in view["kinds"]] == [("total_row", "warning")]
    assert view["counts"]["null_number"] == 0
    assert [one["code"] for one in view["diff"]["items"] if one["kind"] == "step"] == ["A-1", "A-2"]


async def test_no_predecessor_is_proposed_that_has_no_code_yet(desk: Desk) -> None:
    itself = page(step_type="TRT", step_number=1, predecessor="TRT-1", successor="")
    codeless = page(step_type="TRT", step_number=None, predecessor="", successor="TRT-1")
    batch = await desk.bring(
        zip_of({"TRT-1.json": json_of(itself), "other.json": json_of(codeless)}), "n.zip"
    )
    async with desk.database.read() as connection:
        found = await findings.page(connection, batch.id, "self_predecessor", 0, 10)
    assert [one.repair for one in found] == ["The link is dropped."], json.dumps(
        [one.message for one in found]
    )
