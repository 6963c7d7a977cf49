"""Plans into the database and out again, by the commands that the page and the command line call."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

import tminus.entry.demo
from tests.world import NIGHT, World
from tminus.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tminus.people.domain.rights import Person
from tminus.platform.database import Database
from tminus.runbook.commands.create_iteration import CreateIteration, create_iteration
from tminus.runbook.commands.imports.commit import Imported, commit_batch
from tminus.runbook.commands.imports.plan_file import keep_prepared
from tminus.runbook.commands.plan_approve import ApproveVersion, approve_version
from tminus.runbook.commands.plan_import import commit_import, import_plan
from tminus.runbook.commands.plan_prepare import PlanSource, prepare_import
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan import Plan
from tminus.runbook.domain.plan_canonical import content_hash, normal
from tminus.runbook.domain.plan_diff import Change, diff
from tminus.runbook.domain.plan_merge import merge
from tminus.runbook.domain.state import IterationKind
from tminus.runbook.queries.plans import find_version, plan_of_version, plans_view
from tminus.runbook.readers.file_text import read_at_most
from tminus.runbook.readers.plan_file import read_plan_file
from tminus.runbook.readers.plan_writer import plan_as_json, plan_as_yaml
from tminus.runbook.store import plans

MACHINE = Person(None, "cli:ops", machine=True)
EXAMPLES = sorted((Path(tminus.entry.demo.__file__).parent / "plans").glob("*.yaml"))
FILE = """\
tminus: 1
migration: {key: ERP, name: ERP go-live, zone: Europe/Berlin}
plan: {name: Night}
teams: [{code: DBA, name: Databases, email: dba@erp.example}]
macroPhases:
  - code: A
    name: All
    chapters:
      - code: A1
        name: One
        steps:
          - {code: TRT-1, name: First, team: DBA, duration: 5m, tasks: [{code: TRT-1-1, title: Look}]}
          - {code: TRT-2, name: Second, team: DBA, duration: 5m, after: [{code: TRT-1, lag: 1m}]}
"""


def source(text_: str, **more: object) -> PlanSource:
    return PlanSource("night.yaml", text_.encode(), **more)  # type: ignore[arg-type] # test's own words


async def bring(database: Database, person: Person, text_: str, **more: object) -> Imported:
    prepared, done = await import_plan(database, Caller(person), source(text_, **more))
    assert done, prepared.findings
    return done


async def stored(database: Database, done: Imported) -> Plan:
    async with database.read() as connection:
        return await plans.load_plan(connection, done.version_id)


async def facts(database: Database) -> list[str]:
    async with database.read() as connection:
        rows = await connection.execute(text("SELECT type FROM event_log ORDER BY stream, seq"))
        return [row.type for row in rows]


async def counts(database: Database) -> dict[str, int]:
    tables = ("migrations", "teams", "plans", "plan_versions", "steps", "tasks", "event_log")
    async with database.read() as connection:
        return {
            table: (await connection.execute(text(f"SELECT count(*) FROM {table}"))).scalar_one()  # noqa: S608 - constants
            for table in tables
        }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
async def test_an_example_plan_goes_in_and_comes_out_the_same(database: Database, path: Path) -> None:
    file = read_at_most(path)
    done = await bring(database, MACHINE, file.decode())
    patch = read_plan_file(path.name, file).patch
    assert patch
    assert await stored(database, done) == normal(merge(None, patch).plan)
    assert await facts(database) == [
        "migration.created",
        *["team.created"] * len(patch.teams),
        "plan.imported",
    ]


@pytest.mark.parametrize("write", [plan_as_yaml, plan_as_json])
async def test_importing_an_export_is_a_success_with_no_changes(database: Database, write: object) -> None:
    first = await bring(database, MACHINE, read_at_most(EXAMPLES[1]).decode())
    exported = write(await stored(database, first))  # type: ignore[operator] # one of the two writers
    before = await counts(database)
    for more in ({}, {"replace_all": True}, {"migration": "ERP"}):
        again = await bring(database, MACHINE, exported, **more)
        assert (again.changes, again.number, again.version_id) == (0, first.number, first.version_id)
    assert await counts(database) == before


async def test_each_import_is_a_version_of_its_own_and_a_draft_before_it_is_superseded(world: World) -> None:
    priya, marco = Caller(world.people["Priya"]), Caller(world.people["Marco"])
    first = await bring(world.database, priya.person, FILE)
    changed = FILE.replace("name: Second", "name: Other")
    draft = await bring(world.database, priya.person, changed)
    assert (draft.number, draft.changes) == (2, 1)
    assert draft.version_id != first.version_id
    await approve_version(world.database, marco, ApproveVersion(draft.version_id))
    second = await bring(world.database, priya.person, FILE)
    assert (second.number, second.changes) == (3, 1)
    kept, made = await stored(world.database, draft), await stored(world.database, second)
    assert [item.fields for item in diff(kept, made).items] == [("name",)]
    await approve_version(world.database, marco, ApproveVersion(second.version_id))
    async with world.database.read() as connection:
        (plan,) = await plans_view(connection, marco.person, world.migration_id)
    assert [(each["number"], each["status"]) for each in plan["versions"]] == [
        (3, "approved"),
        (2, "superseded"),
        (1, "superseded"),
    ]
    assert plan["versions"][0]["contentHash"] == content_hash(made).hex()


async def test_what_was_approved_can_be_made_an_iteration(world: World) -> None:
    done = await bring(world.database, world.people["Priya"], FILE)
    command = CreateIteration(done.version_id, "RUN1", IterationKind.RUN, NIGHT)
    with pytest.raises(Refused, match="approved"):
        await create_iteration(world.services, Caller(world.people["Priya"]), command)
    await approve_version(world.database, Caller(world.people["Marco"]), ApproveVersion(done.version_id))
    made = await create_iteration(world.services, Caller(world.people["Priya"]), command)
    async with world.database.read() as connection:
        query = text("SELECT code FROM iteration_steps WHERE iteration_id = :id ORDER BY position")
        assert [row.code for row in await connection.execute(query, {"id": made})] == ["TRT-1", "TRT-2"]


async def test_nobody_approves_a_version_in_which_they_wrote(world: World) -> None:
    priya, marco, vera = (Caller(world.people[name]) for name in ("Priya", "Marco", "Vera"))
    await bring(world.database, priya.person, FILE)
    done = await bring(world.database, marco.person, FILE.replace("First", "Begin"))
    for author in (priya, marco):
        with pytest.raises(Forbidden, match="another pilot"):
            await approve_version(world.database, author, ApproveVersion(done.version_id))
    with pytest.raises(Forbidden, match="pilot"):
        await approve_version(world.database, vera, ApproveVersion(done.version_id))
    with pytest.raises(NotFound):
        await approve_version(world.database, marco, ApproveVersion(world.migration_id))


async def test_what_the_machine_imported_a_pilot_approves_and_the_machine_does_not(world: World) -> None:
    done = await bring(world.database, MACHINE, FILE)
    with pytest.raises(Forbidden, match="another pilot"):
        await approve_version(
            world.database, Caller(replace(MACHINE, name="cli:x")), ApproveVersion(done.version_id)
        )
    await approve_version(world.database, Caller(world.people["Marco"]), ApproveVersion(done.version_id))
    with pytest.raises(Refused, match="approved, not a draft"):
        await approve_version(world.database, Caller(world.people["Marco"]), ApproveVersion(done.version_id))


async def test_an_approval_of_what_has_changed_since_is_refused(world: World) -> None:
    done = await bring(world.database, world.people["Priya"], FILE)
    await bring(world.database, world.people["Priya"], FILE.replace("First", "Begin"))
    with pytest.raises(Refused, match="superseded, not a draft"):
        await approve_version(
            world.database, Caller(world.people["Marco"]), ApproveVersion(done.version_id, 1)
        )


async def test_a_file_with_errors_changes_nothing(world: World) -> None:
    before = await counts(world.database)
    broken = FILE.replace("{code: TRT-1, lag", "{code: TRT-9, lag").replace("code: A1", "code: A1, nmae: x")
    prepared, done = await import_plan(world.database, Caller(world.people["Priya"]), source(broken))
    assert done is None
    assert not prepared.can_commit
    with pytest.raises(Invalid, match="nothing was imported"):
        await commit_import(world.database, Caller(world.people["Priya"]), prepared)
    assert await counts(world.database) == before


async def test_who_is_no_pilot_imports_nothing_and_a_pilot_makes_no_teams_and_migrations(
    world: World,
) -> None:
    for name in ("Dana", "Vera", "Lena", "Arno"):
        with pytest.raises(Forbidden):
            await prepare_import(world.database, world.people[name], source(FILE))
    with pytest.raises(Forbidden, match="admin"):
        await prepare_import(
            world.database, world.people["Priya"], source(FILE.replace("key: ERP", "key: NEW"))
        )
    other = FILE.replace("[{code: DBA", "[{code: NET, name: Network}, {code: DBA")
    prepared = await prepare_import(world.database, world.people["Priya"], source(other))
    assert [(finding.code, finding.line) for finding in prepared.findings if finding.is_error] == [
        ("team_needs_admin", 4)
    ]


async def test_the_migration_is_the_named_one_else_the_files_else_that_of_the_one_plan(world: World) -> None:
    database = world.database
    nameless = FILE.replace("migration: {key: ERP, name: ERP go-live, zone: Europe/Berlin}\n", "")
    made = await bring(database, MACHINE, nameless)
    async with database.read() as connection:
        key = await connection.execute(
            text("SELECT key FROM migrations WHERE id = :id"), {"id": made.migration_id}
        )
        assert key.scalar_one() == "NIGHT"
    assert (await bring(database, MACHINE, nameless)).changes == 0
    assert (await bring(database, MACHINE, FILE)).migration_id == world.migration_id
    named = await bring(database, MACHINE, FILE, migration="NIGHT", override=True)
    assert (named.migration_id, named.changes) == (made.migration_id, 0)
    prepared = await prepare_import(database, MACHINE, source(nameless))
    assert [finding.code for finding in prepared.findings] == ["which_migration"]
    prepared = await prepare_import(database, MACHINE, source(FILE, migration="NOWHERE"))
    assert [finding.code for finding in prepared.findings] == ["unknown_migration"]
    async with database.read() as connection:
        with pytest.raises(Invalid, match="Several migrations"):
            await find_version(connection, MACHINE, "Night", None, None)
        found = await find_version(connection, MACHINE, "Night", "ERP", 1)
        assert found not in (made.version_id, None)
        with pytest.raises(NotFound):
            await find_version(connection, MACHINE, "Night", "ERP", 7)


async def test_a_file_goes_into_another_migration_than_it_names_only_if_that_is_overridden(
    world: World,
) -> None:
    await bring(world.database, MACHINE, FILE.replace("key: ERP", "key: OTHER"))
    before = await counts(world.database)
    wrong = source(FILE, migration="OTHER")
    prepared, done = await import_plan(world.database, Caller(MACHINE), wrong)
    (finding,) = prepared.findings
    assert (finding.code, finding.severity, finding.line, finding.column) == (
        "other_migration",
        "error",
        2,
        18,
    )
    assert finding.message == "The file is for migration ERP, and it is imported into OTHER."
    assert finding.suggestion is not None
    assert "“key: OTHER”" in finding.suggestion
    assert (done, await counts(world.database)) == (None, before)
    prepared, done = await import_plan(world.database, Caller(MACHINE), replace(wrong, override=True))
    assert [(found.code, found.severity) for found in prepared.findings] == [("other_migration", "warning")]
    assert done


async def test_an_import_that_was_shown_is_carried_out_once_and_only_as_shown(world: World) -> None:
    database, priya = world.database, Caller(world.people["Priya"])
    shown = await prepare_import(database, priya.person, source(FILE))
    key, other = [await keep_prepared(database, priya.person, shown) for _ in range(2)]
    done = await commit_batch(database, priya, key)
    assert (done.number, done.changes) == (1, 6)
    with pytest.raises(Refused, match="changed after this import was shown"):
        await commit_batch(database, priya, other)
    with pytest.raises(Refused, match="carried out before"):
        await commit_batch(database, priya, key)
    with pytest.raises(NotFound):
        await commit_batch(database, priya, world.migration_id)
    with pytest.raises(Forbidden):
        await commit_batch(database, Caller(world.people["Vera"]), key)


async def test_of_two_imports_at_once_one_wins_and_the_other_is_told(world: World) -> None:
    prepared = [
        await prepare_import(world.database, world.people[name], source(FILE.replace("First", name)))
        for name in ("Priya", "Marco")
    ]
    callers = [Caller(world.people[name]) for name in ("Priya", "Marco")]
    results = await asyncio.gather(
        *(commit_import(world.database, caller, one) for caller, one in zip(callers, prepared, strict=True)),
        return_exceptions=True,
    )
    assert sorted(type(result).__name__ for result in results) == ["Imported", "Refused"]
    assert (await counts(world.database))["plan_versions"] == 1


async def test_of_two_new_migrations_with_one_key_one_is_made(database: Database) -> None:
    prepared = await prepare_import(database, MACHINE, source(FILE))
    results = await asyncio.gather(
        *(commit_import(database, Caller(MACHINE), prepared) for _ in range(3)), return_exceptions=True
    )
    assert sorted(type(result).__name__ for result in results) == ["Imported", "Refused", "Refused"]
    assert (await counts(database))["migrations"] == 1


async def test_the_log_says_what_an_import_changed(world: World) -> None:
    await bring(world.database, world.people["Priya"], FILE)
    await bring(
        world.database, world.people["Priya"], FILE.replace("duration: 5m, after", "duration: 7m, after")
    )
    async with world.database.read() as connection:
        row = (
            await connection.execute(
                text("SELECT detail FROM event_log WHERE type = 'plan.imported' ORDER BY seq DESC LIMIT 1")
            )
        ).one()
    assert row.detail["sentence"] == "Priya imported night.yaml into version 2 of Night: 1 changed"
    assert row.detail["items"] == [
        {"kind": "step", "code": "TRT-2", "change": "changed", "fields": ["duration"]}
    ]
    assert row.detail["before"] != row.detail["after"]


async def test_five_thousand_steps_go_in_and_out_whole(database: Database) -> None:
    steps = "".join(
        f"          - {{code: S-{n}, name: Step {n}, duration: 5m, after: [{f'S-{n - 1}' if n else ''}], "
        f"tasks: [{{code: S-{n}-1, title: Look}}]}}\n"
        for n in range(5_000)
    )
    head = FILE[: FILE.index("          - {code: TRT-1")]
    done = await bring(database, MACHINE, head + steps)
    assert len(list((await stored(database, done)).steps())) == 5_000


async def test_teams_and_description_change_without_a_new_version(database: Database) -> None:
    first = await bring(database, MACHINE, FILE)
    await approve_first(database, first)
    edited = FILE.replace("dba@erp", "databases@erp").replace(
        "plan: {name: Night}", "plan: {name: Night, description: D}"
    )
    done = await bring(database, MACHINE, edited)
    assert (done.version_id, done.changes) == (first.version_id, 2)
    plan = await stored(database, done)
    assert (plan.description, plan.teams[0].email) == ("D", "databases@erp.example")
    assert (await facts(database))[-2:] == ["team.changed", "plan.described"]
    async with database.read() as connection:
        assert (await plan_of_version(connection, MACHINE, first.version_id))[1].content_hash == content_hash(
            plan
        )


async def approve_first(database: Database, done: Imported) -> None:
    async with database.engine.begin() as connection:
        await plans.update_version(connection, done.version_id, {"status": "approved"})


async def test_only_the_teams_that_a_file_speaks_of_are_said_to_have_no_address(world: World) -> None:
    """The migration's other teams are none of its business."""
    mute = FILE.replace(", email: dba@erp.example", "").replace("- {code: TRT-1,", "- {code: TRT-0,")
    await bring(world.database, MACHINE, FILE.replace("teams: [", "teams: [{code: OPS, name: Ops}, "))
    found = (await prepare_import(world.database, MACHINE, source(mute))).findings
    assert [one.message for one in found if one.code == "team_without_email"] == []
    await bring(
        world.database, MACHINE, mute.replace("team: DBA", "team: NET").replace("code: DBA", "code: NET")
    )
    found = (await prepare_import(world.database, MACHINE, source(mute.replace("DBA", "NET")))).findings
    assert [one.subject.code for one in found if one.code == "team_without_email" and one.subject] == ["NET"]


def test_the_kinds_of_change_are_the_apis_words() -> None:
    assert [change.value for change in Change] == ["added", "changed", "removed"]
