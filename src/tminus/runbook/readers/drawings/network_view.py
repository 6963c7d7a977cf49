"""What a drawing of a plan's network shows: boxes in lanes in sections, and the links between them.

As many steps as can be read are drawn one by one, each chapter a lane; of a larger plan every chapter is one box.
"""

from __future__ import annotations

from collections.abc import Iterable

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.plan import Chapter, Dependency, LinkKind, MacroPhase, Plan, Step
from tminus.runbook.domain.plan_canonical import normal
from tminus.runbook.readers.drawings.network_boxes import Arrow, Box, Lane, Section, View


def view(plan: Plan, *, folded: bool) -> View:
    """Return what is to be drawn of a plan, its steps or its chapters."""
    plan = normal(plan)
    section = _folded_section if folded else _section
    sections = tuple(section(phase) for phase in plan.macro_phases)
    boxes = {box.code for one in sections for lane in one.lanes for box in lane.boxes}
    steps = len(list(plan.steps()))
    if folded:
        return View(plan.name, steps, True, sections, _folded_arrows(plan, boxes))
    loose = {step.code: [link for link in step.after if link.code not in boxes] for step in plan.steps()}
    arrows = (
        Arrow(link.code, step.code, link.kind, label_of(link))
        for step in plan.steps()
        for link in step.after
        if link.code in boxes
    )
    return View(
        plan.name, steps, False, sections, tuple(arrows), {code: some for code, some in loose.items() if some}
    )


def label_of(link: Dependency) -> str:
    """Return what a link says besides finish-to-start: `SS +30m`."""
    lag = format_duration(link.lag_seconds) if link.lag_seconds else ""
    kind = "" if link.kind is LinkKind.FS else link.kind.value
    return " ".join(part for part in (kind, lag if lag[:1] in ("-", "") else f"+{lag}") if part)


def _section(phase: MacroPhase) -> Section:
    lanes = (
        Lane(part.code, part.name, tuple(_step_box(step) for step in part.steps), part.rollback, part.after)
        for part in phase.chapters
    )
    return Section(phase.code, phase.name, tuple(lanes), phase.after)


def _step_box(step: Step) -> Box:
    note = format_duration(step.duration_seconds) if step.duration_seconds else ""
    about = [f"{step.type.code} · {step.type.name}", f"team {step.team}" if step.team else "", note]
    about += ["point of no return"] if step.point_of_no_return else []
    said = f"{step.code} {step.name} ({', '.join(part for part in about if part)})"
    return Box(step.code, step.name, note, step.behaviour, step.point_of_no_return, said)


def _folded_section(phase: MacroPhase) -> Section:
    boxes = tuple(_chapter_box(chapter) for chapter in phase.chapters)
    return Section(phase.code, phase.name, (Lane("", "", boxes),) if boxes else (), phase.after)


def _chapter_box(chapter: Chapter) -> Box:
    count = len(chapter.steps)
    note = f"{count} step" if count == 1 else f"{count} steps"
    no_return = any(step.point_of_no_return for step in chapter.steps)
    about = f"{chapter.code} {chapter.name} ({note}{', rollback' if chapter.rollback else ''})"
    return Box(chapter.code, chapter.name, note, no_return=no_return, about=about)


def _folded_arrows(plan: Plan, boxes: set[str]) -> tuple[Arrow, ...]:
    """Links between chapters, and those between steps of different chapters, as many as there are, in one arrow."""
    home = {step.code: chapter.code for chapter in plan.chapters() for step in chapter.steps}
    counts: dict[tuple[str, str], int] = {}
    for chapter in plan.chapters():
        for source in _sources(chapter, home):
            if source in boxes and source != chapter.code:
                counts[source, chapter.code] = counts.get((source, chapter.code), 0) + 1
    return tuple(Arrow(*ends, label=f"{count}×" if count > 1 else "") for ends, count in counts.items())


def _sources(chapter: Chapter, home: dict[str, str]) -> Iterable[str]:
    links = (*chapter.after, *(link for step in chapter.steps for link in step.after))
    return (home.get(link.code, link.code) for link in links)
