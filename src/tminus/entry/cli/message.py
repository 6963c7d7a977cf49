"""Command group `message`: what mail servers send back."""

from __future__ import annotations

import sys

import click

from tminus.entry.bootstrap import Parts
from tminus.entry.cli.context import machine_user, with_parts
from tminus.notify.commands.bounce import message_bounced
from tminus.notify.readers.bounce import LARGEST, NoBounce, read_bounce


@click.group()
def message() -> None:
    """Messages that Tminus sent."""


@message.command("bounced")
def bounced() -> None:
    """Read a delivery status notification from standard input and mark the message it is about as failed.

    Exit codes: 0 marked, 1 none of ours or never sent, 2 no notification of a failed delivery.
    """
    try:
        bounce = read_bounce(sys.stdin.buffer.read(LARGEST + 1))
    except NoBounce as error:
        raise click.UsageError(str(error)) from error

    async def work(parts: Parts) -> str:
        return (await message_bounced(parts.database, machine_user(), bounce)).recipient

    recipient = with_parts(work)
    click.echo(f"The message to {recipient} is marked as failed. {bounce.reason}")
