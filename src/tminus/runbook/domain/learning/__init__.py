"""How long steps take, learned from earlier iterations of their plan; formulas: `docs/reference/forecast.md`."""

from tminus.runbook.domain.learning.drawing import drawn_seconds
from tminus.runbook.domain.learning.expecting import expected_seconds, remaining_seconds
from tminus.runbook.domain.learning.learn import learn
from tminus.runbook.domain.learning.learned import Learned, LearnedStep, Spread
from tminus.runbook.domain.learning.observation import (
    Began,
    History,
    Observation,
    PlannedStep,
    Rehearsal,
    was_pressed_afterwards,
)
from tminus.runbook.domain.learning.tonight import Progress, Tonight, tonight

__all__ = [
    "Began",
    "History",
    "Learned",
    "LearnedStep",
    "Observation",
    "PlannedStep",
    "Progress",
    "Rehearsal",
    "Spread",
    "Tonight",
    "drawn_seconds",
    "expected_seconds",
    "learn",
    "remaining_seconds",
    "tonight",
    "was_pressed_afterwards",
]
