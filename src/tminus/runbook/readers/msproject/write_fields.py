"""What of a step goes into custom fields and the constraint of its task in an MS Project file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tminus.runbook.domain.plan import Step
from tminus.runbook.readers.msproject.elements import Value, branch, leaves
from tminus.runbook.readers.msproject.terms import MUST_START_ON, START_NO_EARLIER, joined, task_field
from tminus.runbook.readers.msproject.times import date_text, offset_of


def own_fields(own: Mapping[str, str]) -> Iterator[str]:
    """Yield the custom fields in which Tminus keeps what the format has no place for."""
    for key, text in own.items():
        if text:
            yield from branch("ExtendedAttribute", leaves({"FieldID": task_field(key), "Value": text}))


def own_values(step: Step) -> dict[str, str]:
    """Return what Tminus keeps of a step in custom fields."""
    return {
        "code": step.code,
        "type": step.type.code,
        "auto_activate": "yes" if step.auto_activate else "",
        "point_of_no_return": "yes" if step.point_of_no_return else "",
        "evidence_required": "yes" if step.evidence_required else "",
        "environment": step.environment or "",
        "not_before": str(step.not_before) if step.not_before else "",
        "fixed_start": str(step.fixed_start) if step.fixed_start else "",
        "scope": joined(step.scope),
        "impacted_teams": joined(step.impacted_teams),
        "applications": joined(step.applications),
        "labels": joined(step.labels),
        "undoes": joined(step.undoes),
    }


def constraint_of(step: Step) -> dict[str, Value]:
    """Return a step's constraint and its date; a task has one constraint: the fixed start, else the earliest one."""
    for kind, moment in ((MUST_START_ON, step.fixed_start), (START_NO_EARLIER, step.not_before)):
        seconds = offset_of(moment)
        if seconds is not None:
            return {"ConstraintType": kind, "ConstraintDate": date_text(seconds)}
    return {}
