"""What the plan could have different, with its evidence; and by what it is found again once it was answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from tminus.runbook.domain.rehearsals.history import Cell, Night

KEY_LENGTH = 24
"""Hexadecimal digits of a fingerprint: 96 bits, which no plan's insights fill."""


class InsightKind(StrEnum):
    """What it would change."""

    DURATION = "duration"
    DEPENDENCY = "dependency"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One cell that an insight rests on, and what it says, in words; `took` = how long the work was, if that is it."""

    night: Night
    cell: Cell
    sentence: str
    took: str = ""


@dataclass(frozen=True, slots=True)
class Insight:
    """What the plan could have different, about the step `code`.

    `DURATION`: `current` and `proposed` are seconds. `DEPENDENCY`: `code` should wait for `other`. `STEP`: something
    before `code` seems to be missing. `weight` orders insights of one kind, the heaviest first. `caution` = what
    speaks against trusting it.
    """

    kind: InsightKind
    code: str
    name: str
    sentence: str
    caution: str
    evidence: tuple[Evidence, ...]
    other: str | None = None
    other_name: str | None = None
    current: int | None = None
    proposed: int | None = None
    weight: float = 0.0

    @property
    def key(self) -> str:
        """The fingerprint of what it is about and what it rests on.

        What the plan says now is no part of it: an insight that was declined does not come back because somebody
        changed the plan, but it does once another night speaks for it.
        """
        parts = [self.kind.value, self.code, self.other or ""]
        parts += sorted(_said(one.cell.step_id, one) for one in self.evidence)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:KEY_LENGTH]


def _said(step_id: UUID, one: Evidence) -> str:
    cell = one.cell
    return f"{step_id} {cell.attempts} {cell.seconds} {'|'.join(sorted(cell.troubles))}"


def named(nights: list[Night]) -> str:
    """Name some nights as a sentence does: `RUN1, RUN2 and DR1`."""
    names = [night.name for night in nights]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
