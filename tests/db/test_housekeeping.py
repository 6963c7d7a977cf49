"""What has expired goes, what has not stays; jobs of dead workers are done again."""

from __future__ import annotations

import pytest
from procrastinate import App
from sqlalchemy import text

from tests.conftest import TestDatabase
from tminus.audit import jobs as audit_jobs
from tminus.platform.database import Database
from tminus.platform.jobs import defer_job, housekeeping, make_app, rescue

EXPIRED = (
    """
    INSERT INTO sessions (id, user_id, created_at, expires_at)
    SELECT decode(n::text, 'escape'), gen_random_uuid(), now(), now() + make_interval(mins => n)
    FROM unnest(ARRAY[-1, 1]) AS n
    """,
    """
    INSERT INTO sign_in_links (id, user_id, created_at, expires_at)
    SELECT decode(n::text, 'escape'), gen_random_uuid(), now(), now() + make_interval(mins => n)
    FROM unnest(ARRAY[-1, 1]) AS n
    """,
    """
    INSERT INTO sign_in_attempts (key, window_start, count)
    SELECT n::text, now() + make_interval(hours => n), 1 FROM unnest(ARRAY[-49, -1]) AS n
    """,
    """
    INSERT INTO idempotency_keys (user_key, key, fingerprint, answer, at)
    SELECT 'dana', n::text, '', '{}', now() + interval '100 days' + make_interval(hours => n)
    FROM unnest(ARRAY[-49, -47]) AS n
    """,
    "UPDATE server_clock SET shift = interval '100 days'",
)


async def test_what_has_expired_goes(database: Database) -> None:
    async with database.engine.begin() as connection:
        for statement in EXPIRED:
            await connection.execute(text(statement))
    assert await housekeeping.purge(database) == 4
    assert await housekeeping.purge(database) == 0
    async with database.read() as connection:
        for table in ("sessions", "sign_in_links", "sign_in_attempts", "idempotency_keys"):
            count = await connection.execute(text(f"SELECT count(*) FROM {table}"))  # noqa: S608 - names of this test
            assert count.scalar_one() == 1, table


@pytest.mark.parametrize("silent", [True, False])
async def test_a_job_of_a_dead_worker_is_done_again(
    database: Database, db: TestDatabase, silent: bool
) -> None:
    app = make_app(db.app_url)
    done: list[int] = []

    @app.task(name="test.count")
    async def _count(number: int) -> None:
        done.append(number)

    async with app.open_async():
        await begin_as_a_worker_that_dies(app, database, silent)
        rescued = await rescue.rescue(app)
        await app.run_worker_async(wait=False, install_signal_handlers=False)
    assert (rescued, done) == ((1, [7]) if silent else (0, []))


async def begin_as_a_worker_that_dies(app: App, database: Database, silent: bool) -> None:
    async with database.engine.begin() as connection:
        await defer_job(connection, "test.count", {"number": 7})
    worker = await app.job_manager.register_worker()
    assert await app.job_manager.fetch_job(queues=None, worker_id=worker)
    if silent:
        async with database.engine.begin() as connection:
            await connection.execute(
                text("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
            )


async def test_the_jobs_do_what_their_names_say(
    database: Database, db: TestDatabase, tmp_path_factory: pytest.TempPathFactory
) -> None:
    home = tmp_path_factory.mktemp("home")
    app = make_app(db.app_url)
    audit_jobs.register(app, database, home)
    rescue.register(app)
    housekeeping.register(app, database)
    async with database.engine.begin() as connection:
        await connection.execute(text("UPDATE stream_heads SET seq = 1, hash = sha256('x')"))
        await defer_job(connection, "audit.write_anchor", {"stream": "00000000-0000-0000-0000-000000000000"})
        for name in ("audit.write_daily_anchors", "jobs.rescue", "platform.housekeeping"):
            await defer_job(connection, name, {"timestamp": 0})
    async with app.open_async():
        await app.run_worker_async(wait=False, install_signal_handlers=False)
        jobs = await app.job_manager.list_jobs_async()
    assert {job.status for job in jobs if job.task_kwargs.get("timestamp", 0) == 0} == {"succeeded"}
    (file,) = (home / "anchors").iterdir()
    assert len(file.read_text().splitlines()) == 1
