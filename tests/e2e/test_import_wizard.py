"""Imports as a pilot carries them out on the page: from damaged files to a version, and back."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Page, expect

from tests.confluence_export import confluence_export
from tests.e2e.conftest import Theatre

PLANS = "/migrations/ERP/plans"
NEW = "/migrations/ERP/imports/new"
MAKE_ADMIN = """async () => {
    const people = (await (await fetch('/api/v1/users')).json()).items
    const priya = people.find((one) => one.name.startsWith('Priya'))
    const headers = {'Content-Type': 'application/json', 'If-Match': `"${priya.version}"`, 'X-Tminus-Client': 'page'}
    return (await fetch(`/api/v1/users/${priya.id}`, {method: 'PATCH', headers, body: '{"isAdmin": true}'})).status
}"""
ODD = """Ref,What happens,Who does it,How long,Comes after,Stage,Block
ODD-1,Stop the interfaces,DBA,15m,,P1 - Prepare,C1 - Stop
ODD-2,Copy the data,DBA,90m,ODD-1,P1 - Prepare,C1 - Stop
ODD-3,Check the copy,DBA,30m,ODD-2,P2 - Check,C2 - Check
"""
MEANT = {
    "What happens": "Name",
    "Who does it": "Team",
    "How long": "Duration",
    "Comes after": "Predecessors",
    "Stage": "Macro-phase",
    "Block": "Chapter",
}


async def step(page: Page, name: str) -> None:
    """Go to a step of the import by its rail."""
    await page.get_by_role("navigation", name="Steps of the import").get_by_role("link", name=name).click()
    await expect(page.get_by_role("heading", name=name, exact=True)).to_be_visible()


async def test_a_damaged_export_is_repaired_taken_over_and_undone(theatre: Theatre, tmp_path: Path) -> None:
    async with theatre.as_person("Adam") as adam:
        assert await adam.evaluate(MAKE_ADMIN) == 200  # the export brings teams, which are an admin's to add
    folder = tmp_path / "night of the pages"
    export = confluence_export(pages=60, seed=7)
    export.write(folder)
    truth = export.truth()
    async with theatre.as_person("Priya") as page:
        await page.goto(theatre.stack.base_url + NEW)
        await page.get_by_test_id("import-folder").set_input_files(str(folder))
        await expect(page.get_by_text("60 files, packed into one")).to_be_visible()
        await page.get_by_role("button", name="Read 60 files").click()

        # What is wrong stands kind by kind, as many as there are in the files.
        await expect(page.get_by_role("heading", name="Findings", exact=True)).to_be_visible(timeout=60_000)
        await expect(page.get_by_role("heading", name="Import of night of the pages.zip")).to_be_visible()
        counted = page.get_by_role("table", name="Defects as written")
        line = counted.locator("tr[data-count=self_predecessor]")
        await expect(line).to_contain_text(f"{truth['self_predecessor']} of 60")
        kind = page.locator("[data-kind=self_predecessor]")
        await kind.get_by_role("button", expanded=False).click()
        await expect(kind.get_by_role("listitem").first).to_contain_text("names itself as its predecessor")
        await expect(page).to_have_url(re.compile("kind=self_predecessor"))

        # One repair, then all of them; nothing stops it any more, and the difference is there.
        await expect(page.get_by_text(re.compile("stops? the import"))).not_to_have_count(0)
        switch = kind.get_by_role("switch")
        await kind.locator("label", has_text="Accept this repair").click()
        await expect(switch).to_be_checked(timeout=30_000)
        await page.get_by_role("button", name="Accept all repairs").click()
        await expect(page.get_by_text("Nothing stops the import.").first).to_be_visible(timeout=30_000)
        await step(page, "Difference")
        tree = page.get_by_role("list", name="Differences by place in the plan")
        await tree.get_by_role("button", name=re.compile("Open Chapter")).first.click()
        await expect(tree.locator("[data-change=added][data-code*='-']").first).to_be_visible()
        await page.get_by_role("button", name=re.compile("^Steps")).click()
        await expect(page.get_by_role("list", name="Steps")).to_be_visible()

        await step(page, "Take over")
        await expect(page.get_by_text("which is a new plan")).to_be_visible()
        await page.get_by_role("button", name=re.compile("^Take over")).click()
        await expect(page.get_by_text(re.compile("Version 1 was written"))).to_be_visible(timeout=30_000)

        # It can be left and come back to, and be taken back.
        address = page.url
        await page.goto(theatre.stack.base_url + PLANS)
        await expect(page.get_by_label("Plan night of the pages")).to_contain_text("Draft")
        await page.goto(address)
        await page.get_by_role("button", name="Undo this import").click()
        dialog = page.get_by_role("dialog")
        await expect(dialog).to_contain_text("The plan has no version then")
        await dialog.get_by_role("button", name="Undo the import").click()
        await expect(page.get_by_text("This import was undone")).to_be_visible(timeout=30_000)
        await page.goto(theatre.stack.base_url + PLANS)
        await expect(page.get_by_label("Plan night of the pages")).to_contain_text("Undone")


async def test_odd_headings_are_told_what_they_are(theatre: Theatre, tmp_path: Path) -> None:
    file = tmp_path / "odd night.csv"
    file.write_text(ODD)
    async with theatre.as_person("Priya") as page:
        # The small door on the page of plans reads it at once and leads to it.
        await page.goto(theatre.stack.base_url + PLANS)
        await page.get_by_test_id("import-files").set_input_files(str(file))
        await expect(page.get_by_role("heading", name="Import of odd night.csv")).to_be_visible(
            timeout=30_000
        )
        await step(page, "Columns")
        for heading, meaning in MEANT.items():
            await page.get_by_role("combobox", name=f"Meaning of {heading}").click()
            await page.get_by_role("option", name=meaning, exact=True).click()
        await page.get_by_role("button", name="Read again").click()
        row = page.locator('tr[data-heading="What happens"]')
        await expect(row).to_contain_text("as you said", timeout=30_000)

        await step(page, "Difference")
        tree = page.get_by_role("list", name="Differences by place in the plan")
        await tree.get_by_role("button", name="Open Chapter C1").click()
        await expect(tree).to_contain_text("Copy the data")
        await step(page, "Take over")
        await page.get_by_role("button", name=re.compile("^Take over")).click()
        await page.get_by_role("link", name="Open version 1").click()
        await expect(page.get_by_text("Check the copy").first).to_be_visible(timeout=30_000)
