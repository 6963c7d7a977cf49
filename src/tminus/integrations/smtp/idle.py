"""Connections to the mail server that wait a moment for their next mail: opening one takes longer than a mail."""

from __future__ import annotations

import asyncio
from asyncio import TimerHandle
from contextlib import suppress
from dataclasses import dataclass, field

from aiosmtplib import SMTP, SMTPException

IDLE_SECONDS = 4.0
"""So long one is kept: shorter than the patience of any server that is known."""
MAILS_EACH = 100
"""So many mails go over one: servers with several machines behind one name spread us by connections."""


@dataclass(slots=True)
class Line:
    """An open connection, and how many mails went over it."""

    client: SMTP
    mails: int = 0


@dataclass(slots=True)
class Idle:
    """Those that wait. One that the server ended meanwhile is not given out."""

    seconds: float = IDLE_SECONDS
    _waiting: list[tuple[Line, TimerHandle]] = field(default_factory=list)

    def take(self) -> Line | None:
        """Return the one that was used last, or None."""
        while self._waiting:
            line, timer = self._waiting.pop()
            timer.cancel()
            if line.client.is_connected:
                return line
        return None

    def keep(self, line: Line) -> None:
        """Let one wait after a mail that was taken; it is ended when it has carried enough."""
        line.mails += 1
        if line.mails >= MAILS_EACH:
            hang_up(line)
            return
        timer = asyncio.get_running_loop().call_later(self.seconds, self._end, line)
        self._waiting.append((line, timer))

    def close(self) -> None:
        """End them all."""
        while self._waiting:
            line, timer = self._waiting.pop()
            timer.cancel()
            hang_up(line)

    def _end(self, line: Line) -> None:
        self._waiting = [(one, timer) for one, timer in self._waiting if one is not line]
        hang_up(line)


def hang_up(line: Line) -> None:
    """End a connection between two mails; the server's answer is not waited for."""
    with suppress(SMTPException, OSError):
        if line.client.protocol is not None:
            line.client.protocol.write(b"QUIT\r\n")
    line.client.close()
