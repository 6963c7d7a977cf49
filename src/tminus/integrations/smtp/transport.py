"""Mail over SMTP, in phases, so that after each one it is known what is certain.

connect, TLS, sign in, MAIL, RCPT, DATA   a failure: certainly not sent
the body                                  no answer: nobody can know
the answer                                2xx sent · 4xx not now · 5xx never
"""

from __future__ import annotations

import asyncio
from contextlib import suppress

from aiosmtplib import (
    SMTP,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPStatus,
)

from tminus.integrations.smtp.idle import IDLE_SECONDS, Idle, Line
from tminus.integrations.smtp.mime import Malformed, address, mime_bytes, needs_utf8, sender_address
from tminus.integrations.smtp.words import dotted, own_name, reason, refusal
from tminus.platform.outbox.ports import Delivery, Mail, Outcome
from tminus.platform.settings import Settings

ANSWER_SECONDS = 15.0
"""How long the server may take over each command."""
ACCEPT_SECONDS = 60.0
"""How long it may take over the whole message: some scan it before they answer."""


class SmtpTransport:
    """Sends mails to the server of the settings, over connections that are kept a moment for the next mail.

    Raises `Malformed` at once where the sender's address (`TMINUS_MAIL_FROM`) is none.
    """

    def __init__(
        self,
        settings: Settings,
        answer_seconds: float = ANSWER_SECONDS,
        accept_seconds: float = ACCEPT_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._settings = settings
        self._sender = sender_address(settings.mail_from)
        self._answer_seconds = answer_seconds
        self._accept_seconds = accept_seconds
        self._name = ""
        self._idle = Idle(idle_seconds)

    async def send(self, mail: Mail) -> Delivery:
        """Try once; see `Transport`."""
        try:
            recipient = address(mail.recipient)
            body = mime_bytes(mail, self._sender, recipient)
        except (Malformed, ValueError) as error:
            return Delivery(Outcome.PERMANENT, f"It cannot be sent as it is: {error}")
        self._name = self._name or await asyncio.to_thread(own_name)
        kept = self._idle.take()
        if kept is not None:
            # It may be the connection that the server has had enough of; a new one shows what it means.
            with suppress(SMTPException, OSError, ValueError):
                return await self._over(kept, recipient.addr_spec, body)
        return await self._afresh(recipient.addr_spec, body)

    def close(self) -> None:
        """End the connections that wait for their next mail."""
        self._idle.close()

    async def _afresh(self, recipient: str, body: bytes) -> Delivery:
        line = Line(self._client())
        try:
            await line.client.connect()
            await line.client.ehlo()
            return await self._over(line, recipient, body)
        except (SMTPSenderRefused, SMTPRecipientRefused, SMTPDataError) as error:
            return refusal(error.code, error.message)
        except (SMTPException, OSError, ValueError) as error:
            return Delivery(Outcome.TEMPORARY, reason("The mail server could not be used", error))
        finally:
            if not line.mails:
                line.client.close()

    async def _over(self, line: Line, recipient: str, body: bytes) -> Delivery:
        """Send over an open connection. What it raises is certain: the mail was not handed over."""
        try:
            refused = await self._envelope(line.client, recipient)
            delivery = refused or await self._hand_over(line.client, body)
        except BaseException:
            line.client.close()
            raise
        if delivery.outcome is Outcome.SENT:
            self._idle.keep(line)
        else:
            line.client.close()
        return delivery

    def _client(self) -> SMTP:
        wanted = self._settings
        return SMTP(
            hostname=wanted.smtp_host,
            port=wanted.smtp_port,
            username=wanted.smtp_user or None,
            password=wanted.smtp_password.get_secret_value() if wanted.smtp_user else None,
            local_hostname=self._name,
            timeout=self._answer_seconds,
            use_tls=wanted.smtp_tls == "tls",
            start_tls={"starttls": True, "starttls-if-offered": None}.get(wanted.smtp_tls, False),
            # Where plain text would do as well, a certificate nobody signed is no worse; a password is.
            validate_certs=wanted.smtp_tls != "starttls-if-offered" or bool(wanted.smtp_user),
        )

    async def _envelope(self, client: SMTP, recipient: str) -> Delivery | None:
        """Say from whom and to whom, and ask to begin; a refusal of this very mail decides by its number.

        Raises `SMTPException` where the server refuses us, or ends the connection.
        """
        utf8 = needs_utf8(self._sender) or not recipient.isascii()
        if utf8 and not client.supports_extension("smtputf8"):
            return Delivery(Outcome.PERMANENT, "The mail server takes no address with letters beyond ASCII.")
        encoding, options = ("utf-8", ["SMTPUTF8"]) if utf8 else ("ascii", [])
        await client.mail(self._sender.addr_spec, options=options, encoding=encoding)
        try:
            await client.rcpt(recipient, encoding=encoding)
            answer = await client.execute_command(b"DATA")
            if answer.code != SMTPStatus.start_input:
                raise SMTPDataError(*answer)
        except (SMTPRecipientRefused, SMTPDataError) as error:
            if error.code == SMTPStatus.domain_unavailable:  # 421: it ends the connection, whatever the mail
                raise
            return refusal(error.code, error.message)
        return None

    async def _hand_over(self, client: SMTP, body: bytes) -> Delivery:
        protocol = client.protocol
        if protocol is None:
            raise SMTPServerDisconnected("Connection lost")
        protocol.write(dotted(body))  # what it raises means that nothing was written
        try:
            answer = await protocol.read_response(timeout=self._accept_seconds)
        except (SMTPException, OSError) as error:
            return Delivery(Outcome.UNCERTAIN, reason("The message was handed over, no answer came", error))
        if 400 <= answer.code < 600:
            return refusal(answer.code, answer.message)
        if not 200 <= answer.code < 300:
            return Delivery(Outcome.UNCERTAIN, f"The mail server gave a strange answer: {answer.code}")
        return Delivery(Outcome.SENT)
