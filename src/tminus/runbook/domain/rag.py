"""The light of a chapter, a macro-phase, an iteration or a migration, always with its reason.

Red = an open CRITICAL impediment, amber = an open HIGH one, grey = neither, as the chance to finish inside the
window is not evaluated yet. It is never green before there is a forecast to say so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

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
NOT_EVALUATED = Rag(
    RagColor.GREY, "Chance not evaluated: there is no forecast yet. No CRITICAL or HIGH impediment is open."
)
_SHADE = {RagColor.RED: 0, RagColor.AMBER: 1, RagColor.GREEN: 2, RagColor.GREY: 3}


def rag_of(impediments: Sequence[OpenImpediment]) -> Rag:
    """Return the light that these open impediments leave, the worst of them named in its reason."""
    for severity, color in _LIT:
        found = sorted((one for one in impediments if one.severity is severity), key=lambda one: one.number)
        if found:
            return Rag(color, _reason(severity, found))
    return NOT_EVALUATED


def worst_of(lights: Sequence[tuple[str, Rag]]) -> Rag:
    """Return the worst light of several named things, with whose it is; the first of equals.

    Without any, or with none lit, it is grey.
    """
    lit = [(name, rag) for name, rag in lights if rag.color is not RagColor.GREY]
    if not lit:
        return NOT_EVALUATED
    name, rag = min(lit, key=lambda one: _SHADE[one[1].color])
    return Rag(rag.color, f"{name}: {rag.reason}")


def _reason(severity: ImpedimentSeverity, found: Sequence[OpenImpediment]) -> str:
    first = found[0]
    named = f"#{first.number} “{first.title}” on {first.where}"
    if len(found) == 1:
        return f"A {severity.value} impediment is open: {named}."
    return f"{len(found)} {severity.value} impediments are open, among them {named}."
