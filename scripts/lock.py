"""Lock every dependency: Python's with hashes, the page's by npm; no package host stands in any of it.

python -m scripts.lock    used by `make lock`; `make lock ARGS=--upgrade` takes newer versions
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from scripts.build_page import npm

ROOT = Path(__file__).resolve().parent.parent
UV = Path(sys.executable).parent / "uv"
PYTHON_LOCKS = ("dev", "runtime", "demo", "uv")
"""Order matters: the smaller sets are held to the versions of dev."""
OLDEST_PYTHON = "3.11"


def compile_lock(name: str, output: Path, *, anew: bool) -> None:
    """Resolve `requirements/NAME.in` into `output`; `anew` looks for newer versions than those locked."""
    held = [] if name in ("dev", "uv") else ["--constraint", "requirements/dev.txt"]
    # What ships is not held back by what a tool of the tests asks for.
    freed = ["--overrides", "requirements/dev-overrides.txt"] if name == "dev" else []
    # uv takes what stands in the output file as its preference: that is how a lock stays as it is.
    subprocess.run(
        [
            *(UV, "pip", "compile", "--quiet", "--universal", "--generate-hashes"),
            *("--python-version", OLDEST_PYTHON, "--custom-compile-command", "make lock"),
            *held,
            *freed,
            *(["--upgrade"] if anew else []),
            f"requirements/{name}.in",
            *("--output-file", output),
        ],
        cwd=ROOT,
        check=True,
    )


def main() -> None:
    """Write all lock files anew."""
    for name in PYTHON_LOCKS:
        compile_lock(name, ROOT / "requirements" / f"{name}.txt", anew="--upgrade" in sys.argv)
    npm("install", "--package-lock-only", "--ignore-scripts", "--loglevel=error")


if __name__ == "__main__":
    main()
