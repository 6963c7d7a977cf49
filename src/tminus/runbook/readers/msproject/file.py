"""Reads an MS Project file (MSPDI): outline, links, lags, milestones, constraints, resources as teams.

Twice over the file: once for what has to be known beforehand (`msproject_index`), once for the rows. What the
format says and a plan cannot hold is a warning; `docs/reference/msproject.md` lists it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tminus.runbook.domain.findings import Severity
from tminus.runbook.readers.file_text import Unreadable, refuse
from tminus.runbook.readers.msproject.cells import Cells
from tminus.runbook.readers.msproject.groups import Outline
from tminus.runbook.readers.msproject.index import Index, Known, level_of, uid_of
from tminus.runbook.readers.msproject.links import elapsed_in
from tminus.runbook.readers.msproject.step import step_row
from tminus.runbook.readers.msproject.survey import indexed, is_team
from tminus.runbook.readers.msproject.target import Record
from tminus.runbook.readers.msproject.told import Counts, about_calendars, plan_name, told
from tminus.runbook.readers.msproject.xml import records
from tminus.runbook.readers.staged import Reading, SourceFile, Staged, StagedRow

LARGEST_FILE = 100 * 1024 * 1024
"""Bytes. MS Project writes about 5 kB a task, so that this is a plan of some 20,000."""


def read_msproject(source: SourceFile) -> Reading:
    """Yield what the file says, in its order; a file that is no MS Project file is one error and nothing else.

    `source.content` is read from its beginning, twice.
    """
    try:
        if source.size > LARGEST_FILE:
            most = LARGEST_FILE // 1024 // 1024
            raise refuse(
                "too_large", f"The file is larger than {most} MB, which no plan is; it was not read."
            )
        source.content.seek(0)
        index = indexed(records(source.content))
        source.content.seek(0)
        yield from _Reader(index, source.name).rows(source)
    except Unreadable as error:
        yield error.finding


class _Reader:
    def __init__(self, index: Index, file: str) -> None:
        self.index = index
        self.counts = Counts()
        self.project = Cells(Record("Project", index.project), "plan")
        self.name = plan_name(index, file)
        self.start: datetime | None = None
        self.outline = Outline(index, self.name)

    def rows(self, source: SourceFile) -> Reading:
        self.start = self.project.date("StartDate")
        yield from self.project.found
        yield from about_calendars(self.index)
        spoken = False
        for place, record in enumerate(records(source.content)):
            if record.tag == "Task":
                if not spoken:
                    yield from self._plan(record)
                    spoken = True
                yield from self._task(record, place)
            elif record.tag == "Resource" and is_team(record):
                yield from self._team(record)
        if not self.counts.tasks:
            yield told("no_steps", "The file has no task that could be a step.", Severity.ERROR)
        yield from self.counts.findings()

    def _plan(self, record: Record) -> Iterator[Staged]:
        """The project's own row, UID 0, speaks of the plan; it comes first where there is one."""
        first = level_of(record) == 0
        own = self.index.own_fields(record) if first else {}
        if "migration" in own:
            name, zone = own.get("migration_name"), own.get("zone")
            given = tuple(key for key, value in (("name", name), ("zone", zone)) if value)
            yield StagedRow("migration", own["migration"], name=name, zone=zone, given=given)
        cells = Cells(record, "plan")
        notes = (cells.raw("Notes") or "").strip("\n") if first else ""
        yield from cells.found
        row = StagedRow("plan", name=self.name, given=("name",))
        if notes or (first and self.index.ours):
            row.description, row.given = notes, ("name", "description")
        yield row

    def _team(self, record: Record) -> Iterator[Staged]:
        """A team without a code is known by the name that its steps give, so that it gets no row."""
        own, cells = self.index.own_fields(record), Cells(record, "team")
        name, email, phone = cells.text("Name"), cells.text("EmailAddress"), own.get("phone")
        yield from cells.found
        if code := own.get("code"):
            given = ("name", "email", "phone")
            yield StagedRow("team", code, name=name, email=email, phone=phone, given=given)
        else:
            self.counts.addresses += email is not None

    def _task(self, record: Record, place: int) -> Iterator[Staged]:
        uid, level = uid_of(record.fields.get("UID")), level_of(record)
        known = self.index.tasks.get(uid or "") or Known(self.index.code_of(record) or "", level, None, False)
        if level == 0 or known.out == "blank":
            return
        cells = Cells(record, "step", known.code)
        cells.row = cells.number("ID") or place
        for tag in ("IsNull", "ExternalTask", "IsSubproject", "Active", "Summary"):
            cells.flag(tag)
        if uid is None:
            said = "A task has no number of its own (UID), so that nothing can wait for it."
            cells.error("bad_number", said, "UID")
        self.outline.leave(level)
        self.counts.tasks += not known.out
        if known.out:
            said = f"“{(cells.text('Name') or known.code)[:300]}” was left out: it is {known.out}."
            cells.warn("task_left_out", said, "Active" if known.out == "inactive" else "Name")
        elif known.group:
            cells.kind = "chapter"
            yield from self.outline.enter(cells, known)
        else:
            yield from self.outline.stand(self._step(cells))
        yield from cells.found

    def _step(self, cells: Cells) -> StagedRow:
        cells.number("OutlineLevel")
        self.counts.progress += bool(cells.number("PercentComplete"))
        self.counts.elapsed += self.index.rests and elapsed_in(cells)
        return step_row(cells, self.index, self.start)
