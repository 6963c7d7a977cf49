"""The night against time and as a network: scrolled, zoomed, folded and gone about in by mouse and by keys."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import Theatre

BANK = "/migrations/BANK/iterations/RUN1"
SWITCH = "/migrations/SWITCH/iterations/CUTOVER"


async def open_gantt(page: Page, theatre: Theatre, iteration: str, search: str = "") -> None:
    await page.goto(f"{theatre.stack.base_url}{iteration}/gantt{search}")
    await expect(page.locator("[data-gantt]").first).to_be_visible()


async def open_graph(page: Page, theatre: Theatre, iteration: str, search: str = "") -> None:
    await page.goto(f"{theatre.stack.base_url}{iteration}/graph{search}")
    await expect(page.locator("[data-node]").first).to_be_visible()


async def paper_width(page: Page) -> float:
    """Return how wide the whole time is drawn, in pixels."""
    return float(await page.get_by_test_id("gantt-paper").get_attribute("width") or 0)


async def middle(locator: Locator) -> float:
    """Return how far down the screen the middle of a thing is."""
    box = await locator.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2


async def test_the_gantt_draws_what_is_on_screen_of_a_thousand_steps(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_gantt(page, theatre, BANK)
        grid = page.get_by_role("treegrid")
        assert int(await grid.get_attribute("aria-rowcount") or 0) > 1_160
        first = await page.locator("[data-gantt]").first.get_attribute("data-gantt")
        assert await page.locator("[data-gantt]").count() < 60
        await page.mouse.move(1000, 600)
        await page.mouse.wheel(0, 20_000)
        await expect(page.locator(f'[data-gantt="{first}"]')).to_have_count(0)
        await expect(page.locator("[data-gantt]").first).to_be_visible()
        assert await page.locator("[data-gantt]").count() < 60
        drawn = await page.locator("[data-bars]").evaluate_all("all => all.map(one => one.dataset.bars)")
        heads = await page.locator("[data-gantt]").evaluate_all("all => all.map(one => one.dataset.gantt)")
        assert drawn == heads
        assert await page.get_by_test_id("gantt-paper").locator("*").count() < 400


async def test_the_gantt_is_zoomed_by_keys_and_wheel_and_its_address_keeps_it(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_gantt(page, theatre, BANK)
        await expect(page.get_by_test_id("axis-zone")).to_have_text(re.compile(r"CET.*Europe/Berlin, 24 h"))
        await page.keyboard.press("0")
        await expect(page).to_have_url(re.compile(r"zoom=0$"))
        fitted = await paper_width(page)
        await page.keyboard.press("+")
        await expect(page).to_have_url(re.compile(r"zoom=[1-9]"))
        zoom = float(page.url.split("zoom=")[1])
        nearer = await paper_width(page)
        assert nearer > fitted
        await page.mouse.move(1000, 600)
        await page.keyboard.down("Control")
        await page.mouse.wheel(0, -240)
        await page.keyboard.up("Control")
        await page.wait_for_function(
            "least => Number(document.querySelector('[data-testid=gantt-paper]').getAttribute('width')) > least",
            arg=nearer,
        )
        nearest = await paper_width(page)
        await page.wait_for_function(
            "least => Number(new URL(location).searchParams.get('zoom')) > least", arg=zoom
        )
        await page.reload()
        await expect(page.locator("[data-gantt]").first).to_be_visible()
        assert abs(await paper_width(page) - nearest) < nearest / 100


async def test_the_gantt_by_keyboard_folds_opens_and_goes_to_what_a_step_is_tied_to(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_gantt(page, theatre, BANK)
        rows = page.locator("[data-gantt]")
        await page.keyboard.press("j")
        await expect(rows.nth(0)).to_have_attribute("aria-selected", "true")
        await page.keyboard.press("ArrowLeft")
        await expect(rows.nth(0)).to_have_attribute("aria-expanded", "false")
        await expect(rows.nth(1)).to_have_attribute("aria-level", "1")
        await page.keyboard.press("ArrowRight")
        await expect(rows.nth(1)).to_have_attribute("aria-level", "2")
        for _ in range(3):
            await page.keyboard.press("j")
        step = await rows.nth(3).get_attribute("data-gantt")
        await expect(rows.nth(3)).to_have_attribute("aria-selected", "true")
        await page.keyboard.press("Enter")
        await expect(page.locator(f'[data-panel="{step}"]')).to_be_visible()
        await expect(page).to_have_url(re.compile(f"step={step}"))
        await page.keyboard.press("Escape")
        await expect(page.locator("[data-panel]")).to_have_count(0)
        tie = page.get_by_test_id("gantt-ties").get_by_role("button").first
        code = (await tie.text_content() or "").split()[0]
        await tie.click()
        await expect(page.locator(f'[data-gantt="{code}"]')).to_have_attribute("aria-selected", "true")


async def test_the_gantt_of_a_live_night_goes_to_now_and_takes_the_zone_of_the_switch(
    theatre: Theatre,
) -> None:
    async with theatre.as_person("Priya") as page:
        await open_gantt(page, theatre, SWITCH)
        await page.keyboard.press("n")
        await expect(page.get_by_role("button", name="Go to now")).to_be_visible()
        now = page.get_by_text("now", exact=True)
        await expect(now).to_be_in_viewport()
        await expect(page.get_by_test_id("axis-zone")).to_have_text("UTC 24 h")
        row = page.locator('[data-gantt][data-kind="step"]').first
        await page.mouse.move(1000, await middle(row))
        tip = page.get_by_test_id("gantt-tip")
        await expect(tip).to_contain_text("Planned: ")
        await expect(tip).to_contain_text(await row.get_attribute("data-gantt") or "?")


async def test_the_gantt_shares_the_filters_of_the_runsheet_and_fits_a_phone(theatre: Theatre) -> None:
    async with theatre.as_person("Priya", 360, 740) as page:
        await open_gantt(page, theatre, SWITCH, "?state=complete")
        await expect(page.locator('[data-kind="step"] [data-state="complete"]').first).to_be_visible()
        await expect(page.locator('[data-kind="step"] [data-state="not_ready"]')).to_have_count(0)
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360
        await page.goto(f"{theatre.stack.base_url}{SWITCH}/gantt?q=no+step+is+called+that")
        await expect(page.get_by_test_id("nothing")).to_be_visible()


async def test_the_graph_unfolds_chapters_and_its_address_keeps_them(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_graph(page, theatre, SWITCH)
        chapter = page.get_by_role("button", name=re.compile("^Chapter 03-A"))
        await expect(chapter).to_have_attribute("aria-expanded", "false")
        await chapter.click()
        await expect(chapter).to_have_attribute("aria-expanded", "true")
        await expect(page.locator('[data-node="TRT-0310"]')).to_be_visible()
        await expect(page).to_have_url(re.compile("open=03-A"))
        await page.reload()
        await expect(page.locator('[data-node="TRT-0310"]')).to_be_visible()
        await page.locator('[data-node="TRT-0310"]').focus()
        await page.keyboard.press("Enter")
        await expect(page.locator('[data-panel="TRT-0310"]')).to_be_visible()
        await page.get_by_role("button", name="Unfold all").click()
        steps = page.locator("[data-node][data-state]")
        await page.get_by_role("button", name="Fold all", exact=True).click()
        await expect(steps).to_have_count(0)


async def test_the_graph_finds_a_step_and_goes_about_by_arrow_keys(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_graph(page, theatre, BANK)
        assert await page.locator("[data-node][data-state]").count() == 0
        await page.keyboard.press("/")
        await page.keyboard.type("TRT-00005")
        await page.get_by_role("option", name=re.compile("^TRT-00005 ")).click()
        found = page.locator('[data-node="TRT-00005"]')
        await expect(found).to_be_in_viewport()
        await expect(found).to_have_attribute("tabindex", "0")
        await found.focus()
        await page.keyboard.press("ArrowRight")
        await expect(found).to_have_attribute("tabindex", "-1")
        await page.get_by_role("button", name="Unfold all").click()
        await page.keyboard.press("0")
        # Far away, thousands of boxes are a few shapes.
        await expect(page.locator("[data-node][data-state]")).not_to_have_count(0)
        await page.wait_for_function("document.querySelectorAll('[data-node][data-state]').length < 5")
