"""The light of a chapter, a macro-phase, an iteration or a migration, always with its reason.

Red = an open CRITICAL impediment, or a chance to finish inside the window below 50 %; amber = an open HIGH one, or
below 80 %; green = neither; grey = neither, and the chance is not evaluated. Never green before a forecast says so, and
never on the way back: no chance of the cutover is evaluated then, only whether the way back keeps the window.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import floor

from tminus.runbook.domain.impediment import ImpedimentSeverity


class RagColor(StrEnum):
    """Grey = not evaluated."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    GREY = "grey"


@dataclass(frozen=True, slots=True)
class OpenImpediment:
    """An impediment that is not resolved; `where` = the step's code, or what the whole thing is called."""

    number: int
    severity: ImpedimentSeverity
    title: str
    where: str


@dataclass(frozen=True, slots=True)
class Rag:
    """A light and why it shines so."""

    color: RagColor
    reason: str

    def shown(self) -> dict[str, str]:
        """Return it as the API prints it."""
        return {"color": self.color.value, "reason": self.reason}


_LIT = ((ImpedimentSeverity.CRITICAL, RagColor.RED), (ImpedimentSeverity.HIGH, RagColor.AMBER))
RED_BELOW, AMBER_BELOW = 0.50, 0.80
"""Chances to finish inside the window."""
NOT_EVALUATED = Rag(RagColor.GREY, "Chance not evaluated. No CRITICAL or HIGH impediment is open.")
_WORSE = {RagColor.RED: 0, RagColor.AMBER: 1, RagColor.GREY: 2, RagColor.GREEN: 3}


def rag_of(
    impediments: Sequence[OpenImpediment], chance: float | None = None, *, way_back: bool = False
) -> Rag:
    """Return the light that open impediments and the chance leave, the worse of the two, with its reason.

    `chance` = to finish inside the window, 0 to 1, None = not evaluated; on the `way_back`, of that to end inside it.
    """
    of_chance = _of_way_back if way_back else _of_chance
    lights = [*_of_impediments(impediments), *([] if chance is None else [of_chance(chance)])]
    return min(lights, key=lambda rag: _WORSE[rag.color], default=NOT_EVALUATED)


def _of_impediments(impediments: Sequence[OpenImpediment]) -> list[Rag]:
    for severity, color in _LIT:
        found = sorted((one for one in impediments if one.severity is severity), key=lambda one: one.number)
        if found:
            return [Rag(color, _reason(severity, found))]
    return []


def _of_chance(chance: float) -> Rag:
    color = RagColor.RED if chance < RED_BELOW else RagColor.AMBER if chance < AMBER_BELOW else RagColor.GREEN
    return Rag(color, f"The chance to finish inside the window is {percent(chance)}.")


def _of_way_back(chance: float) -> Rag:
    color = RagColor.GREY if chance >= AMBER_BELOW else _of_chance(chance).color
    told = f"The chance that the way back ends inside the window is {percent(chance)}."
    return Rag(color, f"Backing out: the cutover itself is not evaluated any more. {told}")


def percent(chance: float) -> str:
    """Print a chance cut, not rounded. It is a share of draws: of none and of all nobody says that it is certain."""
    if chance < 0.01:
        return "under 1 %"
    return "above 99 %" if chance > 0.99 else f"{floor(chance * 100 + 1e-9)} %"


def worst_of(lights: Sequence[tuple[str, Rag]]) -> Rag:
    """Return the worst light of several named things, with whose it is; the first of equals.

    Grey is worse than green: of what is not evaluated one cannot say that it is well.
    """
    if not lights:
        return NOT_EVALUATED
    name, rag = min(lights, key=lambda one: _WORSE[one[1].color])
    return rag if rag == NOT_EVALUATED else Rag(rag.color, f"{name}: {rag.reason}")


def _reason(severity: ImpedimentSeverity, found: Sequence[OpenImpediment]) -> str:
    first = found[0]
    named = f"#{first.number} “{first.title}” on {first.where}"
    if len(found) == 1:
        return f"A {severity.value} impediment is open: {named}."
    return f"{len(found)} {severity.value} impediments are open, among them {named}."
