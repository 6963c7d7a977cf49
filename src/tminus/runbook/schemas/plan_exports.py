"""Shapes of what is said about an export beside the file itself."""

from __future__ import annotations

from tminus.runbook.schemas.shape import Shape


class LeftOut(Shape):
    """Sentences, one for each thing of a plan that a form of export cannot hold or shows otherwise."""

    items: list[str]
