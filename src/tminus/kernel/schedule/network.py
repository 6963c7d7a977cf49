"""Activities inside groups, and links of all four kinds between any of them: what a schedule is made of.

Every node has a start and an end, a group also a begin, which is its first member's start. Each is an event that
follows others; the rules, and where they come from, stand in `docs/reference/schedule.md`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from tminus.kernel.network import Link

N = TypeVar("N", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Network(Generic[N]):
    """Activities by their duration in seconds, groups, and links between any of them.

    `inside` = the group a node is in; `floors` = seconds before which a node does not start.
    """

    durations: Mapping[N, int]
    groups: Sequence[N] = ()
    inside: Mapping[N, N] = field(default_factory=dict)
    links: Sequence[Link[N]] = ()
    floors: Mapping[N, int] = field(default_factory=dict)

    def members(self) -> dict[N, list[N]]:
        """Return what is directly inside each group."""
        members: dict[N, list[N]] = {group: [] for group in self.groups}
        for node, group in self.inside.items():
            members[group].append(node)
        return members
