"""The main job, in two browsers: a pilot starts the cutover and activates, a member does the step, both see it."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.e2e.conftest import Theatre
from tests.stack import eventually

RUNSHEET = "/migrations/ERP/iterations/CUTOVER"
CODE = "TRT-1030"


async def expect_state(page: Page, code: str, state: str) -> None:
    await expect(page.locator(f'[role=row][data-step="{code}"]')).to_have_attribute("data-state", state)


async def open_runsheet(page: Page, theatre: Theatre) -> None:
    await page.goto(theatre.stack.base_url + RUNSHEET)
    await expect(page.locator(f'[data-step="{CODE}"]')).to_be_visible()
    await page.evaluate("window.sameDocument = true")


async def start_cutover(page: Page) -> None:
    await page.get_by_role("button", name="Start", exact=True).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Start CUTOVER")).to_be_disabled()
    await dialog.get_by_label("On: the teams are mailed").check()
    await expect(dialog.get_by_test_id("start-effect")).to_contain_text("17 people in 15 teams")
    await dialog.get_by_label(re.compile("Move the planned times")).check()
    await dialog.get_by_role("button", name="Start CUTOVER").click()
    await expect(dialog).to_be_hidden()
    await expect_state(page, CODE, "ready")


async def test_a_pilot_and_a_member_run_a_step_and_both_see_it(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as priya, theatre.as_person("Dana", 390, 800) as dana:
        # 2. Migrations: one live in its night, one scheduled; the pilot starts the second.
        await expect(priya.get_by_text("Data-centre switchover")).to_be_visible()
        await expect(priya.get_by_text("ERP go-live", exact=True)).to_be_visible()
        await open_runsheet(priya, theatre)
        await start_cutover(priya)
        waiting = priya.locator('[data-step="TRT-1120"]')
        await expect(waiting).to_have_attribute("data-state", "not_ready")
        await expect(waiting).to_have_attribute("aria-description", re.compile("[A-Z]{3}-[0-9]{4}"))

        # The member looks at My work on a phone, and never reloads.
        await dana.goto(f"{theatre.stack.base_url}/my-work")
        await expect(dana.get_by_role("button", name=f"Start {CODE}")).to_be_visible()
        await dana.evaluate("window.sameDocument = true")

        # The pilot activates by keyboard; the team gets a real mail with instructions and link.
        await priya.locator(f'[data-step="{CODE}"]').click()
        await priya.keyboard.press("Escape")
        await priya.keyboard.press("a")
        await expect_state(priya, CODE, "activated")
        await expect(dana.get_by_role("button", name=f"Done {CODE}")).to_be_visible()
        mail = await eventually(
            lambda: next((m for m in theatre.stack.mailbox.mails if CODE in m["Subject"]), None)
        )
        text = str(mail.get_payload(0).get_payload(decode=True), "utf-8")
        assert "three times the size of the old database" in text
        assert f"{theatre.stack.base_url}/" in text
        assert f"step={CODE}" in text
        assert re.search(r"Log anchor: [0-9a-f-]{36} \d+ [0-9a-f]{64}", text)

        # 3. The member starts, ticks, completes; the pilot's row follows without a reload.
        await dana.get_by_role("button", name=f"Start {CODE}").click()
        await expect_state(priya, CODE, "in_progress")
        await dana.get_by_role("checkbox", name=re.compile(f"{CODE}-1")).click()
        await expect(priya.locator(f'[data-step="{CODE}"]')).to_contain_text("1/1")
        await dana.get_by_role("button", name=f"Done {CODE}").click()
        await expect_state(priya, CODE, "complete")
        await expect(priya.get_by_text("1 of 118 steps")).to_be_visible()
        assert await priya.evaluate("window.sameDocument") is True
        assert await dana.evaluate("window.sameDocument") is True


async def test_of_opposite_buttons_one_wins_and_the_other_is_told_who_and_when(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as priya, theatre.as_person("Marco") as marco:
        await open_runsheet(priya, theatre)
        await start_cutover(priya)
        await open_runsheet(marco, theatre)
        await priya.locator(f'[data-step="{CODE}"]').click()
        await priya.keyboard.press("Escape")
        await priya.keyboard.press("s")
        await expect_state(marco, CODE, "in_progress")
        # Marco has his finger on Problem when Priya presses Done.
        await marco.locator(f'[data-step="{CODE}"]').click()
        await marco.keyboard.press("f")
        dialog = marco.get_by_role("dialog")
        await dialog.get_by_label("Reason").fill("the volumes are full")
        await priya.keyboard.press("d")
        await expect_state(priya, CODE, "verifying")
        await dialog.locator("button[type=submit]").click()
        told = marco.get_by_text(re.compile(r"Priya Nair has reported it done at \d\d:\d\d"))
        await expect(told.first).to_be_visible()
        await expect_state(marco, CODE, "verifying")


async def test_offline_is_said_and_what_was_missed_is_caught_up(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as priya, theatre.as_person("Marco") as marco:
        await open_runsheet(priya, theatre)
        await start_cutover(priya)
        await open_runsheet(marco, theatre)
        await expect(marco.locator("[data-live=live]")).to_be_visible()
        await marco.context.set_offline(True)
        await expect(marco.locator("[data-live=offline]")).to_be_visible()
        await expect(marco.get_by_text(re.compile("You are offline since"))).to_be_visible()
        await priya.locator(f'[data-step="{CODE}"]').click()
        await priya.keyboard.press("Escape")
        for key, state in (("a", "activated"), ("s", "in_progress"), ("d", "verifying")):
            await priya.keyboard.press(key)
            await expect_state(priya, CODE, state)
        await marco.context.set_offline(False)
        await expect(marco.locator("[data-live=live]")).to_be_visible(timeout=20_000)
        await expect_state(marco, CODE, "verifying")
        assert await marco.evaluate("window.sameDocument") is True


async def test_the_server_dies_and_comes_back_and_the_page_goes_on(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as priya:
        await open_runsheet(priya, theatre)
        await start_cutover(priya)
        theatre.stack.web.kill()
        await expect(priya.locator("[data-live=reconnecting], [data-live=offline]")).to_be_visible(
            timeout=20_000
        )
        theatre.stack.web.start()
        theatre.stack.wait_served()
        await expect(priya.locator("[data-live=live]")).to_be_visible(timeout=30_000)
        await priya.locator(f'[data-step="{CODE}"]').click()
        await priya.keyboard.press("Escape")
        await priya.keyboard.press("a")
        await expect_state(priya, CODE, "activated")
        assert await priya.evaluate("window.sameDocument") is True
