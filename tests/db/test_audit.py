"""The log is proven, and every way of falsifying it is named."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from psycopg import sql

from tests.conftest import TestDatabase
from tminus.audit.commands import write_anchor
from tminus.audit.domain.entries import Anchor, Finding
from tminus.audit.queries import verify
from tminus.audit.readers.anchors import anchors_in
from tminus.kernel.actor import SYSTEM, Actor
from tminus.kernel.facts import Fact
from tminus.kernel.ids import SYSTEM_STREAM, new_id
from tminus.platform.database import Database
from tminus.platform.eventlog.record import canonical_bytes, chain_hash
from tminus.platform.eventlog.store import open_stream
from tminus.platform.unit_of_work import unit_of_work

DANA = Actor(UUID(int=7), "Dana")
DETAIL = {
    "before": {"n": 1, "ok": True},
    "after": {"n": 1.5, "big": 10**20, "tiny": 1e-7, "wide": 1e16, "é": "☃"},
}


@pytest.fixture
async def stream(database: Database) -> UUID:
    """A stream of eight entries with every kind of value in them."""
    stream = new_id()
    async with database.engine.begin() as connection:
        await open_stream(connection, stream)
    for n in range(4):
        async with unit_of_work(database, stream, DANA) as tx:
            tx.record(Fact("step.started", f"Start {n}", UUID(int=1), UUID(int=2), DETAIL))
            tx.record(Fact("step.ready", f"Ready {n}"), SYSTEM)
    return stream


def falsify(db: TestDatabase, statement: str, **values: object) -> None:
    """What a superuser can do: switch the triggers off, change, switch them on again."""
    with psycopg.connect(db.superuser_url) as connection:
        connection.execute("SET session_replication_role = replica")
        connection.execute("ALTER TABLE event_log DISABLE TRIGGER USER")
        assert connection.execute(sql.SQL(statement), values).rowcount > 0
        for trigger in ("event_log_rows_stay", "event_log_stays"):
            connection.execute(
                sql.SQL("ALTER TABLE event_log ENABLE ALWAYS TRIGGER {}").format(sql.Identifier(trigger))
            )


async def findings(database: Database, anchors: Sequence[Anchor] = ()) -> list[Finding]:
    return (await verify(database, anchors)).findings


async def test_an_untouched_log_is_intact(database: Database, stream: UUID) -> None:
    verdict = await verify(database)
    assert (verdict.findings, verdict.notes, verdict.entries) == ([], [], 8)
    assert verdict.evaluated


async def test_the_apps_own_role_cannot_change_the_log(db: TestDatabase, stream: UUID) -> None:
    for url, refused in ((db.app_url, "permission denied"), (db.superuser_url, "append-only")):
        for statement in ("UPDATE event_log SET actor = 'x'", "DELETE FROM event_log", "TRUNCATE event_log"):
            with psycopg.connect(url) as connection, pytest.raises(psycopg.Error, match=refused):
                connection.execute(statement)


ALTERED = {
    "stream": "stream = '00000000-0000-0000-0000-000000000000', seq = 99",
    "seq": "seq = 44",
    "at": "at = at + interval '1 microsecond'",
    "type": "type = 'step.skipped'",
    "actor_id": "actor_id = NULL",
    "actor": "actor = 'Marco'",
    "iteration_id": "iteration_id = gen_random_uuid()",
    "step_id": "step_id = NULL",
    "detail": "detail = jsonb_set(detail, '{before,ok}', '1')",
    "canonical": "canonical = convert_to(replace(convert_from(canonical, 'UTF8'), 'Start', 'Stop'), 'UTF8')",
    "prev_hash": "prev_hash = sha256('x')",
    "hash": "hash = sha256('x')",
}


@pytest.mark.parametrize("column", ALTERED)
@pytest.mark.parametrize("seq", [3, 7])
async def test_an_altered_row_is_named_with_its_column(
    database: Database, db: TestDatabase, stream: UUID, column: str, seq: int
) -> None:
    falsify(
        db,
        f"UPDATE event_log SET {ALTERED[column]} WHERE stream = %(stream)s AND seq = {seq}",  # noqa: S608 - test's own words
        stream=stream,
    )
    found = await findings(database)
    named = [one for one in found if f"altered: {column}" in one.sentence or f", {column}" in one.sentence]
    assert named, found
    if column not in ("stream", "seq"):
        assert {(one.stream, one.seq) for one in found} == {(stream, seq)}


async def test_the_newest_entry_is_checked_against_the_head(
    database: Database, db: TestDatabase, stream: UUID
) -> None:
    falsify(db, "UPDATE event_log SET hash = sha256('x') WHERE stream = %(s)s AND seq = 8", s=stream)
    assert [one.sentence for one in await findings(database)] == ["Entry 8 was altered: hash."]


async def test_a_removed_entry_is_a_gap(database: Database, db: TestDatabase, stream: UUID) -> None:
    falsify(db, "DELETE FROM event_log WHERE stream = %(s)s AND seq IN (4, 5)", s=stream)
    assert [one.sentence for one in await findings(database)] == [
        "Entries 4 to 5 are missing: they were removed or renumbered."
    ]


async def test_a_cut_tail_differs_from_the_head(database: Database, db: TestDatabase, stream: UUID) -> None:
    falsify(db, "DELETE FROM event_log WHERE stream = %(s)s AND seq > 6", s=stream)
    assert [one.code for one in await findings(database)] == ["tail_cut"]


async def test_a_forged_entry_breaks_the_chain(database: Database, db: TestDatabase, stream: UUID) -> None:
    rewrite(db, stream, 5, relink=False)
    assert [(one.code, one.seq) for one in await findings(database)] == [("chain_broken", 6)]


def rewrite(db: TestDatabase, stream: UUID, first: int, *, relink: bool = True, last: int = 8) -> None:
    """Let Marco have done what Dana did from `first` on, with every hash made anew, and the head too."""
    with psycopg.connect(db.superuser_url) as connection:
        connection.execute("ALTER TABLE event_log DISABLE TRIGGER USER")
        prev = connection.execute(
            "SELECT hash FROM event_log WHERE stream = %s AND seq = %s", [stream, first - 1]
        ).fetchone()
        assert prev
        link = bytes(prev[0])
        rows = connection.execute(
            "SELECT seq, at, type, actor_id, iteration_id, step_id, detail FROM event_log"
            " WHERE stream = %s AND seq >= %s ORDER BY seq",
            [stream, first],
        ).fetchall()
        for seq, at, type_, actor_id, iteration_id, step_id, detail in rows[: None if relink else 1]:
            actor = Actor(actor_id, "Marco")
            canonical = canonical_bytes(stream, seq, at, type_, actor, (iteration_id, step_id), detail)
            new = chain_hash(link, canonical)
            connection.execute(
                "UPDATE event_log SET actor = 'Marco', canonical = %s, prev_hash = %s, hash = %s"
                " WHERE stream = %s AND seq = %s",
                [canonical, link, new, stream, seq],
            )
            link = new
        connection.execute("DELETE FROM event_log WHERE stream = %s AND seq > %s", [stream, last])
        if relink:
            connection.execute(
                "UPDATE stream_heads SET (seq, hash) = (SELECT seq, hash FROM event_log"
                " WHERE stream = %s ORDER BY seq DESC LIMIT 1) WHERE stream = %s",
                [stream, stream],
            )
        for trigger in ("event_log_rows_stay", "event_log_stays"):
            connection.execute(
                sql.SQL("ALTER TABLE event_log ENABLE ALWAYS TRIGGER {}").format(sql.Identifier(trigger))
            )


async def test_a_rewritten_tail_passes_alone_and_fails_against_an_anchor(
    database: Database, db: TestDatabase, stream: UUID, tmp_path: Path
) -> None:
    assert await write_anchor(database, tmp_path) == 1
    (file,) = (tmp_path / "anchors").iterdir()
    anchors = anchors_in(file.read_bytes())
    assert await findings(database, anchors) == []
    rewrite(db, stream, 5)
    assert await findings(database) == []
    assert [(one.code, one.seq) for one in await findings(database, anchors)] == [("anchor_differs", 8)]


async def test_a_tail_cut_with_its_head_fails_against_an_anchor(
    database: Database, db: TestDatabase, stream: UUID, tmp_path: Path
) -> None:
    await write_anchor(database, tmp_path)
    (file,) = (tmp_path / "anchors").iterdir()
    rewrite(db, stream, 5, last=6)
    assert await findings(database) == []
    found = await findings(database, anchors_in(file.read_bytes()))
    assert [one.sentence for one in found] == [
        "The anchor is of entry 8, but the log ends at 6: what was there was removed."
    ]


async def test_a_stream_removed_whole_is_missed_by_its_anchor(
    database: Database, db: TestDatabase, stream: UUID
) -> None:
    falsify(db, "DELETE FROM event_log WHERE stream = %(s)s", s=stream)
    falsify(db, "DELETE FROM iteration_heads WHERE stream = %(s)s", s=stream)
    falsify(db, "DELETE FROM stream_heads WHERE stream = %(s)s", s=stream)
    verdict = await verify(database, [Anchor(stream, 8, b"x" * 32)])
    assert [one.code for one in verdict.findings] == ["stream_missing"]
    assert not (await verify(database)).evaluated  # nothing is left to check: no success


async def test_a_lost_head_row_is_named(database: Database, db: TestDatabase, stream: UUID) -> None:
    falsify(db, "DELETE FROM stream_heads WHERE stream = %(s)s", s=stream)
    assert [one.code for one in await findings(database)] == ["head_missing"]


async def test_anchors_are_written_once_for_each_head(
    database: Database, stream: UUID, tmp_path: Path
) -> None:
    written = await asyncio.gather(*(write_anchor(database, tmp_path) for _ in range(5)))
    assert sorted(written) == [0, 0, 0, 0, 1]
    async with unit_of_work(database, SYSTEM_STREAM, SYSTEM) as tx:
        tx.record(Fact("settings.changed", "Something was set"))
    assert await write_anchor(database, tmp_path, stream) == 0
    assert await write_anchor(database, tmp_path) == 1
    (file,) = (tmp_path / "anchors").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [len(line.split()) for line in file.read_text().splitlines()] == [4, 4]


async def test_one_role_that_owns_and_uses_the_log_is_said(db: TestDatabase, stream: UUID) -> None:
    owner = Database(db.owner_url, pool_size=1)
    (note,) = (await verify(owner)).notes
    await owner.close()
    assert "the triggers alone protect it" in note


async def test_triggers_that_are_off_are_said(database: Database, db: TestDatabase, stream: UUID) -> None:
    with psycopg.connect(db.superuser_url) as connection:
        connection.execute("ALTER TABLE event_log DISABLE TRIGGER event_log_stays")
    (note,) = (await verify(database)).notes
    assert "switched off" in note


async def tminus(url: str, *words: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "tminus",
        "audit",
        *words,
        env={**os.environ, "TMINUS_DATABASE_URL": url},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode(), err.decode()


async def test_the_command_line_proves_and_disproves(
    database: Database, db: TestDatabase, stream: UUID
) -> None:
    code, out, err = await tminus(db.app_url, "verify")
    assert (code, err) == (0, "")
    assert "Checked 8 entries in 2 streams against 0 anchors: intact." in out
    async with database.read() as connection:
        row = (await connection.exec_driver_sql("SELECT seq, hash FROM event_log WHERE seq = 8")).one()
    anchor = f"Log anchor: {stream} {row.seq} {bytes(row.hash).hex()}"
    assert (await tminus(db.app_url, "verify", "--anchor", anchor))[0] == 0
    rewrite(db, stream, 5)
    code, out, _ = await tminus(db.app_url, "verify", "--anchor", anchor, "--format", "json")
    assert code == 1
    told = json.loads(out)
    assert (told["intact"], told["findings"][0]["seq"]) == (False, 8)


async def test_the_command_line_never_calls_nothing_a_success(db: TestDatabase) -> None:
    assert (await tminus(db.app_url, "verify"))[0] == 3  # an empty log
    assert (await tminus("postgresql://nobody:x@127.0.0.1:1/none", "verify"))[0] == 3
    code, _, err = await tminus(db.app_url, "verify", "--anchor", "no anchor at all")
    assert (code, "holds no anchor" in err) == (2, True)


async def test_the_export_can_be_checked_by_hand(db: TestDatabase, stream: UUID) -> None:
    code, out, _ = await tminus(db.app_url, "export")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert (code, len(rows)) == (0, 8)
    link = b""
    for row in rows:
        link = chain_hash(link, row["canonical"].encode())
        assert row["hash"] == link.hex()
    assert rows[0]["sentence"] == "Start 0"
