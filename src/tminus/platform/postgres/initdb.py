"""Making a data folder: whole or not at all."""

import os
import shutil
import subprocess
from pathlib import Path

from tminus.platform.postgres.binaries import Binaries
from tminus.platform.postgres.errors import StartFailed, VersionMismatch
from tminus.platform.postgres.passwords import SUPERUSER
from tminus.platform.postgres.process import clean_environment
from tminus.platform.postgres.ways import Way

BUILTIN_LOCALE_SINCE = 17


def initialise(data: Path, binaries: Binaries, way: Way, password: str, *, sync: bool = True) -> None:
    """Make the data folder. It is built beside its place and moved there when done, so that a process
    killed in the middle leaves nothing that looks like a database. Raises StartFailed with initdb's words.

    `sync=False` does not force the new files to the disk: for throw-away databases of tests.
    """
    draft = data.with_name(data.name + ".draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    secret = data.with_name("initdb.secret")
    try:
        _write_secret(secret, password, way)
        os.chown(draft, *way.owner)
        _run(binaries, way, draft, secret, sync)
    finally:
        secret.unlink(missing_ok=True)
    draft.rename(data)


def check_version(data: Path, binaries: Binaries) -> None:
    """Raise VersionMismatch when these programs cannot read this data folder."""
    written = (data / "PG_VERSION").read_text(encoding="utf-8").strip()
    if written != str(binaries.version[0]):
        raise VersionMismatch(
            f"The data in {data} were written by PostgreSQL {written}, and the programs in "
            f"{binaries.bin_dir} ({binaries.source}) are version {binaries.version[0]}; nothing was changed.",
            hint=f"Set TMINUS_PG_BIN to the bin folder of a PostgreSQL {written}. To move to another "
            "version, dump with the old one and restore into a new folder (docs/how-to/database.md).",
        )


def _write_secret(path: Path, password: str, way: Way) -> None:
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(password + "\n")
    os.chown(path, *way.owner)


def _run(binaries: Binaries, way: Way, draft: Path, secret: Path, sync: bool) -> None:
    program = [binaries.program("initdb"), "--pgdata", str(draft), "--username", SUPERUSER]
    program += ["--pwfile", str(secret), "--auth", "scram-sha-256", "--encoding", "UTF8"]
    program += _locale(binaries)
    if not sync:
        program.append("--no-sync")
    answer = subprocess.run(  # noqa: S603 -- initdb of the programs that find_binaries accepted
        way.command(program),
        capture_output=True,
        text=True,
        env=clean_environment(),
        stdin=subprocess.DEVNULL,
    )
    if answer.returncode != 0:
        raise StartFailed(
            f"A new database could not be made in {draft.parent}: initdb said: "
            f"{(answer.stderr or answer.stdout).strip()}",
            hint="Nothing was there before, so nothing was lost. See docs/how-to/database.md.",
        )


def _locale(binaries: Binaries) -> list[str]:
    """Sorting that is the same on every machine: by code point, with Unicode's upper and lower case."""
    if binaries.version[0] < BUILTIN_LOCALE_SINCE:
        return ["--locale", "C.UTF-8", "--lc-messages", "C"]
    return ["--locale", "C", "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8"]
