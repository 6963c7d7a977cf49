"""Shapes of what edits did: the answer to a request, and the list that others follow a draft by."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from tminus.runbook.domain.plan_edit import Level
from tminus.runbook.schemas.plan_content import PlanItem
from tminus.runbook.schemas.plan_findings import PlanFinding
from tminus.runbook.schemas.shape import Shape


class TouchedItem(Shape):
    """A thing that an edit touched, as it is now; without an item it is gone. `position` counts from 0."""

    level: Level
    code: str
    item: PlanItem | None
    parent: str | None
    position: int | None


class EditAnswer(Shape):
    """What an edit did. `findings` of the whole draft, null where that takes too long here."""

    number: int
    title: str
    version: int
    items: list[TouchedItem]
    findings: list[PlanFinding] | None
    last_edit: int


class Taught(Shape):
    """What rehearsals of the plan taught: a sentence, and its evidence line by line."""

    plan_id: UUID
    lesson: str


class PlanEditRow(Shape):
    """An edit that was made; `undoneBy` and `undoes` are numbers of edits. `taught`: taken over from rehearsals."""

    number: int
    title: str
    by: str
    mine: bool
    at: datetime
    undone_by: int | None
    undoes: int | None
    taught: Taught | None
    items: list[TouchedItem]


class PlanEditPage(Shape):
    """The next edits after a number. Where `version` grew by more than these, fetch the whole version."""

    version: int
    status: Literal["draft", "approved", "superseded", "undone"]
    last_edit: int
    items: list[PlanEditRow]
