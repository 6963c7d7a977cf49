"""A pilot supposes a step away, by keyboard, sees what that would do to the night, and that nothing was changed."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from playwright.async_api import Page, expect

from tests.e2e.conftest import Theatre

CUTOVER = "/migrations/SWITCH/iterations/CUTOVER"
STEP = "TRT-0810"


async def open_command(page: Page, theatre: Theatre) -> str:
    """Go to the night that is live in the demo; return its id."""
    async with page.expect_response(re.compile(r"/api/v1/iterations/[0-9a-f-]+/board$")) as answer:
        await page.goto(f"{theatre.stack.base_url}{CUTOVER}/command")
    await expect(page.get_by_test_id("percent")).to_be_visible()
    return (await answer.value).url.split("/")[-2]


async def steps_of(page: Page, theatre: Theatre, iteration: str) -> list[tuple[Any, ...]]:
    address = f"{theatre.stack.base_url}/api/v1/iterations/{iteration}/board"
    board = await (await page.request.get(address)).json()
    return [(one["code"], one["state"], one["version"], one["plannedEnd"]) for one in board["steps"]]


async def suppose(page: Page, number: int, what: str) -> None:
    """Choose what a line supposes."""
    await page.get_by_role("combobox", name=f"Line {number}: what is supposed").click()
    await page.get_by_role("option", name=what).click()


async def test_a_pilot_supposes_a_skip_and_nothing_is_changed(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        iteration = await open_command(page, theatre)
        before = await steps_of(page, theatre, iteration)

        # By keyboard: the key, a few letters of its name, Enter, and on to what is supposed.
        await page.keyboard.press("Shift+W")
        dialog = page.get_by_role("dialog", name="What if… in CUTOVER")
        await expect(dialog.get_by_role("combobox", name="Line 1: step")).to_be_focused()
        await page.keyboard.type("services that keep")
        await expect(page.get_by_role("option", name=re.compile(STEP))).to_be_visible()
        for key in ("Enter", "Tab", "ArrowDown"):
            await page.keyboard.press(key)
        skipped = page.get_by_role("option", name="is skipped")
        await expect(skipped).to_be_visible()
        await page.keyboard.press("ArrowDown")
        await expect(skipped).to_have_attribute("data-combobox-selected", "true")
        await page.keyboard.press("Enter")
        await expect(dialog.get_by_test_id("supposition")).to_have_attribute("data-what", "skip")
        await expect(dialog.get_by_text("Nothing is changed by this.")).to_be_visible()

        await expect(dialog.get_by_test_id("what-if-summary")).to_contain_text("It would end")
        await expect(dialog.locator('[data-figure="Finish"]')).to_contain_text("earlier")
        await expect(dialog.get_by_test_id("path-change")).to_contain_text(STEP)
        await expect(dialog.get_by_text(re.compile(r"from event \d+.*times in UTC"))).to_be_visible()

        # Something more: another end of the window, from which a chance follows.
        await dialog.get_by_role("button", name="Suppose something more").click()
        await suppose(page, 2, "the window ends at")
        field = dialog.get_by_label("The window would end: date")
        tomorrow = str(date.fromisoformat(await field.input_value()) + timedelta(days=1))
        await field.fill(tomorrow)
        chances = dialog.locator('[data-figure="Inside the window"] td')
        await expect(chances.nth(1)).to_have_text("above 99 %")

        # Made real by the product's own dialogs; put away, they change nothing either.
        await dialog.get_by_role("button", name=f"Skip {STEP}…").click()
        skip = page.get_by_role("dialog", name=re.compile(f"Skip: {STEP}"))
        await expect(skip.get_by_label("Reason")).to_be_visible()
        await skip.get_by_role("button", name="Back").click()
        await page.keyboard.press("Shift+W")
        await expect(dialog.get_by_test_id("supposition")).to_have_count(2)
        await dialog.get_by_role("button", name="Change the terms of CUTOVER…").click()
        terms = page.get_by_role("dialog", name="Terms of CUTOVER")
        await expect(terms.get_by_label("Window ends: date")).to_have_value(tomorrow)
        await terms.get_by_role("button", name="Cancel").click()
        assert await steps_of(page, theatre, iteration) == before


async def test_a_viewer_asks_on_a_phone_and_is_offered_no_button(theatre: Theatre) -> None:
    async with theatre.as_person("Vera", width=360, height=740) as page:
        await open_command(page, theatre)
        await page.goto(f"{theatre.stack.base_url}{CUTOVER}?step={STEP}")
        await page.get_by_role("button", name=f"What if… of {STEP}").click()
        dialog = page.get_by_role("dialog", name="What if… in CUTOVER")
        await expect(dialog.get_by_role("combobox", name="Line 1: step")).to_have_value(re.compile(STEP))
        await expect(dialog.locator('[data-figure="Finish"]')).to_contain_text("later")
        await suppose(page, 1, "is skipped")
        await expect(dialog.locator('[data-figure="Finish"]')).to_contain_text("earlier")
        real = dialog.get_by_role("region", name="Make it real")
        await expect(real).to_contain_text(f"Skip is not offered to you for {STEP}")
        await expect(real.get_by_role("button")).to_have_count(0)
        assert await page.evaluate("document.documentElement.scrollWidth") == 360
