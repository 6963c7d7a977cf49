"""From one task of an MS Project file, with nothing inside it, to the row of a step."""

from __future__ import annotations

import re
from datetime import datetime

from tminus.runbook.readers.msproject.cells import Cells
from tminus.runbook.readers.msproject.index import Index, uid_of
from tminus.runbook.readers.msproject.links import links_of
from tminus.runbook.readers.msproject.moments import moments_of
from tminus.runbook.readers.msproject.terms import parted
from tminus.runbook.readers.staged import StagedRow

_MILESTONE = "DUM"


def step_row(cells: Cells, index: Index, start: datetime | None) -> StagedRow:
    """Return the row of a step, its chapter not yet in it; `start` = when the project begins.

    What the file leaves out counts as not spoken of, unless Tminus wrote it: then it is empty.
    """
    own = index.own_fields(cells.record)
    row = StagedRow("step", cells.code or None, cells.row, name=cells.text("Name"))
    values: dict[str, object] = {"name": row.name, "duration_seconds": cells.seconds("Duration")}
    values["instructions"] = _instructions(cells)
    values["type"] = own.get("type") or _type(cells, index)
    values |= _teams(cells, index, own)
    values |= {
        key: cells.flag_of(key, own.get(key))
        for key in ("auto_activate", "point_of_no_return", "evidence_required")
    }
    values |= {
        key: parted(own[key]) if key in own else None for key in ("scope", "applications", "labels", "undoes")
    }
    values["environment"] = own.get("environment")
    values |= moments_of(cells, own, start)
    row.links = links_of(cells, index)
    spoken = set(index.task_keys.values()) | {"team", "instructions"} if index.ours else set()
    given = [key for key, value in values.items() if value is not None or key in spoken]
    for key in given:
        setattr(row, key, values[key])
    row.given = (*given, "after")
    return row


def _instructions(cells: Cells) -> str | None:
    """Return the notes, and the hyperlink below them: it mostly leads to the instructions proper."""
    lines = [line.rstrip() for line in re.split("\r\n|\r|\n", cells.raw("Notes") or "")]
    notes = "\n".join(lines).strip("\n")
    link = cells.text("HyperlinkAddress")
    if link and link not in notes:
        notes = f"{notes}\n\n{link}" if notes else link
    return notes or None


def _type(cells: Cells, index: Index) -> str | None:
    """Return what a task without a type of its own is: a milestone, or nothing that the file would say."""
    marked = cells.flag("Milestone")
    seconds = cells.seconds("Duration") if marked is not False else None
    if marked and seconds:
        said = "It is marked as a milestone and takes time, which no milestone does: taken as work."
        cells.warn("milestone_takes_time", said, "Milestone", "Leave its duration out, or the mark.")
        return None
    return _MILESTONE if marked or seconds == 0 else None


def _teams(cells: Cells, index: Index, own: dict[str, str]) -> dict[str, object]:
    teams = index.assigned.get(uid_of(cells.record.fields.get("UID")) or "", [])
    others = dict.fromkeys((*parted(own.get("impacted_teams", "")), *teams[1:]))
    return {"team": teams[0] if teams else None, "impacted_teams": tuple(others) or None}
