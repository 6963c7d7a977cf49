"""Four pilots, three approvers and sixty members of fifteen teams, each with a session of their own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import httpx
import yaml
from sqlalchemy import text

from tests.stack import Stack
from tminus.entry.demo.seed import PLANS
from tminus.people.commands.roles import grant_role
from tminus.people.commands.teams import add_member
from tminus.people.commands.users import NewUser, ensure_user
from tminus.people.domain.rights import Person, Role
from tminus.people.queries import list_teams
from tminus.platform.auth import sessions
from tminus.platform.database import Database
from tminus.runbook.commands.plan_import import import_plan
from tminus.runbook.commands.plan_prepare import PlanSource
from tminus.runbook.commands.services import Caller

MACHINE = Person(None, "cli:night", machine=True)
PILOTS = ("Pia", "Paul", "Petra", "Piet")
APPROVERS = ("Ada", "Alan", "Anna")
A_TEAM = 4
CONTROLLED = "TRT-2110"
"""The step one of whose tasks is tied to the critical control."""


@dataclass(slots=True)
class Crowd:
    """The clients by name, the members of each team by its key, and where the plan went."""

    migration_id: UUID
    version_id: UUID
    clients: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    keys: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)

    async def post(self, who: str, path: str, **body: Any) -> httpx.Response:
        """Let somebody press a button."""
        return await self.clients[who].post(path, json=body)

    async def get(self, who: str, path: str) -> Any:
        """Let somebody read."""
        answer = await self.clients[who].get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()


def plan_with_a_control() -> bytes:
    """The ERP plan, with a critical control on one of its steps."""
    plan = yaml.safe_load((PLANS / "erp-go-live-weekend.yaml").read_text())
    plan["controls"] = [
        *plan.get("controls", []),
        {"code": "C9001", "name": "The backup can be read", "validator": "FIN", "critical": True},
    ]
    for phase in plan["macroPhases"]:
        for chapter in phase["chapters"]:
            for step in chapter["steps"]:
                if step["code"] == CONTROLLED:
                    step["tasks"][0]["controls"] = ["C9001"]
    return json.dumps(plan, default=str).encode()


@asynccontextmanager
async def gathered(database: Database, stack: Stack) -> AsyncIterator[Crowd]:
    """Import the plan, make the people, and give each a session."""
    source = PlanSource("night.json", plan_with_a_control())
    prepared, imported = await import_plan(database, Caller(MACHINE), source)
    assert imported is not None, prepared.findings
    crowd = Crowd(imported.migration_id, imported.version_id)
    async with database.engine.begin() as connection:
        approve = text("UPDATE plan_versions SET status = 'approved' WHERE id = :version")
        await connection.execute(approve, {"version": crowd.version_id})
    async with AsyncExitStack() as closing:
        for name in PILOTS:
            await _join(crowd, closing, database, stack, name, Role.PILOT)
        for name in APPROVERS:
            await _join(crowd, closing, database, stack, name, Role.APPROVER)
        async with database.read() as connection:
            teams = await list_teams(connection, crowd.migration_id)
        for team in teams:
            names = tuple(f"{team['code'].title()}{n}" for n in range(A_TEAM))
            for name in names:
                await _join(crowd, closing, database, stack, name, Role.MEMBER)
                await add_member(database, MACHINE, team["id"], crowd.keys[name])
            crowd.teams[str(team["id"])] = names
        yield crowd


async def _join(
    crowd: Crowd, closing: AsyncExitStack, database: Database, stack: Stack, name: str, role: Role
) -> None:
    key = await ensure_user(database, MACHINE, NewUser(f"{name.lower()}@night.example", name))
    await grant_role(database, MACHINE, crowd.migration_id, key, role)
    async with database.engine.begin() as connection:
        secret = await sessions.create(connection, key, 12, "127.0.0.1", "night")
    cookie = f"tminus_session={secret}"
    headers = {"X-Tminus-Client": "page", "Origin": stack.base_url, "Cookie": cookie}
    client = httpx.AsyncClient(base_url=f"{stack.base_url}/api/v1", headers=headers, timeout=30)
    crowd.clients[name] = await closing.enter_async_context(client)
    crowd.keys[name], crowd.cookies[name] = key, cookie
