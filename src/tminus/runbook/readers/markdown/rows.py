"""What one line with a tick box says, as a row, and what is odd about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from tminus.runbook.domain.findings import Finding, Severity, Subject
from tminus.runbook.readers.confluence.text import LONGEST_TEXT
from tminus.runbook.readers.markdown.bracket import NotRead
from tminus.runbook.readers.markdown.item import Item
from tminus.runbook.readers.staged import StagedLink, StagedRow


def step_of(item: Item, number: int, chapter: str | None, phase: str | None) -> StagedRow:
    """Return the row of a step."""
    row = StagedRow("step", code=item.code, row=number, parent=chapter or phase, phase=phase)
    row.name, row.duration_seconds = item.name or None, item.duration_seconds
    row.team = item.teams[0] if item.teams else None
    row.impacted_teams = tuple(item.teams[1:]) or None
    row.undoes = item.undoes
    row.links = [StagedLink(code, column="after") for code in item.after or ()]
    given = {
        "name": True,
        "parent": row.parent,
        "phase": phase,
        "team": item.teams,
        "duration_seconds": item.duration_seconds is not None,
        "impacted_teams": row.impacted_teams,
        "undoes": row.undoes,
        "after": item.after is not None,
    }
    row.given = tuple(name for name, there in given.items() if there)
    return row


def task_of(item: Item, number: int, of: int) -> StagedRow:
    """Return the row of a task of the step in line `of`."""
    row = StagedRow("task", code=item.code, row=number, of=of, name=item.name or None, given=("name",))
    if item.teams:
        row.team, row.given = item.teams[0], ("name", "team")
    return row


def oddities_of(item: Item, number: int, kind: str) -> Iterator[Finding]:
    """Yield what is wrong with a line; a title that is far too long is taken out of it."""
    if len(item.name) > LONGEST_TEXT:
        said = f"The line is longer than {LONGEST_TEXT:,} characters, which no title is; it was not read."
        yield error_at("too_long", number, kind, said, "Shorten it.")
        item.name = ""
    elif not item.name:
        yield error_at(
            "missing_value", number, kind, "Behind the tick box stands no title.", "Say what is done."
        )
    if item.wrong and kind == "step":
        yield _not_read(item.wrong, number)
    if item.ticked:
        said = "It is ticked already, which a plan does not know: it is taken over as still to be done."
        yield Finding("ticked_already", Severity.WARNING, said, line=number, row=number)
    if kind == "task" and (item.after is not None or item.duration_seconds is not None):
        said = "Only steps have a duration and wait for others; of this task both are left out."
        yield Finding(
            "not_of_a_task", Severity.WARNING, said, "Move it out to make it a step.", line=number, row=number
        )


def _not_read(wrong: NotRead, number: int) -> Finding:
    """An error where a duration is meant without doubt; else the title may well say what it is to say."""
    if wrong.meant:
        said = f"“({wrong.text})” is meant as a duration and cannot be read as one."
        return error_at("bad_duration", number, "step", said, "Write “(45m)” or “(1h 30m)”.", "duration")
    said = f"“({wrong.text})” may be a duration: it was left where it stands, and the step has none."
    hint = "Write “(45m)” or “(1h 30m)” if it is one."
    found = error_at("unread_duration", number, "step", said, hint, "duration")
    return replace(found, severity=Severity.WARNING)


def error_at(code: str, number: int, kind: str, said: str, hint: str, field: str = "") -> Finding:
    """Return an error about the step or task in a line."""
    subject = Subject(kind, "", field)
    return Finding(code, Severity.ERROR, said, hint, line=number, row=number, subject=subject)
