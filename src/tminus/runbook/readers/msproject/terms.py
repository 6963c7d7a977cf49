"""What the numbers of an MS Project file mean (MSPDI, schemas.microsoft.com/project), and the fields Tminus adds."""

from __future__ import annotations

import re

from tminus.runbook.domain.plan import LinkKind

NAMESPACE = "http://schemas.microsoft.com/project"

LINK_KINDS = {"0": LinkKind.FF, "1": LinkKind.FS, "2": LinkKind.SF, "3": LinkKind.SS}
"""`Type` of a predecessor link."""

LAG_UNIT = 6
"""Seconds in the tenth of a minute that `LinkLag` counts in."""

PERCENT = frozenset({"19", "20", "51", "52"})
"""Formats in which a lag is a share of the predecessor's duration; 51 and 52 are estimates."""

ELAPSED = frozenset({"4", "6", "8", "10", "12", "20", "36", "38", "40", "42", "44", "52"})
"""Formats of durations and lags that run by the clock and not by working time."""

CONSTRAINTS = {
    "1": "as late as possible",
    "2": "must start on",
    "3": "must finish on",
    "4": "start no earlier than",
    "5": "start no later than",
    "6": "finish no earlier than",
    "7": "finish no later than",
}
"""`ConstraintType`; 0 = as soon as possible, which is none."""
MUST_START_ON, START_NO_EARLIER = "2", "4"

_LAST_TASK_TEXT = 188_744_016
"""Number of the task field Text30; Text11 to Text30 are numbered in a row."""
_LAST_RESOURCE_TEXT = 205_521_140

TASK_FIELDS = {
    "code": ("Text30", "Tminus code"),
    "type": ("Text29", "Tminus type"),
    "auto_activate": ("Text28", "Tminus auto-activate"),
    "point_of_no_return": ("Text27", "Tminus point of no return"),
    "evidence_required": ("Text26", "Tminus evidence"),
    "environment": ("Text25", "Tminus environment"),
    "not_before": ("Text24", "Tminus not before"),
    "fixed_start": ("Text23", "Tminus fixed start"),
    "scope": ("Text22", "Tminus scope"),
    "impacted_teams": ("Text21", "Tminus impacted teams"),
    "applications": ("Text20", "Tminus applications"),
    "labels": ("Text19", "Tminus labels"),
    "rollback": ("Text18", "Tminus rollback"),
    "migration": ("Text17", "Tminus migration"),
    "migration_name": ("Text16", "Tminus migration name"),
    "zone": ("Text15", "Tminus zone"),
    "undoes": ("Text14", "Tminus undoes"),
}
"""What Tminus keeps in custom fields of tasks: the field, and the title by which it is known again."""
TEAM_FIELDS = {"code": ("Text30", "Tminus code"), "phone": ("Text29", "Tminus phone")}
"""The same of resources."""


def task_field(key: str) -> int:
    """Return the number of the task field that holds `key`."""
    return _LAST_TASK_TEXT - 30 + int(TASK_FIELDS[key][0][4:])


def team_field(key: str) -> int:
    """Return the number of the resource field that holds `key`."""
    return _LAST_RESOURCE_TEXT - 30 + int(TEAM_FIELDS[key][0][4:])


def joined(words: tuple[str, ...]) -> str:
    """Return several words as the one text of a field, `;` between them; one inside a word is written `\\;`."""
    return "; ".join(re.sub(r"([\\;])", r"\\\1", word) for word in words)


def parted(text: str) -> tuple[str, ...]:
    """Return the words of such a text."""
    words = (re.sub(r"\\(.)", r"\1", word).strip() for word in re.findall(r"(?:\\.|[^;\\])+", text))
    return tuple(word for word in words if word)
