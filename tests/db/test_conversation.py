"""What people say of a night: comments, mentions, hand-over notes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import World, plan_of, step
from tminus.kernel.errors import Forbidden, Invalid, NotFound, Refused
from tminus.people.domain.rights import Person
from tminus.platform.eventlog.record import Entry
from tminus.platform.eventlog.store import read_iteration
from tminus.runbook.commands.comment_add import AddComment, add_comment
from tminus.runbook.commands.comment_change import DeleteComment, EditComment, delete_comment, edit_comment
from tminus.runbook.commands.services import Caller
from tminus.runbook.domain.comment import CommentKind
from tminus.runbook.domain.mention import Mentions
from tminus.runbook.queries.comments import PAGE, comments_view

PLAN = plan_of(step("TRT-1"), step("TRT-2"))


async def say(world: World, who: str, i: UUID, body: str, **more: Any) -> tuple[UUID, Mentions]:
    return await add_comment(world.services, Caller(world.people[who]), AddComment(i, body, **more))


async def told(world: World, i: UUID) -> list[Entry]:
    async with world.database.read() as connection:
        entries = await read_iteration(connection, i, 0)
    return [entry for entry in entries if entry.type.startswith(("comment.", "handover."))]


async def mails(world: World) -> list[str]:
    query = text("SELECT recipient FROM outbox WHERE occasion = 'mention' ORDER BY recipient")
    async with world.database.read() as connection:
        return list((await connection.execute(query)).scalars())


async def shown(world: World, who: str, i: UUID, **more: Any) -> dict[str, Any]:
    filters: dict[str, Any] = {"step_code": None, "kind": None, "before": None}
    async with world.database.read() as connection:
        return await comments_view(connection, world.people[who], i, **(filters | more))


async def test_whoever_sees_may_comment_and_those_named_hear(world: World) -> None:
    i = await world.iteration(PLAN)
    _, mentions = await say(world, "Vera", i, "@Dana <b>why</b>, @Vera? @nobody", step_code="TRT-1")
    assert mentions.unknown == ("nobody",)
    assert await mails(world) == ["dana@erp.example"]  # whoever writes needs no mail
    (entry,) = await told(world, i)
    assert (entry.type, entry.actor.name, entry.detail["stepCode"]) == ("comment.added", "Vera", "TRT-1")
    assert entry.detail["comment"]["body"] == "@Dana <b>why</b>, @Vera? @nobody"
    (comment,) = (await shown(world, "Arno", i, step_code="TRT-1"))["items"]
    assert comment["allowedActions"] == []
    assert {at["name"] for at in comment["mentions"]} == {"Dana", "Vera"}
    assert (await shown(world, "Arno", i, step_code="TRT-2"))["items"] == []


async def test_a_stranger_may_not_and_a_step_must_be_there(world: World) -> None:
    i = await world.iteration(PLAN)
    stranger = Caller(Person(world.people["Vera"].id, "Sam"))
    with pytest.raises(Forbidden):
        await add_comment(world.services, stranger, AddComment(i, "Hello"))
    with pytest.raises(NotFound, match="no step TRT-9 in CUTOVER"):
        await say(world, "Dana", i, "Hello", step_code="TRT-9")
    assert await told(world, i) == []


async def test_one_edits_ones_own_and_the_log_keeps_both(world: World) -> None:
    i = await world.iteration(PLAN)
    key, _ = await say(world, "Dana", i, "Ask @Marco", step_code="TRT-1")
    edit = EditComment(key, "Ask @Marco and @Lena", 1)
    with pytest.raises(Forbidden, match="Dana wrote this"):
        await edit_comment(world.services, Caller(world.people["Priya"]), edit)
    await edit_comment(world.services, Caller(world.people["Dana"]), edit)
    assert await mails(world) == ["lena@erp.example", "marco@erp.example"]  # Marco heard the first time alone
    change = (await told(world, i))[-1]
    assert (change.type, change.detail["comment"]["before"]) == (
        "comment.edited",
        {"body": "Ask @Marco", "version": 1},
    )
    assert change.detail["comment"]["after"] == {"body": "Ask @Marco and @Lena", "version": 2}
    with pytest.raises(Refused) as stale:
        await edit_comment(world.services, Caller(world.people["Dana"]), EditComment(key, "Third", 1))
    assert (stale.value.code, stale.value.params["current"]["version"]) == ("comment_changed", 2)
    await edit_comment(
        world.services, Caller(world.people["Dana"]), EditComment(key, "Ask @Marco and @Lena", 2)
    )
    assert len(await told(world, i)) == 2


async def test_a_deleted_one_keeps_its_place_and_the_log_its_words(world: World) -> None:
    i = await world.iteration(PLAN)
    key, _ = await say(world, "Dana", i, "Wrong night, @DBA")
    with pytest.raises(Forbidden, match="nobody else may delete it"):
        await delete_comment(world.services, Caller(world.people["Marco"]), DeleteComment(key, 1))
    await delete_comment(world.services, Caller(world.people["Dana"]), DeleteComment(key, 1))
    await delete_comment(world.services, Caller(world.people["Dana"]), DeleteComment(key, 1))
    (comment,) = (await shown(world, "Dana", i))["items"]
    assert (comment["body"], comment["mentions"], comment["allowedActions"]) == ("", [], [])
    assert comment["deletedAt"] is not None
    added, deleted = await told(world, i)
    assert (
        deleted.detail["comment"]["before"]["body"] == added.detail["comment"]["body"] == "Wrong night, @DBA"
    )
    with pytest.raises(Refused, match="was deleted at 21:30 CET"):
        await edit_comment(world.services, Caller(world.people["Dana"]), EditComment(key, "Again"))


async def test_a_team_that_is_named_hears(world: World) -> None:
    i = await world.iteration(PLAN)
    await say(world, "Priya", i, "@DBA: the window moved")
    assert {"dana@erp.example", "dba@erp.example"} >= set(await mails(world)) != set()


async def test_a_closed_iteration_stays_as_it_was_said(world: World) -> None:
    i = await world.iteration(PLAN)
    key, _ = await say(world, "Dana", i, "Nearly there")
    for code in ("TRT-1", "TRT-2"):
        await world.press("Priya", i, code, "skip", reason="not tonight")
    for button in ("complete", "close"):
        await world.move("Priya", i, button)
    with pytest.raises(Refused) as refused:
        await say(world, "Dana", i, "One more thing")
    assert refused.value.code == "iteration_closed"
    with pytest.raises(Refused):
        await edit_comment(world.services, Caller(world.people["Dana"]), EditComment(key, "Not so near"))
    view = await shown(world, "Dana", i)
    assert (view["mayAdd"], view["items"][0]["allowedActions"]) == (False, [])


async def test_a_hand_over_is_of_the_whole_night_and_the_newest_is_on_top(world: World) -> None:
    i = await world.iteration(PLAN)
    with pytest.raises(Invalid, match="whole iteration"):
        await say(world, "Priya", i, "All well", step_code="TRT-1", kind=CommentKind.HANDOVER)
    await say(world, "Priya", i, "First shift", kind=CommentKind.HANDOVER)
    await say(world, "Dana", i, "A comment")
    await say(world, "Marco", i, "Second shift", kind=CommentKind.HANDOVER)
    notes = await shown(world, "Vera", i, kind=CommentKind.HANDOVER)
    assert [note["body"] for note in notes["items"]] == ["Second shift", "First shift"]
    assert [entry.type for entry in await told(world, i)] == [
        "handover.added",
        "comment.added",
        "handover.added",
    ]


async def test_a_long_conversation_comes_page_by_page_and_none_twice(world: World) -> None:
    i = await world.iteration(PLAN)
    keys = [(await say(world, "Dana", i, f"{n}"))[0] for n in range(PAGE + 3)]
    first = await shown(world, "Dana", i)
    second = await shown(world, "Dana", i, before=first["next"])
    assert [one["id"] for one in first["items"] + second["items"]] == keys[::-1]
    assert second["next"] is None
