"""What importing people, teams and places answers."""

from __future__ import annotations

from typing import Any

from tminus.runbook.commands.base_data.importing import BaseImport
from tminus.runbook.domain.base_data.said import BaseChange
from tminus.runbook.domain.findings import Finding


def base_import_view(found: BaseImport) -> dict[str, Any]:
    """Print what a file changes."""
    return {
        "findings": [_finding(one) for one in found.decided.findings],
        "changes": [_change(one) for one in found.decided.changes],
        "unchanged": found.decided.unchanged,
        "canImport": found.can_import,
        "imported": found.done,
        "mark": found.mark,
    }


def _finding(one: Finding) -> dict[str, Any]:
    return {
        "file": one.file,
        "row": one.row or one.line,
        "column": (one.subject.field or None) if one.subject else None,
        "code": one.code,
        "severity": one.severity.value,
        "message": one.message,
        "suggestion": one.suggestion,
    }


def _change(one: BaseChange) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "code": one.code,
        "change": one.change.value,
        "values": [
            {"field": field, "before": _words(one.before.get(field)), "after": _words(value)}
            for field, value in one.after.items()
            if value or one.before.get(field)  # what is empty in something new says nothing
        ],
    }


def _words(value: Any) -> str | None:
    if isinstance(value, tuple):
        return ", ".join(word.replace("_", " ") if word == "data_lead" else word for word in value) or None
    return str(value) if value else None
