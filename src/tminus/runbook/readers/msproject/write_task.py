"""Writes the tasks of an MS Project file: one for each macro-phase, chapter and step, in the schema's order of tags."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tminus.kernel.network import Span
from tminus.runbook.domain.plan import Behaviour, Chapter, Dependency, LinkKind, MacroPhase, Plan, Step
from tminus.runbook.readers.msproject.elements import Value, branch, leaves
from tminus.runbook.readers.msproject.terms import LAG_UNIT, LINK_KINDS
from tminus.runbook.readers.msproject.times import date_text, duration_text
from tminus.runbook.readers.msproject.write_fields import constraint_of, own_fields, own_values

_TYPE = {kind: int(number) for number, kind in LINK_KINDS.items()}
_HOURS = 5
"""How durations and lags are shown."""


@dataclass(frozen=True, slots=True)
class Tasks:
    """The plan's tasks in writing: UIDs by code, and when everything runs, as far as that is known."""

    uids: Mapping[str, int]
    spans: Mapping[str, Span]

    def project(self, plan: Plan) -> Iterator[str]:
        """Yield task 0, which is the project itself: its notes are the plan's description."""
        of = plan.migration
        own = {"migration": of.key, "migration_name": of.name, "zone": of.zone} if of else {}
        whole = Span(0, max(span.end for span in self.spans.values())) if self.spans else None
        yield from self._task(0, 0, "0", plan.name, whole, {"Summary": 1}, plan.description, (), own)

    def group(self, row: int, outline: str, group: MacroPhase | Chapter) -> Iterator[str]:
        """Yield the summary task of a macro-phase or chapter."""
        own = {"code": group.code}
        if isinstance(group, Chapter) and group.rollback:
            own["rollback"] = "yes"
        span = self.spans.get(group.code)
        yield from self._task(
            self.uids[group.code], row, outline, group.name, span, {"Summary": 1}, "", group.after, own
        )

    def step(self, row: int, outline: str, step: Step) -> Iterator[str]:
        """Yield the task of a step."""
        start = self.spans[step.code].start if step.code in self.spans else None
        span = Span(start, start + step.duration_seconds) if start is not None else None
        marks: dict[str, Value] = {"Summary": 0, "Milestone": int(step.behaviour is Behaviour.MILESTONE)}
        marks["Duration"] = duration_text(step.duration_seconds)
        marks |= constraint_of(step)
        yield from self._task(
            self.uids[step.code],
            row,
            outline,
            step.name,
            span,
            marks,
            step.instructions,
            step.after,
            own_values(step),
        )

    def _task(
        self,
        uid: int,
        row: int,
        outline: str,
        name: str,
        span: Span | None,
        marks: dict[str, Value],
        notes: str,
        after: Iterable[Dependency],
        own: Mapping[str, str],
    ) -> Iterator[str]:
        length = duration_text(span.end - span.start) if span else None
        values: dict[str, Value] = {
            "UID": uid,
            "ID": row,
            "Name": name,
            "Active": 1,
            "Manual": 0,
            "Type": 1,
            "IsNull": 0,
            "WBS": outline,
            "OutlineNumber": outline,
            "OutlineLevel": outline.count(".") + 1 if row else 0,
            "Priority": 500,
            "Start": date_text(span.start) if span else None,
            "Finish": date_text(span.end) if span else None,
            "Duration": marks.get("Duration", length),
            "DurationFormat": _HOURS,
            "EffortDriven": 0,
            "Estimated": 0,
            "Milestone": marks.get("Milestone", 0),
            "Summary": marks["Summary"],
            "ConstraintType": marks.get("ConstraintType", 0),
            "CalendarUID": -1,
            "ConstraintDate": marks.get("ConstraintDate"),
            "Notes": notes,
        }
        yield from branch("Task", [*leaves(values), *self._links(after), *own_fields(own)])

    def _links(self, after: Iterable[Dependency]) -> Iterator[str]:
        for link in after:
            if link.code in self.uids:
                values: dict[str, Value] = {
                    "PredecessorUID": self.uids[link.code],
                    "Type": _TYPE[LinkKind(link.kind)],
                    "CrossProject": 0,
                    "LinkLag": round(link.lag_seconds / LAG_UNIT),
                    "LagFormat": _HOURS,
                }
                yield from branch("PredecessorLink", leaves(values))
