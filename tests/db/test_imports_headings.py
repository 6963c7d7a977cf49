"""Stories of imports whose groups have names and no codes, and whose sheet numbers its rows itself."""

from __future__ import annotations

from textwrap import dedent
from uuid import UUID

from tests.db.importing import in_pieces
from tests.world import World
from tminus.people.domain.rights import Person
from tminus.runbook.commands.imports.commit import commit_batch
from tminus.runbook.commands.imports.receive import NewImport, receive
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.plan import Plan
from tminus.runbook.queries.import_seen import import_seen
from tminus.runbook.readers.markdown import file as markdown
from tminus.runbook.store import plans

MACHINE = Person(None, "cli:ops", machine=True)
EXAMPLE = dedent((markdown.__doc__ or "").split("\n\n", 1)[1].split("\n\nWithout")[0])


async def seen(world: World, name: str, data: str) -> tuple[UUID, list[str]]:
    """Read a file; return the import and the kinds of its findings."""
    command = NewImport(name, str(world.migration_id))
    key, _ = await receive(world.services, Caller(MACHINE), command, in_pieces(data.encode()))
    await work(world.services, MACHINE, key)
    view = await import_seen(world.database, key)
    return key, [one["code"] for one in view["findings"]]


async def taken_over(world: World, key: UUID) -> Plan:
    """Take an import over and return the plan it made."""
    done = await commit_batch(world.database, Caller(MACHINE), key)
    assert done.version_id is not None
    async with world.database.read() as connection:
        return await plans.load_plan(connection, done.version_id)


async def test_the_headings_of_a_checklist_become_its_macro_phases_and_chapters(world: World) -> None:
    key, found = await seen(world, "weekend.md", EXAMPLE)
    assert found == []
    plan = await taken_over(world, key)
    assert [(one.name, [chapter.name for chapter in one.chapters]) for one in plan.macro_phases] == [
        ("Friday night", ["Close the day"])
    ]
    assert [step.name for step in plan.steps()] == ["Stop the batch", "Back up the ledger", "Open the portal"]


async def test_the_same_checklist_again_changes_nothing(world: World) -> None:
    key, _ = await seen(world, "weekend.md", EXAMPLE)
    await taken_over(world, key)
    key, found = await seen(world, "weekend.md", EXAMPLE)
    assert found == []
    assert (await commit_batch(world.database, Caller(MACHINE), key)).changes == 0


async def test_a_heading_without_steps_is_named_and_left_out(world: World) -> None:
    key, found = await seen(world, "a.md", "# Move\n## Switch\n- [ ] Flip it (5m)\n\n## Contacts\nAda: 112\n")
    assert found == ["unused_heading"]
    plan = await taken_over(world, key)
    assert [chapter.name for chapter in plan.chapters()] == ["Switch"]


async def test_a_number_means_the_code_where_the_sheets_own_numbers_are_the_codes(world: World) -> None:
    rows = "\n\n\nNr.,Vorgang,Vorgänger\n1,Stop,\n2,Copy,#1\n3,Check,#2\n4,Go,#3;#1\n5,End,#4FS+5m\n"
    key, found = await seen(world, "night.csv", rows)
    assert "unknown_predecessor" not in found
    plan = await taken_over(world, key)
    waits = {step.code: sorted(link.code for link in step.after) for step in plan.steps()}
    assert waits == {"1": [], "2": ["1"], "3": ["2"], "4": ["1", "3"], "5": ["4"]}
