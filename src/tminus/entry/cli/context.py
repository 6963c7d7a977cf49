"""What every command of the command line needs: the parts on a database, and errors in words."""

from __future__ import annotations

import asyncio
import getpass
from collections.abc import Awaitable, Callable
from typing import TypeVar

import click
from sqlalchemy.exc import OperationalError

from tminus.entry.bootstrap import Parts, assemble
from tminus.entry.urls import database_urls
from tminus.kernel.errors import TminusError
from tminus.people.domain.rights import Person
from tminus.platform.settings import settings

T = TypeVar("T")

CHECKS_FAILED = 1
USAGE = 2
NOT_EVALUATED = 3
CAUTION = 4


class Explained(click.ClickException):
    """An error that says what happened and what to do; `exit_code` as the design has it."""

    def __init__(self, error: TminusError, code: int = CHECKS_FAILED) -> None:
        super().__init__(f"{error.sentence}{' ' + error.hint if error.hint else ''}")
        setattr(self, "exit_code", code)  # noqa: B010 - the library declares it for the class alone


def machine_user() -> Person:
    """Return who acts on the server's own machine: `cli:<user of the machine>`."""
    return Person(None, f"cli:{getpass.getuser()}", machine=True)


def with_parts(work: Callable[[Parts], Awaitable[T]]) -> T:
    """Run `work` on this machine's database and turn what goes wrong into words and an exit code."""

    async def run() -> T:
        parts = assemble(settings(), database_urls(settings()).app)
        try:
            return await work(parts)
        finally:
            await parts.database.close()

    try:
        return asyncio.run(run())
    except TminusError as error:
        unavailable = error.status in (500, 503)
        raise Explained(error, NOT_EVALUATED if unavailable else CHECKS_FAILED) from error
    except OperationalError as error:
        away = TminusError("The database did not answer; nothing was changed.", hint="Is Tminus running?")
        raise Explained(away, NOT_EVALUATED) from error
