"""The planner by keyboard, and the macro-plan's one page opened from disk with the network off."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e.conftest import Theatre

PLANNER = "/migrations/ERP/iterations/CUTOVER/planner"


async def bar(page: Page, code: str) -> str:
    """What a screen reader says of a chapter's bar."""
    said = await page.locator(f'[data-chapter-bar="{code}"]').get_attribute("aria-valuetext")
    assert said is not None
    return said


async def test_a_chapter_is_moved_by_keyboard_and_saved_as_one_change(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await page.goto(theatre.stack.base_url + PLANNER)
        chapter = page.locator('[data-chapter-bar="C2"]')
        await chapter.focus()
        assert "Sat 01:00" in await bar(page, "C2")
        assert "derived from its steps" in await bar(page, "C2")
        await page.keyboard.press("ArrowRight")
        await page.keyboard.press("Shift+ArrowRight")
        assert "Sat 02:05" in await bar(page, "C2")
        assert "start typed, not saved" in await bar(page, "C2")
        await expect(page.get_by_role("region", name="Unsaved changes")).to_contain_text("1 change not saved")
        # Another view and back: what is typed is still there.
        await page.get_by_role("link", name="Controls").click()
        await page.get_by_role("link", name="Planner").click()
        await page.get_by_role("button", name="Save 1 change").click()
        await expect(page.get_by_role("region", name="Unsaved changes")).to_have_count(0)
        await page.reload()
        await expect(chapter).to_have_attribute("data-typed", "true")
        assert "Sat 02:05" in await bar(page, "C2")
        # An end that its steps cannot keep is told before it is saved, and gone when it is discarded.
        await chapter.focus()
        for _ in range(3):
            await page.keyboard.press("Control+Shift+ArrowLeft")
        await expect(page.locator('[data-conflict="too_short"]').first).to_contain_text("C2 is planned for")
        await page.get_by_role("button", name="Discard").click()
        await expect(page.locator('[data-conflict="too_short"]')).to_have_count(0)
    async with theatre.as_person("Vera", width=360, height=740) as page:
        await page.goto(theatre.stack.base_url + PLANNER)
        await expect(page.get_by_test_id("planner-read-only")).to_contain_text("a pilot's to change")
        await expect(page.get_by_test_id("planner-list")).to_contain_text("Sat 02:05")
        await expect(page.get_by_role("button", name="Change times")).to_have_count(0)
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= 360


async def test_of_two_pilots_nobodys_times_go_without_a_word(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as first, theatre.as_person("Marco") as second:
        for page in (first, second):
            await page.goto(theatre.stack.base_url + PLANNER)
            await page.locator('[data-chapter-bar="C2"]').focus()
        await second.keyboard.press("Shift+ArrowRight")
        await second.locator('[data-chapter-bar="E1"]').focus()
        await second.keyboard.press("Shift+ArrowRight")
        for _ in range(4):
            await first.keyboard.press("Shift+ArrowRight")
        await first.get_by_role("button", name="Save 1 change").click()
        # At once, without a press: who, to what, what was seen. C2 holds E1, which is elsewhere by that.
        told = second.locator('[data-overtaken="C2"]')
        await expect(told).to_contain_text("Priya Nair changed C2 at")
        await expect(told).to_contain_text(re.compile("it is from Sat .* 05:00 now. You saw Sat .* 01:00"))
        save = second.get_by_role("button", name="Save 2 changes")
        await expect(save).to_be_disabled()
        await told.get_by_role("button", name="Keep mine").click()
        other = second.locator('[data-overtaken="E1"]')
        await other.get_by_role("button", name="Take theirs").click()
        await second.get_by_role("button", name="Save 1 change").click()
        await expect(second.get_by_role("region", name="Unsaved changes")).to_have_count(0)
        assert "Sat 02:00" in await bar(second, "C2")
        await expect(first.locator('[data-chapter-bar="C2"]')).to_have_attribute(
            "aria-valuetext", re.compile("Sat 02:00")
        )


async def test_a_shift_says_where_to_before_it_is_done_and_not_into_the_past(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await page.goto(theatre.stack.base_url + PLANNER)
        await expect(page.get_by_text("No conflicts between chapters.")).to_be_visible()
        await page.get_by_role("button", name="Shift…").click()
        would = page.get_by_test_id("shift-would")
        await expect(would).to_contain_text(re.compile("Fri .* 18:30 instead of Fri .* 18:00"))
        minutes = page.get_by_label("By minutes")
        await minutes.fill("1.5")
        await expect(page.get_by_text("A whole number of minutes")).to_be_visible()
        await minutes.fill("-100000")
        await expect(page.get_by_text("and it has not begun. Nothing was changed.")).to_be_visible()
        await expect(
            page.get_by_role("dialog").get_by_role("button", name="Shift", exact=True)
        ).to_be_disabled()
        await minutes.fill("−30")
        await expect(would).to_contain_text(re.compile("Fri .* 17:30 instead of Fri .* 18:00"))
        # Somebody else shifts it while this is open: it waits until that was looked at.
        async with theatre.as_person("Marco") as other:
            await other.goto(theatre.stack.base_url + PLANNER)
            await other.get_by_role("button", name="Shift…").click()
            await other.get_by_role("dialog").get_by_role("button", name="Shift", exact=True).click()
            await expect(other.get_by_role("dialog")).to_have_count(0)
        await expect(page.get_by_text("changed last by Marco Rossi")).to_be_visible()
        await expect(
            page.get_by_role("dialog").get_by_role("button", name="Shift", exact=True)
        ).to_be_disabled()
        await page.get_by_role("button", name="Go on with it as it is now").click()
        await expect(would).to_contain_text(re.compile("Fri .* 18:00 instead of Fri .* 18:30"))
        await page.get_by_role("dialog").get_by_role("button", name="Shift", exact=True).click()
        await page.get_by_role("button", name="Fit to window…").click()
        await page.get_by_role("button", name="Fit to window", exact=True).click()
        await expect(page.get_by_text("It fits already: nothing was moved.").first).to_be_visible()


async def test_the_one_page_ticks_from_disk_with_the_network_off(theatre: Theatre, tmp_path: Path) -> None:
    async with theatre.as_person("Vera") as page:
        await page.goto(theatre.stack.base_url + "/migrations/SWITCH/iterations/CUTOVER")
        await page.get_by_role("button", name="Export the runsheet").click()
        async with page.expect_download() as coming:
            await page.locator('[data-export="page"]').click()
        file = tmp_path / "macro-plan.html"
        await (await coming.value).save_as(file)
    context = await theatre.browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("request", lambda request: told.append(request.url) if request.url != file.as_uri() else None)
    await page.goto(file.as_uri())
    clock = page.locator("#t")
    await expect(clock).to_contain_text("T+")
    first = await clock.inner_text()
    line = await page.locator("#now-line").get_attribute("x1")
    await page.wait_for_function("was => document.getElementById('t').textContent !== was", arg=first)
    await page.wait_for_function(
        "was => document.getElementById('now-line').getAttribute('x1') !== was", arg=line
    )
    await expect(page.locator("#age")).to_contain_text("Made")
    await expect(page.locator("#due")).not_to_be_empty()
    blocked = await page.evaluate(
        "() => { const one = document.createElement('script'); one.textContent = 'window.evil = 1';"
        " document.body.append(one); return window.evil }"
    )
    assert blocked is None  # by its own policy, which also says so in the console
    assert [one for one in told if "Content Security Policy" not in one] == []
    assert len(told) == 1
    await page.emulate_media(media="print")
    await expect(clock).to_be_hidden()
    await expect(page.locator("#stamp")).to_contain_text("As of event")
    await context.close()
