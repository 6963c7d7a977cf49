"""Files of evidence: taken by their bytes, named harmlessly, and swept where no evidence names them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from obstore.store import LocalStore
from sqlalchemy import text

from tests.db.shown import now, running
from tests.world import World, plan_of, step
from tminus.kernel.errors import Forbidden, Invalid, NotFound
from tminus.platform.files.objects import Objects
from tminus.runbook.commands.evidence_file import AddFile, add_file
from tminus.runbook.commands.evidence_place import Aim
from tminus.runbook.commands.evidence_sweep import sweep_orphans
from tminus.runbook.commands.services import Caller

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 64


async def pieces(*parts: bytes) -> AsyncIterator[bytes]:
    """Come piece by piece."""
    for part in parts:
        yield part


def zipped(*names: str) -> bytes:
    """A ZIP file with members of these names."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.fixture
def stored(world: World, tmp_path: Path) -> World:
    """The world with a store of files."""
    world.services = replace(world.services, objects=Objects(LocalStore(tmp_path, mkdir=True)))
    return world


async def upload(world: World, i: UUID, name: str, *parts: bytes, who: str = "Dana") -> UUID:
    """Let somebody show a file for TRT-1."""
    command = AddFile(Aim(i, "TRT-1"), name)
    return await add_file(world.services, Caller(world.people[who]), command, pieces(*parts))


async def row_of(world: World, key: UUID) -> tuple[str, str, int, str]:
    async with world.database.read() as connection:
        query = text("SELECT file_name, media_type, size, object_key FROM evidence WHERE id = :id")
        name, kind, size, where = (await connection.execute(query, {"id": key})).one()
        return name, kind, size, where


async def test_a_file_is_kept_as_what_it_is_under_a_name_that_harms_nobody(stored: World) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    key = await upload(stored, i, "../../etc/sh\u202eot<1>.png", PNG[:20], PNG[20:])
    name, kind, size, where = await row_of(stored, key)
    assert (name, kind, size) == ("shot_1_.png", "image/png", len(PNG))
    assert stored.services.objects
    got = b"".join([piece async for piece in await stored.services.objects.get(where)])
    assert got == PNG


REFUSED = [
    ("photo.png", b"MZ\x90\x00" + b"\0" * 60, "a program"),
    ("notes.txt", b"  <!DOCTYPE html><p>hi", "HTML"),
    ("notes.txt", b"#!/bin/sh\nrm -rf /", "a script"),
    ("page.html", b"plain", "a .html file"),
    ("image.svg", b"<svg onload=x>", "a .svg file"),
    ("sheet.xlsx", zipped("xl/workbook.xml", "xl/vbaProject.bin"), "macros"),
    ("all.zip", b"PK\x03\x04" + b"\0" * 30, "damaged ZIP"),
    ("data.bin", b"\0\1\2\3", "does not know"),
]


@pytest.mark.parametrize(("name", "content", "what"), REFUSED)
async def test_what_a_file_is_not_is_said(stored: World, name: str, content: bytes, what: str) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    with pytest.raises(Invalid, match=what):
        await upload(stored, i, name, content)
    assert (await now(stored, i, "TRT-1")).evidence_count == 0


TAKEN = [
    ("a.txt", "Saldo geprüft: 42 €".encode(), "text/plain"),
    ("a.log", "Saldo geprüft: 42 €".encode("cp1252"), "text/plain"),
    ("a.csv", b"a;b\n1;2\n", "text/csv"),
    ("a.txt", b'{"rows": 42}', "application/json"),
    ("a.pdf", b"%PDF-1.7\n\0\xff", "application/pdf"),
    ("a.zip", zipped("a.txt"), "application/zip"),
    (
        "a.zip",
        zipped("word/document.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
]


@pytest.mark.parametrize(("name", "content", "kind"), TAKEN)
async def test_ten_kinds_are_taken_by_their_bytes(
    stored: World, name: str, content: bytes, kind: str
) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    assert (await row_of(stored, await upload(stored, i, name, content)))[1] == kind


def files_in(folder: Path) -> list[Path]:
    """All files under a folder."""
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_an_empty_file_a_huge_one_and_one_that_nobody_may_give_leave_nothing(
    stored: World, tmp_path: Path
) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    read = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal read
        while True:
            read += 1
            yield b"x" * 1_000_000

    dana = Caller(stored.people["Dana"])
    with pytest.raises(Invalid, match="larger than 25 MiB"):
        await add_file(stored.services, dana, AddFile(Aim(i, "TRT-1"), "a.txt"), endless())
    assert read == 27
    with pytest.raises(Invalid, match="is empty"):
        await upload(stored, i, "a.txt")
    read = 0
    with pytest.raises(Forbidden):
        vera = Caller(stored.people["Vera"])
        await add_file(stored.services, vera, AddFile(Aim(i, "TRT-1"), "a.txt"), endless())
    assert read == 0
    assert not files_in(tmp_path)


async def test_the_sweep_removes_what_no_evidence_names_and_nothing_else(stored: World) -> None:
    i = await stored.iteration(plan_of(step("TRT-1")))
    await running(stored, i)
    key = await upload(stored, i, "a.png", PNG)
    objects = stored.services.objects
    assert objects
    await objects.put_new(f"evidence/{i}/orphan", io.BytesIO(PNG))
    assert await sweep_orphans(stored.services, datetime.now(UTC) - timedelta(days=1)) == 0
    assert await sweep_orphans(stored.services, datetime.now(UTC) + timedelta(seconds=5)) == 1
    where = (await row_of(stored, key))[3]
    assert [piece async for piece in await objects.get(where)]
    with pytest.raises(NotFound):
        await objects.get(f"evidence/{i}/orphan")
