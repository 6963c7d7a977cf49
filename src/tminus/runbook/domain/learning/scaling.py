"""Rehearsals that moved another amount of data: by how much their times are scaled, and what is said of it."""

from __future__ import annotations

from collections.abc import Sequence
from math import isclose, log

from tminus.runbook.domain.learning.observation import History, Rehearsal


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
    told = f"Scaled to this iteration's data: {_listed(parts)}." if parts else "Nothing had to be scaled."
    if untyped:
        told += f" Not scaled: no data volume is typed on {_listed([one.name for one in untyped])}."
    return told


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
