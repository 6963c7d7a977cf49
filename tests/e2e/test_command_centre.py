"""The pilot's screen while a member works: counts, percentage and the Now list move without a reload."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.e2e.conftest import Theatre
from tests.e2e.test_two_people import CODE, open_runsheet, start_cutover

COMMAND = "/migrations/ERP/iterations/CUTOVER/command"


async def expect_count(page: Page, state: str, number: int) -> None:
    await expect(page.locator(f'[data-count="{state}"] b')).to_have_text(str(number))


async def test_the_pilot_sees_a_member_work_and_holds_the_night(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as priya, theatre.as_person("Dana", 360, 740) as dana:
        await open_runsheet(priya, theatre)
        await start_cutover(priya)
        # From the runsheet to the command centre, which has an address of its own.
        await priya.get_by_role("link", name="Command centre").click()
        await priya.wait_for_url(f"**{COMMAND}")
        await expect(priya.get_by_test_id("done-total")).to_have_text("0 of 118 steps")
        # Grey until the worker has made the first forecast; then with the chance.
        lit = expect(priya.get_by_test_id("rag"))
        await lit.to_have_attribute("data-color", re.compile("green|amber|red"), timeout=60_000)
        await lit.to_contain_text("chance")
        line = priya.locator(f'[data-now="{CODE}"]')
        await expect(line).to_contain_text("Ready")
        await priya.evaluate("window.sameDocument = true")

        # By keyboard: the line is chosen and its team told; the panel opens beside.
        codes = await priya.locator("[data-now]").evaluate_all("rows => rows.map(row => row.dataset.now)")
        for _ in range(codes.index(CODE) + 1):
            await priya.keyboard.press("j")
        await expect(line).to_have_attribute("data-chosen", "true")
        await priya.keyboard.press("a")
        await expect(line).to_contain_text("Activated")
        await priya.keyboard.press("Enter")
        await priya.wait_for_url(f"**{COMMAND}?step={CODE}")
        await expect(priya.get_by_role("complementary", name="Step")).to_contain_text(CODE)
        await priya.keyboard.press("Escape")

        # The member has it, starts, and is done; nobody reloads.
        await dana.goto(f"{theatre.stack.base_url}/my-work")
        await dana.get_by_role("button", name=f"I have it {CODE}").click()
        await expect(line).to_contain_text("Dana Kim has it")
        await dana.get_by_role("button", name=f"Start {CODE}").click()
        await expect(line).to_contain_text("In progress")
        await expect_count(priya, "in_progress", 1)
        await dana.get_by_role("checkbox", name=re.compile(f"{CODE}-1")).click()
        await dana.get_by_role("button", name=f"Done {CODE}").click()
        await expect(line).to_have_count(0)
        await expect_count(priya, "in_progress", 0)
        await expect(priya.get_by_test_id("done-total")).to_have_text("1 of 118 steps")
        assert await priya.evaluate("window.sameDocument") is True
        assert await dana.evaluate("document.documentElement.scrollWidth") == 360

        # Hold is one key and a reason away; what is on hold cannot be activated.
        await priya.keyboard.press("h")
        dialog = priya.get_by_role("dialog")
        await dialog.get_by_label("Reason").fill("The network is down")
        await dialog.get_by_role("button", name="Hold").click()
        await expect(priya.get_by_test_id("hold-banner")).to_contain_text("The network is down")
        await expect(priya.locator('[data-now] [data-action="activate"]')).to_have_count(0)
