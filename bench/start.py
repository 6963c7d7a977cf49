"""How long a stranger waits: a fresh clone to its first page, and the same folder started again."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import httpx

from bench.product import free_port
from bench.report import Line

ROOT = Path(__file__).parent.parent
PATIENCE_SECONDS = 600
LOOK_SECONDS = 0.1


def run() -> list[Line]:
    """Clone what is committed, start the demo twice, and return both waits; there is no peer."""
    with tempfile.TemporaryDirectory(prefix="tminus-start-") as folder:
        clone = Path(folder) / "tminus"
        began = time.perf_counter()
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        fresh = _first_page(clone) - began
        began = time.perf_counter()
        warm = _first_page(clone) - began
    return [
        Line("start", "fresh clone to first page", "s", fresh),
        Line("start", "warm start to first page", "s", warm),
    ]


def _first_page(clone: Path) -> float:
    """Start the demo, return the moment of its first page, and end it: that part is not waited for."""
    port = free_port()
    environment = os.environ | {"TMINUS_PORT": str(port), "TMINUS_HOME": str(clone.parent / "home")}
    demo = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(f"http://127.0.0.1:{port}/", demo)
        return time.perf_counter()
    finally:
        os.killpg(demo.pid, signal.SIGINT)
        demo.wait(60)


def _wait_for(url: str, demo: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if demo.poll() is not None:
            raise RuntimeError("the demo ended before it served a page")
        with suppress(httpx.HTTPError):
            if httpx.get(url, timeout=2).status_code == httpx.codes.OK:
                return
        time.sleep(LOOK_SECONDS)
    raise RuntimeError(f"no page within {PATIENCE_SECONDS} s")
