"""Signing in by a one-time link, mailing such a link, signing out.

None of it is in the event log: the access log has it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from tminus.kernel.errors import NotFound, Unauthenticated
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people.domain.names import clean_email
from tminus.people.domain.rights import Person, Right, require
from tminus.people.queries import person_by_email, person_by_id
from tminus.platform.auth import access, attempts, links, sessions
from tminus.platform.auth.aside import aside
from tminus.platform.database import Database
from tminus.platform.eventlog.store import CHANNEL
from tminus.platform.http.address import network_of
from tminus.platform.outbox.message import Message
from tminus.platform.settings import Settings
from tminus.platform.tables import outbox


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who knocks, as far as one can tell: the client's address and what its browser calls itself."""

    address: str
    agent: str | None = None


async def sign_in(
    database: Database, settings: Settings, visitor: Visitor, secret: str
) -> tuple[Person, str]:
    """Use a link up and return the person with the new session's cookie.

    Raises `Unauthenticated` (`link_used`, `link_expired`, `link_unknown`) and `TooManyAttempts`; then nobody
    is signed in.
    """
    key = attempts.address_key(network_of(visitor.address))
    await attempts.count(database, key, attempts.ADDRESS_A_MINUTE)
    async with aside(database) as connection:
        return await begin_session(connection, settings, visitor, await links.use(connection, secret))


async def begin_session(
    connection: AsyncConnection, settings: Settings, visitor: Visitor, user_id: UUID
) -> tuple[Person, str]:
    """Begin the session of who has shown who they are; raises `Unauthenticated` for one who was shut out."""
    person = await person_by_id(connection, user_id)
    if person is None:
        raise Unauthenticated(
            "This person may not sign in any more. Nobody was signed in.",
            code="link_unknown",
            hint="Ask an admin.",
        )
    hours = settings.session_hours
    cookie = await sessions.create(connection, user_id, hours, visitor.address, visitor.agent)
    await access.note(connection, "sign_in", user_id, visitor.address)
    return person, cookie


async def sign_out(database: Database, visitor: Visitor, cookie: str) -> None:
    """End the session of a cookie; one that is over already is no error."""
    async with aside(database) as connection:
        user_id = await sessions.end(connection, cookie)
        if user_id:
            await access.note(connection, "sign_out", user_id, visitor.address)


async def mail_link(database: Database, settings: Settings, visitor: Visitor, email: str) -> None:
    """Mail a link to the person with this address; for an unknown one nothing is mailed, nor is that told.

    Raises `Invalid` for what is no address, and `TooManyAttempts` by address and by account.
    """
    account = clean_email(email)
    network = attempts.address_key(network_of(visitor.address))
    await attempts.count(database, network, attempts.ADDRESS_A_MINUTE)
    await attempts.count(database, attempts.account_key(account), attempts.ACCOUNT_A_MINUTE)
    async with aside(database) as connection:
        person = await person_by_email(connection, account)
        if person is None or person.id is None:
            await access.note(connection, "link_refused", None, visitor.address)
            return
        secret = await links.create(connection, person.id, links.lifetime_of(settings))
        await _queue(connection, _mail(settings, person, secret))
        await access.note(connection, "link_mailed", person.id, visitor.address)


async def make_link(database: Database, settings: Settings, person: Person, user_id: UUID) -> str:
    """Return the address of a new one-time link for a person. Raises as `hand_over_link`."""
    return (await hand_over_link(database, settings, person, user_id))[0]


async def hand_over_link(
    database: Database, settings: Settings, person: Person, user_id: UUID
) -> tuple[str, datetime]:
    """Make a one-time link for a person, to be handed over: its address, and its end by wall time.

    For admins and the machine's own user. Raises `Forbidden` and `NotFound`.
    """
    require(person, Right.ADMINISTER, None, asked="Making a sign-in link for another person")
    async with aside(database) as connection:
        if await person_by_id(connection, user_id) is None:
            raise NotFound("There is no such active person. No link was made.", hint="Add the person first.")
        secret, expires_at = await links.create_until(connection, user_id, links.lifetime_of(settings))
        await access.note(connection, "link_made", user_id, "", by=person.name)
    return links.address_of_link(settings, secret), expires_at


def _mail(settings: Settings, person: Person, secret: str) -> Message:
    minutes = int(links.lifetime_of(settings).total_seconds() // 60)
    lasts = f"{minutes} minutes" if minutes < 120 else f"{minutes // 1440} days"
    return Message(
        SYSTEM_STREAM,
        person.email,
        "Your sign-in link for Tminus",
        f"Hello {person.name},\n\n"
        f"this link signs you in to Tminus once, within {lasts}:\n\n"
        f"{links.address_of_link(settings, secret)}\n\n"
        "If you did not ask for it, do nothing: without the link nobody gets in.\n",
    )


async def _queue(connection: AsyncConnection, message: Message) -> None:
    """Write the message's row; the sender is woken at commit, as it is by every other one."""
    wall = func.clock_timestamp()
    columns = {**message.columns(), "queued_at": wall, "next_attempt_at": wall}
    await connection.execute(insert(outbox).values(columns))
    await connection.execute(select(func.pg_notify(CHANNEL, "")))
