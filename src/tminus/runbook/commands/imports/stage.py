"""Staging an import: from the raw file to rows in the database, by COPY, as fast as they are read.

What is staged may be thrown away at any time: it is made again from the raw file. Several batches never mix,
as each row carries its batch; and who works on a batch says so, so that another one takes over when it dies.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, cast
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import Refused
from tminus.people.domain.rights import Person
from tminus.platform.database import Database
from tminus.runbook.commands.imports.check import check
from tminus.runbook.commands.imports.plan_file import stage_plan_file
from tminus.runbook.commands.services import Services
from tminus.runbook.domain.findings import Finding
from tminus.runbook.readers.any_file import read_file
from tminus.runbook.readers.file_text import Unreadable
from tminus.runbook.readers.recognise.file import Format, recognise
from tminus.runbook.readers.staged import SourceFile
from tminus.runbook.readers.table.columns_guess import ColumnGuess
from tminus.runbook.store.imports import batches, findings
from tminus.runbook.store.imports.copying import (
    FINDING_COLUMNS,
    LINK_COLUMNS,
    ROW_COLUMNS,
    Staging,
)

MOST_ROWS = 1_000_000
"""Steps and tasks of one import. The largest plan anybody has shown us has 12,000."""


@dataclass(slots=True)
class _Read:
    """What the reading made known besides rows."""

    columns: list[ColumnGuess] = field(default_factory=list)


async def work(services: Services, person: Person, batch_id: UUID) -> None:
    """Stage a batch and check it; one that another is at, or that is over, is left alone.

    Nothing is raised for what is in the file. Raises `Unavailable` where the database or the store is away;
    the batch is then taken up again later.
    """
    async with services.database.engine.begin() as connection:
        batch = await batches.claim_batch(connection, batch_id, ("received", "failed"))
    if batch is not None:
        await _work(services, person, batch)


async def again(
    services: Services, person: Person, batch_id: UUID, mapping: dict[str, str | None] | None = None
) -> None:
    """Stage a batch anew, with other columns, or because what was staged is gone. Raises `Refused` where it is over."""
    async with services.database.engine.begin() as connection:
        batch = await batches.claim_batch(connection, batch_id, ("received", "failed", "checked"))
        if batch is not None and mapping is not None:
            await batches.change_batch(connection, batch_id, {"mapping": mapping})
            batch = await batches.load_batch(connection, batch_id)
    if batch is None:
        raise Refused(
            "This import is being worked on, or is over. Nothing was changed.",
            code="import_busy",
            hint="Wait until it is through, then look again.",
        )
    await _work(services, person, batch)


async def _work(services: Services, person: Person, batch: Row[Any]) -> None:
    pulse = asyncio.create_task(_pulse(services.database, batch.id))
    try:
        with cast("BinaryIO", SpooledTemporaryFile(max_size=1024 * 1024)) as content:
            await _fetch(services, batch, content)
            source = SourceFile(0, batch.file_name, content, batch.file_size)
            try:
                form = await asyncio.to_thread(recognise, source)
            except Unreadable as error:
                await _unreadable(services.database, batch.id, error.finding, batch.file_name)
                return
            if form is Format.PLAN_FILE:
                await stage_plan_file(services.database, person, batch, content)
                return
            await _stage(services.database, batch, source, form)
        await check(services.database, person, batch.id)
    except BaseException:
        await _let_go(services.database, batch.id)
        raise
    finally:
        pulse.cancel()


async def _let_go(database: Database, batch_id: UUID) -> None:
    async with database.engine.begin() as connection:
        batch = await batches.load_batch(connection, batch_id, lock=True)
        if batch is not None and batch.state == "staging":
            words = "It was cut off before it was through. Nothing of the plan was changed."
            await batches.change_batch(connection, batch_id, {"state": "failed", "problem": words})


async def _pulse(database: Database, batch_id: UUID) -> None:
    """Say every few seconds that somebody works on it."""
    while True:
        await asyncio.sleep(batches.LEFT_ALONE.total_seconds() / 5)
        async with database.engine.begin() as connection:
            await batches.say_alive(connection, batch_id)


async def _fetch(services: Services, batch: Row[Any], content: BinaryIO) -> None:
    if services.objects is None or batch.object_key is None:
        raise AssertionError("a batch that is staged has its raw file in the store")
    async for piece in await services.objects.get(batch.object_key):
        content.write(piece)
    content.seek(0)


async def _unreadable(database: Database, batch_id: UUID, finding: Finding, name: str) -> None:
    async with database.engine.begin() as connection:
        await batches.clear_staged(connection, batch_id, findings=True)
        await findings.add_findings(connection, batch_id, [replace(finding, file=finding.file or name)])
        totals = {"errors": 1, "blocking": 1, "warnings": 0, "mended": 0}
        values: dict[str, Any] = {
            "state": "checked",
            "format": None,
            "totals": totals,
            "counts": {},
            "columns": [],
        }
        await batches.change_batch(connection, batch_id, values)


async def _stage(database: Database, batch: Row[Any], source: SourceFile, form: Format) -> None:
    read = _Read()
    staging = Staging(batch.id, [] if form in (Format.CONFLUENCE_ZIP, Format.ARCHIVE) else [source.name])
    mapping = await _mapping(database, batch)
    reading = read_file(source, form, mapping, read.columns.extend)
    blocks = staging.blocks(reading, MOST_ROWS)
    try:
        async with database.engine.begin() as connection:
            await batches.over_batches(connection)
            await batches.clear_staged(connection, batch.id, findings=True)
            told = _Progress(database, batch.id, staging, source)
            await _copy(connection, "import_rows", ROW_COLUMNS, blocks, told.tell)
            await _copy(connection, "import_links", LINK_COLUMNS, staging.link_blocks())
            await _copy(connection, "import_findings", FINDING_COLUMNS, staging.finding_blocks())
            files = [{"name": name, "format": form.value} for name in staging.files]
            await batches.write_files(connection, batch.id, files)
            columns = [asdict(one) for one in read.columns]
            values: dict[str, Any] = {"format": form.value, "columns": columns, "rows_done": staging.rows}
            await batches.change_batch(connection, batch.id, values)
    finally:
        staging.close()


async def _mapping(database: Database, batch: Row[Any]) -> dict[str, str | None] | None:
    """The columns as a person has named them, for this file, or else for the migration's last one."""
    if batch.mapping:
        return dict(batch.mapping)
    async with database.read() as connection:
        return await batches.kept_mapping(connection, batch.migration_id) or None


class _Progress:
    """Writes how far the reading is, at most twice a second, so that a page can show a rate and a time left."""

    def __init__(self, database: Database, batch_id: UUID, staging: Staging, source: SourceFile) -> None:
        self._database = database
        self._batch = batch_id
        self._staging = staging
        self._source = source
        self._last = asyncio.get_running_loop().time()

    async def tell(self) -> None:
        now = asyncio.get_running_loop().time()
        if now - self._last < 0.5:
            return
        self._last = now
        values = {"rows_done": self._staging.rows, "bytes_done": self._source.content.tell()}
        async with self._database.engine.begin() as connection:
            await batches.change_batch(connection, self._batch, values)


async def _copy(
    connection: AsyncConnection,
    table: str,
    columns: tuple[str, ...],
    blocks: Iterator[bytes],
    tell: Callable[[], Any] | None = None,
) -> None:
    """Send blocks to a table as they come; each is made in a thread, so that the others are not held up."""
    raw = await connection.get_raw_connection()
    driver = cast("Any", raw.driver_connection)
    names = ", ".join(f'"{column}"' for column in columns)
    async with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        while (block := await asyncio.to_thread(next, blocks, None)) is not None:
            await copy.write(block)
            if tell:
                await tell()
