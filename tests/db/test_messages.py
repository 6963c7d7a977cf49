"""Who hears of what, in whose words, and what becomes of a message that did not arrive."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from tests.world import World, plan_of, step
from tminus.kernel.errors import Forbidden, NotFound, Refused
from tminus.notify.commands.bounce import message_bounced
from tminus.notify.commands.save_template import SaveTemplate, save_template
from tminus.notify.commands.see_to_message import handle_message, resend_message
from tminus.notify.readers.bounce import NoBounce, read_bounce
from tminus.people.domain.rights import Person
from tminus.platform.unit_of_work import unit_of_work
from tminus.runbook.commands.services import Caller
from tminus.runbook.commands.step import load_iteration
from tminus.runbook.domain.occasion import Occasion, Telling, Wording
from tminus.runbook.domain.state import Comms
from tminus.runbook.events import iteration_fact

MACHINE = Person(None, "cli:tester", machine=True)
BOUNCES = Path(__file__).parents[1] / "unit" / "bounces"


async def outbox(world: World, occasion: str | None = None) -> list[Any]:
    query = (
        "SELECT * FROM outbox WHERE occasion = :o OR CAST(:o AS text) IS NULL ORDER BY recipient, queued_at"
    )
    async with world.database.read() as connection:
        return list(await connection.execute(text(query), {"o": occasion}))


async def run_sql(world: World, statement: str, **values: object) -> None:
    async with world.database.engine.begin() as connection:
        await connection.execute(text(statement), values)


async def facts(world: World, type_: str) -> list[Any]:
    async with world.database.read() as connection:
        return list(
            await connection.execute(text("SELECT * FROM event_log WHERE type = :type"), {"type": type_})
        )


async def tell(world: World, iteration_id: UUID, *tellings: Telling) -> None:
    async with unit_of_work(world.database, world.migration_id, world.people["Priya"].actor) as tx:
        iteration = await load_iteration(tx, iteration_id)
        tx.record(iteration_fact("test.told", "Something was told", iteration_id, {}, {}))
        await world.services.messages.tell(tx, iteration, tellings)


async def recipients(world: World, occasion: str) -> list[str]:
    return [row.recipient for row in await outbox(world, occasion)]


# Whom it reaches.


async def test_a_hold_reaches_every_team_with_something_open_and_the_pilots(world: World) -> None:
    plan = plan_of(step("TRT-1"), step("TRT-2", "TRT-1", team="APP"), step("TRT-3", team=None))
    i = await world.iteration(plan)
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    await world.move("Priya", i, "hold", reason="The replica <lags>.")
    assert await recipients(world, "hold") == ["app@erp.example", "marco@erp.example", "priya@erp.example"]
    row = (await outbox(world, "hold"))[0]
    assert row.team_id == world.teams["APP"]
    assert "Priya: The replica <lags>." in row.body_text
    assert "The replica &lt;lags&gt;." in row.body_html


async def test_a_failure_reaches_the_team_and_the_pilots_a_completion_the_next_team(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1"), step("TRT-2", "TRT-1", team="APP"), step("TRT-9")))
    await world.press("Dana", i, "TRT-9", "start")
    await world.press("Dana", i, "TRT-9", "fail", reason="Disk full.")
    failed = await recipients(world, "failed")
    assert failed == ["dana@erp.example", "dba@erp.example", "marco@erp.example", "priya@erp.example"]
    assert "Failed, reported by Dana: Disk full." in (await outbox(world, "failed"))[0].body_text
    await world.press("Dana", i, "TRT-1", "start")
    await world.press("Dana", i, "TRT-1", "complete")
    assert await recipients(world, "completed") == ["app@erp.example"]


async def test_a_mention_reaches_whom_it_names_each_address_once(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    dana, vera = world.people["Dana"].id, world.people["Vera"].id
    assert dana and vera
    await run_sql(world, "UPDATE users SET active = false WHERE name = 'Vera'")
    words = {"who": "Priya", "body": "{{ code }} <b>"}
    await tell(world, i, Telling(Occasion.MENTION, None, (world.teams["DBA"],), (dana, vera), words))
    assert await recipients(world, "mention") == ["dana@erp.example", "dba@erp.example"]
    body = (await outbox(world, "mention"))[0].body_text
    assert "{{ code }} <b>" in body  # what people write is no template
    assert "Priya wrote:" in body


# Personal links.


async def asked_with_link(world: World, comms: Comms) -> list[Any]:
    i = await world.iteration(plan_of(step("TRT-1")), comms=comms)
    arno, marco = world.people["Arno"].id, world.people["Marco"].id
    assert arno and marco
    links = {arno: "/d/SECRET-ARNO", marco: "/d/SECRET-MARCO"}
    words = {"question": "Go?"}
    await tell(world, i, Telling(Occasion.DECISION_ASKED, users=(arno, marco), words=words, links=links))
    return await outbox(world, "decision_asked")


async def test_a_personal_link_goes_to_its_person_alone_and_its_row_is_secret(world: World) -> None:
    arno, marco = await asked_with_link(world, Comms.ON)
    assert (arno.recipient, arno.secret, marco.secret) == ("arno@erp.example", True, True)
    assert "/d/SECRET-ARNO" in arno.body_text
    assert "MARCO" not in arno.body_text
    assert "MARCO" not in arno.body_html


@pytest.mark.parametrize("comms", [Comms.TEST, Comms.OFF])
async def test_a_personal_link_is_in_no_message_that_is_read_by_others_or_kept(
    world: World, comms: Comms
) -> None:
    for row in await asked_with_link(world, comms):
        assert "SECRET" not in row.body_text + row.body_html
        assert not row.secret


# In whose words.


async def save(world: World, body: str, seen: int, who: str = "Priya", subject: str = "{{ code }}!") -> None:
    words = Wording(subject, body)
    command = SaveTemplate(world.migration_id, Occasion.ACTIVATED, words, seen)
    await save_template(world.database, Caller(world.people[who]), command)


async def test_the_users_words_are_used_and_what_is_wrong_in_newer_ones_is_kept_beside(world: World) -> None:
    await save(world, "Go on, {{ team }}: {{ instructions }}", 0)
    await save(world, "one\n{{ tem }}", 1)
    i = await world.iteration(plan_of(step("TRT-1", instructions="Stop <b>.")))
    await world.press("Priya", i, "TRT-1", "activate")
    row = (await outbox(world, "activated"))[0]
    assert row.subject == "TRT-1!"
    assert row.body_text.startswith("Go on, Databases: Stop <b>.\n\nhttp://tminus.example/")
    async with world.database.read() as connection:
        query = "SELECT number, error, error_line FROM message_templates ORDER BY number"
        good, bad = await connection.execute(text(query))
    assert (good.error, bad.error_line) == (None, 2)
    assert bad.error == "There is no word “tem” here. Did you mean “team”?"
    first, second = await facts(world, "message_template.saved")
    assert first.detail["before"]["number"] == 0
    assert (second.detail["after"]["number"], second.detail["after"]["error"]) == (2, bad.error)


async def test_words_that_cannot_be_filled_on_the_night_give_way_to_the_built_in_ones(world: World) -> None:
    await save(world, "fine", 0)
    await run_sql(world, "UPDATE message_templates SET body = '{{ note.x.y }}'")
    i = await world.iteration(plan_of(step("TRT-1")))
    done = await world.press("Priya", i, "TRT-1", "activate")
    assert done.step.state == "activated"
    assert "may begin TRT-1" in (await outbox(world, "activated"))[0].body_text


async def test_two_who_save_at_once_do_not_overwrite_each_other(world: World) -> None:
    await save(world, "mine", 0)
    with pytest.raises(Refused, match="Priya saved version 1") as refused:
        await save(world, "theirs", 0, who="Marco")
    assert (refused.value.code, refused.value.params["newest"]) == ("template_changed", 1)


async def test_only_a_pilot_writes_templates(world: World) -> None:
    with pytest.raises(Forbidden):
        await save(world, "mine", 0, who="Dana")


async def test_the_pilots_own_words_go_out_as_they_are(world: World) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    own = Wording("Now {{ code }}", "Begin <now>, {{ team }}.")
    await world.press("Priya", i, "TRT-1", "activate", message=own)
    row = (await outbox(world, "activated"))[0]
    assert row.subject == "Now {{ code }}"
    assert "Begin <now>, {{ team }}." in row.body_text
    assert "Begin &lt;now&gt;, {{ team }}." in row.body_html
    assert "?step=TRT-1" in row.body_text


# What did not arrive.


async def undelivered(world: World, status: str = "failed") -> Any:
    i = await world.iteration(plan_of(step("TRT-1")))
    await world.press("Priya", i, "TRT-1", "activate")
    await run_sql(world, "UPDATE outbox SET status = 'sent'")
    await run_sql(
        world,
        "UPDATE outbox SET status = :s, last_error = 'no answer' WHERE recipient = 'dba@erp.example'",
        s=status,
    )
    return next(row for row in await outbox(world) if row.recipient == "dba@erp.example")


@pytest.mark.parametrize("status", ["failed", "uncertain"])
async def test_a_message_sent_again_is_a_new_row_and_the_old_one_is_handled(
    world: World, status: str
) -> None:
    old = await undelivered(world, status)
    key = await resend_message(world.database, Caller(world.people["Priya"]), old.id)
    rows = {row.id: row for row in await outbox(world)}
    again, before = rows[key], rows[old.id]
    assert (again.status, again.resend_of, again.recipient) == ("queued", old.id, old.recipient)
    assert again.message_id != old.message_id
    assert (again.subject, again.body_text, again.body_html) == (old.subject, old.body_text, old.body_html)
    assert (before.status, before.handled_by, before.handled_note) == (status, "Priya", "Sent again")
    with pytest.raises(Refused, match="Priya has seen to this message already"):
        await resend_message(world.database, Caller(world.people["Marco"]), old.id)
    assert len(await outbox(world)) == 3
    (fact,) = await facts(world, "message.resent")
    assert fact.detail["messageId"] == str(old.id)


async def test_what_was_sent_is_not_sent_again_by_hand(world: World) -> None:
    await undelivered(world)
    sent = next(row for row in await outbox(world) if row.status == "sent")
    with pytest.raises(Refused, match="This message is sent") as refused:
        await resend_message(world.database, Caller(world.people["Priya"]), sent.id)
    assert refused.value.code == "message_not_failed"


async def test_reached_by_phone_is_noted_and_only_a_pilot_notes_it(world: World) -> None:
    old = await undelivered(world)
    with pytest.raises(Forbidden):
        await handle_message(world.database, Caller(world.people["Dana"]), old.id, "Called.")
    await handle_message(world.database, Caller(world.people["Priya"]), old.id, "Called.")
    row = next(row for row in await outbox(world) if row.id == old.id)
    assert (row.handled_note, row.status, row.body_text) == ("Called.", "failed", old.body_text)
    (fact,) = await facts(world, "message.handled")
    assert fact.detail["note"] == "Called."


async def test_a_secret_that_was_sent_cannot_be_sent_again(world: World) -> None:
    old = await undelivered(world)
    await run_sql(world, "UPDATE outbox SET secret = true, body_text = '' WHERE id = :id", id=old.id)
    with pytest.raises(Refused, match="held a personal link") as refused:
        await resend_message(world.database, Caller(world.people["Priya"]), old.id)
    assert refused.value.code == "message_erased"


async def test_a_bounce_marks_the_message_it_is_about(world: World) -> None:
    old = await undelivered(world)
    await run_sql(world, "UPDATE outbox SET status = 'sent', last_error = NULL")
    content = (BOUNCES / "postfix.eml").read_bytes().replace(b"<MESSAGE-ID>", old.message_id.encode())
    bounce = read_bounce(content)
    for _ in range(2):  # the second reading changes nothing
        assert (await message_bounced(world.database, MACHINE, bounce)).id == old.id
    row = next(row for row in await outbox(world) if row.id == old.id)
    assert row.status == "failed"
    assert row.last_error == "It came back: 5.1.1 550 5.1.1 <dba@erp.example>: Recipient address rejected"
    assert len(await facts(world, "message.bounced")) == 1


async def test_a_bounce_of_something_else_changes_nothing(world: World) -> None:
    bounce = read_bounce((BOUNCES / "postfix.eml").read_bytes())
    with pytest.raises(NotFound, match="none of this Tminus's"):
        await message_bounced(world.database, MACHINE, bounce)
    old = await undelivered(world)
    await run_sql(world, "UPDATE outbox SET status = 'suppressed' WHERE id = :id", id=old.id)
    content = (BOUNCES / "postfix.eml").read_bytes().replace(b"<MESSAGE-ID>", old.message_id.encode())
    with pytest.raises(Refused, match="cannot have come back"):
        await message_bounced(world.database, MACHINE, read_bounce(content))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (b"multipart/report", b"multipart/mixed", "not a delivery status notification"),
        (b"Action: failed", b"Action: delayed", "no delivery that failed for good"),
        (b"message/delivery-status", b"text/plain", "no delivery status in it"),
        (b"Message-Id: <MESSAGE-ID>", b"X-Other: 1", "does not bring back the Message-ID"),
    ],
)
def test_what_is_no_bounce_is_said_to_be_none(old: bytes, new: bytes, words: str) -> None:
    content = (BOUNCES / "postfix.eml").read_bytes()
    assert old in content
    with pytest.raises(NoBounce, match=words):
        read_bounce(content.replace(old, new))


def test_a_bounce_that_brings_the_headers_alone_is_read() -> None:
    content = (BOUNCES / "postfix.eml").read_bytes().replace(b"message/rfc822", b"text/rfc822-headers")
    assert read_bounce(content).message_id == "<MESSAGE-ID>"


@pytest.mark.parametrize("content", [b"", b"\x00\xff" * 100, b"Content-Type: multipart/report\n\nx"])
def test_rubbish_is_no_bounce(content: bytes) -> None:
    with pytest.raises(NoBounce):
        read_bounce(content)
