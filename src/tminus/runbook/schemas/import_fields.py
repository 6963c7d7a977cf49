"""Shapes of what a column of a runsheet may mean."""

from __future__ import annotations

from tminus.runbook.schemas.shape import Shape


class ImportField(Shape):
    """A field of a runsheet: its name in a mapping, its heading, and what stands in it."""

    field: str
    heading: str
    meaning: str


class ImportFieldList(Shape):
    """Every field that a column may be taken for."""

    items: list[ImportField]
