"""Make the environment that `make demo` and `make test` run in; the standard library is all there is yet.

    python3 scripts/set_up.py demo    what running needs
    python3 scripts/set_up.py dev     what checking needs on top

A second run finds the stamps of the first and ends at once.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("demo", "dev")}
PACKAGE = [ROOT / name for name in ("pyproject.toml", "hatch_build.py", "requirements/runtime.in")]
"""What the installed package's own description is made from."""


def main() -> None:
    """Bring the environment named by the first argument up to date."""
    name = sys.argv[1]
    make_environment()
    get_uv()
    # The larger set holds the smaller one at the same versions, so the demo never takes the tools away again.
    if not (name == "demo" and is_current("dev", [LOCKS["dev"]])):
        once(name, [LOCKS[name]], lambda: uv("sync", str(LOCKS[name])))
    once("package", PACKAGE, install_package)
    run([PYTHON, ROOT / "scripts" / "build_page.py", "build"])


def make_environment() -> None:
    """Make `.venv`, or make it anew when its interpreter is gone."""
    if PYTHON.exists() and answers([PYTHON, "-c", ""]):
        return
    say("making .venv")
    shutil.rmtree(VENV, ignore_errors=True)
    if answers([sys.executable, "-m", "venv", VENV]):
        return
    shutil.rmtree(VENV, ignore_errors=True)
    run([sys.executable, "-m", "venv", "--without-pip", VENV])


def get_uv() -> None:
    """Get uv into `.venv`, by whichever pip there is."""
    lock = ROOT / "requirements" / "uv.txt"
    if UV.exists() and is_current("uv", [lock]):
        return
    pips: list[list[str | Path]] = [[PYTHON, "-m", "pip"], [sys.executable, "-m", "pip", "--python", PYTHON]]
    pip = next((pip for pip in pips if answers([*pip, "--version"])), None)
    if pip is None:
        sys.exit(
            f"{sys.executable} has no pip and cannot make one; nothing outside .venv was changed.\n"
            "Install your system's package for it (python3-venv on Debian and Ubuntu) and try again."
        )
    say("getting uv")
    run([*pip, "install", "--quiet", "--require-hashes", "-r", lock])
    stamp("uv", [lock])


def install_package() -> None:
    """Install this folder, editable, without touching what was synced."""
    uv("install", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))


def uv(command: str, *arguments: str) -> None:
    """Run `uv pip` on `.venv`."""
    say(f"uv pip {command} {Path(arguments[-1]).name}")
    run([UV, "pip", command, "--quiet", "--python", PYTHON, *arguments])


def once(name: str, sources: Sequence[Path], work: Callable[[], None]) -> None:
    """Do the work unless its sources are as they were when it was last done."""
    if not is_current(name, sources):
        work()
        stamp(name, sources)
        if name in LOCKS:
            stamp_of("package").unlink(missing_ok=True)  # a sync takes out what its list does not name


def is_current(name: str, sources: Sequence[Path]) -> bool:
    """Tell whether a stamp is there and its sources have not changed since."""
    file = stamp_of(name)
    return file.exists() and file.read_text(encoding="utf-8") == digest(sources)


def stamp(name: str, sources: Sequence[Path]) -> None:
    """Remember the sources a piece of work was done from."""
    stamp_of(name).write_text(digest(sources), encoding="utf-8")


def stamp_of(name: str) -> Path:
    """Return the file of a stamp; it goes with the environment."""
    return VENV / f".tminus-{name}"


def digest(sources: Sequence[Path]) -> str:
    """Return one hash over the files; a missing one counts as empty."""
    whole = hashlib.sha256()
    for source in sources:
        whole.update(source.read_bytes() if source.exists() else b"")
        whole.update(b"\0")
    return whole.hexdigest()


def answers(command: Sequence[str | Path]) -> bool:
    """Tell whether a command ends well; what it prints is kept back."""
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


def run(command: Sequence[str | Path]) -> None:
    """Run a command, its output shown; end with its code when it fails."""
    environment = {key: value for key, value in os.environ.items() if key != "VIRTUAL_ENV"}
    code = subprocess.run(command, cwd=ROOT, check=False, env=environment).returncode
    if code:
        sys.exit(f"set-up stopped: `{' '.join(map(str, command))}` ended with {code}")


def say(what: str) -> None:
    """Print a step of the set-up."""
    print(f"set-up: {what}", flush=True)


if __name__ == "__main__":
    main()
