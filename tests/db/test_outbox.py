"""The sender against a real mail server and a real database: each message once, none lost, none invented."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest

from tests.conftest import TestDatabase
from tests.mail_server import MailServer, mail_server
from tminus.integrations.smtp.transport import SmtpTransport
from tminus.kernel.actor import SYSTEM
from tminus.kernel.facts import Fact
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.platform.database import Database
from tminus.platform.outbox import store
from tminus.platform.outbox.after import Written, written_of
from tminus.platform.outbox.desk import connect
from tminus.platform.outbox.message import Message
from tminus.platform.outbox.ports import Delivery, Mail, Outcome, Transport
from tminus.platform.outbox.sender import PARALLEL, Sender
from tminus.platform.unit_of_work import unit_of_work

ATTEMPTS = 3


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


async def queue(database: Database, *recipients: str, suppressed: bool = False) -> None:
    async with unit_of_work(database, SYSTEM_STREAM, SYSTEM) as tx:
        tx.record(Fact("test.told", "Something was told"))
        for recipient in recipients:
            tx.send(Message(SYSTEM_STREAM, recipient, "Début", "Grüße", suppressed=suppressed))


async def rows(db: TestDatabase) -> list[dict[str, Any]]:
    async with await psycopg.AsyncConnection.connect(db.app_url) as connection:
        cursor = connection.cursor(row_factory=psycopg.rows.dict_row)
        await cursor.execute(
            "SELECT *, extract(epoch FROM next_attempt_at - claimed_at)::float AS waits FROM outbox ORDER BY id"
        )
        return await cursor.fetchall()


async def one(db: TestDatabase) -> dict[str, Any]:
    (row,) = await rows(db)
    return row


async def run_sql(url: str, statement: str) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        await connection.execute(statement)


@asynccontextmanager
async def sending(db: TestDatabase, transport: Transport | None) -> AsyncIterator[None]:
    """A sender for the length of the block; on leaving it finishes what it has begun."""
    stop = asyncio.Event()
    running = asyncio.create_task(Sender(db.app_url, transport, ATTEMPTS).run(stop))
    yield
    stop.set()
    async with asyncio.timeout(15):
        await running


def transport_to(server: MailServer, **more: Any) -> SmtpTransport:
    return SmtpTransport(server.settings(), **more)


async def test_a_queued_message_is_sent_once_and_marked(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    async with sending(db, transport_to(server)):
        await queue(database, "dana@erp.example")  # after the start: NOTIFY wakes the sender
        await server.took(1)
    row = await one(db)
    assert (row["status"], row["attempts"], row["last_error"]) == ("sent", 1, None)
    assert row["sent_at"] is not None
    assert server.mails[0]["Message-ID"] == row["message_id"]
    assert server.mails[0]["To"] == "dana@erp.example"
    assert server.mails[0].get_content().strip() == "Grüße"


async def test_a_suppressed_message_stays_suppressed(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    await queue(database, "silent@erp.example", suppressed=True)
    await queue(database, "dana@erp.example")
    async with sending(db, transport_to(server)):
        await server.took(1)
    assert sorted(row["status"] for row in await rows(db)) == ["sent", "suppressed"]
    assert [mail["To"] for mail in server.mails] == ["dana@erp.example"]


@pytest.mark.parametrize("phase", ["rcpt", "data"])
async def test_a_refusal_for_good_fails_at_once_with_the_servers_words(
    database: Database, db: TestDatabase, server: MailServer, phase: str
) -> None:
    setattr(server, phase, ["550 No such person here"])
    await queue(database, "nobody@erp.example")
    async with sending(db, transport_to(server)):
        await server.attempted(1)
    row = await one(db)
    assert (row["status"], row["attempts"]) == ("failed", 1)
    assert "No such person here" in row["last_error"]


async def test_one_refusal_among_many_costs_the_others_nothing(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    server.rcpt, server.data = ["550 No such person here", "451 Come back later"], ["554 Not this"]
    await queue(database, *(f"team{n}@erp.example" for n in range(3 * PARALLEL)))
    async with sending(db, transport_to(server)):
        await server.took(3 * PARALLEL - 3)
    found = Counter((row["status"], row["attempts"]) for row in await rows(db))
    assert found == {("sent", 1): 3 * PARALLEL - 3, ("failed", 1): 2, ("queued", 1): 1}
    assert len({mail["Message-ID"] for mail in server.mails}) == len(server.mails) == 3 * PARALLEL - 3


async def test_a_group_is_written_in_one_statement_each_row_for_itself_and_only_once(
    database: Database, db: TestDatabase
) -> None:
    await queue(database, *(f"team{n}@erp.example" for n in range(4)))
    connection = await connect(db.app_url)
    number = await store.take_number(connection)
    first = await store.settle_and_claim(connection, number, [], 3)
    words = [Written("sent", None), Written("failed", "no"), Written("queued", "later")]
    written = list(zip(first, words, strict=True))
    (last,) = await store.settle_and_claim(connection, number, written, 5)  # what waits is not due again
    again = [(mail, Written("failed", "too late")) for mail in first[:1]]
    assert await store.settle_and_claim(connection, number, again, 5) == []
    found = {row["id"]: (row["status"], row["last_error"], row["claimed_by"]) for row in await rows(db)}
    assert found == {
        first[0].id: ("sent", None, None),
        first[1].id: ("failed", "no", None),
        first[2].id: ("queued", "later", None),
        last.id: ("sending", None, number),
    }
    await connection.close()


async def test_a_malformed_address_fails_without_asking_the_server(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    await queue(database, "no address", "dana@erp.example")
    async with sending(db, transport_to(server)):
        await server.took(1)
    malformed = next(row for row in await rows(db) if row["recipient"] == "no address")
    assert malformed["status"] == "failed"
    assert "is not a mail address" in malformed["last_error"]


async def test_greylisting_is_waited_out(database: Database, db: TestDatabase, server: MailServer) -> None:
    server.rcpt = ["451 Come back later"]
    await queue(database, "dana@erp.example")
    async with sending(db, transport_to(server)):
        await server.attempted(1)
    row = await one(db)
    assert (row["status"], row["attempts"]) == ("queued", 1)
    assert row["waits"] == pytest.approx(5, abs=1)
    await run_sql(db.app_url, "UPDATE outbox SET next_attempt_at = now()")
    async with sending(db, transport_to(server)):
        await server.took(1)
    row = await one(db)
    assert (row["status"], row["attempts"], row["last_error"]) == ("sent", 2, None)


async def test_after_the_last_attempt_it_has_failed(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    server.data = ["451 Not now"] * ATTEMPTS
    await queue(database, "dana@erp.example")
    for attempt in range(1, ATTEMPTS + 1):
        await run_sql(db.app_url, "UPDATE outbox SET next_attempt_at = now()")
        async with sending(db, transport_to(server)):
            await server.attempted(attempt)
    row = await one(db)
    assert (row["status"], row["attempts"]) == ("failed", ATTEMPTS)


async def test_a_server_that_is_not_there_costs_an_attempt_and_loses_nothing(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    await queue(database, "dana@erp.example")
    connection = await connect(db.app_url)
    number = await store.take_number(connection)
    mail = await store.claim(connection, number)
    assert mail is not None
    delivery = await SmtpTransport(server.settings(smtp_port=1)).send(mail)
    await store.settle(connection, number, mail, written_of(delivery, mail.attempt, ATTEMPTS))
    await connection.close()
    row = await one(db)
    assert (row["status"], row["attempts"], row["claimed_by"]) == ("queued", 1, None)
    assert "could not be used" in row["last_error"]


@pytest.mark.parametrize("how", ["drops_after_data", "hangs_after_data"])
async def test_no_answer_after_the_body_is_uncertain_and_not_sent_again(
    database: Database, db: TestDatabase, server: MailServer, how: str
) -> None:
    setattr(server, how, True)
    await queue(database, "dana@erp.example")
    async with sending(db, transport_to(server, accept_seconds=0.2)):
        await server.attempted(1)
    row = await one(db)
    assert (row["status"], row["attempts"]) == ("uncertain", 1)
    assert "no answer came" in row["last_error"]
    setattr(server, how, False)
    await queue(database, "next@erp.example")
    async with sending(db, transport_to(server)):
        await server.took(1)
    assert [mail["To"] for mail in server.mails] == ["next@erp.example"]


async def test_two_senders_at_once_send_each_message_once(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    await queue(database, *(f"team{n}@erp.example" for n in range(60)))
    async with sending(db, transport_to(server)), sending(db, transport_to(server)):
        await server.took(60)
    assert len(server.mails) == len({mail["Message-ID"] for mail in server.mails}) == 60
    assert {(row["status"], row["attempts"]) for row in await rows(db)} == {("sent", 1)}


async def test_without_a_mail_server_messages_wait_and_the_log_says_so_once(
    database: Database, db: TestDatabase, caplog: pytest.LogCaptureFixture
) -> None:
    await queue(database, "dana@erp.example")
    with caplog.at_level(logging.WARNING):
        async with sending(db, None):
            await queue(database, "lena@erp.example")
    assert {(row["status"], row["attempts"]) for row in await rows(db)} == {("queued", 0)}
    assert [record.message for record in caplog.records if "TMINUS_SMTP_HOST" in record.message] == [
        "No mail server is set (TMINUS_SMTP_HOST): messages stay queued."
    ]


KILLED = """
import asyncio, os
from tminus.integrations.smtp.transport import SmtpTransport
from tminus.platform.outbox.sender import PARALLEL, Sender
from tminus.platform.settings import Settings
settings = Settings()
asyncio.run(Sender(os.environ["TEST_URL"], SmtpTransport(settings), 3).run(asyncio.Event()))
"""


async def test_a_sender_killed_in_mid_send_leaves_it_uncertain_and_loses_nothing(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    server.hangs_after_data = True
    others = [f"team{n}@erp.example" for n in range(PARALLEL + 2)]
    await queue(database, *others)
    smtp = {"TMINUS_SMTP_HOST": "127.0.0.1", "TMINUS_SMTP_PORT": str(server.port), "TEST_URL": db.app_url}
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", KILLED, env={**os.environ, **smtp})
    await server.attempted(PARALLEL)  # as many at once, each with its body handed over
    process.send_signal(signal.SIGKILL)
    await process.wait()
    async with mail_server() as second:
        async with sending(db, transport_to(second)):
            await second.took(2)
        statuses = [row["status"] for row in await rows(db)]
        assert sorted(statuses) == ["sent"] * 2 + ["uncertain"] * PARALLEL
        taken = {mail["To"] for mail in second.mails}
        assert taken == {row["recipient"] for row in await rows(db) if row["status"] == "sent"}


KILLED_BEFORE = """
import asyncio, os
from tminus.platform.outbox.sender import Sender
class Waits:
    async def send(self, mail):
        print(mail.id, flush=True)
        await asyncio.Event().wait()
    def close(self):
        pass
asyncio.run(Sender(os.environ["TEST_URL"], Waits(), 3).run(asyncio.Event()))
"""


async def test_a_sender_killed_between_the_claim_and_the_send_sends_none_of_them_again(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    await queue(database, *(f"team{n}@erp.example" for n in range(PARALLEL + 2)))
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        KILLED_BEFORE,
        env={**os.environ, "TEST_URL": db.app_url},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    begun = {(await process.stdout.readline()).decode().strip() for _ in range(PARALLEL)}
    process.send_signal(signal.SIGKILL)
    await process.wait()
    async with sending(db, transport_to(server)):
        await server.took(2)
    found = {str(row["id"]): row["status"] for row in await rows(db)}
    assert {key for key, status in found.items() if status == "uncertain"} == begun
    assert sorted(found.values()) == ["sent"] * 2 + ["uncertain"] * PARALLEL


async def test_a_sender_that_lives_on_without_its_connection_still_marks_what_it_sent(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    server.hangs_after_data = True
    await queue(database, "dana@erp.example")
    async with sending(db, transport_to(server)):
        await server.attempted(1)
        await run_sql(
            db.superuser_url,
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = 'tminus sender' AND datname = current_database()",
        )
        other = await connect(db.app_url)
        assert await store.mark_cut_off(other) == 1  # as a second sender would
        await other.close()
        assert (await one(db))["status"] == "uncertain"
        server.go_on.set()
        await server.took(1)
    assert ((await one(db))["status"], len(server.mails)) == ("sent", 1)


async def test_a_claim_whose_answer_was_lost_is_queued_again_by_its_own_sender(
    database: Database, db: TestDatabase
) -> None:
    await queue(database, "lost@erp.example", "held@erp.example")
    connection = await connect(db.app_url)
    number = await store.take_number(connection)
    held = await store.claim(connection, number)
    lost = await store.claim(connection, number)  # pretend its answer never arrived
    assert held and lost
    await store.take_back(connection, number, [held.id])
    status = {row["id"]: (row["status"], row["attempts"]) for row in await rows(db)}
    assert status == {held.id: ("sending", 1), lost.id: ("queued", 0)}
    await connection.close()


async def test_a_living_senders_rows_are_left_alone(database: Database, db: TestDatabase) -> None:
    await queue(database, "dana@erp.example")
    living, other = await connect(db.app_url), await connect(db.app_url)
    assert await store.claim(living, await store.take_number(living))
    assert await store.mark_cut_off(other) == 0
    await living.close()
    async with asyncio.timeout(10):
        while (
            await store.mark_cut_off(other) == 0
        ):  # the server notices the closed connection in its own time
            await other.execute("SELECT pg_sleep(0.01)")
    assert (await one(db))["status"] == "uncertain"
    await other.close()


async def test_a_sender_that_loses_the_database_goes_on_when_it_is_back(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    async with sending(db, transport_to(server)):
        await queue(database, "before@erp.example")
        await server.took(1)
        await run_sql(
            db.superuser_url,
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
            " WHERE application_name = 'tminus sender' AND datname = current_database()",
        )
        await queue(database, "after@erp.example")
        await server.took(2)
    assert {(row["status"], row["attempts"]) for row in await rows(db)} == {("sent", 1)}


async def test_where_tls_is_wanted_nothing_goes_out_in_plain_text(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    await queue(database, "dana@erp.example")
    connection = await connect(db.app_url)
    mail = await store.claim(connection, await store.take_number(connection))
    await connection.close()
    assert mail is not None
    for mode in ("starttls", "tls"):
        delivery = await SmtpTransport(server.settings(smtp_tls=mode)).send(mail)
        assert delivery.outcome is Outcome.TEMPORARY
    assert server.attempts == 0
    offered = SmtpTransport(server.settings(smtp_tls="starttls-if-offered"))
    assert (await offered.send(mail)).outcome is Outcome.SENT
    offered.close()


async def test_addresses_beyond_ascii_arrive(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    await queue(database, "józef@münchen.example")
    async with sending(db, transport_to(server)):
        await server.took(1)
    assert server.envelopes[0].rcpt_tos == ["józef@xn--mnchen-3ya.example"]
    assert (await one(db))["status"] == "sent"


class Broken:
    """A transport with a fault of ours in it."""

    async def send(self, mail: Mail) -> Delivery:
        raise RuntimeError("a fault")

    def close(self) -> None:
        pass


async def test_a_fault_of_ours_is_uncertain_never_sent_nor_lost(
    database: Database, db: TestDatabase, server: MailServer
) -> None:
    await queue(database, "dana@erp.example")
    connection = await connect(db.app_url)
    stop = asyncio.Event()
    running = asyncio.create_task(Sender(db.app_url, Broken(), ATTEMPTS).run(stop))
    async with asyncio.timeout(10):
        while (await one(db))["status"] != "uncertain":
            await connection.execute("SELECT pg_sleep(0.02)")
    stop.set()
    await running
    await connection.close()
    assert "fault in Tminus" in (await one(db))["last_error"]
