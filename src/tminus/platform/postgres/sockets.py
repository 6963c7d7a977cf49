"""Where the server listens: a port on 127.0.0.1 and a folder for its unix socket."""

import hashlib
import os
import shutil
import socket
import stat
import tempfile
from pathlib import Path

from tminus.platform.postgres.errors import FolderUnusable, PortInUse
from tminus.platform.postgres.ways import Way

LONGEST_FOLDER = 60
"""Bytes of the temporary folder's path that leave room for the rest of a socket's (103 on macOS)."""


def free_port() -> int:
    """A port that nobody listens on at this moment; another program may still take it before we do."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Whether a server could listen on this port now (remains of closed connections do not hinder it)."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
        return True


def port_in_use(port: int) -> PortInUse:
    """The error for a port that was asked for and belongs to another program."""
    return PortInUse(
        f"Port {port} on 127.0.0.1 is in use by another program, so PostgreSQL was not started; "
        "the data are untouched.",
        hint="Set TMINUS_PG_PORT to another port, or unset it to have a free one chosen; "
        f"`ss -ltnp 'sport = :{port}'` shows who has this one.",
        port=port,
    )


def socket_folder(data: Path, way: Way) -> Path:
    """An empty folder of ours for the socket of this data folder, below the system's temporary folder.

    The path of a socket may have 107 bytes, and a TMINUS_HOME may lie deep: hence a short name made from
    the data folder. Call it with the folder's lock held. Raises FolderUnusable when somebody else made it.
    """
    name = hashlib.sha256(os.fsencode(data.resolve())).hexdigest()[:12]
    folder = _short_folder() / f"tminus-pg-{name}"
    folder.mkdir(mode=0o700, exist_ok=True)
    facts = folder.lstat()
    if not stat.S_ISDIR(facts.st_mode) or facts.st_uid not in {os.geteuid(), way.owner[0]}:
        raise FolderUnusable(
            f"{folder}, where PostgreSQL's socket belongs, was made by another user; nothing was started.",
            hint="Remove it, or set TMPDIR to a folder of your own.",
        )
    for left in folder.iterdir():  # a socket's lock file whose pid was reused would stop the next start
        left.unlink()
    if facts.st_uid != way.owner[0]:
        os.chown(folder, *way.owner)
    return folder


def _short_folder() -> Path:
    usual = tempfile.gettempdir()
    return Path(usual if len(os.fsencode(usual)) <= LONGEST_FOLDER else "/tmp")  # noqa: S108 -- 0700 inside


def remove_socket_folder(folder: Path) -> None:
    """Take the folder away, with what a killed server left in it; call it after the server has ended."""
    shutil.rmtree(folder, ignore_errors=True)
