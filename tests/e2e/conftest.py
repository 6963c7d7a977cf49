"""Real browsers against the real product: a web process, a worker, a mail server, the demo's data."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.conftest import TestDatabase
from tests.stack import Stack, running
from tminus.entry.bootstrap import assemble
from tminus.entry.demo.seed import seed
from tminus.platform.settings import Settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True, slots=True)
class Theatre:
    """The running product, a browser, and who signs in with which link (by first name)."""

    stack: Stack
    browser: Browser
    links: dict[str, str]

    @asynccontextmanager
    async def as_person(self, name: str, width: int = 1440, height: int = 900) -> AsyncIterator[Page]:
        """Open a browser of somebody's own, signed in by their link; a script error fails the test."""
        context = await self.browser.new_context(viewport={"width": width, "height": height})
        page = await context.new_page()
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        await page.goto(self.links[name])
        await page.wait_for_url(lambda url: "/sign-in" not in url)
        yield page
        await context.close()
        assert errors == []


@pytest.fixture
async def theatre(db: TestDatabase, tmp_path: Path) -> AsyncIterator[Theatre]:
    """The product with the demo's migrations on a database of its own."""
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: Chromium is not installed, so nothing of the page was tested in one")
    with running(db, tmp_path) as stack:
        settings = Settings(home=tmp_path, database_url=db.app_url, public_url=stack.base_url)  # type: ignore[arg-type] # as read from the environment
        parts = assemble(settings, db.app_url)
        links = {who.split()[0]: link for who, link in await seed(parts)}
        await parts.database.close()
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield Theatre(stack, browser, links)
            await browser.close()
