"""Starting the server as a child of this process, so that it never outlives it."""

import os
import signal
import subprocess
from collections.abc import Sequence
from concurrent.futures import Future
from threading import Thread
from typing import BinaryIO

from tminus.platform.postgres.ways import Way

DEATH_SIGNAL = signal.SIGINT
"""What the server gets when the launching process ends: PostgreSQL's fast shutdown."""


def clean_environment() -> dict[str, str]:
    """This process's environment without what would change PostgreSQL's behaviour or its log's language."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    return {**kept, "LC_ALL": "C"}


def spawn(way: Way, program: Sequence[str], log: BinaryIO) -> subprocess.Popen[bytes]:
    """Start the server; may be called from any thread.

    The kernel sends the signal of PR_SET_PDEATHSIG when the *thread* that forked ends, not the process.
    So each server is forked by a thread of its own that waits for it and ends after it.
    """
    started: Future[subprocess.Popen[bytes]] = Future()
    command = way.command(program, DEATH_SIGNAL)
    Thread(target=_keep, args=(command, log, started), name="postgres-keeper", daemon=True).start()
    return started.result()


def _keep(command: list[str], log: BinaryIO, started: "Future[subprocess.Popen[bytes]]") -> None:
    try:
        # A session of its own: Ctrl-C in the terminal must reach the supervisor alone, which keeps an order.
        process = subprocess.Popen(  # noqa: S603 -- the programs that find_binaries accepted
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env=clean_environment(),
            start_new_session=True,
        )
    except BaseException as error:  # whatever it was, it belongs to the thread that asked
        started.set_exception(error)
        return
    started.set_result(process)
    process.wait()
