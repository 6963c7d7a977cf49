"""Rehearsals that moved another amount of data: by how much their times are scaled, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose, log

from tminus.runbook.domain.learning.observation import History, Rehearsal
from tminus.runbook.domain.plan import Behaviour

AT_OWN_PACE = frozenset({"PRE", "BUS"})
"""Types of steps whose time does not go with the amount of data; checkpoints' neither."""


def goes_with_the_data(behaviour: Behaviour, kind: str) -> bool:
    """Tell whether a step of this type takes longer the more data is moved."""
    return behaviour is Behaviour.WORK and kind not in AT_OWN_PACE


def log_volume_ratio(rehearsal: Rehearsal, volume: float | None) -> float:
    """Return log(this iteration's volume / the rehearsal's); 0 where either was not typed."""
    if not volume or not rehearsal.volume:
        return 0.0
    return log(volume / rehearsal.volume)


def scaling_sentence(history: History, volume: float | None) -> str:
    """Say what was scaled and what was not."""
    if not history:
        return "No earlier iteration of this plan has measured a step."
    if volume is None:
        return "Not scaled: no data volume is typed on this iteration."
    scaled = [one for one in history if one.volume and not isclose(one.volume, volume)]
    untyped = [one for one in history if one.volume is None]
    parts = [f"{one.name} × {volume / (one.volume or volume):.3g}" for one in scaled]
    missing = _listed([one.name for one in untyped])
    if len(untyped) == len(history):
        return f"Not scaled by data volume: none is typed on {missing}."
    same = [one.name for one in history if one.volume and isclose(one.volume, volume)]
    told = f"Scaled to this iteration's data: {_listed(parts)}." if parts else _same(same)
    return f"{told} Not scaled by data volume: none is typed on {missing}." if untyped else told


def _same(names: Sequence[str]) -> str:
    return f"{_listed(names)} moved as much data: nothing had to be scaled."


def _listed(names: Sequence[str]) -> str:
    return "".join(names) if len(names) < 2 else f"{', '.join(names[:-1])} and {names[-1]}"
