"""The whole matrix of rights over HTTP and the live channel, and that each single rule of it is held by a cell."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
import pytest_asyncio

import tminus
from tests.api.rights_places import API, PEOPLE, ROLES, Ground, make_ground
from tests.api.rights_rows import (
    ALL,
    FOR_ANYBODY,
    FOR_WHOEVER_IS_SIGNED_IN,
    ROWS,
    TABLE,
    WITHOUT_ROUTE,
    Row,
)
from tests.api.served import served
from tests.api.test_live_channel import Listener
from tests.conftest import TEMPLATE
from tminus.entry.web.app import make_app
from tminus.people.domain import rights
from tminus.people.domain.rights import Person, Right, Role, may
from tminus.platform.database import Database
from tminus.platform.postgres import Cluster
from tminus.runbook.api.live import LiveNamespace

one_world = pytest.mark.asyncio(loop_scope="module")
PLACES = ("HERE", "AWAY")
WITH_ROUTE = [right for right in Right if right not in WITHOUT_ROUTE]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ground(pg: Cluster, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Ground]:
    """One world for all that is asked here."""
    name = f"rights_{uuid4().hex[:12]}"
    pg.create_database(name, TEMPLATE)
    database = Database(pg.app_url.rsplit("/", 1)[0] + "/" + name, pool_size=4)
    async with make_ground(database, tmp_path_factory.mktemp("rights")) as ground:
        yield ground
    await database.close()
    pg.drop_database(name)


# What is asked, and what is expected.


def filled(value: Any, keys: Mapping[str, Any]) -> Any:
    """Put a place's keys where a row names them."""
    if isinstance(value, Mapping):
        return {name: filled(one, keys) for name, one in value.items()}
    if isinstance(value, str):
        return re.sub(r"\$([a-z_-]*[a-z])", lambda named: str(keys[named[1]]), value)
    return [filled(one, keys) for one in value] if isinstance(value, list) else value


async def asked(ground: Ground, who: str, row: Row, where: str) -> httpx.Response:
    """Let somebody make a row's request in a place."""
    keys = ground.places[where]
    method, address = row.operation.split(" ")
    path = address.format(**(keys | filled(row.fill, keys)))
    more: dict[str, Any] = {"params": filled(row.params, keys)}
    if row.json is not None:
        more["json"] = filled(row.json, keys)
    if row.content is not None:
        more["content"] = filled(row.content, keys).encode()
    if row.stale:
        more["headers"] = {"If-Match": '"999"'}
    return await ground.browsers[who].request(method, API + path, **more)


async def lets(ground: Ground, who: str, row: Row, where: str) -> bool:
    """Tell whether somebody may; whatever else is wrong with a request comes after that."""
    answer = await asked(ground, who, row, where)
    assert answer.status_code not in (401, 404, 405) or row.operation.endswith(("edits", "undo")), answer.text
    assert answer.status_code < 500, answer.text
    if row.shows is not None:
        return filled(row.shows, ground.places[where]) in answer.text
    if answer.status_code == 403:
        assert answer.json()["code"] == "forbidden", answer.text
        return False
    if row.operation.startswith("GET"):
        assert answer.status_code == 200, answer.text
    if row.anew and answer.is_success:
        await ask_again(ground, where)
    return True


async def ask_again(ground: Ground, where: str) -> None:
    """The gate that was answered no-go is put up for another decision."""
    keys = dict(ground.places[where])
    step = f"/iterations/{keys['iteration_id']}/steps/{keys['gate']}"
    await ground.ok("maker", "POST", f"{step}/retry", json={})
    keys["decision_id"] = (await ground.ok("maker", "GET", step))["decision"]["id"]
    ground.places[where] = keys


def held(who: str, where: str) -> frozenset[str]:
    """What somebody is in a place."""
    if who == "admin":
        return frozenset({"admin"})
    if who == "stranger":
        return ALL if where == "AWAY" else frozenset()
    if where == "AWAY":
        return frozenset()
    return frozenset({"member" if who == "substitute" else who})


def expected(who: str, row: Row, where: str) -> bool:
    """What the row says of somebody in a place."""
    roles = held(who, where)
    return bool(roles & row.who) or (bool(row.together) and row.together <= roles)


def cells(rows: Iterable[Row] = ROWS, people: Iterable[str] = PEOPLE) -> Iterator[tuple[str, Row, str]]:
    """Every cell: who, what, where."""
    chosen = list(people)
    for row in rows:
        for where in PLACES[:1] if row.once else PLACES:
            for who in chosen:
                yield who, row, where


# The matrix.


def operations(ground: Ground) -> set[str]:
    """What the app has: method and address, as its own document lists them."""
    paths = ground.app.openapi()["paths"]
    return {f"{method.upper()} {path.removeprefix(API)}" for path, item in paths.items() for method in item}


@one_world
async def test_every_route_has_its_row_and_every_row_its_route(ground: Ground) -> None:
    rows = {row.operation for row in ROWS}
    listed = rows | FOR_ANYBODY | FOR_WHOEVER_IS_SIGNED_IN
    assert listed == operations(ground)
    assert not rows & (FOR_ANYBODY | FOR_WHOEVER_IS_SIGNED_IN)


@one_world
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
async def test_who_may_and_nobody_else(ground: Ground, row: Row) -> None:
    found = {(who, where): await lets(ground, who, row, where) for who, _, where in cells([row])}
    assert found == {(who, where): expected(who, row, where) for who, where in found}


@one_world
async def test_nobody_at_all_may_nothing_but_knock(ground: Ground) -> None:
    keys = ground.places["HERE"] | {"token_id": uuid4(), "user_id": uuid4(), "entry_id": uuid4()}
    words = {"code": "X", "button": "start", "task_code": "X", "mark": "done", "level": "step", "number": "1"}
    words |= {"insight_id": "0" * 24}
    words |= {"action": "pass", "impediment_id": keys["impediment_own"]}
    async with httpx.AsyncClient(
        transport=ground.browsers["viewer"]._transport, base_url="http://tminus.example"
    ) as nobody:
        for operation in sorted(operations(ground) - FOR_ANYBODY):
            method, path = operation.split(" ")
            answer = await nobody.request(method, API + path.format(**(keys | words)))
            assert answer.status_code == 401, operation


@one_world
async def test_what_is_everybodys_asks_for_a_session_and_no_more(ground: Ground) -> None:
    for who in PEOPLE:
        for operation in sorted(FOR_WHOEVER_IS_SIGNED_IN):
            if operation.startswith("GET"):
                assert (await ground.browsers[who].get(API + operation[4:])).status_code == 200
    body = {"name": "board"}
    assert (await ground.browsers["stranger"].post(f"{API}/tokens", json=body)).status_code == 201


@one_world
async def test_the_screens_table_is_the_domains(ground: Ground) -> None:
    assert await shown_table(ground) == {right.value: TABLE[right] & ALL for right in Right}


async def shown_table(ground: Ground) -> dict[str, frozenset[str]]:
    rows = (await ground.ok("viewer", "GET", "/rights"))["rights"]
    return {row["right"]: frozenset(row["roles"]) for row in rows}


def test_a_right_that_is_asked_for_somewhere_is_in_the_matrix() -> None:
    root = Path(tminus.__file__).parent
    decided = root / "people" / "domain"
    files = [path for path in root.rglob("*.py") if decided not in path.parents]
    used = {word for path in files for word in re.findall(r"\bRight\.([A-Z_]+)", path.read_text("utf-8"))}
    assert {Right[word] for word in used} == set(WITH_ROUTE), "give it rows, and take it out of WITHOUT_ROUTE"


# The live channel.


def test_the_live_channel_takes_no_command_without_a_test() -> None:
    taken = {name for name in dir(LiveNamespace) if name.startswith("on_")}
    assert taken == {"on_connect", "on_disconnect", "on_subscribe", "on_unsubscribe"}


async def heard(ground: Ground, url: str, who: str) -> dict[str, bool]:
    """Which rooms somebody is let into."""
    listener = Listener()
    await listener.open(url, ground.cookies[who])
    found = {}
    for where in PLACES:
        keys = ground.places[where]
        here, there = {"migrationId": keys["migration_id"]}, {"iterationId": keys["iteration_id"]}
        # Naming a migration one may see lets nobody into an iteration of another.
        mixed = {"migrationId": ground.places["HERE"]["migration_id"]} | there
        for name, what in (("migration", here), ("iteration", here | there), ("mixed", mixed)):
            seen = len(listener.events)
            answer = await listener.subscribe(**what, after=0)
            found[f"{where} {name}"] = answer["ok"]
            if not answer["ok"]:
                assert answer["problem"]["status"] == 403
                assert len(listener.events) == seen
    await listener.client.disconnect()
    return found


def expected_to_hear(who: str) -> dict[str, bool]:
    return {
        f"{where} {name}": bool(held(who, where))
        for where in PLACES
        for name in ("migration", "iteration", "mixed")
    }


@one_world
async def test_the_live_channel_tells_whom_may_see_and_nobody_else(
    ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = replace(ground.parts, database=Database(ground.parts.database.url, pool_size=2))
    async with served(make_app(parts)) as url:
        for who in PEOPLE:
            assert await heard(ground, url, who) == expected_to_hear(who), who
        for role in Role:
            with monkeypatch.context() as patch:
                patch.setattr(rights, "RIGHTS", changed(Right.SEE, role))
                assert await heard(ground, url, role.value) != expected_to_hear(role.value)


# Each single rule, taken away or added, is noticed.


def changed(right: Right, role: Role) -> dict[Right, frozenset[Role]]:
    """The table with one entry the other way round."""
    return {**rights.RIGHTS, right: rights.RIGHTS[right] ^ {role}}


@contextmanager
def mutated(monkeypatch: pytest.MonkeyPatch, name: str, value: Any) -> Iterator[None]:
    with monkeypatch.context() as patch:
        patch.setattr(rights, name, value)
        yield


def wrong_decisions() -> list[tuple[str, Right, str]]:
    """Where the pure decision differs from the domain's table."""
    here, team, other = (UUID(int=n) for n in (1, 2, 3))
    found = []
    for who in (*ROLES, "admin", "machine"):
        roles = {here: frozenset({Role(who)})} if who in ROLES else {}
        person = Person(
            None,
            who,
            is_admin=who == "admin",
            machine=who == "machine",
            roles=roles,
            teams=frozenset({team}),
        )
        for right in Right:
            mine = who in TABLE[right]
            ends_at_team = right is Right.OWN_STEPS
            wanted = {"own": mine, "other": mine and not ends_at_team, "none": mine and not ends_at_team}
            for name, owner in (("own", team), ("other", other), ("none", None)):
                if may(person, right, here, owner) != wanted[name]:
                    found.append((who, right, name))
    return found


async def first_wrong_cell(ground: Ground, people: Iterable[str], hint: frozenset[str]) -> str | None:
    """The first cell that is not as expected; rows for about the same people are asked first."""
    rows = sorted(ROWS, key=lambda row: len(row.who ^ hint))
    for who, row, where in cells(rows, people):
        if await lets(ground, who, row, where) != expected(who, row, where):
            return f"{who} {where} {row.name}"
    return None


def test_the_decision_is_the_domains_table() -> None:
    assert wrong_decisions() == []


@one_world
@pytest.mark.parametrize("right", list(Right))
@pytest.mark.parametrize("role", list(Role))
async def test_each_entry_of_the_table_is_held_by_a_cell(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, right: Right, role: Role
) -> None:
    with mutated(monkeypatch, "RIGHTS", changed(right, role)):
        assert wrong_decisions()
        if right in WITHOUT_ROUTE:
            shown = await shown_table(ground)
            assert shown[right.value] != TABLE[right] & ALL
        else:
            assert await first_wrong_cell(ground, [role.value], TABLE[right] & ALL)


@one_world
@pytest.mark.parametrize("right", list(Right))
async def test_what_an_admin_may_beside_is_held_by_a_cell(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, right: Right
) -> None:
    with mutated(monkeypatch, "ADMIN_RIGHTS", rights.ADMIN_RIGHTS ^ {right}):
        assert wrong_decisions()
        if right in WITH_ROUTE:
            hint = TABLE[right] & (ALL | {"admin"})
            assert await first_wrong_cell(ground, ["admin"], hint)
    with mutated(monkeypatch, "MACHINE_RIGHTS", rights.MACHINE_RIGHTS ^ {right}):
        assert wrong_decisions()


@one_world
@pytest.mark.parametrize("right", [right for right in Right if right is not Right.ADMINISTER])
async def test_which_rights_end_at_ones_team_is_held_by_a_cell(
    ground: Ground, monkeypatch: pytest.MonkeyPatch, right: Right
) -> None:
    # No role gives the right to administer, so that it cannot end at a team.
    with mutated(monkeypatch, "OF_ONES_TEAM", rights.OF_ONES_TEAM ^ {right}):
        assert wrong_decisions()
        if right in WITH_ROUTE:
            some = sorted(TABLE[right] & ALL)[:1]
            assert await first_wrong_cell(ground, some, TABLE[right] & ALL)
