"""An admin lets a person in, the person comes by password, and is shut out while at work; a substitute is told so."""

from __future__ import annotations

import re

from playwright.async_api import Locator, Page, expect

from tests.e2e.conftest import Theatre

NAME, EMAIL = "Nora Lind", "nora@adventure-works.example"
PASSWORD = "seven kettles under one mountain"


async def settings(page: Page, theatre: Theatre, section: str) -> None:
    await page.goto(f"{theatre.stack.base_url}/settings/{section}")


def row_of(page: Page, email: str) -> Locator:
    return page.locator(f'tr[data-user="{email}"]')


async def add_person(page: Page, theatre: Theatre) -> None:
    await settings(page, theatre, "people")
    await page.get_by_role("button", name="Add a person").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Name").fill(NAME)
    await dialog.get_by_label("E-mail address").fill(EMAIL)
    await dialog.get_by_role("button", name="Add", exact=True).click()
    await expect(dialog).to_be_hidden()
    await expect(row_of(page, EMAIL)).to_contain_text(NAME)


async def give_role(page: Page, theatre: Theatre) -> None:
    await settings(page, theatre, "rights?migration=ERP")
    box = page.get_by_role("checkbox", name=f"{NAME}: team member")
    await page.get_by_label("Somebody who is not in this migration yet").first.fill("nora")
    await page.get_by_role("option", name=re.compile(NAME)).click()
    await box.check()
    await expect(row_of(page, EMAIL).locator('[data-state="saved"]')).to_be_visible()
    await page.reload()
    await expect(box).to_be_checked()
    await expect(page.get_by_role("region", name="What each role may")).to_contain_text("own team")


async def put_in_team(page: Page, theatre: Theatre) -> None:
    await settings(page, theatre, "teams?migration=ERP")
    await page.get_by_role("button", name="Members of DBA").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Members").first.fill("nora")
    await page.get_by_role("option", name=NAME).click()
    await dialog.get_by_role("button", name="Save").click()
    await expect(dialog).to_be_hidden()
    await expect(page.locator('tr[data-team="DBA"]')).to_contain_text(NAME)


async def link_for(page: Page, theatre: Theatre, name: str) -> str:
    await settings(page, theatre, "people")
    await page.get_by_role("button", name=f"More for {name}").click()
    await page.get_by_role("menuitem", name="Hand over a sign-in link").click()
    dialog = page.get_by_role("dialog")
    await dialog.get_by_role("button", name="Make the link").click()
    link = await dialog.get_by_label("Sign-in link", exact=True).input_value()
    await dialog.get_by_role("button", name="I have copied it").click()
    await expect(page.get_by_text(link)).to_be_hidden()
    return link


async def set_password(page: Page, theatre: Theatre) -> None:
    await settings(page, theatre, "me")
    await page.get_by_role("button", name="Set a password").click()
    dialog = page.get_by_role("dialog")
    box = dialog.locator('input[autocomplete="new-password"]')
    await box.fill("password")
    await dialog.get_by_role("button", name="Set a password").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await box.fill(PASSWORD)
    await dialog.get_by_role("button", name="Set a password").click()
    await expect(dialog).to_be_hidden()
    await expect(page.get_by_role("button", name="Change it")).to_be_visible()


async def sign_out(page: Page) -> None:
    await page.get_by_role("button", name=re.compile("You are .*: menu")).click()
    await page.get_by_role("menuitem", name="Sign out").click()
    await expect(page.get_by_role("button", name="Send me a link")).to_be_visible()


async def sign_in_by_password(page: Page) -> None:
    await page.get_by_role("button", name="Sign in with a password").click()
    await page.get_by_label("Your e-mail address").fill(EMAIL)
    box = page.locator('input[autocomplete="current-password"]')
    await box.fill("not the one I have set")
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.get_by_role("alert")).to_be_visible()
    await box.fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await page.wait_for_url(lambda url: "/sign-in" not in url)


async def shut_out(page: Page, theatre: Theatre, name: str, email: str) -> None:
    await settings(page, theatre, "people")
    await page.get_by_role("button", name=f"More for {name}").click()
    await page.get_by_role("menuitem", name="Shut out").click()
    await page.get_by_role("dialog").get_by_role("button", name="Shut out").click()
    await expect(row_of(page, email)).to_contain_text("Shut out")


async def test_an_admin_lets_a_person_in_who_comes_by_password_and_is_shut_out_at_work(
    theatre: Theatre,
) -> None:
    async with theatre.as_person("Adam") as adam:
        await add_person(adam, theatre)
        await give_role(adam, theatre)
        await put_in_team(adam, theatre)
        theatre.links["Nora"] = await link_for(adam, theatre, NAME)

        async with theatre.as_person("Nora", 390, 800) as nora:
            await set_password(nora, theatre)
            await sign_out(nora)
            await expect(nora.get_by_test_id("session-over")).to_be_hidden()
            await sign_in_by_password(nora)
            await nora.goto(f"{theatre.stack.base_url}/migrations/ERP/iterations/CUTOVER")
            await expect(nora.locator('[data-step="TRT-1030"]')).to_be_visible()
            await expect(nora.locator("[data-live=live]")).to_be_visible()

            await shut_out(adam, theatre, NAME, EMAIL)
            # She touches nothing: the page notices by itself, and says what was not lost.
            await expect(nora.get_by_test_id("session-over")).to_contain_text(
                "What you did before is kept", timeout=20_000
            )
            await sign_in_refused(nora)


async def sign_in_refused(page: Page) -> None:
    await page.get_by_role("button", name="Sign in with a password").click()
    await page.get_by_label("Your e-mail address").fill(EMAIL)
    await page.locator('input[autocomplete="current-password"]').fill(PASSWORD)
    await page.get_by_role("button", name="Sign in", exact=True).click()
    await expect(page.locator("form").get_by_role("alert")).to_be_visible()
    assert "/sign-in" in page.url


async def test_shutting_out_the_only_one_of_a_team_says_so_first(theatre: Theatre) -> None:
    async with theatre.as_person("Adam") as adam:
        await settings(adam, theatre, "people?q=arno")
        await expect(adam.locator("tr[data-user]")).to_have_count(1)
        await adam.get_by_role("button", name="More for Arno Dekker").click()
        await adam.get_by_role("menuitem", name="Shut out").click()
        effect = adam.get_by_test_id("shut-out-effect")
        await expect(effect).to_contain_text("Arno Dekker is the only approver of ERP go-live.")
        await adam.get_by_role("button", name="Leave it").click()
        await expect(row_of(adam, "arno@adventure-works.example")).not_to_contain_text("Shut out")


async def test_a_substitute_is_named_told_so_on_every_page_and_ended(theatre: Theatre) -> None:
    async with theatre.as_person("Adam") as adam, theatre.as_person("Vera") as vera:
        await settings(adam, theatre, "substitutes?migration=ERP")
        await adam.get_by_role("button", name="Name a substitute").click()
        dialog = adam.get_by_role("dialog")
        await dialog.get_by_label("Who is away").first.fill("dana")
        await adam.get_by_role("option", name=re.compile("Dana Kim")).click()
        await dialog.get_by_label("Who acts for them").first.fill("vera")
        await adam.get_by_role("option", name=re.compile("Vera Lindqvist")).click()
        await dialog.get_by_role("button", name="Name the substitute").click()
        await expect(dialog).to_be_hidden()
        named = adam.locator('tr[data-stage="active"]')
        await expect(named).to_contain_text("Vera Lindqvist for Dana Kim")

        await vera.reload()
        banner = vera.get_by_test_id("acting-banner")
        await expect(banner).to_contain_text("You act for Dana Kim until")
        await settings(vera, theatre, "me")
        await expect(vera.get_by_text("Dana Kim in ERP go-live until")).to_be_visible()

        await named.get_by_role("button", name=re.compile("^End")).click()
        await adam.get_by_role("dialog").get_by_role("button", name="End it").click()
        await expect(adam.locator('tr[data-stage="over"]')).to_contain_text("Vera Lindqvist for Dana Kim")
        await vera.reload()
        await expect(vera.get_by_role("heading", name="Whom I act for")).to_be_visible()
        await expect(banner).to_be_hidden()


async def test_who_is_no_admin_is_told_so_and_sees_what_they_may(theatre: Theatre) -> None:
    async with theatre.as_person("Vera") as vera:
        await settings(vera, theatre, "people")
        await expect(vera.get_by_role("alert")).to_contain_text("admin")
        await settings(vera, theatre, "rights?migration=ERP")
        await expect(vera.get_by_role("checkbox", name="Dana Kim: team member")).to_be_disabled()
        await settings(vera, theatre, "teams?migration=ERP")
        await expect(vera.locator('tr[data-team="DBA"]')).to_contain_text("Dana Kim")
        await expect(vera.get_by_role("button", name="Members of DBA")).to_have_count(0)
