"""Who hears what when a step is activated, and what they read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from tests.world import NIGHT, World, plan_of, step, tasks
from tminus.audit.queries import verify
from tminus.audit.readers.anchors import anchors_in
from tminus.notify.notifier import Notifier
from tminus.runbook.commands.services import Services
from tminus.runbook.domain.state import Comms


async def outbox(world: World) -> list[Any]:
    async with world.database.read() as connection:
        return list(await connection.execute(text("SELECT * FROM outbox ORDER BY recipient, queued_at")))


async def run_sql(world: World, statement: str, **values: object) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(text(statement), values)


async def test_the_team_is_told_and_each_address_once(world: World) -> None:
    await run_sql(world, "UPDATE teams SET email = ' Dana@ERP.example ' WHERE code = 'DBA'")
    await run_sql(
        world,
        "INSERT INTO team_members SELECT t.id, u.id FROM teams AS t, users AS u"
        " WHERE t.code = 'DBA' AND u.name IN ('Marco', 'Vera')",
    )
    await run_sql(world, "UPDATE users SET active = false WHERE name = 'Vera'")
    i = await world.iteration(plan_of(step("TRT-1")))
    await world.press("Priya", i, "TRT-1", "activate")
    rows = await outbox(world)
    assert [row.recipient for row in rows] == ["dana@erp.example", "marco@erp.example"]
    assert {row.status for row in rows} == {"queued"}
    assert {row.subject for row in rows} == {"[CUTOVER] TRT-1 Step TRT-1: you may begin"}
    assert {(row.iteration_id, row.migration_id) for row in rows} == {(i, world.migration_id)}
    assert len({row.message_id for row in rows}) == 2


async def test_the_message_says_what_why_when_and_how(world: World) -> None:
    first = step("TRT-1")
    second = step(
        "TRT-2",
        "TRT-1",
        instructions="Stop <b>all</b> jobs.\nThen wait.",
        tasks=tasks("TRT-2", 2),
        minutes=90,
    )
    i = await world.iteration(plan_of(first, second))
    await world.press("Dana", i, "TRT-1", "start")
    await world.at(NIGHT + timedelta(minutes=12))
    await world.press("Dana", i, "TRT-1", "complete")
    await world.press("Priya", i, "TRT-2", "activate", note="Mind the <replica>.")
    plain = (await outbox(world))[0].body_text
    assert "Databases: you may begin TRT-2 Step TRT-2." in plain
    assert "CUTOVER of ERP go-live" in plain
    assert "Priya activated it at 21:42 CET." in plain
    assert "- TRT-1 Step TRT-1: complete at 21:42 CET" in plain
    assert "Sat 21 Nov 2026, 21:40 CET to 23:10 CET (Europe/Berlin)" in plain
    assert "Expected to take 1h 30m." in plain
    assert "Stop <b>all</b> jobs.\nThen wait." in plain
    assert "[ ] TRT-2-1 Task 1\n[ ] TRT-2-2 Task 2\n" in plain
    assert "Mind the <replica>." in plain
    assert "http://tminus.example/migrations/ERP/iterations/CUTOVER?step=TRT-2" in plain
    html = (await outbox(world))[0].body_html
    assert "Mind the &lt;replica&gt;." in html
    assert "Stop &lt;b&gt;all&lt;/b&gt; jobs." in html
    assert "<b>" not in html


async def test_the_last_line_is_an_anchor_that_proves_the_log(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await world.press("Priya", i, "TRT-1", "activate")
    body = (await outbox(world))[0].body_text
    last = body.rstrip().splitlines()[-1]
    assert last.startswith("Log anchor: ")
    (anchor,) = anchors_in(last.encode())
    assert anchor.stream == world.migration_id
    verdict = await verify(world.database, [anchor])
    assert verdict.findings == []
    forged = replace(anchor, hash=b"\0" * 32)
    assert [one.code for one in (await verify(world.database, [forged])).findings] == ["anchor_differs"]


async def test_comms_off_keeps_messages_and_sends_none(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")), comms=Comms.OFF)
    await world.press("Priya", i, "TRT-1", "activate")
    assert [(row.recipient, row.status) for row in await outbox(world)] == [
        ("dana@erp.example", "suppressed"),
        ("dba@erp.example", "suppressed"),
    ]


async def test_in_a_test_the_one_who_started_hears_all(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")), comms=Comms.TEST)
    await world.press("Marco", i, "TRT-1", "activate")
    rows = await outbox(world)
    assert {(row.recipient, row.status) for row in rows} == {("priya@erp.example", "queued")}
    assert sorted(row.subject for row in rows) == [
        "[TEST for dana@erp.example] [CUTOVER] TRT-1 Step TRT-1: you may begin",
        "[TEST for dba@erp.example] [CUTOVER] TRT-1 Step TRT-1: you may begin",
    ]
    assert "was meant for d" in rows[0].body_text


async def test_in_a_test_the_set_recipient_comes_first(world: World) -> None:
    world.services = Services(world.database, Notifier("http://tminus.example", "lab@erp.example"))
    i = await world.iteration(plan_of(step("TRT-1")), comms=Comms.TEST)
    await world.press("Marco", i, "TRT-1", "activate")
    assert {row.recipient for row in await outbox(world)} == {"lab@erp.example"}


async def test_nobody_to_tell_is_no_failure(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1", team=None), step("TRT-2", team="APP")))
    await run_sql(world, "UPDATE teams SET email = NULL WHERE code = 'APP'")
    await world.press("Priya", i, "TRT-1", "activate")
    done = await world.press("Priya", i, "TRT-2", "activate")
    assert done.step.state == "activated"
    assert await outbox(world) == []


async def test_what_activates_itself_says_so(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1", auto_activate=True)))
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    rows = [row for row in await outbox(world) if "TRT-2" in row.subject]
    assert len(rows) == 2
    assert "It was activated automatically at 21:30 CET." in rows[0].body_text


async def test_a_link_survives_strange_names(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")), name="RUN 1/ä&?")
    await world.press("Priya", i, "TRT-1", "activate")
    assert (
        "/migrations/ERP/iterations/RUN%201%2F%C3%A4%26%3F?step=TRT-1" in (await outbox(world))[0].body_text
    )
