"""What a runsheet shows is in its address; what a night taught goes back to the plan; the next run is made from it."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests.e2e.conftest import Theatre

BANK = "/migrations/BANK/iterations/RUN1"
ERP = "/migrations/ERP/iterations/CUTOVER"


async def open_sheet(page: Page, theatre: Theatre, address: str) -> None:
    await page.goto(theatre.stack.base_url + address)
    await expect(page.locator("[data-step]").first).to_be_visible()


async def choose(page: Page, name: str, option: str) -> None:
    """Choose one of many in a filter's list, by its search."""
    await page.locator(f'[data-pick="{name}"]').click()
    await page.get_by_label(f"Find: {name}").fill(option)
    await page.get_by_role("option", name=re.compile(option)).first.click()
    await page.keyboard.press("Escape")


def chosen(page: Page, name: str) -> str:
    return f'[data-chosen="{name}"]'


async def expect_all_labelled(page: Page, label: str) -> None:
    """Every line on screen has the label."""
    rows = page.locator("[data-step]")
    await expect(rows.first).to_be_visible()
    await expect(rows.filter(has_not=page.locator(f'[title*=" · {label}"]'))).to_have_count(0)


async def test_filters_are_in_the_address_and_survive_a_reload_and_the_way_back(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_sheet(page, theatre, BANK)
        count = page.get_by_test_id("filtered")
        await choose(page, "Label", "freeze")
        await expect(page).to_have_url(re.compile(r"label=freeze"))
        await expect(count).to_contain_text(re.compile(r"^\d+ of 1,\d{3} steps"))
        labelled = await count.text_content()
        await expect_all_labelled(page, "freeze")

        await page.keyboard.press("/")
        await page.keyboard.type("staff roles")
        await expect(page).to_have_url(re.compile(r"q=staff"))
        await expect(page.locator("[data-step]").first).to_contain_text("staff roles")
        narrowed = await count.text_content()
        assert narrowed != labelled

        await page.reload()
        await expect(count).to_have_text(narrowed or "")
        await expect(page.get_by_label("Search in the runsheet")).to_have_value("staff roles")
        await page.go_back()
        await expect(page).not_to_have_url(re.compile("q="))
        await expect(count).to_have_text(labelled or "")
        await expect(page.get_by_label("Search in the runsheet")).to_have_value("")
        await page.locator(chosen(page, "label")).click()
        await expect(page).not_to_have_url(re.compile("label="))
        await expect(count).to_be_hidden()


async def test_an_empty_result_says_which_filter_leaves_nothing_and_clears_it(theatre: Theatre) -> None:
    async with theatre.as_person("Priya", 390, 800) as page:
        await page.goto(f"{theatre.stack.base_url}{BANK}?label=freeze&q=no+step+is+called+that")
        nothing = page.get_by_test_id("nothing")
        await expect(nothing).to_contain_text("No step here has Text: “no step is called that”")
        await expect(page.get_by_test_id("filters")).to_have_text("Filters 2")
        await nothing.locator('[data-without="q"]').click()
        await expect(page).not_to_have_url(re.compile("q="))
        await expect_all_labelled(page, "freeze")
        await page.get_by_test_id("filters").click()
        drawer = page.get_by_role("dialog", name="Filters")
        await drawer.get_by_role("button", name="Clear", exact=True).click()
        await drawer.get_by_role("button", name=re.compile(r"^Show 1,\d{3} steps")).click()
        await expect(drawer).to_be_hidden()
        await expect(page).not_to_have_url(re.compile("label="))


async def test_another_iteration_is_looked_at_with_the_same_filters(theatre: Theatre) -> None:
    async with theatre.as_person("Priya") as page:
        await open_sheet(page, theatre, f"{BANK}?label=freeze")
        await page.get_by_role("button", name=re.compile("RUN1")).click()
        await page.get_by_role("menuitem", name=re.compile("DR1")).click()
        await expect(page).to_have_url(re.compile(r"/iterations/DR1\?.*label=freeze"))
        await expect_all_labelled(page, "freeze")


async def test_a_step_proposes_for_the_plan_what_it_taught(theatre: Theatre) -> None:
    async with theatre.as_person("Dana") as dana, theatre.as_person("Vera") as vera:
        await open_sheet(dana, theatre, f"{ERP}?step=TRT-1030")
        await dana.get_by_role("button", name="Propose for the plan").click()
        dialog = dana.get_by_role("dialog", name=re.compile("Propose for the plan"))
        propose = dialog.get_by_role("button", name="Propose", exact=True)
        await expect(propose).to_be_disabled()
        await dialog.get_by_label("What was learned").fill("The copy takes longer with the new volumes.")
        await dialog.get_by_label("What should be different").select_option(label="Duration")
        await expect(propose).to_be_disabled()
        await dialog.get_by_label("Duration it should have, in minutes").fill("75")
        await propose.click()
        await expect(dialog).to_be_hidden()
        await expect(dana.get_by_text("Proposed for the plan after TRT-1030")).to_be_visible()
        # Who only looks on has nothing to propose by.
        await open_sheet(vera, theatre, f"{ERP}?step=TRT-1030")
        await expect(vera.get_by_role("heading", name="Who waits for it")).to_be_visible()
        await expect(vera.get_by_role("button", name="Propose for the plan")).to_have_count(0)


async def test_a_run_is_made_of_the_part_that_its_scope_says_in_environments_that_are_chosen(
    theatre: Theatre,
) -> None:
    async with theatre.as_person("Priya") as page:
        await page.goto(f"{theatre.stack.base_url}/migrations/BANK")
        await page.get_by_role("button", name="New iteration").click()
        dialog = page.get_by_role("dialog", name="New iteration")
        await expect(dialog.get_by_test_id("scope")).to_contain_text(
            re.compile(r"of 1,199 steps are part of a run")
        )
        make = dialog.get_by_role("button", name="Make RUN2")
        await expect(make).to_be_disabled()
        for role in ("NEW", "OLD", "REPORT"):
            await dialog.get_by_label(f"Environment for {role}").first.click()
            await page.get_by_role("option", name=re.compile("^REH")).click()
        await make.click()
        await expect(dialog).to_be_hidden(timeout=20_000)
        await open_sheet(page, theatre, "/migrations/BANK/iterations/RUN2")
        await expect(page.get_by_test_id("environments")).to_contain_text("REH")


async def test_an_admin_makes_a_migration_and_changes_its_words(theatre: Theatre) -> None:
    async with theatre.as_person("Adam") as page:
        await page.get_by_role("button", name="New migration").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_label("Key").fill("BANK")
        await dialog.get_by_label("Name").fill("Core to the cloud")
        await dialog.get_by_role("button", name="Make it").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("already a migration with the key BANK")
        await dialog.get_by_label("Key").fill("CLOUD")
        await dialog.get_by_role("button", name="Make it").click()
        await expect(page).to_have_url(re.compile("/migrations/CLOUD$"))
        await page.get_by_role("button", name="Change", exact=True).click()
        await dialog.get_by_label("Name").fill("Core to another cloud")
        await dialog.get_by_label("Time zone").first.fill("Lisbon")
        await page.get_by_role("option", name="Europe/Lisbon").click()
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_be_hidden()
        await expect(page.get_by_role("heading", name="Core to another cloud")).to_be_visible()
