"""Connections to a mail server that are kept between mails: fewer are opened, and no mail is the worse for it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from tests.mail_server import MailServer, mail_server
from tminus.integrations.smtp import idle
from tminus.integrations.smtp.transport import SmtpTransport
from tminus.platform.outbox.ports import Mail, Outcome


@pytest.fixture
async def server() -> AsyncIterator[MailServer]:
    async with mail_server() as running:
        yield running


@pytest.fixture
async def transport(server: MailServer) -> AsyncIterator[SmtpTransport]:
    made = SmtpTransport(server.settings(), accept_seconds=5)
    yield made
    made.close()


def mail(number: int) -> Mail:
    to, now = f"team{number}@erp.example", datetime.now(UTC)
    return Mail(UUID(int=number), to, "Begin", "You may begin.", None, f"<{number}@tminus>", 1, now)


async def send(transport: SmtpTransport, *numbers: int) -> list[Outcome]:
    return [(await transport.send(mail(number))).outcome for number in numbers]


async def test_mails_one_after_the_other_share_a_connection(
    server: MailServer, transport: SmtpTransport
) -> None:
    assert await send(transport, *range(5)) == [Outcome.SENT] * 5
    assert (len(server.connections), len(server.mails)) == (1, 5)


async def test_mails_at_once_have_a_connection_each(server: MailServer, transport: SmtpTransport) -> None:
    for _ in range(2):
        await asyncio.gather(*(transport.send(mail(number)) for number in range(3)))
    assert (len(server.connections), len(server.mails)) == (3, 6)


async def test_a_connection_that_the_server_ended_meanwhile_costs_no_attempt(
    server: MailServer, transport: SmtpTransport
) -> None:
    assert await send(transport, 1) == [Outcome.SENT]
    server.hangs_up()
    assert await send(transport, 2) == [Outcome.SENT]
    assert (len(server.connections), len(server.mails)) == (2, 2)


@pytest.mark.parametrize("phase", ["mail", "rcpt"])
async def test_a_server_that_has_had_enough_of_a_connection_gets_another(
    server: MailServer, transport: SmtpTransport, phase: str
) -> None:
    assert await send(transport, 1) == [Outcome.SENT]
    setattr(server, phase, ["421 Too many mails over this connection"])
    assert await send(transport, 2) == [Outcome.SENT]
    assert (len(server.connections), len(server.mails)) == (2, 2)


async def test_over_a_new_connection_the_same_words_are_the_answer(
    server: MailServer, transport: SmtpTransport
) -> None:
    server.mail = ["451 Not now"]
    assert await send(transport, 1) == [Outcome.TEMPORARY]
    server.mail = ["550 Not from you"]
    assert await send(transport, 2) == [Outcome.PERMANENT]
    assert (len(server.connections), len(server.mails)) == (2, 0)


async def test_a_refused_mail_is_asked_for_once_though_the_connection_was_kept(
    server: MailServer, transport: SmtpTransport
) -> None:
    assert await send(transport, 1) == [Outcome.SENT]
    server.rcpt = ["550 No such person here"]
    assert await send(transport, 2, 3) == [Outcome.PERMANENT, Outcome.SENT]
    assert (server.attempts, len(server.mails)) == (3, 2)


async def test_no_answer_over_a_kept_connection_is_uncertain_and_never_tried_again(
    server: MailServer, transport: SmtpTransport
) -> None:
    assert await send(transport, 1) == [Outcome.SENT]
    server.drops_after_data = True
    assert await send(transport, 2) == [Outcome.UNCERTAIN]
    assert (server.attempts, len(server.connections)) == (2, 1)


async def test_a_connection_carries_so_many_mails_and_waits_so_long(
    server: MailServer, transport: SmtpTransport, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(idle, "MAILS_EACH", 2)
    assert await send(transport, *range(4)) == [Outcome.SENT] * 4
    assert len(server.connections) == 2
    impatient = SmtpTransport(server.settings(), idle_seconds=0.0)
    assert await send(impatient, 5) == [Outcome.SENT]
    ended = server.connections[-1]
    async with asyncio.timeout(10):
        while ended.transport is not None:  # noqa: ASYNC110 - the server's end of it tells nobody
            await asyncio.sleep(0)
    assert await send(impatient, 6) == [Outcome.SENT]
    assert len(server.connections) == 4
    impatient.close()
