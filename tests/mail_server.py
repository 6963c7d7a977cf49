"""A real SMTP server for tests, in the test's own loop, that can be told how to misbehave."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, Envelope, Session
from pydantic import SecretStr

from tminus.platform.settings import Settings


class MailServer:
    """What it took, and how it answers: set `mail`, `rcpt` and `data` to lists of answers, used up one by one."""

    def __init__(self) -> None:
        self.port = 0
        self.mails: list[EmailMessage] = []
        self.envelopes: list[Envelope] = []
        self.mail: list[str] = []
        self.rcpt: list[str] = []
        self.data: list[str] = []
        self.attempts = 0
        self.connections: list[SMTP] = []
        self.drops_after_data = False
        self.hangs_after_data = False
        self.go_on = asyncio.Event()
        self._changed = asyncio.Condition()

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.mail:
            return self.mail.pop(0)
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    def hangs_up(self) -> None:
        """End every connection, as a server does that has waited long enough."""
        for one in self.connections:
            if one.transport is not None:
                one.transport.close()

    def connected(self) -> SMTP:
        """Return what talks over one more connection."""
        talks = SMTP(self, enable_SMTPUTF8=True, hostname="mail.test", loop=asyncio.get_running_loop())
        self.connections.append(talks)
        return talks

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.rcpt:
            await self._attempted()
            return self.rcpt.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - same
        await self._attempted()
        if self.drops_after_data:
            assert server.transport is not None
            server.transport.close()
            return "250 nobody hears this"
        if self.hangs_after_data:
            await self.go_on.wait()
        if self.data:
            return self.data.pop(0)
        content = envelope.content
        assert isinstance(content, bytes)
        self.envelopes.append(envelope)
        self.mails.append(message_from_bytes(content, policy=policy.default))
        async with self._changed:
            self._changed.notify_all()
        return "250 OK"

    async def _attempted(self) -> None:
        self.attempts += 1
        async with self._changed:
            self._changed.notify_all()

    async def attempted(self, count: int) -> None:
        """Wait until so many attempts were made in all."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: self.attempts >= count)

    async def took(self, count: int) -> None:
        """Wait until so many mails were taken in all."""
        async with asyncio.timeout(20), self._changed:
            await self._changed.wait_for(lambda: len(self.mails) >= count)

    def settings(self, **more: object) -> Settings:
        """Return settings that send to this server."""
        wanted = {"smtp_host": "127.0.0.1", "smtp_port": self.port, "smtp_password": SecretStr(""), **more}
        return Settings(**wanted)  # type: ignore[arg-type] # test's own words


@asynccontextmanager
async def mail_server() -> AsyncIterator[MailServer]:
    """Run a server on a free port for the length of the block."""
    handler = MailServer()
    server = await asyncio.get_running_loop().create_server(handler.connected, "127.0.0.1", 0)
    handler.port = server.sockets[0].getsockname()[1]
    try:
        yield handler
    finally:
        handler.go_on.set()
        server.close()
