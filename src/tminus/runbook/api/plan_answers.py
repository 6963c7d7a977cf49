"""What the routes of imports answer."""

from __future__ import annotations

from typing import Any

from tminus.runbook.domain.findings import Finding
from tminus.runbook.domain.plan_diff import Change, PlanDiff


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
