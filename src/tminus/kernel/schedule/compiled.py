"""A network made ready to be scheduled again and again: its events in an order in which each follows earlier ones.

Events of one generation and kind form a block and stand side by side, so that a block is one step of arithmetic on
arrays.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Generic

from tminus.kernel.schedule.arrays import Flags, Ints, Seconds
from tminus.kernel.schedule.network import N
from tminus.kernel.schedule.ranked import Ranked


class Kind(IntEnum):
    """What the events of a block are, in the order in which they come in a generation."""

    START = 0
    BEGIN = 1
    """Begins of groups: the first of their members' starts."""
    END = 2


@dataclass(frozen=True, slots=True)
class Leaving:
    """What follows some events: `edges` to what does, `before` = the event each leads from.

    `begins` = which of them lead to the begin of a group: there the first decides, not the last.
    """

    edges: Ranked
    before: Ints
    begins: Ints


@dataclass(frozen=True, slots=True)
class Block:
    """The events `low`…`high`. Those from `linked` on follow others `into` them, as members and groups do too.

    `starts` = of ends, the events of their starts.
    """

    kind: Kind
    low: int
    high: int
    linked: int
    into: Ranked | None
    out: Leaving | None
    starts: Ints


@dataclass(frozen=True, slots=True)
class Groups:
    """The events of groups: `events` = which are; of all that leave an event, `into` = the edges that lead to them.

    `chained` = those that a group waits for, with the edges to these, and the starts of groups whose ends are such;
    the last first.
    """

    events: Flags
    into: Ints
    chained: tuple[tuple[int, Ints], ...]


@dataclass(frozen=True, slots=True, eq=False)
class Compiled(Generic[N]):
    """`start`, `end` = the events of each node, `begin` = of each group whose begin something waits for,
    else its start; `node_of` and `kind` by event.

    `before`, `after`, `lag` = all edges, in the order of `after`; those into an event begin at `first[event]`. A
    node's end after its own start is not among them. `out` = the same by what they lead from. `durations` and
    `floors` = as the network says, by node.
    """

    nodes: tuple[N, ...]
    activities: int
    events: int
    start: Ints
    end: Ints
    begin: Ints
    node_of: Ints
    kind: Ints
    blocks: tuple[Block, ...]
    before: Ints
    after: Ints
    lag: Seconds
    first: Ints
    out: Leaving
    groups: Groups
    durations: Seconds
    floors: Seconds

    def edges_into(self, event: int) -> slice:
        """Return the edges that lead to an event."""
        low, high = self.first[event : event + 2].tolist()
        return slice(low, high)
