"""Where the boxes of a network's drawing stand: columns by the longest way to them, rows as few as it takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tminus.kernel.network import Cyclic, topological_order
from tminus.runbook.readers.drawings.network_boxes import Lane, Section, View

Node = str | tuple[str, str]
"""A box by its code, or the end of a lane: (`end`, code)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A box's place in its section: column from 0, lane, and row in that lane."""

    column: int
    lane: int
    row: int


@dataclass(frozen=True, slots=True)
class Placed:
    """A section with the places of its boxes, and how many rows each lane takes."""

    section: Section
    spots: Mapping[str, Spot]
    rows: Sequence[int]

    @property
    def columns(self) -> int:
        """How many columns it takes."""
        return max((spot.column for spot in self.spots.values()), default=0) + 1


def placed(shown: View) -> list[Placed]:
    """Return every section with its boxes placed; columns begin anew in each."""
    return [_placed(section, shown) for section in shown.sections]


def _placed(section: Section, shown: View) -> Placed:
    boxes = [box.code for lane in section.lanes for box in lane.boxes]
    inside = set(boxes)
    arrows = [
        (one.source, one.target) for one in shown.arrows if one.source in inside and one.target in inside
    ]
    columns = _columns(boxes, [*arrows, *_between_lanes(section)])
    before: dict[str, list[str]] = {}
    for source, target in arrows:
        before.setdefault(target, []).append(source)
    spots: dict[str, Spot] = {}
    rows: list[int] = []
    for place, lane in enumerate(section.lanes):
        rows.append(_place_lane(place, lane, columns, before, spots))
    return Placed(section, spots, rows)


def _between_lanes(section: Section) -> list[tuple[Node, Node]]:
    """A lane after another one: all of it after all of that."""
    lanes = {lane.code: lane for lane in section.lanes if lane.code}
    edges: list[tuple[Node, Node]] = []
    for lane in lanes.values():
        for link in lane.after:
            if link.code in lanes:
                edges.extend((("end", link.code), box.code) for box in lane.boxes)
                edges.extend((box.code, ("end", link.code)) for box in lanes[link.code].boxes)
    return edges


def _columns(boxes: Sequence[str], edges: Sequence[tuple[Node, Node]]) -> dict[Node, int]:
    """Return the longest way to each box; of links in a circle only those that lead down the plan count."""
    nodes: list[Node] = list(boxes)
    try:
        order = topological_order(nodes, edges)
    except Cyclic:
        place = {box: number for number, box in enumerate(boxes)}
        edges = [(a, b) for a, b in edges if a in place and b in place and place[str(a)] < place[str(b)]]
        order = topological_order(nodes, edges)
    before: dict[Node, list[Node]] = {}
    for source, target in edges:
        before.setdefault(target, []).append(source)
    columns: dict[Node, int] = {}
    for node in order:
        columns[node] = max((columns[one] + isinstance(one, str) for one in before.get(node, ())), default=0)
    return columns


def _place_lane(
    place: int,
    lane: Lane,
    columns: Mapping[Node, int],
    before: Mapping[str, Sequence[str]],
    spots: dict[str, Spot],
) -> int:
    """Put a lane's boxes into rows, each beside what it follows where that is free; return how many rows it takes."""
    taken: set[tuple[int, int]] = set()
    most = 0
    for box in sorted(lane.boxes, key=lambda box: columns[box.code]):
        column = columns[box.code]
        wished = [
            spots[one].row for one in before.get(box.code, ()) if one in spots and spots[one].lane == place
        ]
        row = next((row for row in wished if (column, row) not in taken), None)
        if row is None:
            row = next(row for row in range(len(lane.boxes)) if (column, row) not in taken)
        taken.add((column, row))
        spots[box.code] = Spot(column, place, row)
        most = max(most, row + 1)
    return max(most, 1)
