"""A hundred and more broken files through the whole road: each is told what it is, and nothing of any plan changes."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.broken.kit import MEGABYTE, Broken
from tests.broken_files import broken_files
from tests.db.importing import Desk, desk_of
from tests.world import World
from tminus.kernel.errors import Invalid
from tminus.platform.files.objects import open_objects
from tminus.runbook.commands.imports.receive import NewImport, receive
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.readers.recognise.file import LARGEST_FILE

ALL = list(broken_files())


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return desk_of(world, tmp_path)


async def as_a_stream(case: Broken) -> AsyncIterator[bytes]:
    with case.open() as content:
        while piece := content.read(MEGABYTE):
            yield piece


async def codes_of(desk: Desk, case: Broken) -> set[str]:
    """Hand the file in and have it worked on; the codes of what was found, at the door or behind it."""
    try:
        key, size = await receive(desk.services, desk.caller, NewImport(case.name), as_a_stream(case))
    except Invalid as refused:
        assert refused.sentence.endswith((".", "?")), refused.sentence
        return {case.expected or ""}
    assert size <= LARGEST_FILE
    await work(desk.services, desk.person, key)
    batch = await desk.batch(key)
    assert (batch.state, batch.problem) == ("checked", None)
    found = await desk.found(batch)
    assert all(row.message.endswith((".", "?", "!")) for row in found), [row.message for row in found]
    errors = [row for row in found if row.severity == "error"]
    if errors:
        assert batch.totals["blocking"] > 0
        with pytest.raises(Invalid):
            await desk.commit(batch)
    return {row.code for row in found}


async def test_each_is_told_and_none_changes_anything(desk: Desk) -> None:
    before = await desk.everything()
    wrong = []
    for case in ALL:
        codes = await codes_of(desk, case)
        told = bool(codes) if case.expected == "*" else case.expected is None or case.expected in codes
        if not told:
            wrong.append((case.name, case.why, case.expected, codes))
        assert await desk.everything() == before, case.name
    assert wrong == []


async def test_a_file_that_is_too_large_is_refused_while_it_comes(desk: Desk) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += MEGABYTE
            yield bytes(MEGABYTE)

    with pytest.raises(Invalid):
        await receive(desk.services, desk.caller, NewImport("endless.csv"), endless())
    assert taken <= LARGEST_FILE + MEGABYTE


def test_memory_stays_bounded_over_all_of_them(world: World, tmp_path: Path) -> None:
    """A process of its own reads every file through the whole road; its largest size ever is what counts."""
    url = world.database.engine.url.render_as_string(hide_password=False)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.db.test_imports_broken", url, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    started, most = map(int, ran.stdout.split())
    assert most - started < 220 * MEGABYTE


async def _read_all(url: str, folder: str) -> None:
    from tminus.entry.cli.context import machine_user
    from tminus.notify.notifier import Notifier
    from tminus.platform.database import Database
    from tminus.runbook.commands.services import Services

    database = Database(url, pool_size=4)
    desk = Desk(
        Services(database, Notifier("http://tminus.example", ""), open_objects("", Path(folder))),
        machine_user(),
    )
    try:
        for case in ALL:
            await codes_of(desk, case)
    finally:
        await database.close()


if __name__ == "__main__":
    import asyncio

    at_first = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    asyncio.run(_read_all(sys.argv[1], sys.argv[2]))
    print(at_first, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
