"""Imports that meet each other, that are killed, whose database falls down, and that are taken back."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Row, text

from tests.conftest import TestDatabase
from tests.db.drafts import Draft, setting
from tests.db.importing import Desk, desk_of
from tests.world import NIGHT, World, make_world
from tminus.kernel.errors import Forbidden, Refused
from tminus.notify.notifier import Notifier
from tminus.platform.database import Database
from tminus.platform.idempotency import IdempotencyKey, Replayed
from tminus.platform.postgres import Cluster
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.imports.commit import commit_batch
from tminus.runbook.commands.imports.later import take_up_abandoned
from tminus.runbook.commands.imports.settle import accept, check_again, discard
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.commands.imports.undo import undo_batch
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.commands.services import Caller, Services
from tminus.runbook.domain.state import IterationKind

HEAD = "Kind,Code,Name,Macro-phase,Chapter,Team,Duration,Predecessors\n"
GROUPS = "macroPhase,A,All,,,,,\nchapter,A1,One,A,,,,\n"
LEFT = text(
    "UPDATE import_batches SET heard_at = now() - interval '1 hour', created_at = now() - interval '1 hour'"
)


def table(count: int = 3, minutes: int = 10) -> bytes:
    steps = (
        f"step,TRT-{n},Step {n},A,A1,DBA,{minutes}m,{f'TRT-{n - 1}' if n > 1 else ''}\n"
        for n in range(1, count + 1)
    )
    return (HEAD + GROUPS + "".join(steps)).encode()


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Desk:
    return desk_of(world, tmp_path / "objects", world.people["Priya"])


async def brought(desk: Desk, data: bytes, **more: Any) -> Row[Any]:
    return await desk.bring(data, "night.csv", migration="ERP", **more)


async def statuses(database: Database) -> list[tuple[int, str]]:
    async with database.read() as connection:
        rows = await connection.execute(text("SELECT number, status FROM plan_versions ORDER BY number"))
        return [(row.number, row.status) for row in rows]


async def durations(desk: Desk, version: UUID) -> set[int]:
    return {step.duration_seconds for step in (await desk.plan(version)).steps()}


async def test_imports_at_once_do_not_mix_and_one_of_two_commits_wins(desk: Desk) -> None:
    await desk.commit(await brought(desk, table()))
    keys = [await desk.hand_in(table(300, n), "night.csv", migration="ERP") for n in (11, 12, 13)]
    await asyncio.gather(*(work(desk.services, desk.person, key) for key in keys))
    batches = [await desk.batch(key) for key in keys]
    for batch in batches:
        assert (batch.totals["added"], batch.totals["changed"], batch.rows_done) == (297, 3, 302)
    done = await asyncio.gather(*(desk.commit(batch) for batch in batches), return_exceptions=True)
    (won,) = [one for one in done if not isinstance(one, BaseException)]
    lost = [one for one in done if isinstance(one, BaseException)]
    assert [one.code for one in lost if isinstance(one, Refused)] == ["plan_changed"] * 2
    assert await statuses(desk.database) == [(1, "superseded"), (2, "draft")]
    (minutes,) = await durations(desk, won.version_id)
    for place, batch in enumerate(batches):
        if isinstance(done[place], Refused):
            await check_again(desk.services, desk.person, batch.id)
            assert (await desk.batch(batch.id)).totals["changed"] == 300
            again = await desk.commit(await desk.batch(batch.id))
            assert await durations(desk, again.version_id) == {(11 + place) * 60} != {minutes}


async def test_of_two_that_make_the_same_plan_one_does_and_the_other_is_told(
    world: World, tmp_path: Path
) -> None:
    for migration in ("ERP", None):  # in a migration that is there, and with one that each would make
        desk = desk_of(world, tmp_path)
        name = "night.csv" if migration else "other.csv"
        two = [await desk.bring(table(3, n), name, migration=migration) for n in (11, 12)]
        done = await asyncio.gather(*(desk.commit(batch) for batch in two), return_exceptions=True)
        refused = [one.code for one in done if isinstance(one, Refused)]
        assert refused == ["plan_changed" if migration else "migration_key_taken"], done
    assert await statuses(world.database) == [(1, "draft"), (1, "draft")]


async def test_the_same_commit_twice_is_done_once(desk: Desk) -> None:
    batch = await brought(desk, table())
    caller = Caller(desk.person, IdempotencyKey.of("Priya", "one", b"commit"))
    await commit_batch(desk.database, caller, batch.id)
    before = await desk.everything()
    with pytest.raises(Replayed):
        await commit_batch(desk.database, caller, batch.id)
    with pytest.raises(Refused) as caught:
        await desk.commit(batch)
    assert caught.value.code == "already_committed"
    assert await desk.everything() == before


async def test_an_import_that_is_over_is_not_decided_on_again(desk: Desk) -> None:
    batch = await brought(desk, table())
    await desk.commit(batch)
    for again in (
        accept(desk.services, desk.person, batch.id, ["all"]),
        check_again(desk.services, desk.person, batch.id),
        discard(desk.services, desk.person, batch.id),
    ):
        with pytest.raises(Refused) as caught:
            await again
        assert caught.value.code == "import_over"


async def test_what_is_decided_at_once_is_decided_one_after_the_other(desk: Desk) -> None:
    data = table(200).replace(b"TRT-3,Step 3", b"TRT-2,Step 3")
    batch = await brought(desk, data)
    assert batch.totals["blocking"] == 1
    kinds = (["duplicate_code"], ["all"], ["duplicate_code", "html_entity"])
    await asyncio.gather(*(accept(desk.services, desk.person, batch.id, one) for one in kinds))
    now = await desk.batch(batch.id)
    assert now.totals["blocking"] == 0
    done = await asyncio.gather(
        accept(desk.services, desk.person, batch.id, ["all"]), desk.commit(now), return_exceptions=True
    )
    assert [one for one in done if isinstance(one, BaseException) and not isinstance(one, Refused)] == []
    assert (await desk.batch(batch.id)).state == "committed"


class Child:
    """Another process that works on a batch, or commits it, until it is killed."""

    def __init__(self, desk: Desk, folder: Path, what: str, batch: UUID) -> None:
        url = desk.database.engine.url.render_as_string(hide_password=False)
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.db.test_imports_faults", url, str(folder), what, str(batch)],
            cwd=Path(__file__).parents[2],
        )

    async def killed(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        await asyncio.to_thread(self.process.wait)


@asynccontextmanager
async def held(db: TestDatabase, statement: str) -> AsyncIterator[None]:
    """Somebody holds a lock, and whoever needs it is seen waiting for it by `waiting`."""
    async with await psycopg.AsyncConnection.connect(db.owner_url) as connection:
        await connection.execute(statement.encode())
        yield
        await connection.rollback()


async def waiting(db: TestDatabase) -> None:
    """Wait until a client of this very database waits for a lock; other tests have theirs on the same server."""
    query = (
        b"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        b" AND wait_event_type = 'Lock' AND backend_type = 'client backend'"
    )
    async with await psycopg.AsyncConnection.connect(db.superuser_url, autocommit=True) as connection:
        async with asyncio.timeout(60):
            while True:
                row = await (await connection.execute(query)).fetchone()
                if row and row[0]:
                    return
                await asyncio.sleep(0.02)  # there is no event for somebody else's lock


async def nobody_else(db: TestDatabase) -> None:
    """Wait until the server has noticed that the killed one is gone."""
    query = b"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    async with await psycopg.AsyncConnection.connect(db.superuser_url, autocommit=True) as connection:
        async with asyncio.timeout(60):
            while True:
                row = await (await connection.execute(query)).fetchone()
                if row and not row[0]:
                    return
                await asyncio.sleep(0.02)  # likewise


async def test_a_process_killed_in_mid_staging_leaves_the_plan_and_another_goes_on(
    desk: Desk, db: TestDatabase, tmp_path: Path
) -> None:
    await desk.commit(await brought(desk, table()))
    before = await desk.everything()
    key = await desk.hand_in(table(2_000), "night.csv", migration="ERP")
    async with held(db, "LOCK TABLE import_files IN ACCESS EXCLUSIVE MODE"):
        child = Child(desk, tmp_path / "objects", "work", key)
        await waiting(db)
        await child.killed()
    await nobody_else(db)
    assert await desk.everything() == before
    assert (await desk.batch(key)).state == "staging"
    with pytest.raises(Refused) as caught:
        await desk.commit(await desk.batch(key))
    assert caught.value.code == "import_busy"
    assert await take_up_abandoned(desk.services) == 0, "the dead one may still be at it, as far as one knows"
    await let_time_pass(desk.database)
    assert await take_up_abandoned(desk.services) == 1
    batch = await desk.batch(key)
    assert (batch.state, batch.totals["added"]) == ("checked", 1_997)
    assert (await desk.commit(batch)).changes == 1_997


async def let_time_pass(database: Database) -> None:
    async with database.engine.begin() as connection:
        await connection.execute(LEFT)


async def test_a_process_killed_in_mid_commit_leaves_the_plan_as_it_was(
    desk: Desk, db: TestDatabase, tmp_path: Path
) -> None:
    first = await desk.commit(await brought(desk, table()))
    batch = await brought(desk, table(500, 20))
    before = await desk.everything()
    head = f"SELECT FROM stream_heads WHERE stream = '{batch.migration_id}' FOR UPDATE"
    async with held(db, head):
        child = Child(desk, tmp_path / "objects", "commit", batch.id)
        await waiting(db)
        await child.killed()
    await nobody_else(db)
    assert await desk.everything() == before
    assert await statuses(desk.database) == [(1, "draft")]
    assert await durations(desk, first.version_id) == {600}
    done = await desk.commit(await desk.batch(batch.id))
    assert (done.number, done.changes) == (2, 500)


async def test_what_was_staged_is_staged_again_after_the_database_fell_down(
    own_cluster: Cluster, tmp_path: Path
) -> None:
    database = Database(own_cluster.app_url, pool_size=4)
    world = await make_world(database, Services(database, Notifier("http://tminus.example", "")))
    desk = desk_of(world, tmp_path / "objects", world.people["Priya"])
    try:
        await desk.commit(await brought(desk, table()))
        shown = [await brought(desk, table(5, n)) for n in (20, 21)]
        port = own_cluster.port
        process = own_cluster.process
        assert process is not None
        process.send_signal(signal.SIGQUIT)  # immediate: what is not logged is gone
        await asyncio.to_thread(process.wait)
        await asyncio.to_thread(own_cluster.start, port)
        await database.engine.dispose()
        for batch in shown:
            assert await desk.changes(batch) == []
            with pytest.raises(Refused) as caught:
                await desk.commit(batch)
            assert caught.value.code == "import_gone"
        assert await statuses(database) == [(1, "draft")]
        await check_again(desk.services, desk.person, shown[0].id)
        await accept(desk.services, desk.person, shown[1].id, ["all"])
        for batch in shown:
            assert (await desk.batch(batch.id)).totals["changed"] == 3
            assert len(await desk.changes(batch)) == 5
        assert (await desk.commit(await desk.batch(shown[0].id))).changes == 5
    finally:
        await database.close()


async def test_undo_is_refused_while_an_iteration_uses_the_version(desk: Desk, world: World) -> None:
    batch = await brought(desk, table())
    done = await desk.commit(batch)
    marco = Caller(world.people["Marco"])
    await approve_version(desk.database, marco, ApproveVersion(done.version_id))
    await create_iteration(
        world.services, marco, CreateIteration(done.version_id, "RUN1", IterationKind.RUN, NIGHT)
    )
    with pytest.raises(Refused) as caught:
        await undo_batch(desk.services, desk.caller, batch.id)
    assert caught.value.code == "iteration_uses_it"
    assert "RUN1" in caught.value.sentence
    assert caught.value.hint.startswith("It is the plan's first version: make a draft from it")
    assert await statuses(desk.database) == [(1, "approved")]


async def test_undo_is_refused_while_a_newer_version_is_there_and_goes_on_after_it(desk: Desk) -> None:
    first = await brought(desk, table())
    one = await desk.commit(first)
    second = await brought(desk, table(3, 20))
    await desk.commit(second)
    with pytest.raises(Refused) as caught:
        await undo_batch(desk.services, desk.caller, first.id)
    assert caught.value.code == "newer_version"
    assert (await undo_batch(desk.services, desk.caller, second.id)).version_id == one.version_id
    assert await statuses(desk.database) == [(1, "draft"), (2, "undone")]
    assert (await undo_batch(desk.services, desk.caller, first.id)).version_id is None
    assert await statuses(desk.database) == [(1, "undone"), (2, "undone")]
    third = await desk.commit(await brought(desk, table()))
    assert (third.number, third.changes) == (3, 6)


async def test_undo_is_refused_once_somebody_has_edited(desk: Desk, world: World) -> None:
    batch = await brought(desk, table())
    done = await desk.commit(batch)
    await Draft(world, done.version_id).edit("Marco", setting("step", "TRT-1", "name", "Step 1", "One"))
    with pytest.raises(Refused) as caught:
        await undo_batch(desk.services, desk.caller, batch.id)
    assert caught.value.code == "edited_since"


async def test_undo_by_two_at_once_is_done_once(desk: Desk) -> None:
    await desk.commit(await brought(desk, table()))
    batch = await brought(desk, table(3, 20))
    await desk.commit(batch)
    done = await asyncio.gather(
        *(undo_batch(desk.services, desk.caller, batch.id) for _ in range(4)), return_exceptions=True
    )
    refused = [one.code for one in done if isinstance(one, Refused)]
    assert refused == ["nothing_to_undo"] * 3, done
    assert await statuses(desk.database) == [(1, "draft"), (2, "undone")]


async def test_undoing_an_approved_import_gives_back_what_was_approved_before(
    desk: Desk, world: World
) -> None:
    marco = Caller(world.people["Marco"])
    first = await desk.commit(await brought(desk, table()))
    await approve_version(desk.database, marco, ApproveVersion(first.version_id))
    await desk.commit(await brought(desk, table(3, 20)))
    third = await brought(desk, table(3, 30))
    await approve_version(desk.database, marco, ApproveVersion((await desk.commit(third)).version_id))
    assert await statuses(desk.database) == [(1, "superseded"), (2, "superseded"), (3, "approved")]
    await undo_batch(desk.services, desk.caller, third.id)
    assert await statuses(desk.database) == [(1, "approved"), (2, "draft"), (3, "undone")]


async def test_whose_draft_an_import_replaced_does_not_approve_it(desk: Desk, world: World) -> None:
    marco = replace(desk, person=world.people["Marco"])
    await marco.commit(await marco.bring(table(), "night.csv", migration="ERP"))
    done = await desk.commit(await brought(desk, table(4)))
    for who in ("Marco", "Priya"):
        with pytest.raises(Forbidden):
            await approve_version(desk.database, Caller(world.people[who]), ApproveVersion(done.version_id))


async def test_random_orders_of_imports_and_undoings_leave_one_draft_at_most(desk: Desk) -> None:
    rng = Random(4)
    made: list[Row[Any]] = []
    for _ in range(12):
        if made and rng.random() < 0.4:
            await undo_batch(desk.services, desk.caller, made.pop().id)
        else:
            batch = await brought(desk, table(rng.randrange(1, 6), rng.randrange(1, 50)), replace_all=True)
            if (await desk.commit(batch)).changes:
                made.append(batch)
        found = [status for _, status in await statuses(desk.database)]
        assert found.count("draft") == (1 if made else 0)


async def _be_killed(url: str, folder: str, what: str, batch: str) -> None:
    database = Database(url, pool_size=4)
    world = World(database, Services(database, Notifier("http://tminus.example", "")), UUID(int=0))
    desk = desk_of(world, Path(folder))
    if what == "work":
        await work(desk.services, desk.person, UUID(batch))
    else:
        await desk.commit(await desk.batch(UUID(batch)))


if __name__ == "__main__":
    asyncio.run(_be_killed(*sys.argv[1:5]))
