"""Find the Chromium the browser tests drive; get it from the distribution where that is allowed.

python -m scripts.chromium    used by `make test`
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


def find() -> str | None:
    """Return the path of a Chromium: `TMINUS_TEST_CHROMIUM`, else the first on PATH; None = there is none."""
    named = os.environ.get("TMINUS_TEST_CHROMIUM")
    return named or next((path for path in map(shutil.which, NAMES) if path), None)


def main() -> None:
    """Get Chromium where it is missing and may be got; say aloud when browser tests will be skipped."""
    if find():
        return
    apt = shutil.which("apt-get")
    if apt and os.geteuid() == 0 and _install(apt) and find():
        return
    print(
        "\n*** No Chromium here: the browser tests are SKIPPED. ***\n"
        "    Install it (`apt-get install chromium`), or name one you have: TMINUS_TEST_CHROMIUM=…\n",
        file=sys.stderr,
        flush=True,
    )


def _install(apt: str) -> bool:
    print("set-up: getting Chromium from the distribution", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = (["update"], ["install", "--yes", "--no-install-recommends", "chromium"])
    return all(
        subprocess.run([apt, "-qq", *step], check=False, env=environment).returncode == 0 for step in steps
    )


if __name__ == "__main__":
    main()
