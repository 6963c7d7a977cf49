"""What a simulation is made from: all of it, so that another process can run it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from tminus.kernel.schedule import Compiled, Conditions
from tminus.runbook.domain.learning import Learned, Progress

DRAWS = 1_000
SEED = 1


class Adjusted(Protocol):
    """So many times as long as drawn, and so many seconds more."""

    @property
    def factor(self) -> float:
        """How many times."""
        ...

    @property
    def extra_seconds(self) -> float:
        """How many seconds."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class SimulationRequest:
    """A compiled network, its conditions now, and what was learned of its steps.

    `codes` = the step code of each activity, in the network's order. Drawn is every step that is learned and either
    has work before it (`conditions.durations`) or runs (`progress.running`); all others stay as the conditions say.
    All moments, `window_end` too, are seconds on the axis of the conditions. `adjusted` = by step code, what is
    supposed of the time its work takes, beyond what is drawn.
    """

    compiled: Compiled[Any]
    conditions: Conditions
    codes: tuple[str, ...]
    learned: Learned
    progress: Progress
    window_end: float | None = None
    draws: int = DRAWS
    seed: int = SEED
    adjusted: Mapping[str, Adjusted] = field(default_factory=dict)

    def nodes(self) -> tuple[Hashable, ...]:
        """Return the activities."""
        return self.compiled.nodes[: self.compiled.activities]
