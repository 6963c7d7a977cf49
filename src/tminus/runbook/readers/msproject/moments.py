"""When a task of an MS Project file may begin: its constraint, as time since the project's start."""

from __future__ import annotations

from datetime import datetime, timedelta

from tminus.runbook.domain.moment import Offset
from tminus.runbook.readers.msproject.cells import Cells
from tminus.runbook.readers.msproject.terms import CONSTRAINTS, MUST_START_ON, START_NO_EARLIER
from tminus.runbook.readers.plan_format import LONGEST_DURATION


def moments_of(cells: Cells, own: dict[str, str], start: datetime | None) -> dict[str, object]:
    """Return `not_before` and `fixed_start`: as Tminus wrote them, else from the task's constraint."""
    found: dict[str, object] = {key: own.get(key) for key in ("not_before", "fixed_start")}
    kind = cells.text("ConstraintType") or "0"
    key = {START_NO_EARLIER: "not_before", MUST_START_ON: "fixed_start"}.get(kind)
    if key and not found[key]:
        found[key] = _offset(cells, kind, start)
    elif not key and kind != "0":
        name = CONSTRAINTS.get(kind)
        if name:
            said = f"The constraint “{name}” has no like in a plan: left out."
            cells.warn("constraint_left_out", said, "ConstraintType")
        else:
            cells.error(
                "bad_number", f"“ConstraintType” is 0 to 7, and here is “{kind[:40]}”.", "ConstraintType"
            )
    if date := cells.date("Deadline"):
        cells.warn(
            "deadline_left_out", f"A plan has no deadlines: {date:%Y-%m-%d %H:%M} was left out.", "Deadline"
        )
    return found


def _offset(cells: Cells, kind: str, start: datetime | None) -> str | None:
    """Return a constraint's date as the time since the project's start, which stands for T-0."""
    date = cells.date("ConstraintDate")
    after = date - start if date and start else None
    if after is None or after > timedelta(seconds=LONGEST_DURATION):
        why = (
            "it has no date within a year after the project's start" if start else "the project has no start"
        )
        said = f"The constraint “{CONSTRAINTS[kind]}” was left out: {why}."
        cells.warn("constraint_left_out", said, "ConstraintDate")
        return None
    if after <= timedelta(0) and kind == START_NO_EARLIER:
        return None  # Nothing starts before the project, so that it says nothing.
    if after < timedelta(0):
        said = f"It must start on {date:%Y-%m-%d %H:%M}, which is before the project's start: left out."
        cells.warn("constraint_left_out", said, "ConstraintDate")
        return None
    return str(Offset(int(after.total_seconds())))
