"""What an edit does, in words: for the list of edits, the log, and whoever is told that a value has changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tminus.kernel.durations import format_duration
from tminus.runbook.domain.plan_edit import (
    INSIDE,
    Add,
    Edit,
    Level,
    Link,
    Move,
    Remove,
    SetField,
    Tie,
    Unlink,
    Values,
)
from tminus.runbook.domain.plan_edit_fields import FIELDS, Kind

_LONG = 60


def title(edits: Sequence[Edit]) -> str:
    """Return what these edits do, as a sentence without its subject: `Set the duration of TRT-1030 to 45m`."""
    if len(edits) == 1:
        return _told(edits[0])
    first = edits[0]
    if isinstance(first, SetField) and all(
        isinstance(one, SetField) and (one.level, one.field, one.to) == (first.level, first.field, first.to)
        for one in edits
    ):
        words = FIELDS[first.level][first.field].words
        return f"Set the {words} of {len(edits)} {first.level.words}s to {shown(first.level, first.field, first.to)}"
    return f"{_told(first)}, and {len(edits) - 1} more"


def shown(level: Level, member: str, value: Any) -> str:
    """Return a value as people write it."""
    kind = FIELDS[level][member].kind if member in FIELDS[level] else Kind.LINE
    if value in (None, "", []):
        return "nothing"
    if kind is Kind.SECONDS:
        return format_duration(int(value))
    if kind is Kind.FLAG:
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return _short(str(value))


def _short(text: str) -> str:
    line = text.split("\n", 1)[0]
    return line if len(line) <= _LONG and line == text else f"“{line[: _LONG - 1]}…”"


def _told(edit: Edit) -> str:
    match edit:
        case SetField():
            return _set_told(edit)
        case Add():
            where = f" to {edit.parent}" if edit.parent else ""
            return f"Added {edit.level.words} {edit.code}{_with(edit.level, edit.item)}{where}"
        case Remove():
            item = edit.was.item if edit.was else {}
            return f"Removed {edit.level.words} {edit.code}{_with(edit.level, item)}"
        case Move():
            where = f" before {edit.before}" if edit.before else " to the end"
            into = f" into {edit.parent}" if edit.parent and edit.parent != edit.was else ""
            return f"Moved {edit.level.words} {edit.code}{into}{where}"
        case Link():
            return f"Let {edit.tie.to} wait for {edit.tie.code}{_kind(edit.tie)}"
        case Unlink():
            return f"Let {edit.to} wait no more for {edit.code}{_kind(Tie(edit.to, edit.code, edit.kind))}"


def _set_told(edit: SetField) -> str:
    if edit.field == "code":
        return f"Renamed {edit.level.words} {edit.code} to {edit.to}"
    words = FIELDS[edit.level][edit.field].words
    if FIELDS[edit.level][edit.field].kind is Kind.TEXT:
        return f"Rewrote the {words} of {edit.code}"
    return f"Set the {words} of {edit.code} to {shown(edit.level, edit.field, edit.to)}"


def _kind(tie: Tie) -> str:
    kind = "" if tie.kind == "FS" else f" {tie.kind}"
    lag = f" {'+' if tie.lag > 0 else ''}{format_duration(tie.lag)}" if tie.lag else ""
    return f" ({(kind + lag).strip()})" if kind or lag else ""


def _with(level: Level, item: Values) -> str:
    counts = _counted(level, item)
    told = [f"{count} {one.words}{'s' if count > 1 else ''}" for one, count in counts.items() if count]
    return f" with {' and '.join(told)}" if told else ""


def _counted(level: Level, item: Values) -> dict[Level, int]:
    if level not in INSIDE:
        return {}
    inner, listed = INSIDE[level]
    inside = item.get(listed) or []
    counts = {inner: len(inside)}
    for one in inside:
        for its, count in _counted(inner, one).items():
            counts[its] = counts.get(its, 0) + count
    return counts
