"""A night from the keyboard alone: every button of a step, the hold, several steps at once."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.e2e.conftest import Theatre
from tests.e2e.test_two_people import open_runsheet, start_cutover

DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
"""What a key changed is on the screen."""
FIRST, SECOND = "TRT-1020", "TRT-1030"


async def choose(page: Page, code: str) -> None:
    """Go to a step by J, as one does without a mouse."""
    await page.keyboard.press("Home")
    await page.evaluate(DRAWN)
    chosen = page.locator(f'[data-step="{code}"][data-selected]')
    for _ in range(20):
        if await chosen.count():
            return
        await page.keyboard.press("j")
        await page.evaluate(DRAWN)
    raise AssertionError(f"J does not lead to {code}")


async def expect_state(page: Page, code: str, state: str) -> None:
    await expect(page.locator(f'[data-step="{code}"]')).to_have_attribute("data-state", state)


async def say_why(page: Page, key: str, why: str) -> None:
    """Press a key that asks for a reason, and give it."""
    await page.keyboard.press(key)
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.type(why)
    await page.keyboard.press("Control+Enter")
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_a_step_goes_every_way_by_keys(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_runsheet(page, theatre)
        await start_cutover(page)
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(page.get_by_role("button", name="Hold")).to_be_visible()
        await choose(page, FIRST)
        await page.keyboard.press("a")
        await expect_state(page, FIRST, "activated")
        await page.keyboard.press("i")
        await expect(page.locator(f'[data-step="{FIRST}"]')).to_contain_text("Priya Nair has it")
        await page.keyboard.press("s")
        await expect_state(page, FIRST, "in_progress")
        await say_why(page, "b", "The line is down")
        await expect_state(page, FIRST, "blocked")
        await page.keyboard.press("b")
        await expect_state(page, FIRST, "in_progress")
        await page.keyboard.press("d")
        await expect_state(page, FIRST, "verifying")  # its tasks are open
        await page.keyboard.press("u")
        await expect_state(page, FIRST, "in_progress")
        await say_why(page, "f", "It does not answer")
        await expect_state(page, FIRST, "failed")
        await page.keyboard.press("t")
        await expect_state(page, FIRST, "ready")
        await say_why(page, "x", "Not needed tonight")
        await expect_state(page, FIRST, "skipped")
        await say_why(page, "r", "Needed after all")
        await expect_state(page, FIRST, "ready")


async def test_all_is_held_and_several_are_done_at_once_by_keys(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_runsheet(page, theatre)
        await start_cutover(page)
        await expect(page.get_by_role("dialog")).to_have_count(0)
        await expect(page.get_by_role("button", name="Hold")).to_be_visible()
        await say_why(page, "h", "A storm")
        await expect(page.get_by_test_id("hold-banner")).to_contain_text("A storm")
        await page.keyboard.press("h")
        await expect(page.get_by_role("dialog").get_by_role("button", name="Resume")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_test_id("hold-banner")).to_have_count(0)

        for code in (FIRST, SECOND):
            await choose(page, code)
            await page.keyboard.press("Space")
            await expect(page.locator(f'[data-step="{code}"]')).to_have_attribute("data-chosen", "true")
        bar = page.get_by_role("toolbar", name="Chosen steps")
        await expect(bar).to_contain_text("2 chosen")
        await bar.get_by_role("button", name="Activate").focus()
        await page.keyboard.press("Enter")
        await page.get_by_role("button", name="Activate 2 steps").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("dialog")).to_contain_text("2 of 2 done")
        await expect(page.get_by_role("dialog").locator("[data-autofocus]")).to_be_focused()
        await page.keyboard.press("Enter")
        await expect_state(page, FIRST, "activated")
        await expect_state(page, SECOND, "activated")
        await expect(bar).to_have_count(0)
