"""Two migrations that are alike, and people with one role each in the first: what the matrix of rights is asked of."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from fastapi import FastAPI

from tests.api.door import BASE, MACHINE, PAGE, settings_for
from tminus.entry.bootstrap import Parts
from tminus.entry.web.app import make_api
from tminus.notify.notifier import Notifier
from tminus.people.commands.users import NewUser, create_user
from tminus.platform.auth import sessions
from tminus.platform.database import Database
from tminus.platform.files.objects import open_objects
from tminus.platform.http.csrf import PLAIN_COOKIE
from tminus.runbook.commands.forecasting import Forecaster
from tminus.runbook.commands.services import Services

API = "/api/v1"
ROLES = ("viewer", "member", "data_lead", "pilot", "approver")
PEOPLE = (*ROLES, "admin", "stranger", "substitute")
"""Each role is in the team DBA of *here*; the stranger has all roles and that team *away*; the substitute has
nothing of their own and stands in for the member, here."""
MAKERS = ("maker", "signer")
BYSTANDERS = ("idle", "idle_member", "idle_lead", "idle_approver")
PLAN = """\
tminus: 1
migration: {{key: {key}, name: "{key}", zone: UTC}}
plan: {{name: Night}}
teams: [{{code: DBA, name: Databases}}, {{code: APP, name: Applications}}]
applications: [{{code: SHOP, name: Shop}}]
environments: [{{code: PROD, name: Production}}]
environmentRoles: [{{code: TARGET, name: Target}}]
controls:
  - {{code: {key}-OURS, name: Ours, validator: DBA}}
  - {{code: {key}-THEIRS, name: Theirs, validator: APP}}
macroPhases:
  - code: A
    name: All
    chapters:
      - code: A1
        name: All
        steps:
          - {{code: {key}-OWN, type: TRT, name: Own, team: DBA, duration: 10m, environment: TARGET,
              applications: [SHOP], tasks: [{{code: {key}-OWN-1, title: One}}]}}
          - {{code: {key}-OTHER, type: TRT, name: Other, team: APP, duration: 10m,
              tasks: [{{code: {key}-OTHER-1, title: One}}]}}
          - {{code: {key}-GATE, type: IGO, name: Go?, duration: 10m}}
"""


@dataclass(slots=True)
class Ground:
    """The app, everybody's browser, and the keys of what is in each place, by the names that addresses give them."""

    app: FastAPI
    parts: Parts
    browsers: dict[str, httpx.AsyncClient] = field(default_factory=dict)
    users: dict[str, UUID] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[str, Any]] = field(default_factory=dict)

    async def ok(self, who: str, method: str, path: str, **more: Any) -> Any:
        """Let somebody do what they may; return the answer's body."""
        answer = await self.browsers[who].request(method, API + path, **more)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None


@asynccontextmanager
async def make_ground(database: Database, home: Path) -> AsyncIterator[Ground]:
    """Make it all through the API, as admins and pilots do."""
    settings = settings_for(home, demo=True)
    parts = Parts(settings, database, Services(database, Notifier(BASE, ""), open_objects("", home)))
    ground = Ground(make_api(parts), parts)
    async with AsyncExitStack() as stack:
        for who in (*MAKERS, *PEOPLE, *BYSTANDERS):
            new = NewUser(f"{who}@erp.example", who, is_admin=who in ("maker", "admin"))
            ground.users[who] = await create_user(database, MACHINE, new)
            ground.cookies[who] = await _session(database, ground.users[who])
            ground.browsers[who] = await stack.enter_async_context(_browser(ground, ground.cookies[who]))
        for key in ("HERE", "AWAY"):
            ground.places[key] = await _place(ground, key)
        await _stand_in(ground)
        await _forecast(parts.runbook)
        yield ground
        parts.runbook.child.close()


async def _forecast(services: Services) -> None:
    """As a worker would, once everything is there."""
    forecaster = Forecaster(services)
    await forecaster.note_running()
    await forecaster.round()


async def _session(database: Database, user_id: UUID) -> str:
    async with database.engine.begin() as connection:
        return f"{PLAIN_COOKIE}={await sessions.create(connection, user_id, 12, '192.0.2.7', None)}"


def _browser(ground: Ground, cookie: str) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(ground.app, raise_app_exceptions=False, client=("192.0.2.7", 4711))
    return httpx.AsyncClient(transport=transport, base_url=BASE, headers=PAGE | {"Cookie": cookie})


async def _place(ground: Ground, key: str) -> dict[str, Any]:
    migration = (await ground.ok("maker", "POST", "/migrations", json={"key": key, "name": key}))["id"]
    await _cast(ground, key, migration)
    plan = await _plan(ground, key, migration)
    night = await _night(ground, key, plan["approved_id"])
    teams = (await ground.ok("maker", "GET", "/teams", params={"migrationId": migration}))["items"]
    dba = next(team for team in teams if team["code"] == "DBA")
    members = ["stranger"] if key == "AWAY" else list(ROLES)
    members += ["idle_member", "idle_lead", "idle_approver"]
    keys = [str(ground.users[who]) for who in members]
    await ground.ok("maker", "PUT", f"/teams/{dba['id']}/members", json={"userIds": keys, "was": []})
    entries = {}
    for kind in ("applications", "environments", "environment-roles"):
        (entry,) = (await ground.ok("maker", "GET", f"/migrations/{migration}/{kind}"))["items"]
        entries[kind] = entry["id"]
    ended = await _substitute(ground, migration, "idle_lead", "idle")
    await ground.ok("maker", "POST", f"/migrations/{migration}/substitutes/{ended}/end")
    return {
        "key": key,
        "migration_id": migration,
        "team_id": dba["id"],
        "other_team": next(team["id"] for team in teams if team["code"] == "APP"),
        "substitute_id": ended,
        **{who: str(ground.users[who]) for who in BYSTANDERS},
        **entries,
        **plan,
        **night,
    }


async def _cast(ground: Ground, key: str, migration: str) -> None:
    held = {
        "maker": ["pilot"],
        "signer": ["pilot"],
        "idle_member": ["member"],
        "idle_lead": ["data_lead"],
        "idle_approver": ["approver"],
    }
    held |= {"stranger": list(ROLES)} if key == "AWAY" else {role: [role] for role in ROLES}
    for who, roles in held.items():
        path = f"/migrations/{migration}/people/{ground.users[who]}/roles"
        await ground.ok("maker", "PUT", path, json={"roles": roles, "was": []})


async def _plan(ground: Ground, key: str, migration: str) -> dict[str, Any]:
    """A plan with an approved version, a draft, and an import that was carried out."""
    file, query = PLAN.format(key=key), {"migrationId": migration}
    shown = await ground.ok("maker", "POST", "/plan-imports", content=file.encode(), params=query)
    assert shown["canCommit"], shown
    done = await ground.ok("maker", "POST", f"/plan-imports/{shown['id']}/commit")
    await ground.ok("signer", "POST", f"/plan-versions/{done['versionId']}/approve", json={})
    draft = await ground.ok("maker", "POST", f"/plans/{done['planId']}/drafts", json={})
    return {
        "plan_id": done["planId"],
        "approved_id": done["versionId"],
        "version_id": draft["id"],
        "import_id": shown["id"],
        "file": file,
    }


async def _night(ground: Ground, key: str, version: str) -> dict[str, Any]:
    """A live iteration with a step of one's own team, one of another, a gate, and a proposal that was declined."""
    new = {
        "planVersionId": version,
        "name": "RUN1",
        "kind": "run",
        "plannedStart": "2026-11-21T20:30:00Z",
        "environments": {"TARGET": "PROD"},
    }
    iteration = (await ground.ok("maker", "POST", "/iterations", json=new))["iteration"]["id"]
    for button, body in (("schedule", {}), ("start", {"comms": "off"})):
        await ground.ok("maker", "POST", f"/iterations/{iteration}/{button}", json=body)
    steps = f"/iterations/{iteration}/steps"
    gate = await ground.ok("maker", "GET", f"{steps}/{key}-GATE")
    proposal = await ground.ok("maker", "POST", f"{steps}/{key}-OWN/proposals", json={"lesson": "More time."})
    decline = f"/plan-proposals/{proposal['id']}/decline"
    await ground.ok("maker", "POST", decline, json={"reason": "There is none."})
    return {
        **(await _said(ground, key, iteration)),
        "iteration_id": iteration,
        "own": f"{key}-OWN",
        "other": f"{key}-OTHER",
        "gate": f"{key}-GATE",
        "decision_id": gate["decision"]["id"],
        "proposal_id": proposal["id"],
        "message_id": (await ground.ok("maker", "GET", f"/iterations/{iteration}/messages"))["items"][0][
            "id"
        ],
        "occasion": "hold",
        "ours": f"{key}-OURS",
        "theirs": f"{key}-THEIRS",
        "evidence_id": (await _shown(ground, f"/iterations/{iteration}/controls/{key}-OURS"))["id"],
    }


async def _shown(ground: Ground, control: str) -> Any:
    """A file that the maker showed for a control."""
    content = {"headers": {"Content-Type": "application/octet-stream"}, "content": b"42 rows"}
    return await ground.ok("maker", "POST", f"{control}/evidence/file?fileName=a.txt", **content)


async def _said(ground: Ground, key: str, iteration: str) -> dict[str, str]:
    """A comment of the maker's, an impediment on a step of each team and on the whole, and an open roll-call."""
    at = f"/iterations/{iteration}"
    said = await ground.ok("maker", "POST", f"{at}/comments", json={"body": "Hello"})
    found = {"comment_id": said["comment"]["id"]}
    for name, step in (("own", f"{key}-OWN"), ("other", f"{key}-OTHER"), ("whole", None)):
        body = {"title": "Disk", "severity": "LOW", "stepCode": step}
        opened = await ground.ok("maker", "POST", f"{at}/impediments", json=body)
        found[f"impediment_{name}"] = opened["id"]
    await ground.ok("maker", "POST", f"{at}/roll-call", json={})
    return found


async def _substitute(ground: Ground, migration: str, absent: str, substitute: str) -> str:
    now = datetime.fromisoformat((await ground.ok("maker", "GET", "/clock"))["now"])
    body = {
        "absentId": str(ground.users[absent]),
        "substituteId": str(ground.users[substitute]),
        "from": now.isoformat(),
        "until": (now + timedelta(days=1)).isoformat(),
    }
    made = await ground.ok("maker", "POST", f"/migrations/{migration}/substitutes", json=body)
    return str(made["id"])


async def _stand_in(ground: Ground) -> None:
    await _substitute(ground, ground.places["HERE"]["migration_id"], "member", "substitute")
