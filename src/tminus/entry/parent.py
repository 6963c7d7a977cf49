"""A process of the demo ends when the one that started it ends, however that ended.

The parent holds the other end of our standard input; the kernel closes it when the parent dies.
"""

from __future__ import annotations

import os
import signal
import sys
import threading

MARK = "TMINUS_HAS_PARENT"


def end_with_parent() -> None:
    """Watch the parent, where there is one that asked for it; end this process in order when it is gone."""
    if os.environ.get(MARK):
        threading.Thread(target=_watch, daemon=True, name="parent-watch").start()


def _watch() -> None:
    sys.stdin.buffer.read()
    os.kill(os.getpid(), signal.SIGTERM)
