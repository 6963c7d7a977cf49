"""Whether the links of a whole draft can be followed, after an edit that could close a circle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from tminus.kernel.network import Link as NetworkLink
from tminus.kernel.schedule import Network, circles
from tminus.runbook.domain.plan_edit import Add, Edit, Level, Link, Move, SetField, Tie
from tminus.runbook.domain.plan_edit_refusals import circle, link_into_itself


@dataclass(frozen=True, slots=True)
class Node:
    """A step, chapter or macro-phase; `seconds` = a step's duration."""

    level: Level
    code: str
    parent: str | None
    seconds: int


def may_close_a_circle(edit: Edit) -> bool:
    """Tell whether the network has to be looked at after this edit."""
    if isinstance(edit, SetField):
        # What takes no time starts when it ends: a link that held its end alone holds its start then.
        return edit.field == "durationSeconds" and not edit.to
    return isinstance(edit, Add | Link | Move)


def check_network(nodes: Sequence[Node], ties: Iterable[Tie]) -> None:
    """Raise `Refused` (`link_into_itself`, `cycle`) where the links cannot be followed."""
    known = {node.code: node for node in nodes}
    links = list(ties)
    for tie in links:
        if tie.code in _around(tie.to, known) or tie.to in _around(tie.code, known):
            raise link_into_itself(tie.to, tie.code)
    paths = circles(
        Network(
            {node.code: node.seconds for node in nodes if node.level is Level.STEP},
            [node.code for node in nodes if node.level is not Level.STEP],
            {node.code: node.parent for node in nodes if node.parent is not None},
            [NetworkLink(tie.code, tie.to, tie.lag, tie.kind) for tie in links],
        )
    )
    if paths:
        raise circle(paths[0])


def _around(code: str, known: Mapping[str, Node]) -> Iterator[str]:
    parent = known[code].parent
    while parent is not None:
        yield parent
        parent = known[parent].parent
