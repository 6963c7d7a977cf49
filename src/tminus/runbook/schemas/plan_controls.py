"""Shapes of a plan's controls and types of step."""

from __future__ import annotations

from typing import Literal

from tminus.runbook.schemas.shape import Shape

BehaviourName = Literal["work", "checkpoint", "gate", "milestone"]


class PlanControl(Shape):
    """What is to be shown, by which team, to which team."""

    code: str
    name: str
    description: str
    producer: str | None
    validator: str | None
    critical: bool


class PlanStepType(Shape):
    """A type of step: one of the nine, or the plan's own; `steps` counts those that are of it."""

    code: str
    name: str
    behaviour: BehaviourName
    own: bool
    steps: int = 0
