"""Builds the plan that the rows of an MS Project file speak of, where nothing is there before."""

from __future__ import annotations

import io
from collections.abc import Iterable

from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.moment import parse_moment
from tminus.runbook.domain.plan import (
    STANDARD_TYPES,
    Chapter,
    Dependency,
    MacroPhase,
    MigrationRef,
    Plan,
    Step,
    StepType,
    Team,
)
from tminus.runbook.readers.msproject.file import read_msproject
from tminus.runbook.readers.staged import SourceFile, Staged, StagedRow


def staged(xml: str | bytes, name: str = "plan.xml") -> tuple[list[StagedRow], list[Finding]]:
    """Read an MS Project file, the rows and the findings apart."""
    data = xml.encode() if isinstance(xml, str) else xml
    read: list[Staged] = list(read_msproject(SourceFile(0, name, io.BytesIO(data), len(data))))
    rows = [one for one in read if isinstance(one, StagedRow)]
    return rows, [one for one in read if isinstance(one, Finding)]


def plan_of(rows: Iterable[StagedRow]) -> Plan:
    """Return the plan; groups stand where their first row stood, steps in the order of theirs."""
    rows = list(rows)

    def of(kind: str) -> list[StagedRow]:
        return [row for row in rows if row.kind == kind]

    plan = of("plan")[0]
    steps: dict[str, list[Step]] = {}
    for row in of("step"):
        steps.setdefault(row.parent or "", []).append(_step(row))
    chapters: dict[str, list[Chapter]] = {}
    for row in of("chapter"):
        code = row.code or ""
        chapter = Chapter(code, row.name or "", bool(row.rollback), tuple(steps.pop(code, ())), _after(row))
        chapters.setdefault(row.parent or "", []).append(chapter)
    phases = [
        MacroPhase(row.code or "", row.name or "", tuple(chapters.pop(row.code or "", ())), _after(row))
        for row in of("macroPhase")
    ]
    assert not steps, "every step stands in a chapter that has a row"
    assert not chapters, "every chapter stands in a macro-phase that has a row"
    migrations = [MigrationRef(row.code or "", row.name or "", row.zone or "UTC") for row in of("migration")]
    return Plan(
        plan.name or "",
        plan.description or "",
        migrations[0] if migrations else None,
        tuple(Team(row.code or "", row.name or "", row.email, row.phone) for row in of("team")),
        tuple(phases),
    )


def _after(row: StagedRow) -> tuple[Dependency, ...]:
    return tuple(Dependency(link.code, link.kind, link.lag_seconds) for link in row.links)


def _step(row: StagedRow) -> Step:
    type_ = row.type or "TRT"
    return Step(
        row.code or "",
        row.name or "",
        STANDARD_TYPES.get(type_, StepType(type_, type_)),
        row.team,
        duration_seconds=row.duration_seconds or 0,
        instructions=row.instructions or "",
        auto_activate=bool(row.auto_activate),
        point_of_no_return=bool(row.point_of_no_return),
        evidence_required=bool(row.evidence_required),
        environment=row.environment,
        not_before=parse_moment(row.not_before) if row.not_before else None,
        fixed_start=parse_moment(row.fixed_start) if row.fixed_start else None,
        scope=row.scope or (),
        impacted_teams=row.impacted_teams or (),
        labels=row.labels or (),
        applications=row.applications or (),
        undoes=row.undoes or (),
        after=_after(row),
    )
