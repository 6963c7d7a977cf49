"""Everybody's browser on the app: signed in when first asked for, by name."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from uuid import UUID

import httpx

from tests.api.door import MACHINE, PAGE, client_for
from tests.world import World
from tminus.people.commands.users import NewUser, create_user
from tminus.people.queries import person_by_id
from tminus.platform.auth import sessions
from tminus.platform.eventlog.store import read_stream
from tminus.platform.http.csrf import PLAIN_COOKIE
from tminus.platform.settings import Settings

API = "/api/v1"


class Door:
    """The cast of a world, and Ada, the admin, each with a browser of their own."""

    def __init__(self, world: World, settings: Settings, stack: AsyncExitStack) -> None:
        self.world = world
        self._settings, self._stack = settings, stack
        self._browsers: dict[str, httpx.AsyncClient] = {}

    def key(self, who: str) -> UUID:
        """Somebody's key."""
        key = self.world.people[who].id
        assert key is not None
        return key

    async def add(self, name: str, *, is_admin: bool = False) -> UUID:
        """Add a person to the cast."""
        new = NewUser(f"{name.lower()}@erp.example", name, is_admin=is_admin)
        key = await create_user(self.world.database, MACHINE, new)
        async with self.world.database.read() as connection:
            person = await person_by_id(connection, key)
        assert person is not None
        self.world.people[name] = person
        return key

    async def browser(self, who: str) -> httpx.AsyncClient:
        """Somebody's browser, with a session."""
        if who not in self._browsers:
            async with self.world.database.engine.begin() as connection:
                value = await sessions.create(connection, self.key(who), 12, "192.0.2.7", None)
            client = await self._stack.enter_async_context(client_for(self.world, self._settings))
            client.headers.update(PAGE)
            client.cookies.set(PLAIN_COOKIE, value)
            self._browsers[who] = client
        return self._browsers[who]

    async def __call__(
        self, who: str, request: str, body: Any = None, seen: int | None = None
    ) -> httpx.Response:
        """Let somebody send "METHOD /path", perhaps with the version that was seen."""
        method, path = request.split(" ", 1)
        headers = {} if seen is None else {"If-Match": f'"{seen}"'}
        return await (await self.browser(who)).request(method, API + path, json=body, headers=headers)

    async def ok(self, who: str, request: str, body: Any = None, seen: int | None = None) -> Any:
        """Let somebody send what is carried out; return the answer's body."""
        answer = await self(who, request, body, seen)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def refused(
        self, code: str, who: str, request: str, body: Any = None, seen: int | None = None
    ) -> dict[str, Any]:
        """Let somebody send what is refused; return the problem document, whole and in words."""
        answer = await self(who, request, body, seen)
        problem: dict[str, Any] = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert (problem["code"], problem["status"]) == (code, answer.status_code), problem
        assert problem["detail"].endswith(".")
        return problem

    async def said(self, stream: UUID) -> list[tuple[str, str]]:
        """The newest events of a stream: who, and what."""
        async with self.world.database.read() as connection:
            entries = await read_stream(connection, stream, 0)
        return [(entry.actor.name, entry.sentence) for entry in entries]


@asynccontextmanager
async def make_door(world: World, settings: Settings) -> AsyncIterator[Door]:
    """Open the door to a world, with an admin."""
    async with AsyncExitStack() as stack:
        door = Door(world, settings, stack)
        await door.add("Ada", is_admin=True)
        yield door
