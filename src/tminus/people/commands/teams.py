"""Teams of a migration and who is in them. (A plan import makes teams too, inside its own command.)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert

from tminus.kernel.errors import NotFound, Refused
from tminus.kernel.ids import new_id
from tminus.people import events, store
from tminus.people.commands.users import known_user
from tminus.people.domain.names import clean_code, clean_email, clean_name, clean_phone
from tminus.people.domain.rights import Person, Right, require
from tminus.people.store.team_use import named_by
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
    require(person, Right.ADMINISTER, migration_id, asked="Making a team")
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
        row = {"id": team_id, "migration_id": migration_id, "code": code, **said}
        await tx.connection.execute(insert(store.teams).values(row))
        tx.record(events.team_changed((team_id, code), None, said, tx.actor.name))
    return team_id


async def update_team(database: Database, person: Person, team_id: UUID, words: TeamWords) -> None:
    """Change all that is said about a team. Raises as `change_team`."""
    await change_team(database, person, team_id, asdict(words))


async def change_team(
    database: Database, person: Person, team_id: UUID, wanted: Mapping[str, Any], seen: int | None = None
) -> None:
    """Change members of what is said about a team (`name`, `email`, `phone`); its code stays, since plans name it.

    `seen` = the version that was on the screen (None = whatever it is). Raises `Forbidden`, `Invalid`, `NotFound`,
    `Refused` (`team_changed`) and `Unavailable`; the same words again write nothing.
    """
    team = await _known_team(database, team_id)
    require(person, Right.ADMINISTER, team.migration_id, asked="Changing a team")
    clean = _clean_members(wanted)
    async with unit_of_work(database, team.migration_id, person.actor) as tx:
        row = await _still_there(tx, team_id)
        if seen is not None and seen != row.version:
            raise Refused(
                f"Team {row.code} was changed since you looked. Nothing was changed by you.",
                code="team_changed",
                hint="Look at it as it is now, then decide again.",
                current={name: row._mapping[name] for name in ("code", "name", "email", "phone", "version")},
            )
        now = dict(row._mapping)
        after = {member: value for member, value in clean.items() if now[member] != value}
        if after:
            await store.update_team(tx.connection, team_id, after)
            before = {member: now[member] for member in after}
            tx.record(events.team_changed((team_id, team.code), before, after, tx.actor.name))


async def delete_team(database: Database, person: Person, team_id: UUID) -> None:
    """Remove a team that no plan and no iteration names, with who was in it.

    Raises `Forbidden`, `NotFound`, `Refused` (`team_in_use`, naming what uses it) and `Unavailable`.
    """
    team = await _known_team(database, team_id)
    require(person, Right.ADMINISTER, team.migration_id, asked="Deleting a team")
    async with unit_of_work(database, team.migration_id, person.actor) as tx:
        row = await _still_there(tx, team_id)
        users = await named_by(tx.connection, team_id)
        if users:
            some = "; ".join(users[:5]) + (f"; and {len(users) - 5} more" if len(users) > 5 else "")
            raise Refused(
                f"Team {row.code} is named in {some}. It was not deleted.",
                code="team_in_use",
                hint="What happened, and what is approved, keeps its names. Take everybody out of the team instead.",
                usedBy=users[:100],
            )
        await store.delete_team(tx.connection, team_id)
        said = {name: row._mapping[name] for name in ("code", "name", "email", "phone")}
        tx.record(events.team_deleted(team_id, said, tx.actor.name))


async def set_members(
    database: Database,
    person: Person,
    team_id: UUID,
    members: Iterable[UUID],
    was: Iterable[UUID] | None = None,
) -> None:
    """Make `members` the members of a team; the same ones again write nothing.

    `was` = the active members that were on the screen (None = whoever they are); one who is shut out is on no screen
    and stays in the team. Raises `Forbidden`, `NotFound`, `Refused` (`members_changed`) and `Unavailable`.
    """
    team = await _known_team(database, team_id)
    require(person, Right.ADMINISTER, team.migration_id, asked="Changing who is in a team")
    async with unit_of_work(database, team.migration_id, person.actor) as tx:
        await _still_there(tx, team_id)
        before = await store.members_of(tx.connection, team_id)
        wanted = frozenset(members)
        if was is not None:
            away = await store.members_of(tx.connection, team_id, active=False)
            if frozenset(was) - away != before - away:
                raise Refused(
                    f"Who is in team {team.code} was changed since you looked. Nothing was changed by you.",
                    code="members_changed",
                    hint="Look at it as it is now, then decide again.",
                    current=sorted(str(key) for key in before - away),
                )
            wanted |= away
        await _change_members(tx, (team_id, team.code), before, wanted)


async def add_member(database: Database, person: Person, team_id: UUID, user_id: UUID) -> None:
    """Put one more person into a team; one who is in it already writes nothing. Raises as `set_members`."""
    team = await _known_team(database, team_id)
    require(person, Right.ADMINISTER, team.migration_id, asked="Changing who is in a team")
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


async def _still_there(tx: Transaction, team_id: UUID) -> Row[Any]:
    """Return the team as it is under the lock."""
    team = await store.find_team(tx.connection, team_id)
    if team is None:
        raise NotFound(
            "This team was deleted meanwhile. Nothing was changed.", hint="Reload the list of teams."
        )
    return team


def _clean(words: TeamWords) -> dict[str, Any]:
    return _clean_members(asdict(words))


def _clean_members(wanted: Mapping[str, Any]) -> dict[str, Any]:
    clean = {name: value for name, value in wanted.items() if value is not None or name != "name"}
    if "name" in clean:
        clean["name"] = clean_name(clean["name"], "team", 200)
    if "email" in clean:
        clean["email"] = clean_email(clean["email"]) if clean["email"] else None
    if "phone" in clean:
        clean["phone"] = clean_phone(clean["phone"])
    return clean
