"""Shapes of the JSON about imports."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from tminus.runbook.schemas.plans import DiffItem, ImportFinding
from tminus.runbook.schemas.shape import Shape

State = Literal["received", "staging", "checked", "committed", "undone", "failed", "discarded"]


class ImportTotals(Shape):
    """Findings and changes, counted; null where it is not counted yet, or cannot be while errors are left."""

    errors: int | None
    blocking: int | None
    warnings: int | None
    mended: int | None
    added: int | None
    changed: int | None
    removed: int | None
    unchanged: int | None


class ImportProgress(Shape):
    """How far the reading is: rows staged, bytes read of the file, and since when."""

    rows: int
    bytes: int
    since: datetime | None
    heard_at: datetime | None


class ImportHead(Shape):
    """An import by itself. `newMigration` = the key of the migration that its commit would make."""

    id: UUID
    state: State
    migration_id: UUID | None
    new_migration: str | None
    plan_name: str | None
    file_name: str
    file_size: int
    sha256: str
    format: str | None
    replace: bool
    accepted: list[str]
    totals: ImportTotals
    progress: ImportProgress
    problem: str | None
    can_commit: bool
    changes: int | None
    created_by: str
    created_at: datetime
    committed_at: datetime | None
    undone_at: datetime | None
    undone_by: str | None


class FindingKind(Shape):
    """All findings of one kind: how many, how many are mended, how many stop the import, and what mends them.

    `different`: of how many the words differ, so that one misspelling in twenty rows is one. `repairable`: the repair
    may be accepted or not; `always`: as written it could not stand, so it is applied.
    """

    code: str
    severity: Literal["error", "warning"]
    count: int
    different: int
    mended: int
    blocking: int
    repairs: int
    replaced: int | None = Field(
        description="Of links that cannot stand: how many get another predecessor; the others are only dropped."
    )
    repairable: bool
    always: bool
    accepted: bool
    lowest_confidence: float | None
    example: str
    repair: str | None


class BatchFinding(ImportFinding):
    """A finding of a batch; `field` = the field of the row, `confidence` 0 to 1 where the repair is a guess."""

    n: int
    field: str | None
    subject: str | None
    mended: bool
    confidence: float | None


class BatchChange(DiffItem):
    """One thing that would differ, with what it is in, and the values that differ before and after."""

    parent: str | None
    name: str | None
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class BatchDifference(Shape):
    """What an import would change, in numbers, and the first of them one by one."""

    added: int
    changed: int
    removed: int
    unchanged: int
    items: list[BatchChange]


class ColumnMeaning(Shape):
    """What a heading of the file was taken for; null: it is left aside."""

    heading: str
    field: str | None
    confidence: float
    reason: str


class VersionRef(Shape):
    """A version of the plan by key and number."""

    id: UUID
    number: int
    status: Literal["draft", "approved", "superseded", "undone"]


class Lacking(Shape):
    """What the files' steps lack that is no defect: of `steps` that somebody does, how many have none of it."""

    steps: int
    no_duration: int
    no_team: int


class PlanImport(ImportHead):
    """An import with what was found and what would change. `counts` are as written, before any repair.

    `lacking`: null where it cannot be said yet, or where each such step is a finding, as of a plan file.
    """

    kinds: list[FindingKind]
    findings: list[BatchFinding]
    diff: BatchDifference | None
    columns: list[ColumnMeaning]
    counts: dict[str, int]
    lacking: Lacking | None
    migration_key: str | None
    base: VersionRef | None
    version: VersionRef | None


class ImportRow(ImportHead):
    """An import in a list, with the version that it made."""

    version: VersionRef | None


class ImportList(Shape):
    """A page of imports, the newest first."""

    items: list[ImportRow]
    next: str | None = None


class FindingPage(Shape):
    """Findings in their order; `next` = after which to go on, null at the end."""

    items: list[BatchFinding]
    next: int | None


class ChangePage(Shape):
    """Changes by kind and place in the plan; `next` = after how many to go on, null at the end."""

    items: list[BatchChange]
    next: int | None


class GroupOfPlan(Shape):
    """A macro-phase or chapter of the plan as it would be."""

    kind: Literal["macroPhase", "chapter"]
    code: str
    parent: str | None
    name: str | None


class GroupList(Shape):
    """The macro-phases and chapters of the plan as it would be."""

    items: list[GroupOfPlan]


class FileQuality(Shape):
    """A file of an import: its rows, and how often each defect is in it, as written, before any repair."""

    file: str
    rows: int
    findings: dict[str, int]


class QualityTable(Shape):
    """The files of an import with what is wrong in each."""

    items: list[FileQuality]


class AcceptRepairs(Shape):
    """The kinds of repairs that are accepted from now on; `all` for every kind, none to take all back."""

    kinds: list[str] = Field(max_length=50)


class MappingRequest(Shape):
    """Heading of the file → field of the runsheet, null to leave the column out."""

    columns: dict[str, str | None] = Field(max_length=1_000)


class ImportUndone(Shape):
    """Which version of the plan stands again; null where the import had made the first one."""

    version_id: UUID | None
    number: int | None
