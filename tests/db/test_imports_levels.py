"""Small stories of imports: circles that lead through chapters, columns that a person has named."""

from __future__ import annotations

from collections.abc import AsyncIterator

from sqlalchemy import text

from tests.world import World
from tminus.people.domain.rights import Person
from tminus.runbook.commands.imports.commit import commit_batch
from tminus.runbook.commands.imports.receive import NewImport, receive
from tminus.runbook.commands.imports.settle import map_columns
from tminus.runbook.commands.imports.stage import work
from tminus.runbook.commands.services import Caller
from tminus.runbook.queries.import_seen import import_seen

MACHINE = Person(None, "cli:ops", machine=True)
HEAD = "Kind,Code,Name,Macro-phase,Chapter,Predecessors\n"
GROUPS = "macro-phase,A,All,,,\nchapter,A1,One,A,,{after}\nchapter,A2,Two,A,,\n"
STEPS = "step,TRT-1,First,,A1,\nstep,TRT-2,Second,,A2,TRT-1\n"


async def pieces(data: str) -> AsyncIterator[bytes]:
    yield data.encode()


async def test_a_circle_through_a_chapter_is_an_error_and_one_without_is_none(world: World) -> None:
    for after, codes in (("", []), ("TRT-2", ["cycle"]), ("A2", ["cycle"])):
        data = HEAD + GROUPS.format(after=after) + STEPS
        command = NewImport("night.csv", str(world.migration_id))
        key, _ = await receive(world.services, Caller(MACHINE), command, pieces(data))
        await work(world.services, MACHINE, key)
        view = await import_seen(world.database, key)
        assert [one["code"] for one in view["findings"]] == codes, (after, view["findings"])
        assert view["canCommit"] is (not codes)
        for one in view["findings"]:
            assert (one["file"], one["row"] is not None) == ("night.csv", True), "nobody could find it"
    async with world.database.read() as connection:
        found = await connection.execute(text("SELECT count(*) FROM plan_versions"))
        assert found.scalar_one() == 0


async def test_columns_that_a_person_named_are_named_so_for_the_next_file_too(world: World) -> None:
    data = "Kürz,Name,Wo\nTRT-1,Stop it,Night\nTRT-3,Move it,Night\nTRT-4,Look,Night\n"
    caller = Caller(MACHINE)
    command = NewImport("night.csv", str(world.migration_id), plan="Night")
    key, _ = await receive(world.services, caller, command, pieces(data))
    await work(world.services, MACHINE, key)
    named: dict[str, str | None] = {"Kürz": "code", "Name": "name", "Wo": "parent"}
    await map_columns(world.services, MACHINE, key, named)
    done = await commit_batch(world.database, caller, key)
    key, _ = await receive(world.services, caller, command, pieces(data + "TRT-2,Start it,Night\n"))
    await work(world.services, MACHINE, key)
    view = await import_seen(world.database, key)
    assert {one["heading"]: one["field"] for one in view["columns"]} == named
    assert [(item["code"], item["change"]) for item in view["diff"]["items"]] == [("TRT-2", "added")], done


async def test_what_stops_an_import_is_told_first_however_much_there_is_besides(world: World) -> None:
    many = "".join(f"step,TRT-{n},Stop &amp; start,,A1,\n" for n in range(3, 603))
    data = HEAD + GROUPS.format(after="") + many + "step,TRT-1,Last,,A1,TRT-1\nstep,TRT-2,,,A2,\n"
    command = NewImport("night.csv", str(world.migration_id))
    key, _ = await receive(world.services, Caller(MACHINE), command, pieces(data))
    await work(world.services, MACHINE, key)
    view = await import_seen(world.database, key)
    stops = [one["severity"] == "error" and not one["mended"] for one in view["findings"]]
    assert stops == sorted(stops, reverse=True)
    assert stops[0]
    assert len(stops) == 500
