"""Real browsers against the real product: a web process, a worker, a mail server, the demo's data."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, async_playwright

from tests.conftest import TEMPLATE, TestDatabase, build_once, copied
from tests.stack import Stack, running
from tminus.entry.bootstrap import assemble
from tminus.entry.demo.seed import seed
from tminus.platform.postgres import Cluster
from tminus.platform.settings import Settings

DEMO = "tminus_demo"
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


async def seeded(database: TestDatabase, home: Path, url: str = "http://127.0.0.1:8000") -> dict[str, str]:
    """Make what is missing of the demo; return a new sign-in link for each first name."""
    settings = Settings(home=home, database_url=database.app_url, public_url=url)  # type: ignore[arg-type] # as read from the environment
    parts = assemble(settings, database.app_url)
    links = {who.split()[0]: link for who, link in await seed(parts)}
    await parts.database.close()
    return links


@pytest.fixture(scope="session")
def demo_template(pg: Cluster, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The demo's migrations, made once for all tests of the run."""
    home = tmp_path_factory.mktemp("demo")
    build_once(pg, DEMO, lambda built: asyncio.run(_seed_only(built, home)), TEMPLATE)
    return DEMO


async def _seed_only(built: TestDatabase, home: Path) -> None:
    await seeded(built, home)


@pytest.fixture
async def theatre(pg: Cluster, demo_template: str, tmp_path: Path) -> AsyncIterator[Theatre]:
    """The product with the demo's migrations on a database of its own."""
    if CHROMIUM is None:
        pytest.skip("NO BROWSER: Chromium is not installed, so nothing of the page was tested in one")
    with copied(pg, demo_template) as db, running(db, tmp_path) as stack:
        links = await seeded(db, tmp_path, stack.base_url)
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
            yield Theatre(stack, browser, links)
            await browser.close()
