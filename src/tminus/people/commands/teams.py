"""Teams of a migration and who is in them. (A plan import makes teams too, inside its own command.)"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people import events, store
from tminus.people.commands.users import known_user
from tminus.people.domain.names import clean_code, clean_email, clean_name
from tminus.people.domain.rights import Person, Right, require
from tminus.platform.database import Database
from tminus.platform.unit_of_work import Transaction, unit_of_work


@dataclass(frozen=True, slots=True)
class TeamWords:
    """What is said about a team: its name, where its mails go, and a phone for when mail goes unread."""

    name: str
    email: str | None = None
    phone: str | None = None


async def create_team(
    database: Database, person: Person, migration_id: UUID, code: str, words: TeamWords
) -> UUID:
    """Make a team and return its key.

    Raises `Forbidden`, `Invalid`, `Refused` (`code_taken`), `NotFound` and `Unavailable`.
    """
    require(person, Right.ADMINISTER, migration_id)
    clean_code(code, "team")
    said = _clean(words)
    async with unit_of_work(database, migration_id, person.actor) as tx:
        if code in await store.teams_of(tx.connection, migration_id):
            raise Refused(
                f"This migration already has a team {code}. Nothing was made.",
                code="code_taken",
                hint="Choose another code, or change that team.",
            )
        team_id = new_id()
        row = {"id": team_id, "migration_id": migration_id, "code": code, **asdict(said)}
        await tx.connection.execute(insert(store.teams).values(row))
        tx.record(events.team_changed((team_id, code), None, asdict(said), tx.actor.name))
    return team_id


async def update_team(database: Database, person: Person, team_id: UUID, words: TeamWords) -> None:
    """Change what is said about a team; its code stays, since plans name it.

    Raises `Forbidden`, `Invalid`, `NotFound` and `Unavailable`; the same words again write nothing.
    """
    team = await _known_team(database, team_id)
    require(person, Right.ADMINISTER, team.migration_id)
    said = asdict(_clean(words))
    async with unit_of_work(database, team.migration_id, person.actor) as tx:
        row = await store.find_team(tx.connection, team_id)
        now = dict(row._mapping) if row else {}
        after = {member: value for member, value in said.items() if now.get(member) != value}
        if after:
            await store.update_team(tx.connection, team_id, after)
            before = {member: now.get(member) for member in after}
            tx.record(events.team_changed((team_id, team.code), before, after, tx.actor.name))


async def set_members(database: Database, person: Person, team_id: UUID, members: Iterable[UUID]) -> None:
    """Make `members` the members of a team; the same ones again write nothing.

    Raises `Forbidden`, `NotFound` and `Unavailable`.
    """
    team = await _known_team(database, team_id)
    require(person, Right.ADMINISTER, team.migration_id)
    async with unit_of_work(database, team.migration_id, person.actor) as tx:
        before = await store.members_of(tx.connection, team_id)
        await _change_members(tx, (team_id, team.code), before, frozenset(members))


async def add_member(database: Database, person: Person, team_id: UUID, user_id: UUID) -> None:
    """Put one more person into a team; one who is in it already writes nothing. Raises as `set_members`."""
    team = await _known_team(database, team_id)
    require(person, Right.ADMINISTER, team.migration_id)
    async with unit_of_work(database, team.migration_id, person.actor) as tx:
        before = await store.members_of(tx.connection, team_id)
        await _change_members(tx, (team_id, team.code), before, before | {user_id})


async def _change_members(
    tx: Transaction, team: tuple[UUID, str], before: frozenset[UUID], after: frozenset[UUID]
) -> None:
    if after == before:
        return
    for user_id in after - before:
        await known_user(tx.connection, user_id)
    await store.save_members(tx.connection, team[0], after - before, before - after)
    keys = [sorted(str(key) for key in group) for group in (before, after)]
    tx.record(events.members_changed(team, keys[0], keys[1], tx.actor.name))


async def _known_team(database: Database, team_id: UUID) -> Row[Any]:
    async with database.read() as connection:
        team = await store.find_team(connection, team_id)
    if team is None:
        raise NotFound(
            "There is no such team. Nothing was changed.", hint="Choose one of the migration's teams."
        )
    return team


def _clean(words: TeamWords) -> TeamWords:
    email = clean_email(words.email) if words.email else None
    return replace(words, name=clean_name(words.name, "team", 200), email=email, phone=words.phone or None)
