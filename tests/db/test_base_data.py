"""Importing people, teams and places: one transaction over two streams, all of it or nothing, and again is nothing."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from tests.world import World
from tminus.kernel.errors import Forbidden, NotFound, Refused
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people import queries
from tminus.people import store as people
from tminus.people.commands.teams import TeamWords, create_team
from tminus.people.domain.rights import Person
from tminus.platform.eventlog.store import read_stream
from tminus.runbook.commands.base_data.importing import BaseFile, BaseImport, import_base_data
from tminus.runbook.store import tables as canonical

ADA = Person(None, "cli:ada", machine=True)
LIST = """Kind,Code,Email,Name,Phone,Roles,Teams
team,NET,net@erp.example,Networks,,,
team,DBA,dba@erp.example,Databases,+49 30 1,,
person,,dana@erp.example,Dana,,data lead,NET
person,,eve@erp.example,Eve,+49 1,"pilot, approver",networks
application,SAP,,The ERP,,,
environment,PROD,,Production,,,
environment role,TARGET,,Where it goes,,,
"""


async def take(world: World, text: str = LIST, person: Person = ADA, **more: object) -> BaseImport:
    file = BaseFile(world.migration_id, "list.csv", text.encode())
    return await import_base_data(world.database, person, replace(file, **more))  # type: ignore[arg-type] # a test's own


async def said(world: World) -> list[str]:
    """The facts that the log states, in both streams."""
    async with world.database.read() as connection:
        system = await read_stream(connection, SYSTEM_STREAM, 0)
        return [entry.type for entry in (*system, *await read_stream(connection, world.migration_id, 0))]


async def test_a_list_is_shown_then_imported_and_again_changes_nothing(world: World) -> None:
    shown = await take(world, dry_run=True)
    assert (len(shown.decided.changes), shown.can_import, shown.done) == (7, True, False)
    assert await said(world) == []
    done = await take(world, seen=shown.mark)
    assert (done.mark, done.done) == (shown.mark, True)
    async with world.database.read() as connection:
        here = {one["email"]: one for one in await queries.people_here(connection, world.migration_id)}
        teams = {one["code"]: one for one in await queries.list_teams(connection, world.migration_id)}
        for table, code in (
            (canonical.applications, "SAP"),
            (canonical.environments, "PROD"),
            (canonical.environment_roles, "TARGET"),
        ):
            assert (await connection.execute(select(table.c.code))).scalars().all() == [code]
    assert here["eve@erp.example"]["roles"] == ["approver", "pilot"]
    assert here["dana@erp.example"]["roles"] == ["data_lead", "member"]  # one more, and none taken
    assert [team["code"] for team in here["dana@erp.example"]["teams"]] == ["DBA", "NET"]
    assert [one["name"] for one in teams["NET"]["members"]] == ["Dana", "Eve"]
    assert (teams["DBA"]["phone"], teams["APP"]["name"]) == ("+49 30 1", "Applications")
    before = await said(world)
    assert sorted(before) == sorted(
        [
            *["user.created", "team.created", "team.changed", "roles.changed", "roles.changed"],
            *["team.members_changed", "application.added", "environment.added", "environment_role.added"],
        ]
    )
    again = await take(world)
    assert (again.decided.changes, again.decided.unchanged, again.done) == ((), 7, True)
    assert await said(world) == before


async def test_the_same_list_sent_twice_at_once_is_imported_once(world: World) -> None:
    shown = await take(world, dry_run=True)
    both = await asyncio.gather(take(world, seen=shown.mark), take(world, seen=shown.mark))
    assert [one.done for one in both] == [True, True]
    assert sorted(len(one.decided.changes) for one in both) == [0, 7]
    assert (await said(world)).count("user.created") == 1


async def test_with_one_error_nothing_is_written(world: World) -> None:
    found = await take(world, LIST + "person,,bob@erp.example,Bob,,king,\n")
    assert (found.can_import, found.done) == (False, False)
    assert await said(world) == []


async def test_what_was_changed_since_it_was_shown_is_refused(world: World) -> None:
    shown = await take(world, dry_run=True)
    await create_team(world.database, ADA, world.migration_id, "NET", TeamWords("Networks"))
    before = await said(world)
    with pytest.raises(Refused) as refused:
        await take(world, seen=shown.mark)
    assert refused.value.code == "base_data_changed"
    assert await said(world) == before
    async with world.database.read() as connection:
        assert await people.find_user_by_email(connection, "eve@erp.example") is None


async def test_only_admins_and_only_where_there_is_a_migration(world: World) -> None:
    with pytest.raises(Forbidden):
        await take(world, person=world.people["Priya"])
    for dry_run in (True, False):
        with pytest.raises(NotFound):
            await take(world, migration_id=uuid4(), dry_run=dry_run)


async def test_ten_thousand_people_are_taken_at_once(world: World) -> None:
    rows = "".join(f"p{n}@erp.example,Person {n},member,DBA\n" for n in range(9_999))
    done = await take(world, f"Email,Name,Roles,Teams\n{rows}")
    assert len(done.decided.changes) == 9_999
    async with world.database.read() as connection:
        assert len(await people.members_of(connection, world.teams["DBA"])) == 10_000
