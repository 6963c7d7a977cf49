"""Two pilots on one draft: each sees the other's edits, a lost race is said, a third pair of eyes approves."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import Theatre

PLANS = "/migrations/ERP/plans"
CODE, OTHER = "TRT-1030", "TRT-1120"


def cell(page: Page, code: str, field: str) -> Locator:
    return page.locator(f'[role=row][data-code="{code}"] [data-field="{field}"]')


async def make_draft(page: Page, theatre: Theatre) -> str:
    """Make a draft from the approved version on the page and return its address."""
    await page.goto(theatre.stack.base_url + PLANS)
    await page.get_by_role("button", name="New draft").click()
    await page.get_by_role("dialog").get_by_role("button", name="Make the draft").click()
    await page.wait_for_url(re.compile(r"/plans/[0-9a-f-]{36}$"))
    await expect(cell(page, CODE, "name")).to_be_visible()
    return page.url


async def open_draft(page: Page, url: str) -> None:
    await page.goto(url)
    await expect(cell(page, CODE, "name")).to_be_visible()
    await page.evaluate("window.sameDocument = true")


async def begin_typing(page: Page, code: str, field: str) -> Locator:
    """Open a cell of the table for typing and return its input."""
    await cell(page, code, field).dblclick()
    return cell(page, code, field).locator("input")


async def type_in(page: Page, code: str, field: str, text: str) -> None:
    box = await begin_typing(page, code, field)
    await box.fill(text)
    await box.press("Enter")


async def test_two_pilots_edit_one_draft_and_each_is_told_what_the_other_did(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as priya, theatre.as_person("Marco") as marco:
        url = await make_draft(priya, theatre)
        await open_draft(marco, url)
        was = await cell(marco, CODE, "durationSeconds").inner_text()

        # What one edits is saved, and the other's page follows without a reload, naming who it was.
        await type_in(priya, CODE, "durationSeconds", "47m")
        await expect(cell(priya, CODE, "durationSeconds").get_by_role("img", name="Saved")).to_be_visible()
        await expect(cell(marco, CODE, "durationSeconds")).to_contain_text("47m", timeout=10_000)
        await expect(marco.locator(f'[role=row][data-code="{CODE}"]')).to_have_attribute(
            "data-theirs", "Priya Nair"
        )
        assert await marco.evaluate("window.sameDocument") is True

        # Both type into one field: whoever is second is told who and what, and chooses.
        box = await begin_typing(marco, OTHER, "name")
        await box.fill("Load the stock, as Marco says")
        await type_in(priya, OTHER, "name", "Load the stock, as Priya says")
        await expect(cell(priya, OTHER, "name").get_by_role("img", name="Saved")).to_be_visible()
        # Also when what the other saved has arrived while the cursor still stands in the field.
        row = marco.locator(f'[role=row][data-code="{OTHER}"]')
        await expect(row).to_have_attribute("data-theirs", "Priya Nair", timeout=10_000)
        await box.press("Enter")
        told = marco.get_by_role("alert")
        await expect(told).to_contain_text(f"Priya Nair set the name of {OTHER} to")
        await expect(told).to_contain_text("as Priya says")
        await expect(told).to_contain_text("as Marco says")
        await told.get_by_role("button", name="Put mine").click()
        await expect(told).to_be_hidden()
        await expect(cell(priya, OTHER, "name")).to_contain_text("as Marco says", timeout=10_000)

        # Undo takes back one's own newest edit that still stands, also from the list.
        await marco.keyboard.press("Control+z")
        await expect(cell(marco, OTHER, "name")).to_contain_text("as Priya says")
        await priya.get_by_role("button", name="Edits").click()
        edits = priya.get_by_role("region", name="Edits")
        await edits.get_by_role("button", name=re.compile(f"^Undo: .*duration.*{CODE}")).click()
        await expect(cell(priya, CODE, "durationSeconds")).to_contain_text(was)
        await expect(cell(marco, CODE, "durationSeconds")).to_contain_text(was, timeout=10_000)


async def give_pilot(page: Page, theatre: Theatre, name: str) -> None:
    """Let the admin make somebody a pilot of the migration."""
    await page.goto(f"{theatre.stack.base_url}/settings/rights?migration=ERP")
    box = page.get_by_role("checkbox", name=f"{name}: pilot")
    await box.check()
    await expect(page.locator('[data-state="saved"]').first).to_be_visible()


async def test_who_wrote_to_a_draft_does_not_approve_it_and_another_pilot_does(theatre: Theatre) -> None:
    async with (
        theatre.as_person("Adam") as adam,
        theatre.as_person("Priya") as priya,
        theatre.as_person("Marco") as marco,
        theatre.as_person("Lena") as lena,
    ):
        url = await make_draft(priya, theatre)
        await open_draft(marco, url)
        await type_in(marco, CODE, "durationSeconds", "50m")
        await expect(cell(marco, CODE, "durationSeconds").get_by_role("img", name="Saved")).to_be_visible()

        # Neither who began it nor who edited it; the words say why.
        for author in (priya, marco):
            await author.get_by_role("button", name=re.compile("^Approve")).click()
            await expect(author.get_by_text("You wrote to it: another pilot approves it.")).to_be_visible()
        assert await marco.get_by_role("dialog", name="Approve version 2").count() == 0

        await give_pilot(adam, theatre, "Lena Vogt")
        await open_draft(lena, url)
        await lena.get_by_role("button", name="Approve", exact=True).click()
        await lena.get_by_role("dialog").get_by_role("button", name="Approve version 2").click()
        await expect(lena.get_by_text("Version 2 is approved: it never changes again.")).to_be_visible()

        # The others' pages follow: nothing is to be typed there any more, and a new draft is offered.
        await expect(marco.get_by_text("Version 2 is approved")).to_be_visible(timeout=10_000)
        await cell(marco, CODE, "durationSeconds").dblclick()
        await expect(marco.locator("[role=gridcell] input")).to_have_count(0)
        await expect(marco.get_by_role("button", name="New draft from this version")).to_be_visible()

        # What the new version changed is shown thing by thing.
        await lena.goto(theatre.stack.base_url + PLANS)
        await lena.get_by_role("button", name="Changes from version 1 to 2").click()
        changed = lena.locator(f'[data-diff="{CODE}"]')
        await expect(changed).to_contain_text("Changed")
        await expect(changed).to_contain_text("duration")


async def test_the_network_of_a_chapter_is_drawn_and_leads_to_its_steps(theatre: Theatre) -> None:
    async with theatre.as_person("Vera") as vera:
        await vera.goto(theatre.stack.base_url + PLANS)
        await vera.get_by_role("link", name="Open version 1").click()
        await expect(vera.get_by_text("Version 1 is approved")).to_be_visible()
        await expect(vera.get_by_role("button", name="New draft from this version")).to_have_count(0)
        await (
            vera.get_by_role("navigation", name="Parts of the plan")
            .get_by_role("link", name="Network")
            .click()
        )
        drawing = vera.get_by_role("group", name=re.compile("^Network of all chapters"))
        await expect(drawing.get_by_role("button", name=re.compile("^A1 "))).to_be_visible()
        await drawing.get_by_role("button", name=re.compile("^A1 ")).click()
        await vera.wait_for_url(re.compile("tab=network&chapter=A1$"))
        chapter = vera.get_by_role("group", name=re.compile("^Network of chapter A1 "))
        await chapter.get_by_role("button", name=re.compile(f"^{CODE} ")).click()
        await expect(vera.locator(f'[data-panel="{CODE}"]')).to_contain_text("Check space and load")
        # The same view as words, for who does not see a drawing.
        await vera.get_by_text("Table", exact=True).click()
        await expect(vera.get_by_role("table", name="Network of A1")).to_contain_text(CODE)
