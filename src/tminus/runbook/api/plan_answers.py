"""What the routes of imports answer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from tminus.platform.idempotency import Replayed
from tminus.runbook.api.answers import entries_of
from tminus.runbook.commands.plan_prepare import Prepared
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.findings import Finding, Severity
from tminus.runbook.domain.plan_diff import Change, PlanDiff
from tminus.runbook.queries.plans import committed_import


def import_answer(key: UUID | None, prepared: Prepared) -> dict[str, Any]:
    """Print what an import would do; one that cannot be kept here says why."""
    findings = list(prepared.findings)
    if prepared.can_commit and key is None and prepared.target:
        message = f"There is no migration {prepared.target.wanted.key} yet."
        hint = "An admin makes it with this file: `tminus plan import` on the server."
        findings.append(Finding("new_migration", Severity.ERROR, message, hint, prepared.file_name))
    return {
        "id": key,
        "findings": [finding_view(finding) for finding in findings],
        "diff": diff_view(prepared.diff) if prepared.diff else None,
        "canCommit": key is not None,
    }


def finding_view(finding: Finding) -> dict[str, Any]:
    """Print a finding."""
    return {
        "file": finding.file,
        "row": finding.row,
        "line": finding.line,
        "column": finding.column,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "suggestion": finding.suggestion,
        "repair": finding.repair,
    }


def diff_view(changes: PlanDiff) -> dict[str, Any]:
    """Print a difference."""
    return {
        **{change.value: changes.count(change) for change in Change},
        "unchanged": changes.unchanged,
        "items": [
            {"code": item.code, "kind": item.kind, "change": item.change.value, "fields": list(item.fields)}
            for item in changes.items
        ],
    }


async def replayed_import(
    services: Services, caller: Caller, import_id: UUID, replayed: Replayed
) -> dict[str, Any]:
    """Answer a commit that was carried out before with what it did then."""
    for entry in await entries_of(services, replayed):
        if entry.type == "plan.imported":
            return {name: entry.detail[name] for name in ("planId", "versionId", "number", "changes")}
    async with services.database.read() as connection:
        return await committed_import(connection, caller.person, import_id)
