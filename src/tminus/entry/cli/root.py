"""The root of the command line: what it is, and every group under it."""

from __future__ import annotations

import click

from tminus import __version__
from tminus.entry.cli.audit import audit
from tminus.entry.cli.message import message
from tminus.entry.cli.people import role, team, user
from tminus.entry.cli.people_import import people
from tminus.entry.cli.plan import plan
from tminus.entry.cli.serving import demo, doctor, serve, upgrade, worker
from tminus.entry.cli.tokens import token


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="tminus")
def main() -> None:
    """Command and control centre for IT cutovers and data migrations.

    Exit codes: 0 ok, 1 checks failed or refused, 2 usage, 3 could not be evaluated.
    """


for command in (demo, serve, worker, upgrade, doctor, plan, audit, message, token, user, role, team, people):
    main.add_command(command)
