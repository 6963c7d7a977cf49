"""The first moments of a PostgreSQL process: become who may run it, agree to die with us, then exec.

PostgreSQL refuses to run as root, so this script changes what "who" means before it becomes the program.
It runs as a file of its own (`python -I -S child.py …`) and imports the standard library alone: nothing
may be done between fork and exec in a process with threads, and a fresh interpreter has none.

    child.py WAY UID GID DEATH_SIGNAL PARENT_PID PROGRAM [ARGUMENT…]

WAY is `plain`, `namespace` or `nobody` (see ways.py). DEATH_SIGNAL 0 means: outlive the parent.
Exit code 126 = it could not become the program; the reason is on stderr.
"""

import ctypes
import os
import sys

CLONE_NEWUSER = 0x10000000
PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> None:
    """Become the program; returns only when that failed, and then raises OSError."""
    way, uid, gid, death_signal, parent, *command = arguments
    if way == "namespace":
        enter_namespace(int(uid), int(gid))
    elif way == "nobody":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    os.umask(0o077)
    if int(death_signal):
        # Last, because a change of credentials clears it; exec keeps it.
        die_with_parent(int(death_signal), int(parent))
    os.execv(command[0], command)  # noqa: S606 -- no shell is the point


def enter_namespace(uid: int, gid: int) -> None:
    """Enter a user namespace in which the present user is called `uid`, and is no longer root.

    Files keep their owner: what root owns outside is what `uid` owns inside. Raises OSError where the
    kernel does not allow it.
    """
    outer_uid, outer_gid = os.geteuid(), os.getegid()
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "unshare(CLONE_NEWUSER) was refused")
    write("/proc/self/uid_map", f"{uid} {outer_uid} 1\n")
    write("/proc/self/setgroups", "deny")
    write("/proc/self/gid_map", f"{gid} {outer_gid} 1\n")


def write(path: str, text: str) -> None:
    """Write one of the kernel's files, which want their content in a single write."""
    handle = os.open(path, os.O_WRONLY)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)


def die_with_parent(signal_number: int, parent: int) -> None:
    """Ask the kernel for a signal when the parent ends; where it cannot be asked, nothing happens."""
    try:
        prctl = ctypes.CDLL(None).prctl
    except AttributeError:  # not Linux: a leftover server is then ended by the next start
        return
    prctl(PR_SET_PDEATHSIG, signal_number)
    if os.getppid() != parent:
        # The parent ended before the kernel was asked: nobody would ever send the signal.
        raise OSError("the launching process has ended")


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except OSError as error:
        print(f"cannot run {sys.argv[6]}: {error}", file=sys.stderr)
        sys.exit(126)
