"""Shapes of the difference that an import would make, as a tree."""

from __future__ import annotations

from typing import Any, Literal

from tminus.runbook.schemas.shape import Shape


class ChangeCounts(Shape):
    """How many things would be added, changed and removed."""

    added: int
    changed: int
    removed: int


class KindCounts(ChangeCounts):
    """The same, of one kind of thing."""

    kind: str


class OutlineNode(ChangeCounts):
    """A macro-phase, chapter or step with the counts of what is in it; `change` null: it stays as it is itself."""

    kind: Literal["macroPhase", "chapter", "step"]
    code: str
    parent: str | None
    name: str | None
    change: Literal["added", "changed", "removed"] | None
    fields: list[str]
    before: dict[str, Any] | None
    after: dict[str, Any] | None


class ImportOutline(Shape):
    """What would change: counts of each kind, and the macro-phases and chapters of the plan as it would be."""

    kinds: list[KindCounts]
    groups: list[OutlineNode]


class OutlinePage(Shape):
    """Steps of a chapter; `next` = after how many to go on, null at the end."""

    items: list[OutlineNode]
    next: int | None
