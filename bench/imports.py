"""B1: plan imports, staged, checked, compared and committed; beside them COPY and one hand-written INSERT … SELECT."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from statistics import median, quantiles
from subprocess import PIPE, Popen
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

import psycopg
from tests.confluence_export import confluence_export

from bench import plans
from bench.imports_data import HEADINGS, TEAMS, runsheet
from bench.product import Product, peak_mb, quiet
from bench.report import Line, compare
from bench.wire import connect, post
from bench.world import MACHINE, make_world
from tminus.notify.notifier import Notifier
from tminus.platform.database import Database
from tminus.platform.files.objects import open_objects
from tminus.runbook.commands.imports.commit import Imported, commit_batch
from tminus.runbook.commands.imports.receive import NewImport, receive
from tminus.runbook.commands.imports.settle import kinds_of
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.commands.services import Caller, Services

STEPS = 50_000
PAGES = 1_174
AIM, PAGES_AIM = ("≤", 3.0), ("≤", 10.0)
FLAT_AIM, LIVE_AIM = ("≤", 1.3), ("≤", 3.0)
PEER = (Path(__file__).parent / "imports_peer.sql").read_text(encoding="utf-8")
COMMANDS = 150
"""Completions timed without an import beside them."""
_STAGING = (
    "n serial, code text, name text, type text, phase text, chapter text, team text, duration text,"
    " after text, instructions text"
)
_PAGES = (
    "n serial, kind text, code text, name text, team text, impacted text, phase text, chapter text,"
    " predecessor text, successor text, nominee text, controls text"
)


async def run(product: Product, rounds: int, steps: int = STEPS) -> list[Line]:
    """Measure `rounds` pairs of imports, the memory of small and large ones, and a night beside one."""
    with tempfile.TemporaryDirectory(prefix="tminus-bench-") as folder:
        lines = [
            await _runsheets(product, Path(folder), rounds, steps),
            await _pages(product, Path(folder), rounds),
            await _memory(product, Path(folder)),
        ]
        return lines + await _beside_a_night(product, Path(folder), rounds, steps)


async def _pieces(data: bytes) -> AsyncIterator[bytes]:
    for first in range(0, len(data), 65_536):
        yield data[first : first + 65_536]


async def _file(path: Path) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as content:
        while piece := content.read(65_536):
            yield piece


async def bring(
    database: Database, folder: Path, data: bytes, name: str, migration: str | None = None
) -> Imported:
    """Import a file as the product does: kept, staged, checked, compared, committed."""
    services = Services(database, Notifier("http://bench.example", ""), open_objects("", folder))
    new = NewImport(name, migration, accept=kinds_of(["all"]))
    key, _ = await receive(services, Caller(MACHINE), new, _pieces(data))
    await work(services, MACHINE, key)
    return await commit_batch(database, Caller(MACHINE), key)


async def _pairs(
    product: Product, folder: Path, rounds: int, data: bytes, name: str, peer: Callable[[int], float]
) -> list[tuple[float, float]]:
    database = Database(product.database_url)
    pairs = []
    for n in range(rounds + 1):
        await quiet()
        begun = perf_counter()
        await bring(database, folder, data, name.format(n))
        ours = perf_counter() - begun
        await quiet()
        theirs = await asyncio.to_thread(peer, n)
        print(f"   B1 {name.format(n)}: {ours:.2f} s beside {theirs:.2f} s", flush=True)
        if n:  # the first pair warms both sides
            pairs.append((ours * 1000, theirs * 1000))
    await database.close()
    return pairs


async def _runsheets(product: Product, folder: Path, rounds: int, steps: int) -> Line:
    data = runsheet(steps)
    world = await make_world(Database(product.database_url), "B1-PEER", plans.pairs("B1-PEER", 1), 0)

    def peer(n: int) -> float:
        return _peer_runsheet(product, world.migration_id, data, n, steps)

    with psycopg.connect(product.database_url) as connection:
        for n in range(TEAMS):
            team = "INSERT INTO teams (id, migration_id, code, name) VALUES (%s, %s, %s, 'Team')"
            connection.execute(team, [uuid4(), world.migration_id, f"TEAM{n}"])
    pairs = await _pairs(product, folder, rounds, data, "sheet-{}.csv", peer)
    return compare("B1", f"a runsheet of {steps:,} steps", "ms", pairs, AIM)


def _peer_runsheet(product: Product, migration: UUID, data: bytes, n: int, steps: int) -> float:
    version = uuid4()
    values = {"version": version, "plan": uuid4(), "migration": migration}
    script = PEER.replace(":name", f"'Peer {n}'")
    for word, key in values.items():
        script = script.replace(f":{word}", f"'{key}'::uuid")
    columns = "code, name, type, phase, chapter, team, duration, after, instructions"
    assert len(columns.split(",")) == len(HEADINGS)
    with psycopg.connect(product.cluster.owner_url) as connection, connection.cursor() as cursor:
        begun = perf_counter()
        cursor.execute(
            f"DROP TABLE IF EXISTS bench_rows; CREATE UNLOGGED TABLE bench_rows ({_STAGING})".encode()
        )
        with cursor.copy(f"COPY bench_rows ({columns}) FROM STDIN (FORMAT csv, HEADER)".encode()) as copy:
            copy.write(data)
        cursor.execute(b"ANALYZE bench_rows")
        cursor.execute(script.encode())
        connection.commit()
        took = perf_counter() - begun
        query = b"SELECT count(*) FROM steps WHERE plan_version_id = %s"
        row = cursor.execute(query, [version]).fetchone()
        assert row == (steps,), "the peer did not do the work"
    return took


async def _pages(product: Product, folder: Path, rounds: int) -> Line:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in confluence_export(PAGES, 1).files().items():
            archive.writestr(name, page)
    data = out.getvalue()
    pairs = await _pairs(
        product, folder, rounds, data, "pages-{}.zip", lambda _: _peer_pages(product, folder, data)
    )
    return compare("B1", f"{PAGES:,} Confluence pages", "ms", pairs, PAGES_AIM)


def _peer_pages(product: Product, folder: Path, data: bytes) -> float:
    """Read and parse the pages, write all they say as a table, and have psql copy it: as somebody does by hand."""
    columns = "kind, code, name, team, impacted, phase, chapter, predecessor, successor, nominee, controls"
    file = folder / "pages.csv"
    with psycopg.connect(product.cluster.owner_url) as connection:
        connection.execute(
            f"DROP TABLE IF EXISTS bench_pages; CREATE UNLOGGED TABLE bench_pages ({_PAGES})".encode()
        )
    begun = perf_counter()
    with (
        file.open("w", newline="", encoding="utf-8") as table,
        zipfile.ZipFile(io.BytesIO(data)) as archive,
    ):
        rows = csv.writer(table)
        for name in archive.namelist():
            rows.writerows(_rows_of_page(json.loads(archive.read(name))))
    command = f"\\copy bench_pages ({columns}) FROM '{file}' CSV"
    program = product.cluster.binaries.program("psql")
    subprocess.run(
        [program, product.cluster.owner_url, "-qX", "-v", "ON_ERROR_STOP=1", "-c", command], check=True
    )
    took = perf_counter() - begun
    with psycopg.connect(product.cluster.owner_url) as connection:
        query = "SELECT count(*), count(*) FILTER (WHERE kind = 'step') FROM bench_pages"
        row = connection.execute(query).fetchone()
    assert row is not None
    assert row[1] == PAGES, "the peer did not do the work"
    assert row[0] > 2 * PAGES, "the peer left the tasks out"
    return took


def _rows_of_page(page: dict[str, Any]) -> Iterator[tuple[str | None, ...]]:
    code = f"{page['step_type']}-{page['step_number']}"
    teams = page["primary_team"], page["impacted_teams"]
    places = page["macro_time_sequence"], page["time_sequence"]
    yield "step", code, page["title"], *teams, *places, page["predecessor"], page["successor"], None, None
    for task in page["task_list"]:
        team, text = task["instruction_assigned_team"], task["instruction_title"]
        own = task["nominated_user"], task["associated_controls"]
        yield "task", task["instruction_id"], text, team, None, None, None, code, None, *own


async def _memory(product: Product, folder: Path) -> Line:
    peaks = []
    for steps in (10_000, 100_000):
        file = folder / f"memory-{steps}.csv"
        file.write_bytes(runsheet(steps))
        with _child(product, folder, file, None) as child:
            peaks.append(await _peak_of(child))
    small, large = peaks
    said = "process that imports 100,000 steps, beside one that imports 10,000"
    return compare("B1", said, "MB", [(large, small)], FLAT_AIM)


def _child(product: Product, folder: Path, file: Path, migration: UUID | None) -> Popen[bytes]:
    command = [sys.executable, "-m", "bench.imports", product.database_url, str(folder), str(file)]
    return Popen([*command, *([str(migration)] if migration else [])], stdin=PIPE, stdout=PIPE)


async def _peak_of(child: Popen[bytes]) -> float:
    assert child.stdout is not None
    assert child.stdin is not None
    told = await asyncio.to_thread(child.stdout.readline)
    assert told == b"done\n", "the import did not succeed"
    peak = peak_mb(child.pid)
    child.stdin.close()
    return peak


async def _beside_a_night(product: Product, folder: Path, rounds: int, steps: int) -> list[Line]:
    """Completions of a live iteration one after another, alone and while its migration's next plan is imported."""
    database = Database(product.database_url)
    world = await make_world(database, "B1-NIGHT", plans.pairs("B1-NIGHT", 4_000), 1)
    line = await connect(product.host, product.port)
    halves, tails = [], []
    for n in range(rounds):
        iteration = await world.night(f"R{n}")
        file = folder / f"night-{n}.csv"
        file.write_bytes(runsheet(steps))

        async def press(pair: int, iteration: UUID = iteration) -> float:
            path = f"/api/v1/iterations/{iteration}/steps/TRT-{pair}a/complete"
            begun = perf_counter()
            status, body = await line.ask(post(product.host, path, world.tokens[0]))
            assert status == 200, body[:300]
            await asyncio.sleep(0.005)
            return (perf_counter() - begun) * 1000 - 5

        await quiet()
        alone = [await press(pair) for pair in range(COMMANDS)]
        beside = []
        with _child(product, folder, file, world.migration_id) as child:
            done = asyncio.create_task(_peak_of(child))
            for pair in range(COMMANDS, 4_000):
                beside.append(await press(pair))
                if done.done():
                    break
            await done
        halves.append((median(beside), median(alone)))
        tails.append((quantiles(beside, n=20)[-1], quantiles(alone, n=20)[-1]))
        print(f"   B1 night {n}: {len(beside)} commands while {steps:,} steps came in", flush=True)
    await line.close()
    await database.close()
    said = f"a live night's commands while {steps:,} steps come into its migration, and alone"
    return [
        compare("B1", f"{said}: median", "ms", halves, LIVE_AIM),
        compare("B1", "their p95", "ms", tails, LIVE_AIM),
    ]


async def _alone(url: str, folder: str, file: str, migration: str | None = None) -> None:
    database = Database(url)
    services = Services(database, Notifier("http://bench.example", ""), open_objects("", Path(folder)))
    new = NewImport(Path(file).name, migration)
    key, _ = await receive(services, Caller(MACHINE), new, _file(Path(file)))
    await work(services, MACHINE, key)
    await commit_batch(database, Caller(MACHINE), key)
    await database.close()
    print("done", flush=True)
    sys.stdin.read()  # its size is looked at before it ends


if __name__ == "__main__":
    asyncio.run(_alone(*sys.argv[1:]))
