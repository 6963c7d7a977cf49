"""The real app at its door: a client, people by first name, and ways to come in."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

import httpx

from tests.world import World
from tminus.entry.bootstrap import Parts
from tminus.entry.web.app import make_api
from tminus.people.commands.sign_in import make_link
from tminus.people.domain.rights import Person
from tminus.platform.settings import Settings

BASE = "http://tminus.example"
PAGE = {"X-Tminus-Client": "page", "Sec-Fetch-Site": "same-origin"}
"""What a browser sends along from Tminus's own page."""
MACHINE = Person(None, "cli:tester", machine=True)


def settings_for(home: Path, url: str = BASE, *, demo: bool = False, **more: object) -> Settings:
    """Settings of a test's app."""
    return Settings(home=home, public_url=url, demo=demo, **more)  # type: ignore[arg-type] # a test's own words


def client_for(world: World, settings: Settings, *, address: str = "192.0.2.7") -> httpx.AsyncClient:
    """A browser without cookies, on the app as it is in the product."""
    app = make_api(Parts(settings, world.database, world.services))
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 4711))
    return httpx.AsyncClient(transport=transport, base_url=settings.base_url)


async def link_secret(world: World, settings: Settings, who: str) -> str:
    """The secret of a new one-time link."""
    key = world.people[who].id
    assert isinstance(key, UUID)
    return (await make_link(world.database, settings, MACHINE, key)).rsplit("#", 1)[1]


async def sign_in(client: httpx.AsyncClient, world: World, settings: Settings, who: str) -> httpx.Response:
    """Sign somebody in by a new link; the client keeps the cookie."""
    secret = await link_secret(world, settings, who)
    return await client.post("/api/v1/sign-in", json={"token": secret}, headers=PAGE)
