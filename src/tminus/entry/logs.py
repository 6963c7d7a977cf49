"""Logs of a process: one line each, to standard error."""

from __future__ import annotations

import logging
import sys


def configure_logs(process: str, level: int = logging.INFO) -> None:
    """Send every log line to standard error, marked with the process it comes from."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter(f"%(asctime)s {process} %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for chatty in ("procrastinate", "httpx", "mail.log", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
