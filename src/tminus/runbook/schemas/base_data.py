"""Shapes of what importing people, teams and places finds and changes."""

from __future__ import annotations

from typing import Literal

from tminus.runbook.schemas.shape import Shape

BaseKindWord = Literal["team", "user", "application", "environment", "environmentRole"]


class BaseDataFinding(Shape):
    """Something wrong with a file: `file` names the sheet too, `row` counts from 1, `column` is its heading."""

    file: str
    row: int | None
    column: str | None
    code: str
    severity: Literal["error", "warning"]
    message: str
    suggestion: str | None


class BaseDataValue(Shape):
    """A value that changes, in words; null = there is none."""

    field: str
    before: str | None
    after: str | None


class BaseDataChange(Shape):
    """A thing that is made or changed; `code` is a person's mail address."""

    kind: BaseKindWord
    code: str
    change: Literal["added", "changed"]
    values: list[BaseDataValue]


class BaseDataImport(Shape):
    """What a file changes, or changed where `imported`; `mark` names these changes, to confirm just them."""

    findings: list[BaseDataFinding]
    changes: list[BaseDataChange]
    unchanged: int
    can_import: bool
    imported: bool
    mark: str
