"""Logs of a process: one line each, to standard error, or in the demo to files under its home."""

from __future__ import annotations

import logging
import sys
from logging.handlers import RotatingFileHandler
from pathlib import Path

MEGABYTE = 1_048_576


def configure_logs(process: str, folder: Path | None = None) -> None:
    """Send log lines to standard error, or to a file in `folder` (then only warnings reach the terminal)."""
    terminal = logging.StreamHandler(sys.stderr)
    handlers: list[logging.Handler] = [terminal]
    if folder:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handlers.append(RotatingFileHandler(folder / f"{process}.log", maxBytes=10 * MEGABYTE, backupCount=3))
        terminal.setLevel(logging.WARNING)
    for handler in handlers:
        handler.setFormatter(logging.Formatter(f"%(asctime)s {process} %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=handlers, force=True)
    for chatty in ("procrastinate", "httpx", "mail.log", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
