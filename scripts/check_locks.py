"""Check that everything is locked, that the locks fit what is asked for, and that no file names a place.

    python -m scripts.check_locks    used by `make lint`; ends with 1 and one line for each finding

Nothing here needs the network: a lock fits when it has a line for everything asked for, at a version that
satisfies it, and asks for nothing on its own.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
NAMES = ("dev", "demo", "runtime", "uv")

PACKAGE_HOST = re.compile(r"(?:pypi|pythonhosted|npmjs|yarnpkg|anaconda|conda-forge)\.(?:org|com)")
MACHINE_PATH = re.compile(r"(?<![\w.~{}$])/(?:root|work|home/[a-z][\w-]*|Users/\w+)/")
PLACE_IN_LOCK = re.compile(r"https?://|file:|--(?:extra-)?index|--find-links| @ ")


@dataclass(slots=True)
class Locked:
    """One package of a lock file."""

    version: str
    hashes: int = 0
    asked_by: set[str] = field(default_factory=set)


def main() -> None:
    """Print every finding; end with 1 if there is one."""
    findings = [*check_python(), *check_page(), *check_places()]
    for finding in findings:
        print(finding)
    if findings:
        sys.exit(1)
    print(
        "Locks: everything is locked with its hashes, and no file names a package host or a machine's path."
    )


def check_python() -> Iterator[str]:
    """Yield what is wrong with requirements/*.txt."""
    locks = {name: read_lock(name) for name in NAMES}
    for name in NAMES:
        yield from _lines_of_lock(name)
        yield from _fits(name, locks[name])
    for name in ("demo", "runtime"):
        for package, locked in locks[name].items():
            if locks["dev"].get(package, locked).version != locked.version:
                yield f"requirements/{name}.txt: {package} differs from dev.txt: make lock"


def read_lock(name: str) -> dict[str, Locked]:
    """Return the packages of a lock file by their names."""
    found: dict[str, Locked] = {}
    last = Locked("")
    for line in (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if match := re.match(r"([\w.-]+)(?:\[[^]]*\])?==([^ ;\\]+)", line):
            last = found[canonicalize_name(match[1])] = Locked(match[2])
        last.hashes += "--hash=" in line
        last.asked_by.update(re.findall(r"-r requirements/(\w+)\.in", line))
    return found


def asked(name: str) -> Iterator[tuple[str, Requirement]]:
    """Yield (file, requirement) of an .in file and of those it draws in."""
    for line in (ROOT / "requirements" / f"{name}.in").read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].strip()
        if words.startswith("-r "):
            yield from asked(words.removeprefix("-r ").removesuffix(".in"))
        elif words:
            yield name, Requirement(words)


def _lines_of_lock(name: str) -> Iterator[str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    for number, line in enumerate(text.splitlines(), 1):
        if PLACE_IN_LOCK.search(line):
            yield f"requirements/{name}.txt:{number}: names a place to download from"


def _fits(name: str, lock: dict[str, Locked]) -> Iterator[str]:
    wanted = {canonicalize_name(requirement.name): requirement for _, requirement in asked(name)}
    for package, requirement in wanted.items():
        locked = lock.get(package)
        if locked is None or not requirement.specifier.contains(locked.version, prereleases=True):
            yield f"requirements/{name}.txt: does not hold {requirement}: make lock"
    for held, line in lock.items():
        if not line.hashes:
            yield f"requirements/{name}.txt: {held} has no hash: make lock"
        if line.asked_by and held not in wanted:
            yield f"requirements/{name}.txt: nothing asks for {held} any more: make lock"


def check_page() -> Iterator[str]:
    """Yield what is wrong with web/package.json and its lock."""
    package = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))
    lock = json.loads((ROOT / "web" / "package-lock.json").read_text(encoding="utf-8"))
    for kind in ("dependencies", "devDependencies"):
        if package[kind] != lock["packages"][""].get(kind):
            yield f"web/package-lock.json: its {kind} are not those of package.json: make lock"
        for part, version in package[kind].items():
            if not re.fullmatch(r"\d+(\.\d+)+[\w.-]*", version):
                yield f"web/package.json: {part} is not at one exact version: {version}"
    for place, entry in lock["packages"].items():
        if "resolved" in entry:
            yield f"web/package-lock.json: {place} names a place to download from: make lock"
        if place and not entry.get("link") and not entry.get("inBundle") and "integrity" not in entry:
            yield f"web/package-lock.json: {place} has no hash: make lock"


def asked_by_page() -> set[str]:
    """Return the names of what the page asks for."""
    package = json.loads((ROOT / "web" / "package.json").read_text(encoding="utf-8"))
    return {*package["dependencies"], *package["devDependencies"]}


def check_places() -> Iterator[str]:
    """Yield every line of a committed text that names a package host or a path of some machine."""
    for path in committed():
        try:
            text = (ROOT / path).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            for pattern, what in ((PACKAGE_HOST, "a package host"), (MACHINE_PATH, "a path of some machine")):
                if match := pattern.search(line):
                    yield f"{path}:{number}: names {what}: {match[0]}"


def committed() -> list[str]:
    """Return the files that are committed, or would be by `git add`."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return sorted(filter(None, listed.split("\0")))


if __name__ == "__main__":
    main()
