"""A hundred and more broken files through the whole road: each is told what it is, and nothing of any plan changes."""

from __future__ import annotations

import asyncio
import json
import resource
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.broken.kit import MEGABYTE, Broken
from tests.broken_files import broken_files
from tests.conftest import TEMPLATE, copied
from tests.db.importing import Desk, desk_of
from tests.world import World, make_world
from tminus.kernel.errors import Invalid
from tminus.notify.notifier import Notifier
from tminus.platform.database import Database
from tminus.platform.files.objects import open_objects
from tminus.platform.postgres import Cluster
from tminus.runbook.commands.imports.receive import NewImport, receive
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.commands.services import Services
from tminus.runbook.readers.recognise.file import LARGEST_FILE

ALL = list(broken_files())
ONE_READING = pytest.mark.xdist_group("every broken file, read once")


@pytest.fixture(scope="module")
def told(pg: Cluster, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What a process of its own says that took every file the whole road, once for all tests of this file."""
    with copied(pg, TEMPLATE) as db:
        ran = subprocess.run(
            [
                sys.executable,
                "-m",
                "tests.db.test_imports_broken",
                db.app_url,
                tmp_path_factory.mktemp("files"),
            ],
            stdout=subprocess.PIPE,  # what it complains of stands in the test's own output
            text=True,
            check=True,
            cwd=Path(__file__).parents[2],
        )
    return json.loads(ran.stdout)


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


@ONE_READING
def test_each_is_told_and_none_changes_anything(told: Any) -> None:
    assert told["read"] == len(ALL)
    assert told["wrong"] == []
    assert told["changed"] == []


@ONE_READING
def test_memory_stays_bounded_over_all_of_them(told: Any) -> None:
    """The largest size that the process ever had is what counts."""
    assert told["most"] - told["started"] < 220 * MEGABYTE


async def test_a_file_that_is_too_large_is_refused_while_it_comes(world: World, tmp_path: Path) -> None:
    desk, taken = desk_of(world, tmp_path), 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += MEGABYTE
            yield bytes(MEGABYTE)

    with pytest.raises(Invalid):
        await receive(desk.services, desk.caller, NewImport("endless.csv"), endless())
    assert taken <= LARGEST_FILE + MEGABYTE


async def _read_all(desk: Desk) -> dict[str, Any]:
    """Take every file the whole road; those told wrongly, and those that changed anything of any plan."""
    before, wrong, changed = await desk.everything(), [], []
    for case in ALL:
        codes = await codes_of(desk, case)
        fine = bool(codes) if case.expected == "*" else case.expected is None or case.expected in codes
        if not fine:
            wrong.append((case.name, case.why, case.expected, sorted(codes)))
        if await desk.everything() != before:
            changed.append(case.name)
    return {"read": len(ALL), "wrong": wrong, "changed": changed}


async def _main(url: str, folder: str) -> dict[str, Any]:
    database = Database(url, pool_size=4)
    services = Services(database, Notifier("http://tminus.example", ""), open_objects("", Path(folder)))
    try:
        return await _read_all(desk_of(await make_world(database, services), Path(folder)))
    finally:
        await database.close()


def _largest() -> int:
    """The most bytes of memory that this process has ever had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


if __name__ == "__main__":
    at_first = _largest()
    done = asyncio.run(_main(sys.argv[1], sys.argv[2]))
    print(json.dumps({**done, "started": at_first, "most": _largest()}))
