"""One start of the server: tried again where waiting helps, given up in words where it does not."""

import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tminus.platform.postgres.errors import PasswordsMissing, StartFailed, StopFailed
from tminus.platform.postgres.passwords import SUPERUSER, url
from tminus.platform.postgres.process import spawn
from tminus.platform.postgres.serverlog import ServerLog
from tminus.platform.postgres.sockets import free_port, is_free, port_in_use
from tminus.platform.postgres.ways import Way

LEFTOVER_SECONDS = 10.0
"""How long a start is tried again while backends of a killed server still hold the shared memory."""

READY_SECONDS = 300.0
"""How long a start may take; replaying the log after a crash is the long part."""

STOP_SECONDS = 20.0

SETTINGS: Mapping[str, str] = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
    "max_wal_size": "512MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_line_prefix": "%m [%p] %u@%d ",
    "log_checkpoints": "off",
    "logging_collector": "off",
    "log_destination": "stderr",
    "password_encryption": "scram-sha-256",
}


@dataclass(frozen=True)
class Launch:
    """A server that was started here, and its port on 127.0.0.1."""

    process: "subprocess.Popen[bytes]"
    port: int


@dataclass(frozen=True)
class Launcher:
    """All that a start needs but the port; `settings` are PostgreSQL's own and win over ours."""

    program: str
    data: Path
    sockets: Path
    log: ServerLog
    way: Way
    password: str = field(repr=False)
    settings: Mapping[str, str]

    def launch(self, port: int | None, wished: int | None) -> Launch:
        """Start and wait until it answers: on `port` or not at all, else on `wished` if it is free, else on
        a free one. Raises PortInUse, PasswordsMissing, or StartFailed with the server's last lines."""
        deadline = time.monotonic() + LEFTOVER_SECONDS
        for chosen in _ports(port, wished):
            process = self._spawn(chosen)
            if self._answers(process, chosen):
                return Launch(process, chosen)
            written = self.log.since_mark()
            if "could not bind" in written and port is not None:
                raise port_in_use(port)
            if not _passing(written) or time.monotonic() > deadline:
                raise _failed(process, self.log)
            # What is waited for is the end of processes that are not ours: there is no event for it.
            time.sleep(0.2)
        raise AssertionError("the ports never end")

    def _spawn(self, port: int) -> "subprocess.Popen[bytes]":
        places = {"port": str(port), "unix_socket_directories": str(self.sockets)}
        command = [self.program, "-D", str(self.data)]
        for name, value in {**SETTINGS, **places, **self.settings}.items():
            command += ["-c", f"{name}={value}"]
        self.log.mark()
        with self.log.open() as file:
            return spawn(self.way, command, file)

    def _answers(self, process: "subprocess.Popen[bytes]", port: int) -> bool:
        try:
            return wait_ready(
                process, url(SUPERUSER, self.password, port, "postgres"), self.log, READY_SECONDS
            )
        except BaseException:  # an interrupt, too, must not leave a server that nobody watches
            end_server(process)
            raise


def wait_ready(process: "subprocess.Popen[bytes]", address: str, log: ServerLog, seconds: float) -> bool:
    """Wait until the server answers a sign-in: True. False when the process ended first.

    Raises StartFailed with the last log lines when neither happened in time, PasswordsMissing when the
    server does not know the password.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            psycopg.connect(address, connect_timeout=5).close()
        except psycopg.OperationalError:
            if _ends_within(process, 0.03):
                return False
            _check_password_known(log)
        else:
            return process.poll() is None
    raise StartFailed(
        f"PostgreSQL did not answer within {seconds:.0f} s and was ended; the data are kept. "
        f"Its last words:\n{log.tail()}",
        hint=f"After a crash it replays its log: starting again goes on from there. Its log is {log.path}.",
    )


def end_server(process: "subprocess.Popen[bytes]") -> None:
    """End a server of ours: first fast (transactions rolled back, data written), then at once.

    Raises StopFailed when it outlives both.
    """
    for number in (signal.SIGINT, signal.SIGQUIT):
        process.send_signal(number)
        if _ends_within(process, STOP_SECONDS):
            return
    raise StopFailed(
        f"PostgreSQL (process {process.pid}) did not end within {2 * STOP_SECONDS:.0f} s; "
        "what was committed is safe.",
        hint="The disk may be stuck. End Tminus itself: PostgreSQL ends with it.",
        pid=process.pid,
    )


def _ports(port: int | None, wished: int | None) -> Iterator[int]:
    if port is not None and not is_free(port):
        raise port_in_use(port)
    if port is None and wished is not None and is_free(wished):
        yield wished
    while True:
        yield port if port is not None else free_port()


def _passing(written: str) -> bool:
    """Whether what the server died of may be gone in a moment."""
    reasons = ("shared memory block", 'lock file "postmaster.pid" already exists', "could not bind")
    return any(reason in written for reason in reasons)


def _check_password_known(log: ServerLog) -> None:
    # Asked of our server's own log: the answer on the port might be another program's.
    if f'password authentication failed for user "{SUPERUSER}"' in log.since_mark():
        raise PasswordsMissing(
            f"The passwords kept beside {log.path} are not those of this database, so it was ended again; "
            "the data are untouched.",
            hint="Put the right passwords.json back, or give the roles new passwords as "
            "docs/how-to/database.md describes.",
        )


def _failed(process: "subprocess.Popen[bytes]", log: ServerLog) -> StartFailed:
    if "shared memory block" in log.since_mark():
        return StartFailed(
            f"Processes of a killed PostgreSQL still hold this database after {LEFTOVER_SECONDS:.0f} s, so "
            f"it was not started; the data are kept. Its last words:\n{log.tail()}",
            hint="Wait for them to end, or end them (`ps -ef | grep postgres:`), then start again.",
        )
    return StartFailed(
        f"PostgreSQL ended at its start with exit code {process.returncode}; the data are kept. "
        f"Its last words:\n{log.tail()}",
        hint=f"See docs/how-to/database.md; the whole log is {log.path}.",
    )


def _ends_within(process: "subprocess.Popen[bytes]", seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True
