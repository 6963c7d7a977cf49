"""A process of the demo ends when the one that started it ends, however that ended.

The parent holds the other end of our standard input; the kernel closes it when the parent dies.
"""

from __future__ import annotations

import os
import signal
import threading

MARK = "TMINUS_HAS_PARENT"


def end_with_parent() -> None:
    """Watch the parent, where there is one that asked for it; end this process in order when it is gone."""
    if os.environ.get(MARK):
        threading.Thread(target=_watch, daemon=True, name="parent-watch").start()


def _watch() -> None:
    # The descriptor itself: a buffered read would hold a lock that the interpreter wants when it ends.
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
