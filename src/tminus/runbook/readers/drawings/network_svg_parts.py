"""The look of a network's drawing: its style, and boxes with shapes by behaviour."""

from __future__ import annotations

from collections.abc import Iterator

from tminus.runbook.domain.plan import Behaviour
from tminus.runbook.readers.drawings.network_boxes import Box
from tminus.runbook.readers.msproject.elements import text_of

WIDTH, HEIGHT = 190, 48
"""Of a box, in pixels."""
_LETTERS = 29
"""Letters of a name on one line of a box: 11 pixels high, the widest usual line takes 6 each."""

_BESIDE = 23
"""Letters of a code and its note that go on one line; letters of a longer code are left out."""

STYLE = """
svg{background:var(--bg);font:11px system-ui,-apple-system,'Segoe UI',Helvetica,Arial,sans-serif;--bg:#fff;
--ink:#161b22;--dim:#586274;--line:#8894a6;--soft:#f3f5f8;--edge:#dfe4ea;--mark:#dbe3ef}
@media(prefers-color-scheme:dark){svg{--bg:#0d1116;--ink:#e4e9f0;--dim:#a3afc0;--line:#76859a;--soft:#151a21;
--edge:#27303b;--mark:#2b3a52}}
@media print{svg{--bg:#fff;--ink:#000;--dim:#444;--line:#666;--soft:#fff;--edge:#bbb;--mark:#e4e4e4}}
text{fill:var(--ink)}.dim{fill:var(--dim)}.big{font-size:18px;font-weight:600}.head{font-size:13px;font-weight:600}
.code{font-weight:600;font-size:11px}.lane{fill:var(--soft);stroke:var(--edge)}.sleep{stroke-dasharray:6 4}
.box{fill:var(--bg);stroke:var(--line)}.gate,.milestone{fill:var(--mark)}.checkpoint{stroke-dasharray:4 3}
.final{stroke:var(--ink);stroke-width:2.5}.link{fill:none;stroke:var(--line);stroke-width:1.2}
.other{stroke-dasharray:5 3}.tip{fill:var(--line)}
.tag{font-size:10px;paint-order:stroke;stroke:var(--soft);stroke-width:4px;stroke-linejoin:round}
"""

ARROW_HEAD = (
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
    '<path class="tip" d="M0 0.5 8 4 0 7.5Z"/></marker></defs>'
)


def words(text: str, x: float, y: float, style: str = "", anchor: str = "") -> str:
    """Return a line of text."""
    kind = f' class="{style}"' if style else ""
    end = f' text-anchor="{anchor}"' if anchor else ""
    return f'<text x="{x:g}" y="{y:g}"{kind}{end}>{text_of(text)}</text>'


def wrapped(text: str, letters: int, most: int) -> list[str]:
    """Return a text in lines of so many letters, the last one cut off where there are more than `most`."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) + 1 > letters and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    lines = [line if len(line) <= letters else line[: letters - 1] + "…" for line in lines]
    return lines if len(lines) <= most else [*lines[: most - 1], lines[most - 1][: letters - 1] + "…"]


def box(shown: Box, x: float, y: float, after: str = "") -> Iterator[str]:
    """Yield a box: code and duration, name below; `after` = links that are told, as their arrow would be too long."""
    yield f"<g><title>{text_of(shown.about + (f'; {after}' if after else ''))}</title>"
    yield shape(shown.behaviour, x, y, WIDTH, HEIGHT, shown.no_return)
    inset = x + 10
    beside = len(shown.code) + len(shown.note) <= _BESIDE
    yield words(wrapped(shown.code, _BESIDE, 1)[0], inset, y + 15, "code")
    if shown.note:
        yield words(shown.note, x + WIDTH - 10, y + (15 if beside else 40), "dim", "end")
    for place, line in enumerate(wrapped(shown.name, _LETTERS, 2 if beside else 1)):
        yield words(line, inset, y + 28 + 12 * place)
    if after:
        yield words(wrapped(after, 33, 1)[0], x + 2, y + HEIGHT + 10, "dim tag")
    yield "</g>"


def shape(
    behaviour: Behaviour, x: float, y: float, width: float, height: float, no_return: bool = False
) -> str:
    """Return the outline of a box; shapes differ so that they are told apart in grey."""
    style = f'class="box {behaviour.value}{" final" if no_return else ""}"'
    if behaviour is Behaviour.GATE:
        cut = min(10, height / 2)
        points = (
            f"M{x + cut:g} {y:g}h{width - 2 * cut:g}l{cut:g} {cut:g}v{height - 2 * cut:g}l{-cut:g} {cut:g}"
            f"h{2 * cut - width:g}l{-cut:g} {-cut:g}v{2 * cut - height:g}z"
        )
        return f'<path {style} d="{points}"/>'
    round_ = height / 2 if behaviour is Behaviour.MILESTONE else 5
    return f'<rect {style} x="{x:g}" y="{y:g}" width="{width:g}" height="{height:g}" rx="{round_:g}"/>'
