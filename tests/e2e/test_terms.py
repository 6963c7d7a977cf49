"""The terms of an iteration on the page: a pilot sets them, everybody reads them, and the runsheet shows the window."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.e2e.conftest import Theatre

ERP = "/migrations/ERP/iterations/CUTOVER"


async def test_a_pilot_sets_the_terms_and_a_viewer_reads_them(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await page.goto(theatre.stack.base_url + ERP)
        await page.get_by_role("button", name="Terms").click()
        dialog = page.get_by_role("dialog", name="Terms of CUTOVER")
        save = dialog.get_by_role("button", name="Save the terms")
        await dialog.get_by_label("Who decides to turn back").first.click()
        await page.get_by_role("option", name=re.compile("^Arno")).click()
        await dialog.get_by_label("Minutes that this decision takes").fill("20")
        await dialog.get_by_role("button", name="Add a blackout").click()
        await dialog.get_by_label("Blackout 1: to: time").fill("17:00")
        await expect(dialog.get_by_text("It ends before it begins")).to_be_visible()
        await expect(save).to_be_disabled()
        await dialog.get_by_label("Blackout 1: to: time").fill("23:30")
        await dialog.get_by_label("Blackout 1: reason").fill("Backup of the storage")
        await dialog.get_by_label("Window ends: time").fill("08:00")
        await save.click()
        await expect(dialog).to_be_hidden()
        await expect(page.get_by_text(re.compile("window ends Mon .* 08:00"))).to_be_visible()
    async with theatre.as_person("Vera", width=360) as vera:
        await vera.goto(theatre.stack.base_url + ERP)
        await vera.get_by_role("button", name="Terms").click()
        terms = vera.get_by_test_id("terms")
        for words in ("Arno Dekker", "20 min", "08:00 PST", "23:30 PST · Backup of the storage"):
            await expect(terms).to_contain_text(words)
        await expect(vera.get_by_role("button", name="Save the terms")).to_have_count(0)


async def test_a_rollback_step_leads_to_what_it_undoes_and_back(theatre: Theatre) -> None:
    async with theatre.as_person("Vera") as page:
        await page.goto(theatre.stack.base_url + ERP + "?step=TRT-9150")
        panel = page.get_by_role("complementary").filter(has_text="TRT-9150")
        await expect(panel.get_by_role("heading", name="Undoes")).to_be_visible()
        await panel.get_by_role("button", name=re.compile("TRT-1140")).click()
        await expect(page).to_have_url(re.compile("step=TRT-1140"))
        await expect(page.get_by_role("heading", name="Undone by")).to_be_visible()
