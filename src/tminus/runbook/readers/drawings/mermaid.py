"""Writes a plan's network as a Mermaid flowchart, for pages and tickets that draw one from text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tminus.runbook.domain.plan import Behaviour, Dependency, LinkKind, Plan
from tminus.runbook.readers.drawings.network_boxes import Box, Lane, Section, View
from tminus.runbook.readers.drawings.network_view import label_of, view

MOST_STEPS = 500
"""Steps drawn one by one; also the links Mermaid draws at most unless its host allows more (`maxEdges`)."""
LONGEST = 50_000
"""Characters Mermaid takes unless its host allows more (`maxTextSize`)."""

_UNSAFE = re.compile(r"[^\w .,:/+×·–—°’-]")
_SHAPES = {
    Behaviour.WORK: ("[", "]"),
    Behaviour.CHECKPOINT: ("[/", "/]"),
    Behaviour.GATE: ("{{", "}}"),
    Behaviour.MILESTONE: ("([", "])"),
}


def plan_as_mermaid(plan: Plan) -> str:
    """Return the flowchart; where Mermaid could not draw it all, every chapter is one box, and a comment says so."""
    whole = view(plan, folded=False)
    text = "\n".join(_lines(whole)) + "\n"
    if whole.steps <= MOST_STEPS and len(_links(whole)) <= MOST_STEPS and len(text) <= LONGEST:
        return text
    return "\n".join(_lines(view(plan, folded=True))) + "\n"


def _text(text: str) -> str:
    """Return a text with everything that could mean something to Mermaid or HTML written as its number."""
    return _UNSAFE.sub(lambda match: f"#{ord(match[0])};", text)


def _lines(shown: View) -> Iterator[str]:
    yield f"%% {_text(shown.name)}"
    if shown.folded:
        yield f"%% Its {shown.steps} steps are too many for one drawing: each box is a chapter, 3× = three links."
    yield "flowchart LR"
    ids = _ids(shown)
    for section in shown.sections:
        yield f'  subgraph {ids[section.code]}["{_text(f"{section.code} {section.name}")}"]'
        for lane in section.lanes:
            yield from _lane(lane, ids)
        yield "  end"
    for source, target, kind, label in _links(shown):
        arrow = "-->" if kind is LinkKind.FS else "-.->"
        middle = f'|"{_text(label)}"|' if label else ""
        yield f"  {ids[source]} {arrow}{middle} {ids[target]}"


def _lane(lane: Lane, ids: dict[str, str]) -> Iterator[str]:
    if lane.code:
        sleeping = " (rollback)" if lane.rollback else ""
        yield f'    subgraph {ids[lane.code]}["{_text(f"{lane.code} {lane.name}{sleeping}")}"]'
    yield from (f"      {ids[box.code]}{_box(box)}" for box in lane.boxes)
    if lane.code:
        yield "    end"


def _box(box: Box) -> str:
    start, end = _SHAPES[box.behaviour]
    lines = [_text(box.code), _text(box.name), _text(box.note), "point of no return" if box.no_return else ""]
    return f'{start}"{"<br/>".join(line for line in lines if line)}"{end}'


def _ids(shown: View) -> dict[str, str]:
    """Codes may be words of Mermaid (`end`), so that everything gets a name of its own."""
    codes = [
        code
        for section in shown.sections
        for code in (section.code, *(code for lane in section.lanes for code in (lane.code, *_codes(lane))))
        if code
    ]
    return {code: f"n{place}" for place, code in enumerate(codes, 1)}


def _codes(lane: Lane) -> list[str]:
    return [box.code for box in lane.boxes]


def _links(shown: View) -> list[tuple[str, str, LinkKind, str]]:
    """Return all links whose ends are drawn: (from, to, kind, label)."""
    groups: list[Section | Lane] = [*shown.sections, *(lane for one in shown.sections for lane in one.lanes)]
    ids = _ids(shown)
    found = [(arrow.source, arrow.target, arrow.kind, arrow.label) for arrow in shown.arrows]
    found += [_link(link, group.code) for group in groups for link in group.after]
    found += [_link(link, code) for code, links in shown.loose.items() for link in links]
    return [one for one in found if one[0] in ids and one[1] in ids]


def _link(link: Dependency, target: str) -> tuple[str, str, LinkKind, str]:
    return link.code, target, link.kind, label_of(link)
