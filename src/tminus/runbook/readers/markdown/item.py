"""One line with a tick box: `- [ ] TRT-12 Stop the batch (15m) @BATCH after: TRT-9`, taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tminus.runbook.readers.markdown.bracket import NotRead, take_duration

_BOX = re.compile(r"([ >]*)(?:[-*+]|\d{1,9}[.)]) +\[([ xX]?)\](?: +(.*))?$")
_CODE = re.compile(
    r"(?P<bold>\*\*|__)?(?P<code>[A-Z][A-Z0-9_]*-\d+[a-z]?(?=[ :*_]|$)|(?=[\w.-]*\d)[A-Za-z0-9][\w.-]*(?=\**:[ *]))"
    r"(?:(?P=bold))?:?(?:\*\*)? *"
)
_AFTER = re.compile(r"(?:^|\s)after: *(.*)$", re.IGNORECASE)
_CODES = r"(?=[\w.-]*\d)[A-Za-z0-9][\w.-]*"
_UNDOES = re.compile(rf"(?:^|\s)undoes: *({_CODES}(?:\s*[,;]\s*{_CODES})*)", re.IGNORECASE)
_TEAM = re.compile(r'(?:^|(?<=\s))@(?:"([^"]*)"|([^\W_][\w.&/-]*))')
_LINK = re.compile(r'\s*"[^"]*"\s*|[^,;]+')


@dataclass(slots=True)
class Item:
    """What a line says; `wrong` = a bracket that looks like a duration and could not be read; it is not taken out."""

    indent: int
    ticked: bool
    name: str
    code: str | None = None
    teams: list[str] = field(default_factory=list)
    duration_seconds: int | None = None
    after: list[str] | None = None
    undoes: tuple[str, ...] | None = None
    wrong: NotRead | None = None


def has_box(line: str) -> bool:
    """Return whether a line has a tick box. Tabs are blanks already."""
    return "[" in line and _BOX.match(line) is not None


def item_of(line: str) -> Item | None:
    """Return what a line with a tick box says; None where it has none. Tabs are blanks already."""
    box = _BOX.match(line) if "[" in line else None
    if not box:
        return None
    item = Item(len(box[1]), box[2] in ("x", "X"), (box[3] or "").strip())
    _take_undoes(item)
    _take_after(item)
    item.name, teams = _take_teams(item.name)
    item.teams[:0] = teams
    item.name, seconds, wrong = take_duration(item.name)
    item.duration_seconds = seconds if seconds is not None else item.duration_seconds
    item.wrong = (wrong or item.wrong) if item.duration_seconds is None else None
    code = _CODE.match(item.name)
    if code and item.name[code.end() :].strip():
        item.code, item.name = code["code"], item.name[code.end() :]
    item.name = re.sub(" {2,}", " ", item.name).strip()
    return item


def _take_undoes(item: Item) -> None:
    """Codes alone: unlike what comes first, what is undone is not named by its title."""
    undoes = _UNDOES.search(item.name)
    if undoes:
        item.undoes = tuple(dict.fromkeys(re.split(r"\s*[,;]\s*", undoes[1])))
        item.name = f"{item.name[: undoes.start()]} {item.name[undoes.end() :].lstrip()}".strip()


def _take_after(item: Item) -> None:
    after = _AFTER.search(item.name)
    if not after:
        return
    item.name = item.name[: after.start()]
    said, item.teams = _take_teams(after[1])
    said, item.duration_seconds, item.wrong = take_duration(said)
    links = (link.strip().strip('"').strip() for link in _LINK.findall(said))
    item.after = list(dict.fromkeys(link for link in links if link))


def _take_teams(text: str) -> tuple[str, list[str]]:
    if "@" not in text:
        return text, []
    teams = ((quoted or bare).strip(" .,;") for quoted, bare in _TEAM.findall(text))
    return _TEAM.sub("", text), [team for team in teams if team]
