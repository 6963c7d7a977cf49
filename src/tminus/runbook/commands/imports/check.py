"""Checking an import: what is wrong over all its rows, what each repair would do, and what would change.

Everything here is worked out anew from what is staged, each time: when a repair is accepted, when the plan has
changed since. It reads the plan and changes nothing of it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.people.domain.rights import Person, Right, may
from tminus.platform.database import Database
from tminus.runbook.commands.imports.links import check_links
from tminus.runbook.commands.imports.meanings import read_meanings
from tminus.runbook.commands.imports.place import Said, place_of, wanted_of
from tminus.runbook.commands.imports.whole import check_whole
from tminus.runbook.commands.plan_target import Place, Unclear
from tminus.runbook.domain.import_codes import NewCode, Uncoded, propose_codes
from tminus.runbook.domain.import_words import ALWAYS, Repair
from tminus.runbook.domain.plan import STANDARD_TYPES, MigrationRef
from tminus.runbook.readers.recognise.file import Format
from tminus.runbook.store.imports import (
    base,
    batches,
    codes,
    counts,
    difference,
    findings,
    said,
    things,
    whole,
    words,
)

_PAGES = frozenset({Format.CONFLUENCE_PAGE.value, Format.CONFLUENCE_ZIP.value})
_RULES = (
    findings.NOT_UNDER,
    findings.DUPLICATE_TASK,
    findings.EMPTY_PHASE,
    findings.NAMELESS,
    findings.BAD_CODE,
    findings.CODELESS,
    findings.TOO_LONG,
    findings.TWICE,
    findings.TWO_MEANINGS,
    findings.HOMELESS,
    findings.LOST,
)
"""What every batch is checked for, in the order in which it is listed."""


async def check(database: Database, person: Person, batch_id: UUID) -> None:
    """Find what is wrong with a staged batch and what it would change; it is `checked` then."""
    async with database.engine.begin() as connection:
        await batches.over_batches(connection)
        # Held until the end: of two who decide at once the second sees what the first has, and none commits between.
        batch = await batches.load_batch(connection, batch_id, lock=True)
        if batch is not None and batch.state in ("staging", "checked"):
            await _Check(connection, person, batch).carry_out()


class _Check:
    def __init__(self, connection: AsyncConnection, person: Person, batch: Row[Any]) -> None:
        self.connection = connection
        self.person = person
        self.batch = batch
        self.lacking: dict[str, int] = {}
        self.accepted: Collection[Repair] = (
            frozenset(Repair(kind) for kind in batch.accepted if kind in set(Repair)) | ALWAYS
        )

    async def carry_out(self) -> None:
        connection, batch = self.connection, self.batch
        await findings.clear_checks(connection, batch.id)
        await things.clear_things(connection, batch.id)
        file_said = await self._said()
        try:
            place = await place_of(connection, self.person, batch, file_said)
        except Unclear as error:
            await findings.add_findings(connection, batch.id, [error.finding], "check")
            await self._keep({"plan_name": file_said.plan, "counts": {}})
            return
        version = place.version
        migration_id = place.existing.id if place.existing else None
        await base.lay_out_base(
            connection, migration_id, version.plan_id if version else None, version.id if version else None
        )
        await self._lay_out()
        await self._find(place)
        circles = await check_links(connection, batch, self.accepted)
        await findings.list_findings(connection, batch.id, circles)
        if not await self._blocked():
            await things.lay_out_things(
                connection,
                batch.id,
                file_said.plan,
                replace_all=batch.replace_all,
                mended_types=self.mended_types,
            )
            await check_whole(connection, batch, self.accepted)
            self.lacking = await whole.lacking(connection)
            await difference.compare(connection, batch.id)
        counted = await counts.count_as_written(connection, batch.id, sorted(STANDARD_TYPES))
        await self._keep(
            {
                "counts": counted,
                "plan_name": file_said.plan,
                "migration_id": migration_id,
                "wanted": wanted_of(place.existing, place.wanted),
                "base_version_id": version.id if version else None,
                "base_mark": version.version if version else None,
            }
        )

    async def _said(self) -> Said:
        """The files' own words on where they belong; without any, the file's name is the plan's."""
        plan, migration = self.batch.plan_name, None
        for row in await words.of_the_whole(self.connection, self.batch.id):
            if row.kind == "plan" and row.name and not self.batch.plan_name:
                plan = row.name
            elif row.kind == "migration" and row.code:
                migration = MigrationRef(
                    row.code, row.name or row.code, row.zone or "UTC", row.description or ""
                )
        stem = self.batch.file_name.rsplit("/", 1)[-1]
        return Said(plan or stem.rsplit(".", 1)[0] or stem, None if self.batch.override else migration)

    async def _lay_out(self) -> None:
        connection, batch = self.connection, self.batch
        meanings = await read_meanings(
            connection, batch.id, self.accepted, sort_groups=batch.format in _PAGES
        )
        await words.write_meanings(connection, meanings.becomes, meanings.places)
        await said.lay_out_said(connection, batch.id, meanings.implied)
        self.mends = meanings.mends
        self.mended_types = meanings.mended_types
        uncoded = await codes.uncoded_steps(connection, batch.id, coded=_is_coded(batch))
        self.recoded = propose_codes(uncoded, await codes.step_codes(connection)) if uncoded else []
        self.uncoded = uncoded
        wanted = {one.n for one in uncoded if one.kind in self.accepted}
        await codes.recode(connection, [one for one in self.recoded if one.n in wanted])
        if not _is_coded(batch):
            await codes.name_the_nameless(connection)
        await codes.number_tasks(connection, renumber=Repair.TASK_NOT_UNDER_ITS_STEP in self.accepted)

    async def _find(self, place: Place) -> None:
        connection, batch_id = self.connection, self.batch.id
        await findings.find_mended(connection, batch_id, self.mends)
        rows = [
            _about_code(step, code, step.kind in self.accepted)
            for step, code in zip(self.uncoded, self.recoded, strict=True)
        ]
        await findings.list_findings(connection, batch_id, rows)
        if self.batch.format == "markdown":
            await findings.find(connection, batch_id, findings.UNUSED_HEADING)
            await said.drop_unused_headings(connection)
        if place.existing and not may(self.person, Right.ADMINISTER, place.existing.id):
            await findings.find(connection, batch_id, findings.TEAM_NEEDS_ADMIN)
        await findings.find(connection, batch_id, *_RULES)

    async def _blocked(self) -> bool:
        """Whether the plan cannot be laid out; with teams that an admin has to add, it can be looked at already."""
        return await findings.is_blocked(self.connection, self.batch.id, but="team_needs_admin")

    async def _keep(self, values: dict[str, Any]) -> None:
        connection, batch_id = self.connection, self.batch.id
        kinds = await findings.counted(connection, batch_id)
        errors = sum(row.times for row in kinds if row.severity == "error")
        totals: dict[str, int] = {
            "errors": errors,
            "blocking": sum(row.blocking for row in kinds),
            "warnings": sum(row.times for row in kinds) - errors,
            "mended": sum(row.mended for row in kinds),
        }
        if not totals["blocking"] and "base_version_id" in values:
            totals |= await difference.count_changes(connection, batch_id) | self.lacking
        values |= {"state": "checked", "totals": totals}
        await batches.change_batch(connection, batch_id, values)


def _is_coded(batch: Row[Any]) -> bool:
    """Whether each step of the format has a code, so that one without it has lost it."""
    return batch.format in _PAGES or any(column["field"] == "code" for column in batch.columns)


def _about_code(step: Uncoded, code: NewCode, mended: bool) -> dict[str, Any]:
    if step.code is None:
        typed = f"A step of type {step.type} has no number, so it" if step.type else "A step"
        message = f"{typed} has no code."
    else:
        message = f"The code {step.code} is that of another step too."
    where = "as its file is named" if code.from_file else "a code that nobody else has"
    return {
        "n": step.n,
        "code": step.kind.value,
        "severity": "error",
        "column": "code",
        "subject": code.code,
        "message": message,
        "suggestion": "Accept the repair, or give it a code of its own in the file.",
        "repair": f"It becomes {code.code}, {where}.",
        "mended": mended,
        "confidence": None,
    }
