"""A gate that three people decide in three browsers, and a poll that waits in somebody's work."""

from __future__ import annotations

import asyncio
import json
import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import Theatre
from tests.e2e.test_two_people import RUNSHEET, open_runsheet, start_cutover

GATE, QUESTION = "GON-1090", "Begin the cutover?"
ASK = """async ([method, path, body, headers]) => {
  const said = { 'X-Tminus-Client': 'page', 'Content-Type': 'application/json', ...headers }
  const answer = await fetch('/api/v1' + path, { method, headers: said, ...(body === null ? {} : { body }) })
  return [answer.status, await answer.text()]
}"""


async def ask(page: Page, method: str, path: str, body: Any = None, **headers: str) -> Any:
    """Ask the API as whoever is signed in on the page; what it refuses fails the test."""
    sent = None if body is None else json.dumps(body)
    status, text = await page.evaluate(ASK, [method, path, sent, headers])
    assert status < 300, f"{method} {path}: {status} {text}"
    return json.loads(text)


async def erp(page: Page) -> tuple[str, str]:
    """Return (migration, iteration) of the ERP's cutover."""
    listed = (await ask(page, "GET", "/migrations"))["items"]
    migration = next(one for one in listed if one["key"] == "ERP")
    return migration["id"], next(one["id"] for one in migration["iterations"] if one["name"] == "CUTOVER")


async def make_approvers(admin: Page, *names: str) -> None:
    """Let people approve in the ERP's migration, beside what they are there."""
    migration, _ = await erp(admin)
    people = (await ask(admin, "GET", f"/migrations/{migration}/people"))["items"]
    for person in people:
        if person["name"].split()[0] in names:
            path = f"/migrations/{migration}/people/{person['userId']}/roles"
            body = {"roles": [*person["roles"], "approver"], "was": person["roles"]}
            await ask(admin, "PUT", path, body)


async def open_gate(pilot: Page, quorum: int) -> str:
    """Start the cutover, let its first gate ask at once, and say how many answers it takes; return the iteration."""
    await start_cutover(pilot)
    _, iteration = await erp(pilot)
    step = f"/iterations/{iteration}/steps/{GATE}"
    for before in (await ask(pilot, "GET", step))["predecessorRows"]:
        await ask(pilot, "POST", f"{step}/waive", {"reason": "Seen on site", "predecessor": before["code"]})
    decision = (await ask(pilot, "GET", step))["decision"]
    seen = {"If-Match": f'"{decision["version"]}"'}
    await ask(pilot, "PATCH", f"/decisions/{decision['id']}", {"quorum": quorum}, **seen)
    return iteration


async def decisions(page: Page, theatre: Theatre) -> Locator:
    """Open the screen of decisions; return the card of the gate's question that waits."""
    await page.goto(f"{theatre.stack.base_url}{RUNSHEET}/decisions")
    card = page.get_by_role("region", name="Waiting").get_by_role("article", name=QUESTION)
    await expect(card).to_have_attribute("data-status", "open")
    await page.evaluate("window.sameDocument = true")
    return card


async def fill(card: Locator, why: str) -> None:
    await card.get_by_label("Reason").fill(why)


async def press(card: Locator, answer: str) -> None:
    await card.locator(f"button[data-answer={answer}]").click()


async def test_three_decide_a_gate_two_of_them_at_once_and_the_dissent_is_kept(theatre: Theatre) -> None:
    async with (
        theatre.as_person("Adam") as adam,
        theatre.as_person("Priya") as priya,
        theatre.as_person("Arno") as arno,
        theatre.as_person("Marco") as marco,
        theatre.as_person("Lena", 390, 800) as lena,
    ):
        await make_approvers(adam, "Marco", "Lena")
        await open_runsheet(priya, theatre)
        await open_gate(priya, quorum=3)
        first, second, third = [await decisions(page, theatre) for page in (arno, marco, lena)]
        await fill(first, "All are here")
        await fill(second, "The line to Monterrey is slow")
        await asyncio.gather(press(first, "go"), press(second, "no_go"))
        # whoever came second has heard of the first, and who has said nothing yet of both; nobody reloads
        for card in (first, second, third):
            await expect(card.get_by_text("2 of 3 answers")).to_be_visible()
            await expect(card.get_by_text("All are here")).to_be_visible()
            await expect(card.get_by_text("The line to Monterrey is slow")).to_be_visible()
        await expect(first.get_by_label("Reason")).to_have_count(0)
        await fill(third, "Too slow for scanners")
        await press(third, "no_go")

        # no-go closes it everywhere, with the dissent beside it, and fails the gate
        for page in (arno, marco, lena):
            over = page.get_by_role("region", name="Over").get_by_role("article", name=QUESTION)
            await expect(over).to_have_attribute("data-status", "decided")
            await expect(over.locator("[data-outcome=no_go]")).to_be_visible()
            await expect(over.locator("[data-dissent]")).to_contain_text("Arno Dekker")
            assert await page.evaluate("window.sameDocument") is True
        gate = priya.locator(f'[role=row][data-step="{GATE}"]')
        await expect(gate).to_have_attribute("data-state", "failed")

        # tried again it asks anew, and what was said before stays
        await gate.click()
        await priya.keyboard.press("Escape")
        await priya.keyboard.press("t")
        await expect(gate).to_have_attribute("data-state", "ready")
        for page in (arno, marco):
            anew = page.get_by_role("region", name="Waiting").get_by_role("article", name=QUESTION)
            await expect(anew.get_by_text("0 of 1 answer")).to_be_visible()
        again = arno.get_by_role("region", name="Waiting").get_by_role("article", name=QUESTION)
        await fill(again, "The line is fast again")
        await press(again, "go")
        await expect(gate).to_have_attribute("data-state", "complete")
        await expect(
            marco.get_by_role("region", name="Over").get_by_role("article", name=QUESTION)
        ).to_have_count(2)


async def test_a_poll_waits_in_my_work_until_it_is_answered(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as priya, theatre.as_person("Dana", 390, 800) as dana:
        await dana.goto(f"{theatre.stack.base_url}/my-work")
        await expect(dana.get_by_role("heading", name="My work")).to_be_visible()
        _, iteration = await erp(priya)
        who = (await ask(dana, "GET", "/session"))["user"]["id"]
        poll = {"question": "Is the old database quiet?", "voters": [{"userId": who, "role": "databases"}]}
        await ask(priya, "POST", f"/iterations/{iteration}/decisions", {**poll, "quorum": 1})
        asked = dana.get_by_role("region", name="Asked of you")
        await expect(asked).to_contain_text("Is the old database quiet?", timeout=20_000)
        await expect(asked).to_contain_text("asked by Priya Nair")
        await asked.get_by_role("link", name=re.compile("Answer")).click()
        card = dana.get_by_role("article", name="Is the old database quiet?")
        await fill(card, "Nobody is signed in")
        await press(card, "go")
        await expect(card).to_have_attribute("data-status", "decided")
        await dana.goto(f"{theatre.stack.base_url}/my-work")
        await expect(dana.get_by_role("heading", name="My work")).to_be_visible()
        await expect(dana.locator("[data-asked]")).to_have_count(0)
