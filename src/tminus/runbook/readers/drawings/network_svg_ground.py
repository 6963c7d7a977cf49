"""Where sections, lanes and boxes of a network's drawing lie on the sheet, and which way arrows take."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tminus.runbook.readers.drawings.network_boxes import Arrow
from tminus.runbook.readers.drawings.network_layout import Placed
from tminus.runbook.readers.drawings.network_svg_parts import HEIGHT, WIDTH

MARGIN, LABEL, _GUTTER, _ROW, PAD = 24, 150, 46, 22, 14
STRIDE, _PITCH = WIDTH + _GUTTER, HEIGHT + _ROW


@dataclass(frozen=True, slots=True)
class Ground:
    """A section on the sheet: where it begins, where its lanes do, and the left edge of its boxes."""

    placed: Placed
    top: float
    lanes: tuple[float, ...]
    left: float
    bottom: float

    def corner(self, code: str) -> tuple[float, float]:
        """Return the upper left corner of a box."""
        spot = self.placed.spots[code]
        return self.left + STRIDE * spot.column, self.lanes[spot.lane] + PAD + _PITCH * spot.row


def grounds_of(sections: list[Placed], top: float, left: float) -> list[Ground]:
    """Lay the sections below each other."""
    grounds = []
    for one in sections:
        lanes, y = [], top + 26
        for rows in one.rows:
            lanes.append(y)
            y += 2 * PAD + _PITCH * rows - _ROW + 12
        grounds.append(Ground(one, top, tuple(lanes), left, y))
        top = y + 26
    return grounds


def ways_of(arrows: list[Arrow]) -> dict[Arrow, int]:
    """Return a number for each way of arrows: those that meet in one box, or leave one, share theirs."""
    into = Counter(arrow.target for arrow in arrows)
    out = Counter(arrow.source for arrow in arrows)
    ends = {
        arrow: arrow.target if into[arrow.target] > out[arrow.source] else arrow.source for arrow in arrows
    }
    numbers = {end: number for number, end in enumerate(dict.fromkeys(ends.values()))}
    return {arrow: numbers[end] for arrow, end in ends.items()}


def way_of(ground: Ground, arrow: Arrow, number: int) -> list[tuple[float, float]]:
    """Return the points of an arrow, which runs between the boxes and never behind one."""
    (x1, y1), (x2, y2) = ground.corner(arrow.source), ground.corner(arrow.target)
    start, end = (x1 + WIDTH, y1 + HEIGHT / 2), (x2, y2 + HEIGHT / 2)
    turn = 8 + number % 4 * 6
    out, back = start[0] + turn, end[0] - 32 + turn * 0.7
    if end[0] - start[0] == _GUTTER:
        return [start, end] if start[1] == end[1] else [start, (out, start[1]), (out, end[1]), end]
    channel = y2 - 5 - number % 3 * 3
    return [start, (out, start[1]), (out, channel), (back, channel), (back, end[1]), end]
