"""Writes a plan as a workbook, with an iteration's states and times where they are given; it can be imported again."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it ships no types
from xlsxwriter.format import Format  # type: ignore[import-untyped]  # the same
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]  # the same

from tminus.runbook.domain.plan import Plan
from tminus.runbook.readers.table.columns import WRITTEN
from tminus.runbook.readers.table.excel import ABOUT, SHEET
from tminus.runbook.readers.table.progress import AFTER_NAME, Standing, StepProgress
from tminus.runbook.readers.table.records import HEADINGS, records

_OPTIONS = {
    # Rows are written to the disk one by one: memory does not grow with the plan.
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""Stands in every workbook as the time it was made: the same plan is the same bytes."""
_WIDTHS = {
    "name": 48,
    "instructions": 60,
    "description": 40,
    "after": 24,
    "code": 14,
    "parent": 14,
    "phase": 14,
}


def plan_as_xlsx(plan: Plan, progress: Mapping[str, StepProgress] | None = None, zone: str = "UTC") -> bytes:
    """Return the workbook of a plan: the sheet “Runsheet”, and “About”, which is for people and never read.

    `progress` (code of a step → where it stands) adds its state and times behind the names, by the clock of `zone`
    (IANA), which their headings name; they are left aside when the workbook is imported.
    """
    made = io.BytesIO()
    workbook = Workbook(made, dict(_OPTIONS))
    workbook.set_properties({"title": plan.name[:255], "created": _MADE})
    _Sheet(workbook, progress, zone).write(plan)
    _about(workbook.add_worksheet(ABOUT), plan, zone if progress is not None else None)
    workbook.close()
    return made.getvalue()


class _Sheet:
    """The sheet with the plan."""

    def __init__(self, workbook: Workbook, progress: Mapping[str, StepProgress] | None, zone: str) -> None:
        self._sheet: Worksheet = workbook.add_worksheet(SHEET)
        self._bold: Format = workbook.add_format(
            {"bold": True, "bg_color": "#1f2937", "font_color": "#ffffff", "valign": "top"}
        )
        self._moment: Format = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"})
        self._top: Format = workbook.add_format({"valign": "top"})
        self._standing = Standing(progress, zone)
        self._extra = self._standing.headings

    def write(self, plan: Plan) -> None:
        """Write headings and rows, each row once."""
        headings = [*HEADINGS[:AFTER_NAME], *self._extra, *HEADINGS[AFTER_NAME:]]
        for place, heading in enumerate(headings):
            self._sheet.set_column(place, place, self._width(place, heading))
            self._sheet.write_string(0, place, heading, self._bold)
        self._sheet.freeze_panes(1, AFTER_NAME)
        last = 0
        for last, (step, record) in enumerate(records(plan), 1):
            self._record(last, record)
            if step is not None and self._extra:
                self._stand(last, step.code)
        self._sheet.autofilter(0, 0, last, len(headings) - 1)

    def _width(self, place: int, heading: str) -> int:
        field = WRITTEN[place].field if place < AFTER_NAME else ""
        if place >= AFTER_NAME + len(self._extra):
            field = WRITTEN[place - len(self._extra)].field
        return _WIDTHS.get(field, min(max(len(heading) + 3, 11), 18))

    def _record(self, row: int, record: list[str]) -> None:
        for place, text in enumerate(record):
            if text:
                shift = 0 if place < AFTER_NAME else len(self._extra)
                self._sheet.write_string(row, place + shift, text, self._top)

    def _stand(self, row: int, code: str) -> None:
        state, moments = self._standing.of(code)
        self._sheet.write_string(row, AFTER_NAME, state, self._top)
        for place, moment in enumerate(moments, AFTER_NAME + 1):
            if moment is not None:
                self._sheet.write_datetime(row, place, moment, self._moment)


def _about(sheet: Worksheet, plan: Plan, zone: str | None) -> None:
    lines = [
        plan.name,
        "Exported by Tminus. The sheet “Runsheet” can be changed and imported again.",
        "An empty cell clears a value; a column that is deleted leaves its values as they are.",
        "A row that is deleted removes nothing, unless the import replaces the plan.",
    ]
    if zone:
        lines.append(
            f"States and times are those of an iteration, by the clock of {zone}; an import leaves them aside."
        )
    sheet.set_column(0, 0, 110)
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
