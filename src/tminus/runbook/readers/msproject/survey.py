"""Reads an MS Project file once from end to end, to know of it what has to be known beforehand."""

from __future__ import annotations

from collections.abc import Iterable

from tminus.runbook.readers.msproject.cells import Cells
from tminus.runbook.readers.msproject.chapters import settle_chapters
from tminus.runbook.readers.msproject.index import Index, Known, level_of, uid_of
from tminus.runbook.readers.msproject.target import Record
from tminus.runbook.readers.msproject.terms import TASK_FIELDS, TEAM_FIELDS

_TASK_KEYS = {title: key for key, (_, title) in TASK_FIELDS.items()}
_TEAM_KEYS = {title: key for key, (_, title) in TEAM_FIELDS.items()}
_FIRST_RESOURCE_FIELD = 205_000_000
"""Numbers of resource fields begin here, those of task fields end before."""
_OUT = {"IsNull": "blank", "ExternalTask": "of another project", "IsSubproject": "another project"}


def indexed(source: Iterable[Record]) -> Index:
    """Read the whole file once, keeping only what has to be known beforehand."""
    index = Index()
    last: Known | None = None
    for record in source:
        if record.tag == "Task":
            last = _task(index, record, last)
        elif record.tag == "Resource":
            _resource(index, record)
        elif record.tag == "Assignment":
            _assignment(index, record)
        elif record.tag == "ExtendedAttribute":
            _field(index, record)
        elif record.tag == "Calendar":
            index.calendars += 1
            index.rests = index.rests or "rests" in record.fields
        else:
            index.project[record.tag] = record.fields["text"].strip()
    settle_chapters(index)
    return index


def _field(index: Index, record: Record) -> None:
    number, title = record.fields.get("FieldID", "").strip(), record.fields.get("Alias", "").strip()
    of_resource = number.isdigit() and int(number) >= _FIRST_RESOURCE_FIELD
    keys, known = (index.team_keys, _TEAM_KEYS) if of_resource else (index.task_keys, _TASK_KEYS)
    if title in known:
        keys[number] = known[title]


def _task(index: Index, record: Record, last: Known | None) -> Known | None:
    cells = Cells(record, "step")
    uid, level = uid_of(record.fields.get("UID")), level_of(record)
    out = next((why for tag, why in _OUT.items() if cells.flag(tag)), "")
    if not out and cells.flag("Active") is False:
        out = "inactive"
    if level == 0:
        index.project.setdefault("TaskName", cells.text("Name") or "")
        return last
    if last and level > last.level and out != "blank":
        last.group = True
    known = Known(
        index.code_of(record) or "", level, cells.seconds("Duration"), cells.flag("Summary") is True, out
    )
    if uid:
        index.tasks.setdefault(uid, known)
    return last if out == "blank" else known


def is_team(record: Record) -> bool:
    """Return whether a resource is somebody who works, and not material, a cost or a blank row."""
    cells = Cells(record, "team")
    works = cells.text("Type") in (None, "1") and not cells.flag("IsCostResource")
    return works and not cells.flag("IsNull") and cells.text("Name") is not None


def _resource(index: Index, record: Record) -> None:
    uid = uid_of(record.fields.get("UID"))
    if uid and is_team(record):
        cells = Cells(record, "team")
        index.teams[uid] = index.own_fields(record).get("code") or cells.text("Name") or ""


def _assignment(index: Index, record: Record) -> None:
    uid = uid_of(record.fields.get("TaskUID"))
    team = index.teams.get(uid_of(record.fields.get("ResourceUID")) or "")
    if uid and team:
        teams = index.assigned.setdefault(uid, [])
        if team not in teams:
            teams.append(team)
