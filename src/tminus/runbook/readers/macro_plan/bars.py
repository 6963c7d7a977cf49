"""What is drawn on the macro-plan's page: axis, bars, marks and lines, in shares of the width.

Styles stand in the page's one style sheet: a policy that names it by its hash lets no `style` attribute work.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from markupsafe import Markup

from tminus.runbook.domain.chapters.schedule import Span
from tminus.runbook.domain.macro_plan import MacroPlan, Mark, MarkKind, Part
from tminus.runbook.readers.macro_plan.axis import Axis
from tminus.runbook.readers.macro_plan.clock import Clock
from tminus.runbook.readers.macro_plan.words import MARKS

_LINE = Markup('<line class="{}" x1="{x}" x2="{x}" y1="-300%" y2="400%"/>')
_ONE_NIGHT = timedelta(hours=20)
"""On a shorter axis a time needs no day beside it."""
_TEXT = Markup('<text x="{}" y="{}" text-anchor="{}" class="{}">{}</text>')
_SHAPES = {
    MarkKind.MILESTONE: Markup('<path class="{}" d="M0 -6 L6 5 L-6 5 Z"/>'),
    MarkKind.GATE: Markup('<path class="{}" d="M0 -7 L7 0 L0 7 L-7 0 Z"/>'),
    MarkKind.NO_RETURN: Markup('<path class="{}" d="M-3 -11 H3 V11 H-3 Z"/>'),
}
_LEGEND = (
    (Markup('<rect class="plan" x="1" y="3" width="24" height="9"/>'), "planned"),
    (Markup('<path class="base" d="M1 9 H25 M1 5 V13 M25 5 V13"/>'), "baseline, where it differs"),
    (Markup('<rect class="act" x="1" y="5" width="24" height="8"/>'), "actual, in progress"),
    (Markup('<rect class="act complete" x="1" y="5" width="24" height="8"/>'), "actual, complete"),
    (Markup('<rect class="act failed" x="1" y="5" width="24" height="8"/>'), "actual, failed or blocked"),
    (Markup('<rect class="fc" x="1" y="5" width="24" height="8"/>'), "forecast, as of when it was made"),
    (
        Markup('<g transform="translate(13 9)">{}</g>').format(
            _SHAPES[MarkKind.MILESTONE].format("milestone")
        ),
        "milestone",
    ),
    (
        Markup('<g transform="translate(13 9)">{}</g>').format(_SHAPES[MarkKind.GATE].format("gate")),
        "gate (filled: passed)",
    ),
    (
        Markup('<g transform="translate(13 9) scale(.8)">{}</g>').format(
            _SHAPES[MarkKind.NO_RETURN].format("pnr")
        ),
        "point of no return",
    ),
)


def grid(plan: MacroPlan, axis: Axis, clock: Clock) -> Markup:
    """Return the lines that every row shows again: ticks, the window, the point of no return, when it was made."""
    ticks = Markup("").join(
        _LINE.format("midnight" if tick.midnight else "tick", x=axis.place(tick.at))
        for tick in clock.ticks(axis.start, axis.end)
    )
    lines = Markup("").join(_LINE.format(kind, x=axis.place(at)) for kind, at, _ in _flags(plan, axis, clock))
    return Markup(
        '<svg width="0" height="0" aria-hidden="true"><defs><g id="grid">{}{}</g></defs></svg>'
    ).format(ticks, lines)


def axis_drawing(plan: MacroPlan, axis: Axis, clock: Clock) -> Markup:
    """Return the axis with its labels, and above it what the lines mean."""
    labels = []
    ticks = clock.ticks(axis.start, axis.end)
    for index, tick in enumerate(ticks):
        kind = "day" if tick.midnight else "tick-label minor" if index % 2 else "tick-label"
        labels.append(_TEXT.format(axis.place(tick.at), 76, "middle", kind, tick.label))
    for row, (_, at, words) in enumerate(sorted(_flags(plan, axis, clock), key=lambda one: one[1])):
        anchor = "end" if axis.share(at) > 0.6 else "start"
        labels.append(_TEXT.format(axis.place(at), 28 + 14 * (row % 3), anchor, "flag", words))
    return Markup('<svg role="img" aria-label="Time axis">{}</svg>').format(Markup("").join(labels))


def track(plan: MacroPlan, part: Part, axis: Axis, clock: Clock) -> Markup:
    """Return a part's line: planned, baseline where it is another, actual as of then, and its marks."""
    return Markup('<svg role="img" aria-label="{}"><use href="#grid"/>{}</svg>').format(
        _spoken(part, clock), Markup("").join(_bars(plan, part, axis))
    )


def legend() -> Markup:
    """Return what the drawings mean, in words."""
    items = (Markup('<li><svg aria-hidden="true">{}</svg>{}</li>').format(*one) for one in _LEGEND)
    return Markup('<ul class="legend">{}</ul>').format(Markup("").join(items))


def _flags(plan: MacroPlan, axis: Axis, clock: Clock) -> Iterator[tuple[str, datetime, str]]:
    tell = clock.short if axis.end - axis.start < _ONE_NIGHT else clock.tell
    if plan.window_start:
        yield "window", plan.window_start, f"window opens {tell(plan.window_start)}"
    if plan.window_end:
        yield "window", plan.window_end, f"window ends {tell(plan.window_end)}"
    marks = [mark for part in plan.parts for mark in part.marks if mark.kind is MarkKind.NO_RETURN]
    for mark in marks[:1]:
        at = mark.reached or mark.planned
        yield "no-return", at, f"no return {tell(at)}"
    if axis.start <= plan.made <= axis.end:
        yield "asof", plan.made, f"as of {tell(plan.made)}"


def _bars(plan: MacroPlan, part: Part, axis: Axis) -> Iterator[Markup]:
    if part.planned:
        yield _bar("plan", part.planned, axis, 7, 9)
    if part.baseline and part.baseline != part.planned:
        ends = [axis.place(one) for one in part.baseline]
        yield Markup('<line class="base" x1="{}" x2="{}" y1="3.5" y2="3.5"/>').format(*ends)
        for end in ends:
            yield Markup('<line class="base" x1="{0}" x2="{0}" y1="1" y2="6"/>').format(end)
    if part.forecast and not part.ended and not plan.ended:
        coming = max(part.forecast.start, min(plan.made, part.forecast.end))
        yield _bar("fc", Span(coming, part.forecast.end), axis, 18, 8)
    if part.begun:
        until = max(part.ended or plan.ended or plan.made, part.begun)
        yield _bar(f"act {part.state.value}", Span(part.begun, until), axis, 18, 8)
    for mark in part.marks:
        yield _mark(mark, axis)


def _bar(kind: str, span: Span, axis: Axis, y: int, height: int) -> Markup:
    return Markup('<rect class="{}" x="{}" width="{}" y="{}" height="{}" rx="1.5"/>').format(
        kind, axis.place(span.start), axis.width(*span), y, height
    )


def _mark(mark: Mark, axis: Axis) -> Markup:
    kind = "pnr" if mark.kind is MarkKind.NO_RETURN else mark.kind.value
    shape = _SHAPES[mark.kind].format(f"{kind} reached" if mark.reached and kind != "pnr" else kind)
    title = f"{MARKS[mark.kind]} {mark.code} {mark.name}"
    return Markup('<svg x="{}" y="17" width="1" height="1"><title>{}</title>{}</svg>').format(
        axis.place(mark.reached or mark.planned), title, shape
    )


def _spoken(part: Part, clock: Clock) -> str:
    told = [f"{part.code} {part.name}"]
    if part.planned:
        told.append(f"planned {clock.tell(part.planned.start)} to {clock.tell(part.planned.end)}")
    if part.begun:
        told.append(f"begun {clock.tell(part.begun)}")
    if part.forecast and not part.ended:
        told.append(f"forecast to end {clock.tell(part.forecast.end)}")
    if part.ended:
        told.append(f"ended {clock.tell(part.ended)}")
    return ", ".join(told)
