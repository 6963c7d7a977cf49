"""The part of an iteration's network that one command can touch.

`reach` = the steps acted on, their successors, and on through those that may end by themselves (milestones, and
steps being verified); `steps` holds these and every direct predecessor of theirs, `groups` every chapter and
macro-phase that links name, so that each one's readiness can be told from here alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID

from tminus.runbook.domain.group import Group
from tminus.runbook.domain.plan import Behaviour, LinkKind
from tminus.runbook.domain.state import StepState
from tminus.runbook.domain.step import Step

Node = Step | Group

START_KINDS = frozenset({LinkKind.FS, LinkKind.SS})
END_KINDS = frozenset({LinkKind.FF, LinkKind.SF})
_ZERO_LENGTH = frozenset({Behaviour.MILESTONE, Behaviour.GATE})
"""Steps that end as they begin: what would hold their end holds their start."""


@dataclass(frozen=True, slots=True)
class Link:
    """A dependency into a node: on whom, of which kind, how many seconds later (or earlier).

    A waived one counts as satisfied since `waived_at`, whatever its predecessor does.
    """

    predecessor: UUID
    kind: LinkKind
    lag_seconds: int
    waived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Guard:
    """Something besides other steps that holds a step until it opens."""

    source: str
    open: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Steps and groups by key, the links into each step of `reach` and into each group, and guards.

    `towards` = for every node with a link of which an end is a group, the nodes it leads to; `expanded` = those
    of them whose successors are in `reach`.
    """

    steps: Mapping[UUID, Step]
    reach: tuple[UUID, ...]
    links: Mapping[UUID, tuple[Link, ...]]
    guards: Mapping[UUID, tuple[Guard, ...]]
    groups: Mapping[UUID, Group] = field(default_factory=dict)
    towards: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)
    expanded: frozenset[UUID] = frozenset()

    def node(self, key: UUID) -> Node:
        """Return the step or group with this key."""
        return self.steps.get(key) or self.groups[key]

    def with_steps(self, *steps: Step) -> Neighbourhood:
        """Return the network with these steps in their new shape."""
        return replace(self, steps={**self.steps, **{step.id: step for step in steps}})

    def with_groups(self, *groups: Group) -> Neighbourhood:
        """Return the network with these groups in their new shape."""
        return replace(self, groups={**self.groups, **{group.id: group for group in groups}})

    def with_waived(self, waived: Sequence[tuple[UUID, Link]]) -> Neighbourhood:
        """Return the network in which these links (each with the step it leads to) stand as they are given."""
        links = dict(self.links)
        for target, link in waived:
            own = links.get(target, ())
            same = (link.predecessor, link.kind)
            links[target] = tuple(link if (one.predecessor, one.kind) == same else one for one in own)
        return replace(self, links=links) if waived else self

    def containers(self, step: Step) -> Iterator[Group]:
        """The chapter and the macro-phase of a step, where links name them."""
        for key in (step.chapter_id, step.macro_phase_id):
            if key in self.groups:
                yield self.groups[key]


def start_links(network: Neighbourhood, node: Node) -> Iterator[Link]:
    """What holds a node's start: its own links, and those that hold the start of what contains it."""
    zero = isinstance(node, Step) and node.behaviour in _ZERO_LENGTH
    for link in network.links.get(node.id, ()):
        if zero or link.kind in START_KINDS:
            yield link
    if isinstance(node, Step):
        for group in network.containers(node):
            yield from (link for link in network.links.get(group.id, ()) if link.kind in START_KINDS)


def end_links(network: Neighbourhood, node: Node) -> Iterator[Link]:
    """What holds a node's end beyond its own work: its links of kind FF and SF."""
    for link in network.links.get(node.id, ()):
        if link.kind in END_KINDS:
            yield link


def opens_at(link: Link, predecessor: Node, now: datetime) -> datetime | None:
    """Return when a link lets go; None while that depends on the predecessor, not on time.

    FS and FF let go `lag` after the predecessor's end; SS and SF `lag` after its start, whatever followed. With a
    negative lag FS and FF let go of a running predecessor already that much before its expected end, max(now,
    actual start + frozen duration) + lag: reckoned here, never from a forecast.
    """
    if link.waived_at:
        return link.waived_at
    lag = timedelta(seconds=link.lag_seconds)
    if link.kind in (LinkKind.SS, LinkKind.SF):
        begun = predecessor.begun_at or predecessor.finished_at
        return begun + lag if begun else None
    if predecessor.finished_at:
        return predecessor.finished_at + lag
    if link.lag_seconds < 0 and predecessor.expected_end:
        return max(now, predecessor.expected_end) + lag
    return None


def holding(network: Neighbourhood, links: Iterator[Link], now: datetime) -> list[Link]:
    """Return those of the links that wait for something their predecessor has to do."""
    return [link for link in links if opens_at(link, network.node(link.predecessor), now) is None]


def holds(network: Neighbourhood, step: Step, now: datetime) -> tuple[Link, ...]:
    """Return the links that hold a step where it stands: its start while it is not ready, its end while verifying.

    A link that only time still holds is not among them: the step's opening time says when it opens.
    """
    if step.dormant:
        return ()
    if step.state is StepState.NOT_READY:
        return tuple(holding(network, start_links(network, step), now))
    if step.state is StepState.VERIFYING:
        return tuple(holding(network, end_links(network, step), now))
    return ()


def opening_time(network: Neighbourhood, step: Step, now: datetime) -> datetime | None:
    """Return when time alone will open the step; None while a predecessor or a guard holds it."""
    if any(not guard.open for guard in network.guards.get(step.id, ())):
        return None
    locked = max(now, step.fixed_start) if step.fixed_start else now
    return _latest(network, start_links(network, step), locked, now)


def closing_time(network: Neighbourhood, node: Node, now: datetime) -> datetime | None:
    """Return when links let the node end, its work apart; None while a predecessor holds its end.

    A group without steps is a point in time: it ends when what holds its start and its end has let go.
    """
    if isinstance(node, Group) and not node.total_count:
        return _latest(network, iter(network.links.get(node.id, ())), now, now)
    return _latest(network, end_links(network, node), now, now)


def last_hold(network: Neighbourhood, step: Step, now: datetime) -> datetime | None:
    """Return when the last of the links that hold a step's end let go; None where there is none."""
    links = end_links(network, step)
    moments = [opens_at(link, network.node(link.predecessor), now) for link in links]
    return max((moment for moment in moments if moment), default=None)


def _latest(network: Neighbourhood, links: Iterator[Link], floor: datetime, now: datetime) -> datetime | None:
    for link in links:
        opening = opens_at(link, network.node(link.predecessor), now)
        if opening is None:
            return None
        floor = max(floor, opening)
    return floor
