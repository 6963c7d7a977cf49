"""The `tminus` command."""

from tminus.entry.cli.root import main

__all__ = ["main"]
