"""Passwords: setting one's own, removing it, signing in with it.

Hashing, and asking whether it leaked elsewhere, come before any transaction. No event and no log line holds any of it.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from uuid import UUID

from tminus.kernel.errors import Forbidden, Refused, TminusError, Unauthenticated
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people import events
from tminus.people.commands.sign_in import Visitor, begin_session
from tminus.people.commands.users import known_user
from tminus.people.domain import passwords as rules
from tminus.people.domain.rights import Person, Right, require
from tminus.people.queries import person_by_email
from tminus.people.store import password_rows as rows
from tminus.platform.auth import access, attempts, sessions
from tminus.platform.auth.aside import aside
from tminus.platform.auth.breached import times_breached
from tminus.platform.auth.hashing import hash_password, verify_password
from tminus.platform.database import Database
from tminus.platform.http.address import network_of
from tminus.platform.settings import Settings
from tminus.platform.unit_of_work import unit_of_work


class WrongPassword(TminusError):
    """The password that was given as the present one is not it."""

    code = "password_wrong"
    status = 403


@dataclass(frozen=True, slots=True)
class PasswordChange:
    """The password to be set; `current` shows that it is oneself, where there is one. Neither is ever printed."""

    new: str = field(repr=False)
    current: str | None = field(default=None, repr=False)


async def set_password(
    database: Database, settings: Settings, person: Person, change: PasswordChange, cookie: str | None
) -> None:
    """Set one's own password, the first or another; every session but that of `cookie` ends.

    Raises `WeakPassword`, `WrongPassword`, `Refused` (`password_changed`), `TooManyAttempts`, `Forbidden` and
    `Unavailable`; then the password is as it was.
    """
    user_id = _in_person(person)
    before = await _shown_to_be_oneself(database, person, user_id, change.current)
    await _check(settings, person, change.new)
    hashed = await hash_password(change.new)
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        if await rows.password_hash(tx.connection, user_id) != before:
            raise Refused(
                "Your password was changed meanwhile, elsewhere. This one was not set.",
                code="password_changed",
                hint="Try again with the password you have now.",
            )
        await rows.save_password(tx.connection, user_id, hashed)
        ended = await sessions.end_all(tx.connection, user_id, but=cookie)
        tx.record(events.password_set((user_id, person.name), ended, first=before is None))


async def remove_password(database: Database, person: Person, current: str) -> None:
    """Remove one's own password; one signs in by links again.

    Raises `WrongPassword`, `Refused` (`no_password`), `TooManyAttempts`, `Forbidden` and `Unavailable`.
    """
    user_id = _in_person(person)
    if await _shown_to_be_oneself(database, person, user_id, current) is None:
        raise Refused("You have no password. Nothing was removed.", code="no_password")
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        if await rows.delete_password(tx.connection, user_id):
            tx.record(events.password_removed((user_id, person.name)))


async def take_password(database: Database, person: Person, user_id: UUID) -> int:
    """Remove anybody's password, for one that became known, and end every session of theirs; return how many ended.

    For admins. Raises `Forbidden`, `NotFound`, `Refused` (`no_password`) and `Unavailable`.
    """
    require(person, Right.ADMINISTER, None, asked="Removing another person's password")
    async with unit_of_work(database, SYSTEM_STREAM, person.actor) as tx:
        user = await known_user(tx.connection, user_id)
        if not await rows.delete_password(tx.connection, user_id):
            raise Refused(f"{user.name} has no password. Nothing was removed.", code="no_password")
        # Whoever knew it may have come in with it.
        ended = await sessions.end_all(tx.connection, user_id)
        tx.record(events.password_taken((user_id, user.name), ended, tx.actor.name))
    return ended


def _in_person(person: Person) -> UUID:
    if person.id is None:
        raise Forbidden("A password belongs to a person, signed in by name.", hint="Sign in on the page.")
    return person.id


async def _shown_to_be_oneself(
    database: Database, person: Person, user_id: UUID, current: str | None
) -> str | None:
    """Return the hash of the password one has, after the present one was given; None = there is none yet."""
    async with database.read() as connection:
        before = await rows.password_hash(connection, user_id)
    if before is None:
        return None
    await attempts.count(database, attempts.password_key(person.email), attempts.PASSWORD_A_MINUTE)
    same, _ = await verify_password(current or "", before)
    if not same:
        raise WrongPassword(
            "That is not the password you have. Nothing was changed.",
            hint="If you do not remember it, an admin removes it; a link signs you in all the while.",
        )
    return before


async def _check(settings: Settings, person: Person, new: str) -> None:
    rules.check_length(new)
    await asyncio.to_thread(rules.check_guessed, new, person.name, person.email)
    if await times_breached(settings.breached_passwords_url, new):
        raise rules.breached()


async def sign_in_with_password(
    database: Database, settings: Settings, visitor: Visitor, email: str, password: str
) -> tuple[Person, str]:
    """Sign in by address and password, and return the person with the new session's cookie.

    Raises `Unauthenticated` (`sign_in_failed`: one answer, and the same work, for an unknown address, for who has no
    password, and for a wrong one) and `TooManyAttempts`; then nobody is signed in.
    """
    account = email.strip().lower()
    network = attempts.address_key(network_of(visitor.address))
    await attempts.count(database, network, attempts.ADDRESS_A_MINUTE)
    await attempts.count(database, attempts.password_key(account), attempts.PASSWORD_A_MINUTE)
    async with database.read() as connection:
        person = await person_by_email(connection, account)
        known = await rows.password_hash(connection, person.id) if person and person.id else None
    same, newer = await verify_password(password, known)
    async with aside(database) as connection:
        key = person.id if person else None
        # Held until the commit: whoever changes the password meanwhile then ends this session with the others.
        if same and key and known and await rows.password_hash(connection, key, hold=True) == known:
            if newer:
                await rows.rehash_password(connection, key, known, newer)
            return await begin_session(connection, settings, visitor, key)
        await access.note(connection, "password_refused", key, visitor.address)
    raise Unauthenticated(
        "The address and the password do not belong together, or no password is set. Nobody was signed in.",
        code="sign_in_failed",
        hint="Try again, or have a link mailed to you.",
    )
