"""What was learned: of each step its expected ratio of actual to estimated time, and how far nights stray from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Spread:
    """Standard deviations of the logarithm of actual / estimated, each of one cause.

    `plan` = of what is known about the plan as a whole; `night` = of a night as a whole; `team` = of a team in a
    night; `estimate` = how far the estimate of one step is off in the long run; `step` = one step in one night, by
    itself. `tail` = how fast the chance of a long overrun falls: doubling the time divides it by 2 to this power.
    """

    plan: float
    night: float
    team: float
    estimate: float
    step: float
    tail: float


@dataclass(frozen=True, slots=True)
class LearnedStep:
    """A step: the seconds estimated; `mu` = log of the expected ratio of actual to that, `sigma` = its own spread.

    `observed` = in how many earlier iterations it was measured.
    """

    code: str
    team: str | None
    estimate: float
    mu: float
    sigma: float
    observed: int


@dataclass(frozen=True, slots=True)
class Learned:
    """What the history of a plan says about an iteration of it.

    `ratio` = actual / estimated over the whole plan, None without history; `iterations` = those it was learned from.
    `pressed` = attempts left out, as their start and end were pressed afterwards.
    """

    steps: Mapping[str, LearnedStep]
    spread: Spread
    ratio: float | None
    iterations: tuple[str, ...]
    scaling: str
    pressed: int = 0

    @property
    def steps_with(self) -> int:
        """How many steps have a length and were measured before."""
        return sum(1 for step in self.steps.values() if step.estimate > 0 and step.observed)

    @property
    def steps_without(self) -> int:
        """How many have a length and were not: they take the plan's ratio."""
        return sum(1 for step in self.steps.values() if step.estimate > 0 and not step.observed)
