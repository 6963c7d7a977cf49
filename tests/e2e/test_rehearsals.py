"""A pilot looks at two rehearsals side by side, and takes over what they taught into a draft."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.e2e.conftest import Theatre


async def open_rehearsals(page: Page, theatre: Theatre) -> None:
    """Go there as people do: from the plan on the migration's page."""
    await page.goto(theatre.stack.base_url + "/migrations/ERP")
    await page.get_by_role("link", name="Rehearsals side by side").click()
    await expect(page.get_by_role("grid", name="Rehearsals side by side")).to_be_visible()


async def test_a_pilot_takes_over_what_two_rehearsals_taught(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_rehearsals(page, theatre)
        heads = page.get_by_role("columnheader")
        await expect(heads.filter(has_text="RUN1")).to_contain_text("2 skipped")
        await expect(heads.filter(has_text="DR1")).to_contain_text("of planned")
        await expect(page.get_by_text("Not begun: CUTOVER.")).to_be_visible()

        # What stands out is one press away, and the keys lead to the step in its iteration.
        await page.get_by_text(re.compile(r"^Failed \d")).click()
        row = page.locator('[role=row][data-step="TRT-5040"]')
        await expect(row.get_by_role("gridcell").first).to_contain_text("failed, 2 attempts")
        await expect(page).to_have_url(re.compile("show=failed"))
        await page.get_by_role("grid").focus()
        for key in ("Home", "ArrowRight", "Enter"):
            await page.keyboard.press(key)
        await page.wait_for_url(re.compile(r"/iterations/DR1\?step=TRT-"))
        await page.go_back()

        # A duration becomes an edit of a draft that is begun for it.
        duration = page.locator('[data-insight="duration"][data-step="TRT-3130"]')
        await expect(duration.get_by_label("Evidence").get_by_role("listitem")).to_have_count(2)
        await duration.get_by_role("button", name="Accept into a draft").click()
        await expect(duration).to_have_count(0)
        await expect(page.get_by_text("Answered: 1 accepted")).to_be_visible()
        await page.get_by_role("link", name="Open version 2").click()

        # Whoever approves the draft sees what the edit rests on, and has a way to it.
        edit = page.get_by_role("listitem").filter(has_text="the duration of TRT-3130")
        await expect(edit).to_contain_text("Took over from RUN1 and DR1 (")
        evidence = edit.get_by_label("Evidence")
        await expect(evidence.get_by_role("link", name=re.compile("^RUN1: TRT-3130 took"))).to_be_visible()
        await evidence.get_by_role("link", name="Rehearsals side by side").click()
        await page.get_by_text("Answered: 1 accepted").click()
        answer = page.locator('[data-answer="accepted"][data-step="TRT-3130"]')
        await expect(answer).to_contain_text("By Priya")
        await expect(answer).to_contain_text("into version 2 (draft)")

        # How much data a rehearsal moved is often known only afterwards.
        await page.get_by_role("button", name="Data volume of RUN1: not said").click()
        typed = page.get_by_role("dialog")
        await typed.get_by_label("Data volume", exact=True).fill("12,5")
        await typed.get_by_role("button", name="Save the data volume").click()
        await expect(page.get_by_role("button", name="Data volume of RUN1: 12.5")).to_be_visible()

        # A step gets its name; declining takes a reason.
        missing = page.locator('[data-insight="step"]')
        await missing.get_by_role("button", name="Accept into a draft").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("What is done in it").fill("Open the firewall for the EDI gateway")
        await dialog.get_by_role("button", name="Add it to the draft").click()
        await expect(missing).to_have_count(0)
        guess = page.locator('[data-insight="dependency"]').first
        step = await guess.get_attribute("data-step")
        await guess.get_by_role("button", name="Decline").click()
        await dialog.get_by_label("Reason").fill("One person did both, one after the other.")
        await dialog.get_by_role("button", name="Decline").click()
        await expect(page.locator(f'[data-insight="dependency"][data-step="{step}"]')).to_have_count(0)


async def test_a_viewer_reads_it_on_a_phone(theatre: Theatre) -> None:
    async with theatre.as_person("Vera", width=360, height=740) as page:
        await open_rehearsals(page, theatre)
        assert await page.evaluate("document.documentElement.scrollWidth") <= 360
        await expect(page.get_by_text("Pilots of the migration answer these.")).to_be_attached()
        await expect(page.get_by_role("button", name="Accept into a draft")).to_have_count(0)
