"""Puts staged rows together to a plan, code by code: what the import does in the database, in a few lines of Python."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.domain.plan import Behaviour, Dependency, MigrationRef, Plan
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.domain.plan_patch import (
    ApplicationPatch,
    ChapterPatch,
    ControlPatch,
    EnvironmentPatch,
    EnvironmentRolePatch,
    MacroPhasePatch,
    PlanPatch,
    StepPatch,
    TaskPatch,
    TeamPatch,
    TypePatch,
)
from tminus.runbook.readers.staged import Reading, SourceFile, StagedRow

_MAKE: dict[str, Callable[..., Any]] = {
    "team": TeamPatch,
    "application": ApplicationPatch,
    "environment": EnvironmentPatch,
    "environmentRole": EnvironmentRolePatch,
    "type": TypePatch,
    "control": ControlPatch,
    "macroPhase": MacroPhasePatch,
    "chapter": ChapterPatch,
    "step": StepPatch,
    "task": TaskPatch,
}
_LISTS = {
    "teams": "team",
    "applications": "application",
    "environments": "environment",
    "environment_roles": "environmentRole",
    "types": "type",
    "controls": "control",
}
_CLEARED: dict[str, Any] = {
    "duration_seconds": 0,
    "instructions": "",
    "description": "",
    "auto_activate": False,
    "point_of_no_return": False,
    "evidence_required": False,
    "rollback": False,
    "critical": False,
    "required": True,
    "type": "TRT",
    "behaviour": Behaviour.WORK,
    **dict.fromkeys(("impacted_teams", "labels", "applications", "scope", "undoes", "controls"), ()),
}
"""What a value is that was cleared."""
_FROM_TEXT: dict[str, Callable[[str], Any]] = {
    "behaviour": Behaviour,
    "not_before": parse_moment,
    "fixed_start": parse_moment,
}


def source(data: bytes, name: str = "runsheet") -> SourceFile:
    """The bytes as a file of an import."""
    return SourceFile(0, name, io.BytesIO(data), len(data))


def rows_of(reading: Reading) -> list[StagedRow]:
    """The rows of a file in which nothing was found."""
    staged = list(reading)
    found = [one for one in staged if isinstance(one, Finding)]
    assert not found, str(found[:3])
    return [one for one in staged if isinstance(one, StagedRow)]


def plan_of(rows: Iterable[StagedRow]) -> Plan:
    """The plan that the rows say, whole."""
    merged = merge(None, patch_of(list(rows)))
    assert merged.findings == ()
    return merged.plan


def patch_of(rows: list[StagedRow]) -> PlanPatch:
    """What the rows say, in the form in which a plan file says it."""
    about = next(row for row in rows if row.kind == "plan")
    phases = tuple(_phase(row, rows) for row in rows if row.kind == "macroPhase")
    named = {name: tuple(_thing(row) for row in rows if row.kind == kind) for name, kind in _LISTS.items()}
    return PlanPatch(
        name=about.name or "",
        description=about.description or "",
        migration=next((_migration(row) for row in rows if row.kind == "migration"), None),
        macro_phases=phases,
        **named,
    )


def _migration(row: StagedRow) -> MigrationRef:
    return MigrationRef(row.code or "", row.name or "", row.zone or "UTC", row.description or "")


def _phase(row: StagedRow, rows: list[StagedRow]) -> Any:
    chapters = tuple(_chapter(one, rows) for one in rows if one.kind == "chapter" and one.parent == row.code)
    return replace(_thing(row), chapters=chapters)


def _chapter(row: StagedRow, rows: list[StagedRow]) -> Any:
    steps = tuple(_step(one, rows) for one in rows if one.kind == "step" and one.parent == row.code)
    assert all(one.phase == row.parent for one in rows if one.kind == "step" and one.parent == row.code)
    return replace(_thing(row), steps=steps)


def _step(row: StagedRow, rows: list[StagedRow]) -> Any:
    tasks = tuple(_thing(one) for one in rows if one.kind == "task" and one.of == row.row)
    return replace(_thing(row), tasks=tasks)


def _thing(row: StagedRow) -> Any:
    return _MAKE[row.kind](**{_name(row, field): _value(row, field) for field in ("code", *row.given)})


def _name(row: StagedRow, field: str) -> str:
    return "title" if (row.kind, field) == ("task", "name") else field


def _value(row: StagedRow, field: str) -> Any:
    if field == "after":
        links = (Dependency(one.code, one.kind, one.lag_seconds) for one in row.links if not one.suggested)
        return tuple(sorted(links, key=lambda link: (link.code, link.kind)))
    value = getattr(row, field)
    if value is None:
        return _CLEARED.get(field)
    return _FROM_TEXT[field](value) if field in _FROM_TEXT else value
