"""Messages and their templates at the door."""

from __future__ import annotations

from typing import Any

import httpx
from sqlalchemy import text

from tests.api.door import PAGE, sign_in
from tests.world import World, plan_of, step
from tminus.platform.settings import Settings

API = "/api/v1"


async def templates(world: World) -> str:
    return f"{API}/migrations/{world.migration_id}/message-templates"


async def ok(browser: httpx.AsyncClient, method: str, path: str, **more: Any) -> Any:
    answer = await browser.request(method, path, headers=PAGE, **more)
    assert answer.is_success, answer.text
    return answer.json()


async def test_templates_are_listed_saved_and_shown_with_their_fault(
    world: World, browser: httpx.AsyncClient, config: Settings
) -> None:
    await sign_in(browser, world, config, "Priya")
    path = await templates(world)
    items = (await ok(browser, "GET", path))["items"]
    hold = next(one for one in items if one["occasion"] == "hold")
    assert (len(items), hold["newest"], hold["used"]["number"], hold["mayEdit"]) == (13, 0, 0, True)
    assert {word["name"] for word in hold["words"]} == {"iteration", "migration", "link", "reason", "by"}
    body = {"subject": "Stop", "body": "one\n{% if %}", "seen": 0}
    saved = await ok(browser, "PUT", f"{path}/hold", json=body)
    assert saved["template"]["faulty"]["errorLine"] == 2
    assert saved["template"]["used"]["number"] == 0
    assert [one["number"] for one in saved["versions"]] == [1, 0]
    answer = await browser.put(f"{path}/hold", headers=PAGE, json=body)
    assert (answer.status_code, answer.json()["code"]) == (409, "template_changed")
    for wrong in (
        {"subject": "", "body": ""},
        {"subject": "x", "body": "x" * 20_001},
        {"subject": "\u202e", "body": ""},
    ):
        assert (await browser.put(f"{path}/hold", headers=PAGE, json={**wrong, "seen": 1})).status_code == 422
    assert (await browser.get(f"{path}/nothing", headers=PAGE)).status_code == 404


async def test_a_preview_has_the_real_step_and_sends_nothing(
    world: World, browser: httpx.AsyncClient, config: Settings
) -> None:
    await sign_in(browser, world, config, "Vera")
    i = await world.iteration(plan_of(step("TRT-1", instructions="Stop.")))
    path = f"{await templates(world)}/activated/preview"
    words = {"subject": "{{ code }}", "body": "{{ team }}: {{ instructions }} {{ note }}"}
    shown = await ok(browser, "POST", path, json={**words, "iterationId": str(i), "stepCode": "TRT-1"})
    assert shown["subject"] == "TRT-1"
    assert shown["body"].startswith("Databases: Stop. Mind the replica.\n\nhttp://tminus.example/")
    assert (await ok(browser, "POST", path, json=words))["subject"] == "TRT-1010"
    broken = await ok(browser, "POST", path, json={"subject": "x", "body": "a\n{{ cod }}"})
    assert (broken["errorLine"], broken["body"]) == (2, None)
    async with world.database.read() as connection:
        assert (await connection.execute(text("SELECT count(*) FROM outbox"))).scalar_one() == 0


async def test_the_pilot_reads_the_message_before_it_goes_and_sends_other_words(
    world: World, browser: httpx.AsyncClient, config: Settings
) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    at = f"{API}/iterations/{i}/steps/TRT-1"
    await sign_in(browser, world, config, "Priya")
    shown = await ok(browser, "GET", f"{at}/activation-message")
    assert [one["address"] for one in shown["recipients"]] == ["dana@erp.example", "dba@erp.example"]
    assert (shown["comms"], shown["suppressed"]) == ("on", False)
    assert shown["sentence"] == "It goes to 2 addresses."
    assert "Priya activated it at 21:30 CET." in shown["body"]
    own = {"subject": "Now", "body": "Begin <now>."}
    await ok(browser, "POST", f"{at}/activate", json={"message": own})
    rows = await ok(browser, "GET", f"{API}/iterations/{i}/messages?step=TRT-1")
    assert {(one["subject"], one["status"], one["occasion"]) for one in rows["items"]} == {
        ("Now", "queued", "activated")
    }
    assert rows["counts"] == {"queued": 2}


async def test_what_needs_care_is_listed_with_a_number_to_call_and_sent_again_once(
    world: World, browser: httpx.AsyncClient, config: Settings
) -> None:
    i = await world.iteration(plan_of(step("TRT-1")))
    await world.press("Priya", i, "TRT-1", "activate")
    async with world.database.engine.begin() as connection:
        await connection.execute(text("UPDATE teams SET phone = '+49 30 1' WHERE code = 'DBA'"))
        await connection.execute(
            text("UPDATE outbox SET status = 'uncertain', last_error = 'cut' WHERE recipient LIKE 'dba@%'")
        )
    await sign_in(browser, world, config, "Priya")
    path = f"{API}/iterations/{i}/messages"
    found = await ok(browser, "GET", f"{path}?care=true")
    (row,) = found["items"]
    assert (row["phone"], row["teamName"], row["allowedActions"]) == (
        "+49 30 1",
        "Databases",
        ["resend", "handled"],
    )
    assert found["unhandled"] == 1
    resend = f"{API}/messages/{row['id']}/resend"
    for _ in range(2):  # the same press, sent twice
        await ok_with(browser, resend, "press-1")
    answer = await browser.post(resend, headers=PAGE)
    assert (answer.status_code, answer.json()["code"]) == (409, "message_handled")
    after = await ok(browser, "GET", path)
    assert (after["unhandled"], len(after["items"])) == (0, 3)
    assert [one["status"] for one in after["items"] if one["resendOf"] == row["id"]] == ["queued"]
    assert (await ok(browser, "GET", f"{path}?status=uncertain"))["items"][0]["handledBy"] == "Priya"


async def ok_with(browser: httpx.AsyncClient, path: str, key: str) -> None:
    answer = await browser.post(path, headers={**PAGE, "Idempotency-Key": key})
    assert answer.is_success, answer.text
