"""A setting that cannot be is said in one sentence, not in a traceback."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [("TMINUS_PORT", "abc", 2), ("TMINUS_SMTP_TLS", "perhaps", 2), ("TMINUS_HOME", "/proc/x", 1)],
)
def test_a_wrong_setting_is_named(name: str, value: str, code: int) -> None:
    command = "demo" if name == "TMINUS_HOME" else "doctor"
    done = subprocess.run(
        [sys.executable, "-m", "tminus", command],
        env=os.environ | {name: value},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert (value if code == 1 else name) in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
