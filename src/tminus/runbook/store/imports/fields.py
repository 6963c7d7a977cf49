"""What a thing of each kind holds: its columns in the staging tables, and what a plan file calls them."""

from __future__ import annotations

from tminus.runbook.domain.plan import STANDARD_TYPES
from tminus.runbook.store.tables.imports import VALUES

FIELDS: dict[str, tuple[str, ...]] = {
    "plan": ("description",),
    "team": ("name", "email", "phone"),
    "application": ("name",),
    "environment": ("name",),
    "environmentRole": ("name",),
    "type": ("name", "behaviour"),
    "control": ("name", "description", "producer", "validator", "critical"),
    "macroPhase": ("name",),
    "chapter": ("name", "rollback"),
    "step": (
        "name",
        "type",
        "team",
        "duration_seconds",
        "instructions",
        "auto_activate",
        "point_of_no_return",
        "evidence_required",
        "environment",
        "not_before",
        "fixed_start",
        "scope",
        "impacted_teams",
        "applications",
        "labels",
        "undoes",
    ),
    "task": ("name", "instructions", "team", "required", "nominee", "controls"),
}
"""Columns by kind, in the order in which kinds depend on each other."""

INSIDE = {"chapter": "macroPhase", "step": "chapter", "task": "step"}
"""Kinds that stand in another one; they and macro-phases have an order."""
ORDERED = ("macroPhase", *INSIDE)
OF_MIGRATION = ("team", "application", "environment", "environmentRole")

TYPES = {
    **dict.fromkeys(VALUES, "text"),
    "duration_seconds": "integer",
    **dict.fromkeys(
        ("auto_activate", "point_of_no_return", "evidence_required", "rollback", "required", "critical"),
        "boolean",
    ),
    **dict.fromkeys(("impacted_teams", "labels", "applications", "scope", "undoes", "controls"), "text[]"),
}
NOTHING = {
    **dict.fromkeys(("name", "instructions", "description"), "''"),
    "type": "'TRT'",
    "behaviour": "'work'",
    "duration_seconds": "0",
    **dict.fromkeys((name for name, type_ in TYPES.items() if type_ == "boolean"), "false"),
    "required": "true",
    **dict.fromkeys((name for name, type_ in TYPES.items() if type_ == "text[]"), "'{}'::text[]"),
}
"""What stands in a column where nothing is said; the others are null then."""

STANDARD = ", ".join(f"('{code}', '{type_.behaviour.value}')" for code, type_ in STANDARD_TYPES.items())
"""Code and behaviour of the types that every plan has, as rows of a statement."""

SPOKEN = {
    "duration_seconds": "duration",
    "auto_activate": "autoActivate",
    "point_of_no_return": "pointOfNoReturn",
    "evidence_required": "evidence",
    "not_before": "notBefore",
    "fixed_start": "fixedStart",
    "impacted_teams": "impactedTeams",
}
"""Names in the plan file where they differ from the column's."""


def spoken(kind: str, column: str) -> str:
    """Return what the plan file calls a column of a thing."""
    if kind == "task" and column == "name":
        return "title"
    return SPOKEN.get(column, column)


def column_list(prefix: str = "") -> str:
    """Return the names of all value columns, for a statement."""
    return ", ".join(f"{prefix}{name}" for name in VALUES)
