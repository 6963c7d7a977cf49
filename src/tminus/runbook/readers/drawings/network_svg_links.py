"""The arrows of a network's drawing, and what its shapes and arrows mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tminus.runbook.domain.plan import Behaviour, LinkKind
from tminus.runbook.readers.drawings.network_svg_parts import shape, words


def link(points: Sequence[tuple[float, float]], kind: LinkKind, label: str) -> Iterator[str]:
    """Yield an arrow along the points, and what it says besides finish-to-start."""
    style = "link" if kind is LinkKind.FS else "link other"
    (x, y), rest = points[0], points[1:]
    way = f"M{x:g} {y:g}" + "".join(f"L{a:g} {b:g}" for a, b in rest)
    yield f'<path class="{style}" stroke-linejoin="round" marker-end="url(#tip)" d="{way}"/>'
    if label:
        (ax, ay), (bx, by) = points[-2], points[-1]
        yield words(label, (ax + bx) / 2, (ay + by) / 2 - 3, "tag dim", "middle")


def legend(x: float, y: float, folded: bool) -> Iterator[str]:
    """Yield what the shapes and arrows mean, on one line."""
    steps = [
        (Behaviour.WORK, False, "work"),
        (Behaviour.CHECKPOINT, False, "checkpoint"),
        (Behaviour.GATE, False, "gate"),
        (Behaviour.MILESTONE, False, "milestone"),
        (Behaviour.WORK, True, "point of no return"),
    ]
    chapters = [(Behaviour.WORK, False, "chapter"), (Behaviour.WORK, True, "holds the point of no return")]
    for behaviour, no_return, name in chapters if folded else steps:
        yield shape(behaviour, x, y, 26, 16, no_return)
        yield words(name, x + 32, y + 12, "dim")
        x += 52 + 6 * len(name)
    kinds = [(LinkKind.FS, "links of steps or chapters" if folded else "finish to start")]
    for kind, name in kinds if folded else [*kinds, (LinkKind.SS, "other kinds, as named")]:
        yield from link([(x, y + 8), (x + 30, y + 8)], kind, "")
        yield words(name, x + 36, y + 12, "dim")
        x += 56 + 6 * len(name)
