"""The macro-plan as one HTML file that needs nothing else: bars by macro-phase, and clocks that go on.

Everything is in the file: styles, script, data, and the zone's offsets. Its own policy lets nothing be loaded and
only this script and these styles be used, by their SHA-256. What it shows of actual times is as of when it was made,
and it says so: the script moves clocks and the now-line, never a bar.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

from tminus.runbook.domain.macro_plan import (
    Back,
    MacroPlan,
    Outlook,
    Part,
    is_overdue,
    overdue_marks,
    overdue_parts,
)
from tminus.runbook.domain.rollup import RollupState
from tminus.runbook.readers.macro_plan.axis import Axis, axis_of
from tminus.runbook.readers.macro_plan.bars import axis_drawing, grid, legend, track
from tminus.runbook.readers.macro_plan.clock import Clock, offsets
from tminus.runbook.readers.macro_plan.words import (
    MARKS,
    chance_words,
    decision_words,
    delay_in,
    overdue_sentences,
    state_words,
    whole_delay,
)

_KNOWN = timedelta(days=400)
"""So far around the plan the zone's offsets are in the file."""
_PAGE = Markup("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
{body}
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
""")
_TOP = Markup("""<header class="top">
<div><h1>{iteration}</h1><p>{migration} · plan {plan}</p><p>{state}{delay}</p></div>
<div class="clocks screen" data-live hidden>
<div><h2>{zero}</h2><span class="big" id="t"></span></div>
<div><h2 id="wall-day"></h2><span class="big" id="wall"></span></div>
</div>
</header>
<p class="stamp" id="stamp"><b>As of event {seq}, made {made}: actual times are as of then.</b>
<span class="screen">This file hears nothing more from Tminus; only the clocks go on. <b id="age"></b></span></p>
""")
_SAY = Markup("""<section class="say screen" data-live hidden>
<div><h2>By plan, running now</h2><p id="due"></p></div>
<div><h2>By plan, next to begin</h2><p id="next"></p><small id="next-at"></small></div>
<div><h2>By plan, next milestone or gate</h2><p id="mark"></p><small id="mark-at"></small></div>
</section>
""")
_CHART = Markup("""<p class="note">Times by the clock of {clock}.{against}</p>
<div class="chart">
{grid}
<table>
<thead><tr><th class="head" scope="col"><span hidden>Part</span></th><th scope="col">{axis}</th></tr></thead>
<tbody>
{rows}
</tbody>
</table>
<div class="over screen" data-live hidden><svg aria-hidden="true"><line id="now-line" class="now" y1="16" y2="100%"/>\
<text id="now-flag" class="now-flag" y="12"></text></svg></div>
</div>
{legend}""")


def plan_as_page(plan: MacroPlan) -> str:
    """Return the file."""
    axis = axis_of(plan)
    clock = Clock(plan.zone, axis.start, axis.end)
    style, script = _asset("page.css"), _asset("page.js")
    return str(
        _PAGE.format(
            policy=f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; "
            "base-uri 'none'; form-action 'none'",
            title=f"{plan.iteration} · {plan.migration} · macro-plan",
            style=style,
            script=script,
            data=_embedded(_data(plan, axis)),
            body=_body(plan, axis, clock),
        )
    )


def _body(plan: MacroPlan, axis: Axis, clock: Clock) -> Markup:
    delay = whole_delay(plan)
    top = _TOP.format(
        iteration=plan.iteration,
        migration=plan.migration,
        plan=plan.plan,
        state=f"{plan.state}, planned {clock.between(*plan.planned)}",
        delay=f" · {delay}" if delay else "",
        zero="Ended at" if plan.ended else "Since the start" if plan.begun else "To the planned start",
        seq=plan.seq,
        made=_stamp(plan.made, plan.zone),
    )
    chart = _CHART.format(
        grid=grid(plan, axis, clock),
        clock=clock.name,
        against=" Delays against the baseline." if plan.baseline else "",
        axis=axis_drawing(plan, axis, clock),
        rows=Markup("\n").join(_rows(plan, axis, clock)),
        legend=legend(),
    )
    return top + (Markup("") if plan.ended else _facts(plan, clock) + _SAY) + chart


_FACTS = Markup('<section class="facts">\n{}\n</section>\n')
_FACT = Markup("<div><h2>{}</h2><p>{}</p><small>{}</small></div>")
_DUE = Markup('<p class="due"><b>⚠ {}:</b> {}</p>\n')
_SAFE = Markup('<span id="safe-at" class="screen" data-at="{}"></span> {}')


def _facts(plan: MacroPlan, clock: Clock) -> Markup:
    """What the forecast said when this was made, and what was overdue: on paper too."""
    facts = Markup("\n").join(_FACT.format(*one) for one in _outlook(plan, clock))
    due = Markup("").join(_DUE.format(*one) for one in overdue_sentences(plan, clock))
    return (_FACTS.format(facts) if facts else Markup("")) + due


def _outlook(plan: MacroPlan, clock: Clock) -> Iterator[tuple[str, str, str]]:
    outlook = plan.outlook
    if outlook is None:
        yield "Forecast finish", "not reckoned yet", ""
        return
    what = "Way back ends" if outlook.way_back else "Forecast finish"
    heading = f"{what}, as of {clock.tell(outlook.made)}"
    if outlook.finish is None:
        yield heading, "cannot be reckoned", ""
        return
    planned = "" if outlook.way_back else f"planned {clock.tell(plan.planned.end)}"
    delay = whole_delay(plan)
    yield heading, clock.tell(outlook.finish), " · ".join(one for one in (delay, planned) if one)
    if plan.window_end:
        what = "Chance that it ends" if outlook.way_back else "Chance to finish"
        ends = f"which ends {clock.tell(plan.window_end)}"
        yield f"{what} inside the window, as of then", chance_words(outlook), ends
    if not outlook.way_back:
        yield (
            "Last safe decision to turn back, as of then",
            decision_words(outlook, clock),
            _decision(outlook),
        )


def _decision(outlook: Outlook) -> str:
    """Who decides; and a place for how long there is, where that goes by the clock and not by a step."""
    if outlook.last_safe is None:
        return ""
    decider = f"decided by {outlook.decider}" if outlook.decider else ""
    by_clock = outlook.back is Back.CAN and outlook.before is None
    return _SAFE.format(_ms(outlook.last_safe), decider) if by_clock else decider


def _stamp(value: datetime, zone: str) -> str:
    at = Clock(zone, value, value)
    return f"{at.tell(value)} {at.offsets[0].name}"


def _rows(plan: MacroPlan, axis: Axis, clock: Clock) -> Iterator[Markup]:
    row = Markup(
        '<tr{kind}><th scope="row"><b>{code}</b> {name}<small>{told}</small></th><td>{track}</td></tr>'
    )
    for part in plan.parts:
        yield row.format(
            kind=Markup("") if part.level else Markup(' class="phase"'),
            code=part.code,
            name=part.name,
            told=" · ".join(_told(plan, part, clock)),
            track=track(plan, part, axis, clock),
        )


def _told(plan: MacroPlan, part: Part, clock: Clock) -> Iterator[str]:
    sign, word = state_words(plan, part)
    yield f"{sign} {word}" + (f" {part.done}/{part.total}" if part.total else "")
    if part.planned:
        yield clock.between(*part.planned)
    delay = delay_in(plan, part)
    if delay:
        yield delay


def _data(plan: MacroPlan, axis: Axis) -> dict[str, Any]:
    """What the script works with; moments in milliseconds."""
    chapters = [part for part in plan.parts if part.level and part.planned and not part.dormant]
    until = axis.end + _KNOWN
    return {
        "zone": plan.zone,
        "offsets": [
            [_ms(one.since), one.minutes, one.name] for one in offsets(plan.zone, axis.start - _KNOWN, until)
        ],
        "offsetsUntil": _ms(until),
        "made": _ms(plan.made),
        "zero": _ms(plan.zero),
        "ended": _ms(plan.ended) if plan.ended else None,
        "planned": [_ms(one) for one in plan.planned],
        "from": _ms(axis.start),
        "to": _ms(axis.end),
        "parts": [
            {
                "code": one.code,
                "name": one.name,
                "start": _ms(one.planned.start),
                "end": _ms(one.planned.end),
                "overdue": is_overdue(plan, one),
            }
            for one in chapters
            if one.planned and not one.ended and one.state is not RollupState.CANCELLED
        ],
        "marks": [
            {"code": one.code, "name": one.name, "what": MARKS[one.kind], "at": _ms(one.planned)}
            for part in chapters
            for one in part.marks
            if not one.reached and not one.gone
        ],
        "overdue": [len(overdue_parts(plan)), len(overdue_marks(plan))],
        "asOf": Clock(plan.zone, plan.made, plan.made).short(plan.made),
    }


def _embedded(data: dict[str, Any]) -> Markup:
    """Write data so that nothing in it can end the element it stands in."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    for sign in "<>&":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704 - escaped above, for where it stands


def _ms(value: datetime) -> int:
    return round(value.timestamp() * 1000)


@cache
def _asset(name: str) -> Markup:
    return Markup((Path(__file__).parent / name).read_text("utf-8"))  # noqa: S704 - a file of this package


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
