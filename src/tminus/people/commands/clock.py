"""Moving the server's clock: in a demo, to see hours of a night in a minute."""

from __future__ import annotations

from tminus.kernel.errors import Forbidden, Invalid, Refused
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people.domain.rights import Person, Role
from tminus.people.events import clock_advanced
from tminus.platform import clock
from tminus.platform.database import Database
from tminus.platform.unit_of_work import unit_of_work

LONGEST_SECONDS = 7 * 24 * 3600


async def advance_clock(database: Database, person: Person, seconds: int, *, movable: bool) -> None:
    """Move the clock forward for everybody; `movable` = this is a demo.

    Raises `Refused` (`clock_fixed`), `Forbidden`, `Invalid` and `Unavailable`; then the clock was not moved.
    """
    if not movable:
        raise Refused(
            "This clock shows the real time and cannot be moved.",
            code="clock_fixed",
            hint="It can in a demo.",
        )
    if not may_move(person):
        raise Forbidden(
            "A pilot of any migration or an admin may move the clock. You are neither.",
            hint="Ask one of them.",
        )
    if not 1 <= seconds <= LONGEST_SECONDS:
        raise Invalid("The clock moves forward by 1 s to 7 days at once.", hint="It never goes back.")
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        await clock.advance(tx.connection, seconds)
        tx.record(clock_advanced(seconds, tx.actor.name))


def may_move(person: Person) -> bool:
    """Tell whether a person may move a movable clock."""
    return person.is_admin or any(Role.PILOT in held for held in person.roles.values())
