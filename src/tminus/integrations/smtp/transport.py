"""Mail over SMTP, in phases, so that after each one it is known what is certain.

connect, TLS, sign in, MAIL, RCPT, DATA   a failure: certainly not sent
the body                                  no answer: nobody can know
the answer                                2xx sent · 4xx not now · 5xx never
"""

from __future__ import annotations

import asyncio
import re
import socket
from contextlib import suppress

import aiosmtplib
from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from tminus.integrations.smtp.mime import Malformed, address, mime_bytes, needs_utf8, sender_address
from tminus.platform.outbox.ports import Delivery, Mail, Outcome
from tminus.platform.settings import Settings

ANSWER_SECONDS = 15.0
"""How long the server may take over each command."""
ACCEPT_SECONDS = 60.0
"""How long it may take over the whole message: some scan it before they answer."""
_LONGEST_REASON = 300


class SmtpTransport:
    """Sends each mail over a connection of its own, to the server of the settings.

    Raises `Malformed` at once where the sender's address (`TMINUS_MAIL_FROM`) is none.
    """

    def __init__(
        self,
        settings: Settings,
        answer_seconds: float = ANSWER_SECONDS,
        accept_seconds: float = ACCEPT_SECONDS,
    ) -> None:
        self._settings = settings
        self._sender = sender_address(settings.mail_from)
        self._answer_seconds = answer_seconds
        self._accept_seconds = accept_seconds
        self._name = ""

    async def send(self, mail: Mail) -> Delivery:
        """Try once; see `Transport`."""
        try:
            recipient = address(mail.recipient)
            body = mime_bytes(mail, self._sender, recipient)
        except (Malformed, ValueError) as error:
            return Delivery(Outcome.PERMANENT, f"It cannot be sent as it is: {error}")
        self._name = self._name or await asyncio.to_thread(_own_name)
        client = self._client()
        try:
            try:
                await client.connect()
                refused = await self._envelope(client, recipient.addr_spec)
            except (SMTPException, OSError, ValueError) as error:
                return Delivery(Outcome.TEMPORARY, _reason("The mail server could not be used", error))
            return refused or await self._hand_over(client, body)
        finally:
            client.close()

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
        """Say from whom and to whom, and ask to begin; a refusal of these very two decides by its number."""
        utf8 = needs_utf8(self._sender) or not recipient.isascii()
        await client.ehlo()
        if utf8 and not client.supports_extension("smtputf8"):
            return Delivery(Outcome.PERMANENT, "The mail server takes no address with letters beyond ASCII.")
        encoding, options = ("utf-8", ["SMTPUTF8"]) if utf8 else ("ascii", [])
        try:
            await client.mail(self._sender.addr_spec, options=options, encoding=encoding)
            await client.rcpt(recipient, encoding=encoding)
            answer = await client.execute_command(b"DATA")
        except SMTPResponseException as error:
            return _refusal(error.code, error.message)
        return None if answer.code == aiosmtplib.SMTPStatus.start_input else _refusal(*answer)

    async def _hand_over(self, client: SMTP, body: bytes) -> Delivery:
        protocol = client.protocol
        try:
            if protocol is None:
                raise aiosmtplib.SMTPServerDisconnected("Connection lost")
            protocol.write(_dotted(body))
        except (SMTPException, OSError) as error:
            return Delivery(Outcome.TEMPORARY, _reason("The mail server went away before the message", error))
        try:
            answer = await protocol.read_response(timeout=self._accept_seconds)
        except (SMTPException, OSError) as error:
            return Delivery(Outcome.UNCERTAIN, _reason("The message was handed over, no answer came", error))
        if 400 <= answer.code < 600:
            return _refusal(answer.code, answer.message)
        if not 200 <= answer.code < 300:
            return Delivery(Outcome.UNCERTAIN, f"The mail server gave a strange answer: {answer.code}")
        with suppress(SMTPException, OSError):
            protocol.write(b"QUIT\r\n")  # its answer is not waited for: the mail is the server's now
        return Delivery(Outcome.SENT)


def _own_name() -> str:
    """Ask once, away from the loop: where no name server answers, this takes seconds."""
    name = socket.getfqdn()
    return name if name.isascii() and name.isprintable() and " " not in name and name else "localhost"


def _dotted(body: bytes) -> bytes:
    """Double each leading dot and end with the lone one (RFC 5321 §4.5.2)."""
    ended = body if body.endswith(b"\r\n") else body + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", ended) + b".\r\n"


def _refusal(code: int, message: str) -> Delivery:
    outcome = Outcome.PERMANENT if 500 <= code < 600 else Outcome.TEMPORARY
    return Delivery(outcome, f"The mail server refused it: {code} {message}"[:_LONGEST_REASON])


def _reason(what: str, error: BaseException) -> str:
    return f"{what}: {str(error) or type(error).__name__}"[:_LONGEST_REASON]
