"""The values of base data: what a file says, what is there, and what would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.domain.plan_diff import Change


class BaseKind(StrEnum):
    """What base data speaks of, in the order in which it is written: later ones name earlier ones."""

    TEAM = "team"
    USER = "user"
    APPLICATION = "application"
    ENVIRONMENT = "environment"
    ENVIRONMENT_ROLE = "environmentRole"

    @property
    def words(self) -> str:
        """How people call one of them."""
        return {"user": "person", "environmentRole": "environment role"}.get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class Said:
    """One row of a file. `key` = code, of a person the mail address, as written.

    `values` holds what the file speaks of: None = an empty cell; a name that is missing = no such column.
    `headings` = how the file calls each of them.
    """

    kind: BaseKind
    key: str
    file: str
    row: int
    values: Mapping[str, Any]
    headings: Mapping[str, str] = field(default_factory=dict)

    def finding(self, code: str, message: str, hint: str | None = None, of: str = "key") -> Finding:
        """Return an error of this row, at the column of one of its values."""
        subject = Subject(self.kind.value, self.key, self.headings.get(of, ""))
        return Finding(code, Severity.ERROR, message, hint, file=self.file, row=self.row, subject=subject)


@dataclass(frozen=True, slots=True)
class Known:
    """One that is there; `active` is false for a person who is shut out."""

    id: UUID
    values: Mapping[str, Any]
    active: bool = True


Here = Mapping[BaseKind, Mapping[str, Known]]
"""What is there, by kind and by code; people by mail address, those whom the file names."""


@dataclass(frozen=True, slots=True)
class BaseChange:
    """One thing that is made or changed: the values that differ, before and after. `id` is None where it is new.

    Of a person `roles` and `teams` (codes) are those in the migration; both only grow.
    """

    kind: BaseKind
    code: str
    change: Change
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was found in a file, what it would change, and how many of its rows say what is so already."""

    findings: tuple[Finding, ...]
    changes: tuple[BaseChange, ...] = ()
    unchanged: int = 0
