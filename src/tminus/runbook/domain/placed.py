"""Steps where they stand, as the network that is scheduled: each in its chapter, each chapter in its macro-phase."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from tminus.kernel.network import Link
from tminus.kernel.schedule import Network

N = TypeVar("N", bound=Hashable)
Place = tuple[N, int, N, N]
"""A step: its key, its duration in seconds, its chapter, its macro-phase."""


def network_of_places(
    places: Sequence[Place[N]], links: Iterable[Link[N]], floors: Mapping[N, int] | None = None
) -> Network[N]:
    """Return the network of these steps and what they stand in; links to or from others are left aside.

    `floors` = seconds before which a step does not start.
    """
    inside = {key: chapter for key, _, chapter, _ in places}
    inside |= {chapter: phase for _, _, chapter, phase in places}
    groups = list(dict.fromkeys(group for _, _, chapter, phase in places for group in (phase, chapter)))
    known = inside.keys() | set(groups)
    return Network(
        {key: seconds for key, seconds, _, _ in places},
        groups,
        inside,
        [one for one in links if one.predecessor in known and one.successor in known],
        floors or {},
    )
