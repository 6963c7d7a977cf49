"""What earlier iterations of a plan say about the length of its steps, and which of it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Began(StrEnum):
    """How the start of an attempt came to be known."""

    PRESSED = "pressed"
    """Somebody said so, in time or later."""
    ASSUMED = "assumed"
    """Nobody did: it was completed straight from activated. Such a length is a guess."""
    OVERRIDDEN = "overridden"
    """The pilot let it start although it was not ready. What it took is what it took."""
    CARRIED = "carried"
    """Its *Done* was undone within a minute; the start is that of the attempt before, and so is the work."""
    REOPENED = "reopened"
    """It had been complete before. What was done again is not the whole step."""


LEAST_SHARE, LEAST_SECONDS = 0.1, 60.0
"""What ends in less than this share of its estimate, and sooner than a minute, nobody has timed."""
BY_HAND_SECONDS = 5.0
"""Nor what ends sooner than this, where more than four times as much was estimated."""


def was_pressed_afterwards(actual: float, estimate: float) -> bool:
    """Tell whether a start and an end lie so near each other that both were pressed when the work was over."""
    by_hand = BY_HAND_SECONDS if estimate > 4 * BY_HAND_SECONDS else 0.0
    return actual < min(max(LEAST_SHARE * estimate, by_hand), LEAST_SECONDS)


_COUNTS = frozenset({Began.PRESSED, Began.OVERRIDDEN, Began.CARRIED})


@dataclass(frozen=True, slots=True)
class Observation:
    """One attempt at a step in an earlier iteration: seconds estimated then, and those in which it was worked at.

    `step` = its code, the same in all versions of the plan; `complete` = it ended so: neither skipped nor failed.
    """

    step: str
    team: str | None
    estimate: float
    actual: float
    began: Began = Began.PRESSED
    complete: bool = True

    @property
    def counts(self) -> bool:
        """Whether something can be learned from it."""
        return self._timed and self.actual > 0 and not self.pressed

    @property
    def pressed(self) -> bool:
        """Whether all that keeps it from being learned from is that start and end were pressed afterwards."""
        return self._timed and was_pressed_afterwards(self.actual, self.estimate)

    @property
    def _timed(self) -> bool:
        return self.complete and self.began in _COUNTS and self.estimate > 0


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """An earlier iteration: its name, the size of the data it moved (None: nobody typed it), what was observed."""

    name: str
    volume: float | None
    observations: Sequence[Observation]

    def counted(self) -> list[Observation]:
        """Return what something can be learned from."""
        return [one for one in self.observations if one.counts]


History = Sequence[Rehearsal]
"""The earlier iterations of a plan, the oldest first."""


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of the iteration to be forecast: its code, team and estimate in seconds.

    `scales` = its time goes with the data moved (with the power one of it); others take as long at any volume.
    """

    code: str
    team: str | None
    estimate: float
    scales: bool = True
