"""The `tminus` command."""

from __future__ import annotations

import sys

import click
from pydantic import ValidationError

from tminus.entry.cli.context import USAGE
from tminus.entry.cli.root import main as root

__all__ = ["main", "root"]


def main() -> None:
    """Run the command line; a setting that cannot be is said in a sentence, with exit code 2."""
    try:
        root()
    except ValidationError as error:
        for wrong in error.errors():
            name = "TMINUS_" + "_".join(str(part).upper() for part in wrong["loc"])
            click.echo(f"Error: {name}: {wrong['msg']}. Nothing was started.", err=True)
        sys.exit(USAGE)
    except OSError as error:
        click.echo(f"Error: {error.strerror}: {error.filename}. Nothing was started or changed.", err=True)
        sys.exit(1)
