"""Commands on people: one transaction each, the right fact in the right stream, nothing for nothing."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, text

from tests.world import World
from tminus.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tminus.kernel.ids import SYSTEM_STREAM, new_id
from tminus.people.commands.clock import advance_clock
from tminus.people.commands.migrations import NewMigration, create_migration, ensure_migration
from tminus.people.commands.roles import grant_role, set_roles
from tminus.people.commands.teams import TeamWords, add_member, create_team, set_members, update_team
from tminus.people.commands.tokens import NewToken, issue_token
from tminus.people.commands.users import NewUser, create_user, ensure_user, set_active
from tminus.people.domain.rights import Person, Role
from tminus.people.queries import list_members, list_teams, person_by_email, person_by_id
from tminus.people.store import users
from tminus.platform import clock
from tminus.platform.database import Database
from tminus.platform.eventlog.record import Entry
from tminus.platform.eventlog.store import read_stream

ADMIN = Person(None, "Ada", is_admin=True)
PILOT_ELSEWHERE = Person(new_id(), "Paul", roles={UUID(int=7): frozenset({Role.PILOT})})


async def log_of(database: Database, stream: UUID) -> list[Entry]:
    async with database.read() as connection:
        return await read_stream(connection, stream, 0)


async def user_of(world: World, name: str) -> UUID:
    key = world.people[name].id
    assert key is not None
    return key


async def test_a_migration_begins_its_own_stream(database: Database) -> None:
    new = NewMigration("DC", "Data centre", "Europe/Berlin", "One night")
    migration_id = await create_migration(database, ADMIN, new)
    [entry] = await log_of(database, migration_id)
    assert (entry.seq, entry.type, entry.prev_hash) == (1, "migration.created", b"")
    assert entry.sentence == "Ada made the migration Data centre (DC)"
    assert entry.detail["after"]["zone"] == "Europe/Berlin"
    assert await log_of(database, SYSTEM_STREAM) == []
    with pytest.raises(Refused) as refusal:
        await create_migration(database, ADMIN, new)
    assert refusal.value.code == "key_taken"
    assert await ensure_migration(database, ADMIN, new) == migration_id
    assert len(await log_of(database, migration_id)) == 1


async def test_of_many_who_make_one_migration_at_once_one_does(database: Database) -> None:
    new = NewMigration("DC", "Data centre")
    keys = await asyncio.gather(*(ensure_migration(database, ADMIN, new) for _ in range(8)))
    assert len(set(keys)) == 1
    async with database.read() as connection:
        heads = (await connection.execute(text("SELECT count(*) FROM stream_heads"))).scalar_one()
    assert heads == 2, "the system's stream and the migration's"


@pytest.mark.parametrize(
    "new", [NewMigration("D C", "x"), NewMigration("DC", ""), NewMigration("DC", "x", "CEST")]
)
async def test_a_migration_that_cannot_be_leaves_nothing_behind(
    database: Database, new: NewMigration
) -> None:
    with pytest.raises(Invalid):
        await create_migration(database, ADMIN, new)
    async with database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM stream_heads"))).scalar_one() == 1


async def test_a_person_is_added_once(database: Database) -> None:
    new = NewUser("Eve@ERP.example", "Eve", phone="+49 30 1234")
    keys = await asyncio.gather(*(ensure_user(database, ADMIN, new) for _ in range(5)))
    assert len(set(keys)) == 1
    with pytest.raises(Refused) as refusal:
        await create_user(database, ADMIN, new)
    assert refusal.value.code == "email_taken"
    [entry] = await log_of(database, SYSTEM_STREAM)
    assert entry.type == "user.created"
    async with database.read() as connection:
        found = await person_by_email(connection, "EVE@erp.example")
    assert found is not None
    assert (found.id, found.name, found.is_admin) == (keys[0], "Eve", False)


async def test_roles_are_set_given_and_seen_at_once(world: World) -> None:
    database, here = world.database, world.migration_id
    vera = await user_of(world, "Vera")
    await grant_role(database, ADMIN, here, vera, Role.PILOT)
    await grant_role(database, ADMIN, here, vera, Role.PILOT)
    async with database.read() as connection:
        person = await person_by_id(connection, vera)
    assert person is not None
    assert person.roles == {here: frozenset({Role.VIEWER, Role.PILOT})}
    await set_roles(database, ADMIN, here, vera, frozenset({Role.APPROVER}))
    log = await log_of(database, here)
    assert [entry.type for entry in log] == ["roles.changed", "roles.changed"]
    assert log[-1].detail["before"] == {"roles": ["pilot", "viewer"]}
    assert log[-1].detail["after"] == {"roles": ["approver"]}
    assert log[-1].sentence == "Ada set the roles of Vera to approver"


async def test_a_team_is_made_changed_and_filled(world: World) -> None:
    database, here = world.database, world.migration_id
    dana, marco = await user_of(world, "Dana"), await user_of(world, "Marco")
    team = await create_team(database, ADMIN, here, "NET", TeamWords("Network", "NET@erp.example"))
    with pytest.raises(Refused):
        await create_team(database, ADMIN, here, "NET", TeamWords("Again"))
    words = TeamWords("Networks", "net@erp.example", "112")
    await update_team(database, ADMIN, team, words)
    await update_team(database, ADMIN, team, words)
    await set_members(database, ADMIN, team, [dana])
    await add_member(database, ADMIN, team, marco)
    await add_member(database, ADMIN, team, marco)
    await set_members(database, ADMIN, team, [marco])
    log = await log_of(database, here)
    assert [entry.type for entry in log] == [
        "team.created",
        "team.changed",
        "team.members_changed",
        "team.members_changed",
        "team.members_changed",
    ]
    assert log[1].detail["before"] == {"name": "Network", "phone": None}
    async with database.read() as connection:
        teams = {one["code"]: one for one in await list_teams(connection, here)}
        members = {one["name"]: one for one in await list_members(connection, here)}
    assert teams["NET"]["members"] == [{"id": str(marco), "name": "Marco"}]
    assert (teams["NET"]["email"], teams["NET"]["phone"]) == ("net@erp.example", "112")
    assert members["Marco"]["teams"] == ["NET"]
    assert members["Dana"]["roles"] == ["member"]


async def test_who_is_shut_out_is_in_no_list_of_a_team(world: World) -> None:
    dana = await user_of(world, "Dana")
    await set_active(world.database, ADMIN, dana, active=False)
    await set_active(world.database, ADMIN, dana, active=False)
    async with world.database.read() as connection:
        teams = {one["code"]: one for one in await list_teams(connection, world.migration_id)}
        assert await person_by_id(connection, dana) is None
    assert teams["DBA"]["members"] == []
    await set_active(world.database, ADMIN, dana, active=True)
    log = await log_of(world.database, SYSTEM_STREAM)
    assert [entry.detail["after"] for entry in log] == [{"active": False}, {"active": True}]


@pytest.mark.parametrize("who", ["Priya", "Dana", "Lena", "Arno", "Vera"])
async def test_nobody_but_an_admin_manages_people(world: World, who: str) -> None:
    database, here, person = world.database, world.migration_id, world.people[who]
    vera, team = await user_of(world, "Marco"), world.teams["DBA"]
    commands = [
        create_migration(database, person, NewMigration("X", "X")),
        create_user(database, person, NewUser("x@y.example", "X")),
        set_active(database, person, vera, active=False),
        set_roles(database, person, here, vera, frozenset(Role)),
        grant_role(database, person, here, vera, Role.PILOT),
        create_team(database, person, here, "X", TeamWords("X")),
        update_team(database, person, team, TeamWords("X")),
        set_members(database, person, team, []),
        add_member(database, person, team, vera),
        issue_token(database, person, NewToken(vera, "x")),
    ]
    for command in commands:
        with pytest.raises(Forbidden):
            await command
    assert await log_of(database, here) == []
    assert await log_of(database, SYSTEM_STREAM) == []


async def test_who_and_what_must_exist(world: World) -> None:
    nobody = new_id()
    for command in (
        grant_role(world.database, ADMIN, world.migration_id, nobody, Role.PILOT),
        grant_role(world.database, ADMIN, nobody, await user_of(world, "Dana"), Role.PILOT),
        add_member(world.database, ADMIN, nobody, nobody),
        add_member(world.database, ADMIN, world.teams["DBA"], nobody),
        issue_token(world.database, ADMIN, NewToken(nobody, "x")),
    ):
        with pytest.raises(NotFound):
            await command


async def test_a_command_that_fails_leaves_nothing(world: World) -> None:
    with pytest.raises(NotFound):
        members = [await user_of(world, "Marco"), new_id()]
        await set_members(world.database, ADMIN, world.teams["DBA"], members)
    async with world.database.read() as connection:
        [team, *_] = [one for one in await list_teams(connection, world.migration_id) if one["code"] == "DBA"]
        assert (await connection.execute(select(users.c.version))).scalars().all() == [1] * 6
    assert [one["name"] for one in team["members"]] == ["Dana"]


async def test_the_clock_moves_for_everybody_in_a_demo_alone(world: World) -> None:
    database, pilot = world.database, world.people["Priya"]
    async with database.read() as connection:
        before = await clock.server_now(connection)
    await advance_clock(database, pilot, 3600, movable=True)
    async with database.read() as connection:
        assert (await clock.server_now(connection) - before).total_seconds() == 3600
    with pytest.raises(Refused):
        await advance_clock(database, pilot, 1, movable=False)
    with pytest.raises(Forbidden):
        await advance_clock(database, world.people["Dana"], 1, movable=True)
    for seconds in (0, -1, 604_801):
        with pytest.raises(Invalid):
            await advance_clock(database, PILOT_ELSEWHERE, seconds, movable=True)
    assert [entry.type for entry in await log_of(database, SYSTEM_STREAM)] == ["clock.advanced"]


async def test_a_stopped_clock_goes_on_from_where_it_stood(world: World) -> None:
    async with world.database.engine.begin() as connection:
        stood = await clock.server_now(connection)
        assert await clock.server_now(connection) == stood
        await clock.unfreeze(connection)
        went = await clock.server_now(connection)
    assert 0 < (went - stood).total_seconds() < 5
    async with world.database.engine.begin() as connection:
        await clock.freeze(connection)
        assert await clock.server_now(connection) >= went
