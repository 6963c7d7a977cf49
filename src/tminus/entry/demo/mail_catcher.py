"""A mail server for the demo: takes every mail, and keeps each as a file that the page shows."""

from __future__ import annotations

import asyncio
import itertools
import os
import socket
import time
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

KEPT = 2_000
"""So many mails are kept; the oldest go first."""
_TRIES = 5


class MailCatcher:
    """Listens on 127.0.0.1 and writes each mail to `folder`, under a name that sorts by the time it came."""

    def __init__(self, folder: Path, kept: int = KEPT) -> None:
        self._keeper = _Keeper(folder, kept)
        self._controller: Controller | None = None

    @property
    def port(self) -> int:
        """The port it listens on; 0 = it was not started."""
        return int(self._controller.port) if self._controller else 0

    def start(self) -> None:
        """Listen on a free port, in a thread of its own. Raises `OSError` where none is to be had."""
        self._keeper.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for last in (False,) * (_TRIES - 1) + (True,):
            controller = Controller(self._keeper, hostname="127.0.0.1", port=_free_port())
            try:
                controller.start()
            except OSError:
                # Somebody took the port between the look and the use.
                if last:
                    raise
            else:
                self._controller = controller
                return

    def stop(self) -> None:
        """Stop listening; what was taken is kept."""
        if self._controller:
            self._controller.stop()
            self._controller = None


class _Keeper:
    """Handler of aiosmtpd: a mail is answered 250 only when its file is whole and in its place."""

    def __init__(self, folder: Path, kept: int) -> None:
        self.folder = folder
        self._kept = kept
        self._numbers = itertools.count()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        content = envelope.content or b""
        body = content if isinstance(content, bytes) else content.encode()
        try:
            await asyncio.to_thread(self._keep, body)
        except OSError as error:
            return f"452 The mail could not be kept: {error.strerror}"
        return "250 Kept"

    def _keep(self, body: bytes) -> None:
        name = f"{time.time_ns():020d}-{next(self._numbers):06d}"
        partial = self.folder / f".{name}.partial"
        with partial.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(self.folder / f"{name}.eml")
        for old in sorted(self.folder.glob("*.eml"))[: -self._kept]:
            old.unlink(missing_ok=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
