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


_COUNTS = frozenset({Began.PRESSED, Began.OVERRIDDEN, Began.CARRIED})


@dataclass(frozen=True, slots=True)
class Observation:
    """One attempt at a step in an earlier iteration: seconds estimated then, and from its start to its work's end.

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
        return self.complete and self.began in _COUNTS and self.estimate > 0 and self.actual > 0


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
