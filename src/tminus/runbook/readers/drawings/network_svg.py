"""Draws a plan's network as one SVG file: sections are macro-phases, lanes chapters, boxes steps, arrows links.

No script, nothing from elsewhere; it heeds dark and light, prints in grey, and says its texts to screen readers.
A link from another macro-phase is told below its box, as its arrow would cross half the drawing.
"""

from __future__ import annotations

from collections.abc import Iterator

from tminus.runbook.domain.plan import Dependency, Plan
from tminus.runbook.readers.drawings.network_boxes import View
from tminus.runbook.readers.drawings.network_layout import Placed, placed
from tminus.runbook.readers.drawings.network_svg_ground import (
    LABEL,
    MARGIN,
    PAD,
    STRIDE,
    Ground,
    grounds_of,
    way_of,
    ways_of,
)
from tminus.runbook.readers.drawings.network_svg_links import legend, link
from tminus.runbook.readers.drawings.network_svg_parts import (
    ARROW_HEAD,
    STYLE,
    box,
    words,
    wrapped,
)
from tminus.runbook.readers.drawings.network_view import label_of, view
from tminus.runbook.readers.msproject.elements import text_of

MOST_STEPS = 150
"""Steps drawn one by one; of more nothing could be read on one sheet, so that every chapter is one box."""


def plan_as_svg(plan: Plan) -> str:
    """Return the drawing."""
    shown = view(plan, folded=len(list(plan.steps())) > MOST_STEPS)
    return "\n".join(line for line in _lines(shown, placed(shown)) if line) + "\n"


def _lines(shown: View, sections: list[Placed]) -> Iterator[str]:
    left = MARGIN + (PAD if shown.folded else LABEL) + 12
    grounds = grounds_of(sections, 96, left)
    width = max(left + STRIDE * max((one.columns for one in sections), default=1) + MARGIN, 1_000)
    height = (grounds[-1].bottom if grounds else 110) + MARGIN
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="t d">'
    yield f'<title id="t">{text_of(shown.name)}</title>'
    yield f'<desc id="d">{text_of(_about(shown))}</desc><style>{STYLE}</style>{ARROW_HEAD}'
    yield words(shown.name, MARGIN, 34, "big") + words(_about(shown), MARGIN, 52, "dim")
    yield from legend(MARGIN, 64, shown.folded)
    for ground in grounds:
        yield from _section(shown, ground)
    yield "</svg>"


def _about(shown: View) -> str:
    said = f"Network of {shown.steps} steps in {len(shown.sections)} macro-phases."
    said += " Every box is a chapter; 3× stands for three links." if shown.folded else ""
    return f"{said} Links from other macro-phases are told below their box."


def _section(shown: View, ground: Ground) -> Iterator[str]:
    section = ground.placed.section
    after = f" · after {_these(section.after)}" if section.after else ""
    yield words(f"{section.code} · {section.name}{after}", MARGIN, ground.top + 16, "head")
    width = ground.left + STRIDE * ground.placed.columns - MARGIN
    bottoms = (*ground.lanes, ground.bottom)[1:]
    for lane, y, bottom in zip(section.lanes, ground.lanes, bottoms, strict=True):
        style = "lane sleep" if lane.rollback else "lane"
        size = f'width="{width:g}" height="{bottom - y - 6:g}"'
        yield f'<rect class="{style}" x="{MARGIN}" y="{y:g}" {size} rx="6"/>'
        notes = [lane.code, *wrapped(lane.name, 22, 3), "rollback" if lane.rollback else ""]
        notes += wrapped(f"after {_these(lane.after)}", 22, 2) if lane.after else []
        for place, line in enumerate(line for line in notes if line):
            yield words(line, MARGIN + 10, y + 20 + 14 * place, "dim" if place else "code")
    inside = [
        one for one in shown.arrows if one.source in ground.placed.spots and one.target in ground.placed.spots
    ]
    ways = ways_of(inside)
    for arrow in inside:
        yield from link(way_of(ground, arrow, ways[arrow]), arrow.kind, arrow.label)
    for lane in section.lanes:
        for one in lane.boxes:
            yield from box(one, *ground.corner(one.code), _told(shown, ground, one.code))


def _told(shown: View, ground: Ground, code: str) -> str:
    """Return the links of a box that no arrow shows, in words."""
    far = [one for one in shown.arrows if one.target == code and one.source not in ground.placed.spots]
    texts = [f"{one.source} {one.label}".strip() for one in far]
    texts += [f"{one.code} {label_of(one)}".strip() for one in shown.loose.get(code, ())]
    return f"after {', '.join(texts)}" if texts else ""


def _these(links: tuple[Dependency, ...]) -> str:
    return ", ".join(f"{one.code} {label_of(one)}".strip() for one in links)
