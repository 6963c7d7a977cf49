"""Three ways to run PostgreSQL, which refuses to be root: as we are, in a user namespace, as nobody."""

import os
import pwd
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tminus.platform.postgres.errors import FolderUnusable

CHILD = Path(__file__).with_name("child.py")
NOBODY = 65534


@dataclass(frozen=True)
class Way:
    """How a program of PostgreSQL is run; `uid` and `gid` are who it believes to be.

    plain: as the present user. namespace: as the present user under the name of nobody, in a user
    namespace; the files stay the present user's. nobody: root becomes the real user nobody, to whom the
    data are given.
    """

    kind: Literal["plain", "namespace", "nobody"]
    uid: int
    gid: int

    @property
    def owner(self) -> tuple[int, int]:
        """Who must own the data folder, as (uid, gid) seen from outside."""
        return (self.uid, self.gid) if self.kind == "nobody" else (os.geteuid(), os.getegid())

    def command(self, program: Sequence[str], death_signal: int = 0) -> list[str]:
        """The command line that runs `program` this way; with a signal, it gets it when its parent ends."""
        who = [self.kind, str(self.uid), str(self.gid), str(death_signal), str(os.getpid())]
        return [sys.executable, "-I", "-S", str(CHILD), *who, *program]


def choose_way() -> Way:
    """The way that works here: plain for a user the machine knows; a namespace if the kernel lets us; for
    root, then, nobody. (initdb refuses a user without a name, as some containers give one.)"""
    plain = Way("plain", os.geteuid(), os.getegid())
    if plain.uid != 0 and _is_known(plain.uid):
        return plain
    namespace = nobody("namespace")
    if _works(namespace):
        return namespace
    return nobody("nobody") if plain.uid == 0 else plain


def _is_known(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


def nobody(kind: Literal["namespace", "nobody"]) -> Way:
    """A way of running as, or under the name of, the machine's own nobody."""
    try:
        entry = pwd.getpwnam("nobody")
    except KeyError:
        return Way(kind, NOBODY, NOBODY)
    return Way(kind, entry.pw_uid, entry.pw_gid)


def give(folder: Path, way: Way) -> None:
    """Make the data folder and all in it belong to whoever will run PostgreSQL; only root needs to.

    Raises FolderUnusable when it is another user's and we are not root.
    """
    uid, gid = way.owner
    if folder.stat().st_uid == uid:
        return
    if os.geteuid() != 0:
        raise FolderUnusable(
            f"The data folder {folder} belongs to user {folder.stat().st_uid}, and this is user {uid}; "
            "nothing was changed.",
            hint="Start Tminus as the user who made it, or choose another TMINUS_HOME.",
        )
    for root, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            os.chown(Path(root, name), uid, gid, follow_symlinks=False)
    # The top last: a walk that was cut off is seen as not done, and is done again.
    os.chown(folder, uid, gid, follow_symlinks=False)


def unusable(folder: Path, error: OSError) -> FolderUnusable:
    """The error for a folder that this process may not make, read or write."""
    return FolderUnusable(
        f"The database folder {folder} cannot be used by this user: {error}. Nothing was changed.",
        hint="Start Tminus as the user whom the folder belongs to, or choose another TMINUS_HOME.",
    )


def check_reachable(way: Way, paths: Sequence[Path]) -> None:
    """See that whoever runs PostgreSQL can enter these folders; raises FolderUnusable, naming one."""
    if way.kind != "nobody":
        return
    for path in paths:
        if not _works(way, ["/bin/sh", "-c", 'cd "$1"', "sh", str(path)]):
            raise FolderUnusable(
                f"PostgreSQL does not run as root, and the user nobody, as whom it would run, cannot enter "
                f"{path}. No folder was opened to others, and nothing was lost.",
                hint="Start Tminus as an ordinary user; or choose a TMINUS_HOME and TMINUS_PG_BIN that "
                "everybody may enter, such as /var/lib/tminus; or allow user namespaces.",
            )


def _works(way: Way, program: Sequence[str] = ("/bin/sh", "-c", ":")) -> bool:
    command = way.command(program)
    answer = subprocess.run(  # noqa: S603 -- a shell that does nothing but enter a folder
        command, capture_output=True, stdin=subprocess.DEVNULL
    )
    return answer.returncode == 0
