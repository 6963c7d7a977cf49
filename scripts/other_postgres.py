"""Run the database's tests once more on the distribution's PostgreSQL, where one is installed.

    python -m scripts.other_postgres WORKERS

What the product promises is PostgreSQL 15 or newer, and the embedded one is the newest there is.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

TESTS = (
    "test_night",
    "test_upgrades",
    "test_line",
    "test_audit",
    "test_notify",
    "test_people",
    "test_plan_import",
)
OLDEST = 15


def find() -> Path | None:
    """Return the oldest server of the distribution that is new enough; None where none is installed."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name))
    fitting = [f for f in folders if int(f.parent.name) >= OLDEST and (f / "initdb").exists()]
    return fitting[0] if fitting else None


def main() -> int:
    """Run them and return pytest's exit code; 0, said aloud, where there is nothing to run on."""
    folder = find()
    if folder is None:
        print("no PostgreSQL of the distribution is installed: tested on the embedded one alone")
        return 0
    print(f"once more on PostgreSQL {folder.parent.name} of the distribution", flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        sys.argv[1],
        *(f"tests/db/{name}.py" for name in TESTS),
    ]
    return subprocess.run(
        command, env=os.environ | {"TMINUS_TEST_PG_BIN": str(folder)}, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
