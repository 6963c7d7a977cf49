"""A person removed in the middle of a night: out at once, everywhere; the work stays and goes on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
import socketio

from tests.api.door import MACHINE
from tests.api.served import served
from tests.api.test_live_channel import NAMESPACE, Listener, cookie_of
from tests.conftest import TestDatabase
from tests.stack import Stack, eventually, running, sign_in_secret, signed_in
from tests.world import NIGHT, World, plan_of, step, tasks
from tminus.audit.queries import verify
from tminus.people.commands.roles import set_roles
from tminus.people.commands.substitutes import end_substitute, name_substitute
from tminus.people.commands.teams import add_member
from tminus.people.commands.tokens import NewToken, issue_token, revoke_token
from tminus.people.commands.users import NewUser, create_user, end_sessions, set_active
from tminus.people.domain.rights import Person, Role
from tminus.people.domain.substitutes import NewSubstitute
from tminus.people.identify import identify_environ
from tminus.platform.auth import sessions
from tminus.platform.eventlog.store import read_iteration, read_tail
from tminus.platform.http.csrf import PLAIN_COOKIE
from tminus.runbook.api.live import RECHECK_SECONDS, LiveNamespace

AT_ONCE = RECHECK_SECONDS / 3
"""Sooner than the look that comes by itself: it was the event that ended it."""


def key_of(world: World, who: str) -> UUID:
    key = world.people[who].id
    assert key is not None
    return key


@asynccontextmanager
async def listening(url: str, world: World, cookie: str, iteration_id: UUID) -> AsyncIterator[Listener]:
    """A page that follows the night, with all of it before it so far."""
    listener = Listener()
    await listener.open(url, cookie)
    what = {"migrationId": str(world.migration_id), "iterationId": str(iteration_id)}
    answer = await listener.subscribe(**what, after=0)
    assert answer["ok"], answer
    await eventually(lambda: listener.events and listener.events[-1]["seq"] == answer["head"])
    try:
        yield listener
    finally:
        await listener.client.disconnect()


@pytest.fixture
def stack(db: TestDatabase, world: World, tmp_path: Path) -> Any:
    """A web process on the world's database."""
    with running(db, tmp_path, worker=False) as stack:
        yield stack


async def client_of(world: World, stack: Stack, who: str) -> httpx.AsyncClient:
    return await signed_in(stack.base_url, await sign_in_secret(world.database, key_of(world, who)))


async def test_who_is_shut_out_in_the_night_is_out_everywhere_and_the_work_goes_on(
    world: World, stack: Stack
) -> None:
    admin = await create_user(world.database, MACHINE, NewUser("ada@erp.example", "Ada", is_admin=True))
    await set_roles(
        world.database, MACHINE, world.migration_id, key_of(world, "Lena"), frozenset({Role.MEMBER})
    )
    await add_member(world.database, MACHINE, world.teams["DBA"], key_of(world, "Lena"))
    i = await world.iteration(plan_of(step("TRT-1", tasks=tasks("TRT-1", 1)), step("TRT-2", "TRT-1")))
    steps = f"/iterations/{i}/steps"
    ada = await signed_in(stack.base_url, await sign_in_secret(world.database, admin))
    dana, lena = [await client_of(world, stack, who) for who in ("Dana", "Lena")]
    url = stack.base_url
    dana_page = listening(url, world, await cookie_of(world, url, "Dana"), i)
    vera_page = listening(url, world, await cookie_of(world, url, "Vera"), i)
    async with aclosing(ada), aclosing(dana), aclosing(lena), dana_page as hers, vera_page as veras:
        assert (await dana.post(f"{steps}/TRT-1/start", json={})).status_code == 200
        await eventually(lambda: hers.events[-1]["type"] == "step.started")
        answer = await ada.patch(f"/users/{key_of(world, 'Dana')}", json={"active": False})
        assert answer.status_code == 200, answer.text
        # What it leaves behind is said to whoever did it.
        assert answer.json()["leaves"] == {
            "teams": [{"code": "DBA", "name": "Databases", "membersLeft": 1}],
            "soleMemberOf": [],
        }
        # The very next thing that happens reaches the others and not her, and her requests are over.
        told = (await lena.post(f"{steps}/TRT-1/tasks/TRT-1-1/done", json={})).json()["seq"]
        await eventually(lambda: veras.events[-1]["seq"] == told)
        over = await dana.get(f"/iterations/{i}")
        assert (over.status_code, over.json()["code"]) == (401, "session_over")
        await eventually(lambda: not hers.client.connected, AT_ONCE)
        assert hers.events[-1]["type"] == "step.started"
        with pytest.raises(socketio.exceptions.ConnectionError):
            await Listener().open(url, "; ".join(f"{k}={v}" for k, v in dana.cookies.items()))
        # The step keeps the name of who began it, and another of the team ends it.
        begun = (await lena.get(f"{steps}/TRT-1")).json()
        assert (begun["state"], begun["allowedActions"]) == ("in_progress", ["complete", "block", "fail"])
        assert (await lena.post(f"{steps}/TRT-1/complete", json={})).status_code == 200
        assert (await lena.get(f"{steps}/TRT-1")).json()["state"] == "complete"
        events = (await lena.get(f"/iterations/{i}/events")).json()["items"]
        by = {event["type"]: event["actor"] for event in events if event["stepCode"] == "TRT-1"}
        assert (by["step.started"], by["step.completed"]) == ("Dana", "Lena")
    assert (await verify(world.database)).findings == []


@dataclass(slots=True)
class Relay:
    """The live channel without its feed: what is written reaches it when the test says so, and in no other way."""

    world: World
    channel: LiveNamespace
    iteration_id: UUID
    url: str
    after: int = 0

    async def pass_on(self) -> None:
        """Give the channel what was written in the migration since the last time."""
        stream = self.world.migration_id
        entries = await read_tail(self.world.database.lookups, stream, self.after, 500)
        self.after = entries[-1].seq
        await self.channel.deliver(stream, entries)

    async def press(self, action: str) -> None:
        """Let the pilot do something to the step, and pass it on."""
        await self.world.press("Priya", self.iteration_id, "TRT-1", action)
        await self.pass_on()


Identify = Callable[[dict[str, Any], Any], Awaitable[Person]]


@asynccontextmanager
async def relay(world: World, identify: Identify | None = None) -> AsyncIterator[Relay]:
    """A night with one step, and the channel that tells of it."""
    i = await world.iteration(plan_of(step("TRT-1")))

    async def known(environ: dict[str, Any], auth: Any) -> Person:
        return await identify_environ(world.database, environ, auth)

    channel = LiveNamespace(world.database, identify or known)
    server = socketio.AsyncServer(async_mode="asgi", transports=["websocket"])
    server.register_namespace(channel)
    async with served(socketio.ASGIApp(server), lifespan=False) as url:
        here = Relay(world, channel, i, url)
        await here.pass_on()
        yield here


async def cookie(world: World, who: str) -> dict[str, Any]:
    async with world.database.engine.begin() as connection:
        value = await sessions.create(connection, key_of(world, who), 1, "192.0.2.7", None)
    return {"headers": {"Cookie": f"{PLAIN_COOKIE}={value}"}}


async def token(world: World, who: str) -> tuple[dict[str, Any], UUID]:
    made, secret = await issue_token(world.database, MACHINE, NewToken(key_of(world, who), "board"))
    return {"auth": {"token": secret}}, made.id


@asynccontextmanager
async def follower(here: Relay, **credentials: Any) -> AsyncIterator[Listener]:
    """Somebody who follows the iteration and its migration."""
    listener = Listener()
    await listener.client.connect(here.url, namespaces=[NAMESPACE], transports=["websocket"], **credentials)
    migration = str(here.world.migration_id)
    for room in ({}, {"iterationId": str(here.iteration_id)}):
        answer = await listener.subscribe(migrationId=migration, after=10_000, **room)
        assert answer["ok"], answer
    try:
        yield listener
    finally:
        await listener.client.disconnect()


async def stand_in(world: World) -> UUID:
    """Let Vera stand in for Dana, and have nothing of her own."""
    wanted = NewSubstitute(key_of(world, "Dana"), key_of(world, "Vera"), NIGHT, NIGHT + timedelta(days=1))
    substitute = await name_substitute(world.database, MACHINE, world.migration_id, wanted)
    await set_roles(world.database, MACHINE, world.migration_id, key_of(world, "Vera"), frozenset())
    return substitute


async def shut_out(world: World) -> None:
    await set_active(world.database, MACHINE, key_of(world, "Vera"), active=False)


async def sign_out_everywhere(world: World) -> None:
    assert await end_sessions(world.database, MACHINE, key_of(world, "Vera")) == 1


async def take_the_role(world: World, who: str = "Vera") -> None:
    await set_roles(world.database, MACHINE, world.migration_id, key_of(world, who), frozenset())


@pytest.mark.parametrize("end", [shut_out, sign_out_everywhere, take_the_role])
async def test_who_loses_it_hears_nothing_of_what_comes_after(
    world: World, end: Callable[[World], Awaitable[None]]
) -> None:
    async with (
        relay(world) as here,
        follower(here, **await cookie(world, "Vera")) as vera,
        follower(here, **await cookie(world, "Priya")) as priya,
    ):
        await here.press("start")
        await eventually(lambda: len(vera.events) == len(priya.events) == 2)
        await end(world)
        await here.press("complete")
        await eventually(lambda: "step.completed" in [event["type"] for event in priya.events])
        await eventually(lambda: not vera.client.connected, AT_ONCE)
        assert [event["type"] for event in vera.events] == ["step.started"] * 2
        assert priya.client.connected


@pytest.mark.parametrize("how", ["ended", "absent one loses the role", "absent one is shut out"])
async def test_a_substitute_hears_no_more_than_whom_they_stand_in_for(world: World, how: str) -> None:
    substitute = await stand_in(world)
    async with relay(world) as here, follower(here, **await cookie(world, "Vera")) as vera:
        await here.press("start")
        await eventually(lambda: len(vera.events) == 2)
        if how == "ended":
            await end_substitute(world.database, MACHINE, world.migration_id, substitute)
        elif how == "absent one is shut out":
            await set_active(world.database, MACHINE, key_of(world, "Dana"), active=False)
        else:
            await take_the_role(world, "Dana")
        await here.press("complete")
        await eventually(lambda: not vera.client.connected, AT_ONCE)
        assert len(vera.events) == 2


async def test_a_program_hears_nothing_once_its_token_is_revoked(world: World) -> None:
    credentials, key = await token(world, "Vera")
    async with relay(world) as here, follower(here, **credentials) as program:
        await here.press("start")
        await eventually(lambda: len(program.events) == 2)
        await revoke_token(world.database, world.people["Vera"], key)
        await here.press("complete")
        await eventually(lambda: not program.client.connected, AT_ONCE)
        assert len(program.events) == 2


async def test_a_right_that_goes_while_one_subscribes_is_gone(world: World) -> None:
    taken: list[bool] = []

    async def known(environ: dict[str, Any], auth: Any) -> Person:
        person = await identify_environ(world.database, environ, auth)
        if taken == [False]:  # the answer was true a moment ago
            await take_the_role(world)
            taken[0] = True
        return person

    async with relay(world, known) as here:
        listener = Listener()
        await listener.client.connect(
            here.url, namespaces=[NAMESPACE], transports=["websocket"], **await cookie(world, "Vera")
        )
        taken.append(False)
        answer = await listener.subscribe(migrationId=str(world.migration_id), after=0)
        assert (answer["ok"], answer["problem"]["status"]) == (False, 403)
        await here.press("start")
        await listener.client.call(
            "unsubscribe", {"migrationId": str(world.migration_id)}, namespace=NAMESPACE
        )
        assert listener.events == []
        await listener.client.disconnect()


async def test_where_it_cannot_be_found_out_nobody_is_told_anything(world: World) -> None:
    away: list[bool] = []

    async def known(environ: dict[str, Any], auth: Any) -> Person:
        if away:
            raise OSError("the database is away")
        return await identify_environ(world.database, environ, auth)

    async with relay(world, known) as here, follower(here, **await cookie(world, "Vera")) as vera:
        away.append(True)
        await end_sessions(world.database, MACHINE, key_of(world, "Priya"))  # something about people
        with pytest.raises(OSError, match="away"):
            await here.press("start")
        away.clear()
        await here.press("complete")
        await eventually(lambda: vera.events)
        assert {event["type"] for event in vera.events} == {"step.completed"}
        # The hole is seen by its number, and filled by asking again.
        first = await newest_before(world, here.iteration_id, vera.events[0]["seq"])
        assert vera.events[0]["prev"] == first


async def newest_before(world: World, iteration_id: UUID, seq: int) -> int:
    async with world.database.read() as connection:
        entries = await read_iteration(connection, iteration_id, 0)
    return max(entry.seq for entry in entries if entry.seq < seq)
