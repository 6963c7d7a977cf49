"""The command line lets people in, as the user of the server's machine."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from tests.conftest import TestDatabase
from tests.world import World
from tminus.entry.cli.people import role, team, user
from tminus.entry.cli.tokens import token
from tminus.kernel.errors import Unauthenticated
from tminus.kernel.ids import SYSTEM_STREAM
from tminus.people.identify import by_token
from tminus.platform.eventlog.store import read_stream
from tminus.platform.settings import settings

Run = Callable[..., Result]


@pytest.fixture
def run(db: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """Runs a command in this process, on the test's database."""
    monkeypatch.setenv("TMINUS_DATABASE_URL", db.app_url)
    monkeypatch.setenv("TMINUS_PUBLIC_URL", "http://tminus.example")
    settings.cache_clear()
    groups = {"user": user, "role": role, "team": team, "token": token}

    def command(group: str, *words: str) -> Result:
        return CliRunner().invoke(groups[group], list(words))

    yield command
    settings.cache_clear()


def told(result: Result) -> str:
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_person_is_added_given_a_role_and_a_team_and_signed_in(world: World, run: Run) -> None:
    told(run("user", "add", "eve@erp.example", "--name", "Eve"))
    told(run("role", "grant", "ERP", "eve@erp.example", "data_lead"))
    told(run("team", "add-member", "ERP", "APP", "eve@erp.example"))
    members = json.loads(told(run("role", "list", "ERP", "--format", "json")))
    eve = next(one for one in members if one["name"] == "Eve")
    assert (eve["roles"], eve["teams"]) == (["data_lead"], ["APP"])
    assert "eve@erp.example" in told(run("role", "list", "ERP"))
    assert told(run("user", "link", "eve@erp.example")).startswith("http://tminus.example/sign-in#")
    told(run("role", "set", "ERP", "eve@erp.example"))
    left = json.loads(told(run("role", "list", "ERP", "--format", "json")))
    assert next(one for one in left if one["name"] == "Eve")["roles"] == []
    assert "0 session(s)" in told(run("user", "sign-out", "eve@erp.example"))
    assert "Eve has no password" in run("user", "remove-password", "eve@erp.example").output
    told(run("user", "shut-out", "eve@erp.example"))
    assert run("user", "link", "eve@erp.example").exit_code == 1
    told(run("user", "let-in", "eve@erp.example"))
    told(run("user", "link", "eve@erp.example"))


def test_what_does_not_exist_is_named_and_changes_nothing(world: World, run: Run) -> None:
    for words, said in (
        (("user", "link", "nobody@erp.example"), "nobody@erp.example"),
        (("role", "grant", "NONE", "dana@erp.example", "pilot"), "NONE"),
        (("team", "add-member", "ERP", "NONE", "dana@erp.example"), "APP, DBA"),
        (("user", "add", "dana@erp.example", "--name", "Dana"), "already"),
    ):
        result = run(*words)
        assert result.exit_code == 1
        assert said in result.output
    assert run("role", "grant", "ERP", "dana@erp.example", "king").exit_code == 2


async def test_a_token_is_made_listed_and_revoked(world: World, run: Run) -> None:
    async def on_machine(*words: str) -> str:
        # In a thread of its own: a command has an event loop of its own.
        return told(await asyncio.to_thread(run, "token", *words))

    made = await on_machine("create", "dana@erp.example", "--name", "pipeline", "--days", "30")
    secret = made.strip()
    assert secret.startswith("tmn_")
    assert (await by_token(world.database, secret)).name == "Dana"
    [row] = json.loads(await on_machine("list", "dana@erp.example", "--format", "json"))
    assert row["name"] == "pipeline"
    assert "pipeline" in await on_machine("list", "dana@erp.example")
    await on_machine("revoke", row["id"])
    assert await on_machine("list", "dana@erp.example") == ""
    with pytest.raises(Unauthenticated):
        await by_token(world.database, secret)
    async with world.database.read() as connection:
        log = await read_stream(connection, SYSTEM_STREAM, 0)
    assert [entry.type for entry in log] == ["token.issued", "token.revoked"]
    assert log[0].actor.name.startswith("cli:")
