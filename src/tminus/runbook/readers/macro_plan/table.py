"""The macro-plan as one HTML table that pastes into a wiki or a mail: styles inside, no class, no script.

Only ASCII goes out, other characters as references, so that no reader can take it for another encoding.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from markupsafe import Markup, escape

from tminus.runbook.domain.chapters.schedule import Span
from tminus.runbook.domain.macro_plan import MacroPlan, Part
from tminus.runbook.readers.macro_plan.clock import Clock
from tminus.runbook.readers.macro_plan.words import (
    chance_words,
    decision_words,
    delay_in,
    overdue_sentences,
    state_words,
    whole_delay,
)

_HEADINGS = (
    "Part",
    "Planned start",
    "Planned end",
    "Actual start",
    "Actual end",
    "Forecast end",
    "Delay",
    "State",
)
_TABLE = "border-collapse:collapse;font-family:Arial,Helvetica,sans-serif;font-size:13px;color:#161b22"
_CELL = "border:1px solid #bcc6d4;padding:4px 8px;text-align:left;vertical-align:top"
_FIGURE = _CELL + ";white-space:nowrap"
_HEAD = _CELL + ";background-color:#e4e9f0;font-weight:bold"
_PHASE = ";background-color:#f2f4f7;font-weight:bold"


def plan_as_table(plan: MacroPlan) -> str:
    """Return the table; its caption says of what, by which clock, and as of when."""
    clock = Clock(plan.zone, *_reach(plan))
    rows = [_head(), *(_row(plan, part, clock) for part in plan.parts), _whole(plan, clock)]
    body = Markup("\n").join(rows)
    table = Markup('<table style="{}">\n{}\n{}\n</table>\n').format(_TABLE, _caption(plan, clock), body)
    return str(table).encode("ascii", "xmlcharrefreplace").decode("ascii")


def _reach(plan: MacroPlan) -> tuple[datetime, datetime]:
    """From the first moment that is told to the last."""
    told = [*plan.planned, plan.made, *(plan.baseline or ())]
    for part in plan.parts:
        told += [
            *(part.planned or ()),
            *(part.forecast or ()),
            *(one for one in (part.begun, part.ended) if one),
        ]
    if plan.outlook:
        told += [one for one in (plan.outlook.finish, plan.outlook.last_safe, plan.outlook.made) if one]
    return min(told), max(told)


def _caption(plan: MacroPlan, clock: Clock) -> Markup:
    against = "the baseline" if plan.baseline else "the plan"
    lines = [
        f"Plan {plan.plan}. Times by the clock of {clock.name}. As of {clock.tell(plan.made)}, event {plan.seq}; "
        f"delays against {against}.",
        *_outlook(plan, clock),
        *(f"⚠ {heading}: {told}." for heading, told in overdue_sentences(plan, clock)),
    ]
    return Markup(
        '<caption style="text-align:left;padding:4px 0"><strong>{}</strong><br>{}</caption>'
    ).format(f"{plan.migration} · {plan.iteration} ({plan.state})", Markup("<br>").join(lines))


def _outlook(plan: MacroPlan, clock: Clock) -> Iterator[str]:
    outlook = plan.outlook
    if outlook is None or plan.ended:
        return
    if outlook.finish is None:
        yield f"Forecast as of {clock.tell(outlook.made)}: cannot be reckoned."
        return
    delay = whole_delay(plan)
    what = "the way back ends" if outlook.way_back else "finish"
    told = f"Forecast as of {clock.tell(outlook.made)}: {what} {clock.tell(outlook.finish)}"
    told += f" ({delay})" if delay else ""
    if plan.window_end:
        what = "chance that it ends" if outlook.way_back else "chance to finish"
        told += (
            f"; {what} inside the window, which ends {clock.tell(plan.window_end)}: {chance_words(outlook)}"
        )
    yield f"{told}."
    if not outlook.way_back:
        yield f"Last safe decision to turn back, as of then: {decision_words(outlook, clock)}."


def _head() -> Markup:
    cells = Markup("").join(
        Markup('<th scope="col" style="{}">{}</th>').format(_HEAD, one) for one in _HEADINGS
    )
    return Markup("<tr>{}</tr>").format(cells)


def _row(plan: MacroPlan, part: Part, clock: Clock) -> Markup:
    sign, word = state_words(plan, part)
    done = f" {part.done}/{part.total}" if part.total else ""
    name = f"{part.code} {part.name}"
    delay = delay_in(plan, part)
    forecast = part.forecast.end if part.forecast and not part.ended else None
    cells = [*_times(part.planned, part.begun, part.ended, forecast, clock), delay, f"{sign} {word}{done}"]
    return _line(name, cells, part.level)


def _whole(plan: MacroPlan, clock: Clock) -> Markup:
    forecast = plan.outlook.finish if plan.outlook and not plan.ended else None
    cells = [*_times(plan.planned, plan.begun, plan.ended, forecast, clock), whole_delay(plan), plan.state]
    return _line(f"{plan.iteration} as a whole", cells, 0)


def _times(
    planned: Span | None,
    begun: datetime | None,
    ended: datetime | None,
    forecast: datetime | None,
    clock: Clock,
) -> Iterator[str]:
    for one in (planned and planned.start, planned and planned.end, begun, ended, forecast):
        yield clock.tell(one) if one else "–"


def _line(name: str, cells: Sequence[str], level: int) -> Markup:
    phase = "" if level else _PHASE
    first = Markup('<th scope="row" style="{}">{}</th>').format(
        f"{_CELL};font-weight:{'normal' if level else 'bold'};padding-left:{8 + 14 * level}px{phase}",
        escape(name),
    )
    rest = Markup("").join(Markup('<td style="{}">{}</td>').format(_FIGURE + phase, one) for one in cells)
    return Markup("<tr>{}{}</tr>").format(first, rest)
